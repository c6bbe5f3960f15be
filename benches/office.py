"""Four people of the demonstration, who take articles through the whole workflow."""

import json
import urllib.request
import uuid


class Office:
    """The demonstration's server, and who writes, reviews, approves and publishes there."""

    def __init__(self, serve):
        self.password = uuid.uuid4().hex
        self.server = serve(LANTOA_DEMO_PASSWORD=self.password)
        self.api = self.server.base + "/api/v1"
        names = ["ngan.ha", "thu.cuc", "thanh.nhon", "xuan.loc"]
        self.author, self.reviewer, self.approver, self.publisher = map(self.sign_in, names)

    def sign_in(self, name):
        body = {"email": f"{name}@lamhai.example", "password": self.password}
        token = json.loads(self.ask("/auth/login", body=body)[0])["access_token"]
        return {"Authorization": f"Bearer {token}"}

    def ask(self, path, headers=None, body=None):
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self.api + path, data=data, headers=headers or {})
        if data is not None:
            request.add_header("Content-Type", "application/json")
        with urllib.request.urlopen(request, timeout=60) as answer:
            return answer.read(), answer.headers

    def approved(self, number):
        """An article that waits for nothing but its publication: the edition's path, and what the publisher saw."""
        new = {
            "kind": "news", "agency": "bao-lam-hai", "source_locale": "vi", "topics": ["dau-tu"],
            "title": f"Chuyến hàng thứ {number}", "summary": "Hàng đi Nhật Bản.",
            "body": "Sáng nay, **32 tấn** cá ngừ rời cảng Lam An.\n\n" * 12, "body_format": "markdown",
        }
        made = json.loads(self.ask("/articles", self.author | {"Idempotency-Key": str(uuid.uuid4())}, new)[0])
        edition = f"/articles/{made['id']}/editions/vi"
        text, headers = self.ask(edition, self.author)
        seen = {"content_hash": json.loads(text)["content_hash"]}
        self.ask(f"{edition}/submit", self.author | {"If-Match": headers["ETag"]}, {})
        for who in (self.reviewer, self.approver):
            self.ask(f"{edition}/decisions", who, seen | {"verdict": "approve"})
        return edition, seen

    def publish(self, number):
        edition, seen = self.approved(number)
        self.ask(f"{edition}/publish", self.publisher, seen)
        return edition
