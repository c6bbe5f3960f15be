#!/usr/bin/env python3
"""How long after an act the world sees it: in the lists, the item, the page, and every format of the feeds.

    benches/latency.py BINARY

A demonstration is served; articles are published, then taken down, while every public place is asked without a pause
from the moment of the answer. Printed are the seconds, the middle and the worst, until the last place shows the
text, and until no place has it any more. TIMES (20) says how many articles.
"""

import json
import os
import pathlib
import statistics
import sys
import tempfile
import time
import urllib.error
import urllib.request

from office import Office
from serve import lantoa

TIMES = int(os.environ.get("TIMES", "20"))


def body(url):
    """What is there, if anything is."""
    try:
        with urllib.request.urlopen(url, timeout=60) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()


def places(base, item):
    feeds = [f"{base}/feeds/vi/{scope}.{name}" for scope in ("all", "kinds/news", "topics/dau-tu")
             for name in ("json", "rss", "atom", "ninjs.json")]
    return feeds + [
        f"{base}/api/v1/content/vi/articles",
        f"{base}/api/v1/content/vi/articles/{item['slug']}",
        f"{base}/api/v1/content/vi/articles/id/{item['id']}",
        f"{base}/vi/a/{item['slug']}",
        f"{base}/vi",
    ]


def until(is_so, urls):
    """Seconds until it is so at every address, each asked again and again."""
    began, open_ones = time.monotonic(), list(urls)
    while open_ones:
        open_ones = [url for url in open_ones if not is_so(*body(url))]
        if time.monotonic() - began > 60:
            raise SystemExit(f"not within a minute: {open_ones}")
    return time.monotonic() - began


def main(binary):
    shown, gone = [], []
    with tempfile.TemporaryDirectory() as name:
        office = Office(lambda **more: lantoa(binary, pathlib.Path(name) / "demo", "demo", **more))
        base = office.server.base
        # No title is the beginning of another.
        for number in range(1000, 1000 + TIMES):
            edition = office.publish(number)
            title = f"Chuyến hàng thứ {number}"
            items = json.loads(body(f"{base}/api/v1/content/vi/articles")[1])["items"]
            item = next(one for one in items if one["title"] == title)
            urls = places(base, item)
            shown.append(until(lambda status, text: status == 200 and title in text, urls))
            office.ask(f"{edition}/withdraw", office.publisher, {"reason": "wrong_figure", "note": "Rút để kiểm tra."})
            gone.append(until(lambda _, text: title not in text, urls))
        office.server.stop()
    for what, seconds, goal in (("until all places show it", shown, 1), ("until no place has it", gone, 2)):
        print(f"{what:<26} middle {statistics.median(seconds):6.3f} s   worst {max(seconds):6.3f} s   goal ≤ {goal} s")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        raise SystemExit(__doc__)
    main(sys.argv[1])
