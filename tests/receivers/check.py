"""What is published in the demonstration arrives at a subscriber and at a webhook."""

import json
import secrets
import urllib.parse
import urllib.request

from listen import Receiver
from office import BASE, Office, call

# Longer than the first pause before a message is tried again.
PATIENCE = 60


def served(path):
    with urllib.request.urlopen(BASE + path, timeout=30) as answer:
        return answer.headers, answer.read()


def subscribe(receiver, topic, mode="subscribe"):
    form = {"hub.mode": mode, "hub.callback": f"{receiver.base}/websub", "hub.topic": topic,
            "hub.secret": receiver.hub_secret, "hub.lease_seconds": "3600"}
    hub = urllib.request.Request(f"{BASE}/hub", data=urllib.parse.urlencode(form).encode(), method="POST")
    with urllib.request.urlopen(hub, timeout=30) as answer:
        assert answer.status == 202, answer.status
    asked = receiver.asked.get(timeout=PATIENCE)
    assert asked["hub.mode"] == mode and asked["hub.topic"] == topic, asked
    return asked


def links(headers):
    return [link for line in headers.get_all("Link") for link in line.split(", ")]


def main():
    receiver = Receiver()
    receiver.hub_secret = secrets.token_urlsafe(32)
    office = Office("ngan.ha", "thu.cuc", "thanh.nhon", "xuan.loc", "tri.vien")
    made = call("POST", "/api/v1/webhooks", {"url": f"{receiver.base}/hook", "locales": ["vi"]}, office.admin)
    receiver.webhook_secret = made[2]["secret"]

    headers, _ = served("/feeds/vi/all.atom")
    named = links(headers)
    assert f'<{BASE}/hub>; rel="hub"' in named, named
    topic = next(link for link in named if 'rel="self"' in link).split(">")[0].removeprefix("<")
    assert subscribe(receiver, topic)["hub.lease_seconds"] == "3600"

    # The first message is not taken twice, and comes again under the same name; the second does not overtake it.
    receiver.refuse = 2
    article = office.begin("bao-lam-hai", "Thử nghiệm người nhận")
    office.publish(article)
    kind, own, body = receiver.contents.get(timeout=PATIENCE)
    assert kind == "application/atom+xml; charset=utf-8", kind
    assert sorted(own) == sorted([f'<{BASE}/hub>; rel="hub"', f'<{topic}>; rel="self"']), own
    assert body == served("/feeds/vi/all.atom")[1] and "Thử nghiệm người nhận" in body.decode()

    office.withdraw(article)
    _, _, body = receiver.contents.get(timeout=PATIENCE)
    assert "deleted-entry" in body.decode()
    told = [receiver.messages.get(timeout=PATIENCE) for _ in range(2)]
    types = [json.loads(body)["type"] for _, body in told]
    assert types == ["article.published", "article.withdrawn"], types
    assert told[0][0] != told[1][0]
    assert all(json.loads(body)["data"]["article_id"] == article for _, body in told)

    subscribe(receiver, topic, "unsubscribe")
    log = call("GET", f"/api/v1/webhooks/{made[2]['id']}/deliveries", token=office.admin)[2]["items"]
    assert [one["state"] for one in log] == ["delivered"] * 2, log
    assert log[1]["attempts"] == 3 and log[0]["attempts"] == 1, log
    assert not receiver.faults, receiver.faults
    print("a subscriber and a webhook of Python's standard library got everything, signed and in order")


main()
