"""Runs the browser tests against a demo that is up: run.py --url http://127.0.0.1:8080 --chromium /usr/bin/chromium"""
import argparse
import sys
import time

from playwright.sync_api import sync_playwright

import chat
import journey
import pages
from support import Site


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--url", required=True)
    parser.add_argument("--chromium", required=True)
    parser.add_argument("--screenshots")
    parser.add_argument("--only")
    arguments = parser.parse_args()
    failed = []
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=arguments.chromium, args=["--no-sandbox", "--disable-gpu", "--font-render-hinting=none"])
        site = Site(arguments.url, chromium)

        def every_page(site):
            pages.every_page(site, arguments.screenshots)

        for test in journey.TESTS + chat.TESTS + [every_page]:
            if arguments.only and arguments.only not in test.__name__:
                continue
            since = time.monotonic()
            try:
                test(site)
                said = "ok"
            except Exception as error:  # whatever it is, the others run too
                said = f"FAILED: {error}"
                failed.append(test.__name__)
            print(f"{test.__name__:28} {time.monotonic() - since:5.1f} s  {said}", flush=True)
        if site.problems:
            failed.append("the console")
            print("the console: FAILED:\n  " + "\n  ".join(sorted(set(site.problems))[:20]))
        chromium.close()
    print(f"browser-tests: {len(failed)} failed" if failed else "browser-tests: everything holds")
    sys.exit(1 if failed else 0)


main()
