"""A server on this machine that takes what is sent to it, and checks it as the two specifications say."""

import base64
import hashlib
import hmac
import queue
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit


class Receiver:
    """What arrives, checked: messages of webhooks at /hook, and what a hub asks and sends at /websub."""

    def __init__(self):
        self.messages, self.contents, self.asked = queue.Queue(), queue.Queue(), queue.Queue()
        self.webhook_secret, self.hub_secret = None, None
        self.refuse = 0
        self.faults = []
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                query = {key: values[0] for key, values in parse_qs(urlsplit(self.path).query).items()}
                receiver.asked.put(query)
                self.answer(200, query.get("hub.challenge", "").encode())

            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                try:
                    status = receiver.hook(self.headers, body) if self.path == "/hook" else receiver.websub(self.headers, body)
                except Exception as fault:  # pylint: disable=broad-except
                    receiver.faults.append(repr(fault))
                    status = 500
                self.answer(status, b"")

            def answer(self, status, body):
                self.send_response(status)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.base = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def hook(self, headers, body):
        """A message by Standard Webhooks 1.0."""
        name, at = headers["webhook-id"], headers["webhook-timestamp"]
        if abs(time.time() - int(at)) > 300:
            raise ValueError("a message of another time")
        key = base64.b64decode(self.webhook_secret.removeprefix("whsec_"))
        wanted = base64.b64encode(hmac.new(key, f"{name}.{at}.".encode() + body, hashlib.sha256).digest()).decode()
        given = [one.split(",", 1) for one in headers["webhook-signature"].split(" ")]
        if not any(kind == "v1" and hmac.compare_digest(one, wanted) for kind, one in given):
            raise ValueError("a signature that does not fit")
        if self.refuse > 0:
            self.refuse -= 1
            return 503
        self.messages.put((name, body))
        return 204

    def websub(self, headers, body):
        """A content by WebSub."""
        wanted = "sha256=" + hmac.new(self.hub_secret.encode(), body, hashlib.sha256).hexdigest()
        if not hmac.compare_digest(headers["X-Hub-Signature"], wanted):
            raise ValueError("a signature that does not fit")
        self.contents.put((headers["Content-Type"], headers.get_all("Link"), body))
        return 204
