#!/usr/bin/env python3
"""What the first pages of the desk cost in provinces of different sizes, in turns, in one run.

    benches/desk.py BINARY PASSWORD FOLDER FOLDER

Each FOLDER is a province that `examples/province` made with that password; the second is compared with the first.
The figure is the serving process's processor time for one answer. The sweep of the larger province takes its share of it,
the same of every request: what one costs that reads a person's own row alone says how much, and each ratio is told
without it too. Needs wrk and /proc.
SECONDS (4) and ROUNDS (3) say how long each is asked and how often in turn, SETTLE (20) how many seconds the first
sweep has before.
"""

import json
import shutil
import statistics
import sys

from serve import ROUNDS, ask, lantoa, settle

GOAL = 1.5
REFERENCE = "who am I"


class Desk:
    """A server, a reviewer signed in there, and the addresses that are asked for."""

    def __init__(self, binary, folder, password):
        self.server = lantoa(binary, folder, LANTOA_RATE_PER_ACCOUNT="0")
        api = self.server.base + "/api/v1"
        who = {"email": "doc.duyet@lamhai.example", "password": password}
        token = json.loads(ask(f"{api}/auth/login", body=who)[0])["access_token"]
        self.header = f"Authorization: Bearer {token}"
        signed = {"Authorization": f"Bearer {token}"}
        queue = json.loads(ask(f"{api}/queue", signed)[0])
        article = queue["items"][0]["article"]
        self.pages = {
            REFERENCE: "/api/v1/me",
            "the queue": "/api/v1/queue",
            "what waits late": "/api/v1/queue?overdue=true",
            "the list of articles": "/api/v1/articles",
            "those in review": "/api/v1/articles?state=in_review",
            "those without English": "/api/v1/articles?missing_locale=en",
            "an article's history": f"/api/v1/articles/{article}/history",
            "an edition's history": f"/api/v1/articles/{article}/editions/vi/history",
            "what was published": "/api/v1/schedules",
        }

    def cost(self, page):
        return self.server.load(self.pages[page], [self.header])[1]


def main(binary, password, small, large):
    first, second = (Desk(binary, folder, password) for folder in (small, large))
    settle()
    share = None
    for page in first.pages:
        rounds = [(first.cost(page), second.cost(page)) for _ in range(ROUNDS)]
        here, there = (statistics.median(column) for column in zip(*rounds))
        ratio = there / here
        # Asked first: it costs the same in both.
        share = share or ratio
        without = f"{ratio / share:6.2f} without the sweep   goal ≤ {GOAL}"
        print(f"{page:<24} {here:8.0f} µs   {there:8.0f} µs   ratio {ratio:6.2f}   {without}", flush=True)
    for desk in (first, second):
        desk.server.stop()


if __name__ == "__main__":
    if len(sys.argv) != 5 or not shutil.which("wrk"):
        raise SystemExit(__doc__)
    main(*sys.argv[1:])
