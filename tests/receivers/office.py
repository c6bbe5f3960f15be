"""The people of the demonstration, as far as it takes to publish something."""

import json
import os
import urllib.error
import urllib.request

BASE, PASSWORD = os.environ["BASE"], os.environ["PASSWORD"]


def call(method, path, body=None, token=None, headers=None):
    """A request; its status, headers and JSON."""
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(BASE + path, data=data, method=method, headers=dict(headers or {}))
    if data is not None:
        request.add_header("Content-Type", "application/json")
    if token:
        request.add_header("Authorization", f"Bearer {token}")
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            text = answer.read()
            return answer.status, answer.headers, json.loads(text) if text else None
    except urllib.error.HTTPError as refusal:
        raise SystemExit(f"{method} {path}: {refusal.code} {refusal.read().decode()}") from refusal


def sign_in(name):
    email = f"{name}@lamhai.example"
    return call("POST", "/api/v1/auth/login", {"email": email, "password": PASSWORD})[2]["access_token"]


class Office:
    """Somebody for each part of the way to the public."""

    def __init__(self, author, reviewer, approver, publisher, admin):
        self.author, self.reviewer, self.approver = sign_in(author), sign_in(reviewer), sign_in(approver)
        self.publisher, self.admin = sign_in(publisher), sign_in(admin)

    def begin(self, agency, title):
        body = {"kind": "news", "agency": agency, "source_locale": "vi", "topics": [], "title": title,
                "summary": "", "body": f"<p>{title}.</p>"}
        return call("POST", "/api/v1/articles", body, self.author)[2]["id"]

    def publish(self, article):
        at = f"/api/v1/articles/{article}/editions/vi"
        etag = call("GET", at, token=self.author)[1]["ETag"]
        case = call("POST", f"{at}/submit", {}, self.author, {"If-Match": etag})[2]
        for who in (self.reviewer, self.approver):
            call("POST", f"{at}/decisions", {"verdict": "approve", "content_hash": case["content_hash"]}, who)
        call("POST", f"{at}/publish", {"content_hash": case["content_hash"]}, self.publisher)

    def withdraw(self, article):
        call("POST", f"/api/v1/articles/{article}/editions/vi/withdraw", {"reason": "other", "note": "Tạm gỡ."},
             self.publisher)
