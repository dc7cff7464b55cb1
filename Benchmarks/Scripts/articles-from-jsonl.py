#!/usr/bin/env python3
"""Turns articles in JSON Lines (plain or gzip) into a folder of Markdown that `--knowledge` reads.

usage: articles-from-jsonl.py FILE.jsonl[.gz] FOLDER

A line has "id", "title" and "markdown", and may have "url" and "locale". The id becomes the path.
"""
import gzip
import json
import pathlib
import re
import sys


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    source, folder = sys.argv[1], pathlib.Path(sys.argv[2])
    opener = gzip.open if source.endswith(".gz") else open
    count = 0
    with opener(source, "rt", encoding="utf-8") as lines:
        for line in lines:
            article = json.loads(line)
            key = re.sub(r"\.md$", "", article["id"])
            path = folder / (re.sub(r"[^A-Za-z0-9._()/-]", "-", key) + ".md")
            path.parent.mkdir(parents=True, exist_ok=True)
            fields = {name: article[name] for name in ("title", "url", "locale") if article.get(name)}
            front = "".join(f"{name}: {json.dumps(value, ensure_ascii=False)}\n" for name, value in fields.items())
            path.write_text(f"---\n{front}---\n{article['markdown']}\n", encoding="utf-8")
            count += 1
    print(f"{count} articles in {folder}")


main()
