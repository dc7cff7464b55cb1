#!/usr/bin/env python3
"""Learns which single words tell frustrated comments from others, and prints them as FrustrationWords.swift.

    frustration-words.py shared/data/frustration/goemotions.train.jsonl.gz > .../Signals/FrustrationWords.swift

A logistic regression with an L1 penalty over the words of a comment, each counted once and divided by the square root of the
comment's length. Only words that occur in six comments or more are looked at, and only weights of half a unit or more kept, in
quarters: a table of single words, from which no comment can be read. Needs numpy, scipy and scikit-learn.
"""
import collections, gzip, json, re, sys
import numpy as np, scipy.sparse as sp
from sklearn.linear_model import LogisticRegression

rows = [json.loads(line) for line in gzip.open(sys.argv[1])]

def words(text):
    return re.findall(r"[^\W_]+", text.lower().replace("’", "'").replace("'", ""))

texts = [words(row["text"]) for row in rows]
counts = collections.Counter(word for text in texts for word in set(text))
known = sorted(w for w, n in counts.items() if n >= 6 and len(w) > 1 and not w.isdigit() and w != "name")
places = {word: place for place, word in enumerate(known)}
matrix = sp.lil_matrix((len(texts), len(known)))
for row, text in enumerate(texts):
    for word in set(text):
        if word in places:
            matrix[row, places[word]] = max(4, len(text)) ** -0.5
model = LogisticRegression(C=3, penalty="l1", solver="liblinear").fit(matrix.tocsr(), [r["frustrated"] for r in rows])
weights = {w: int(round(model.coef_[0][p] * 4)) for w, p in places.items()}

print("/// Words and how much each speaks for frustration, in quarters; `Benchmarks/Scripts/frustration-words.py` learned them.")
print("enum FrustrationWords {")
print(f"    static let bias = {model.intercept_[0]:.2f}\n")
print("    static let weights: [String: Double] = {")
print("        var weights: [String: Double] = [:]")
print("        for (quarters, words) in byWeight {")
print("            for word in words.split(whereSeparator: \\.isWhitespace) { weights[String(word)] = Double(quarters) / 4 }")
print("        }")
print("        return weights")
print("    }()\n")
print("    private static let byWeight: [(Int, String)] = [")
groups = collections.defaultdict(list)
for word, weight in weights.items():
    if abs(weight) >= 2:
        groups[weight].append(word)
for weight in sorted(groups, reverse=True):
    lines, line = [], ""
    for word in groups[weight]:
        if len(line) + len(word) > 100:
            lines.append(line)
            line = ""
        line += (" " if line else "") + word
    lines.append(line)
    print(f'        (\n            {weight},\n            """')
    for line in lines:
        print("            " + line)
    print('            """\n        ),')
print("    ]\n}")
