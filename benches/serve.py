#!/usr/bin/env python3
"""What answers cost: Lan Tỏa beside nginx that serves the same bytes, and beside a bare handler, in turns, in one run.

    benches/serve.py BINARY FOLDER [FOLDER…]

Each FOLDER is a province that `examples/province.rs` made; the first one is compared with nginx, and each of
the others with the first. Ratios are Lan Tỏa's requests a second over nginx's. Processor time is the serving
process's own, the asking one's not counted: on a busy machine it holds where the clock does not.
Needs wrk, nginx and /proc. SECONDS (4) and ROUNDS (3) say how long each is asked and how often in turn, WORKERS (1)
how many threads or processes of each side answer: one leaves wrk a core of its own where there are two.
"""

import gzip
import json
import os
import pathlib
import re
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request

from office import Office

SECONDS = int(os.environ.get("SECONDS", "4"))
ROUNDS = int(os.environ.get("ROUNDS", "3"))
WORKERS = os.environ.get("WORKERS", "1")
TICK = os.sysconf("SC_CLK_TCK")
FORMATS = ["rss", "atom", "json", "ninjs.json"]
LIST = "/api/v1/content/vi/articles"
# Each request names another second, so that none is answered from memory; all have the same items.
ANEW = """
local n = 0
request = function()
  n = n + 1
  return wrk.format("GET", string.format("%s?until=2100-01-01T00:00:00.%%06dZ", (n * 7) %% 1000000))
end
""" % LIST


def free_port():
    with socket.socket() as it:
        it.bind(("127.0.0.1", 0))
        return it.getsockname()[1]


def ask(url, headers=None, body=None):
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(url, data=data, headers=headers or {})
    if data is not None:
        request.add_header("Content-Type", "application/json")
    with urllib.request.urlopen(request, timeout=60) as answer:
        return answer.read(), answer.headers


class Server:
    """A serving process and those that it started."""

    def __init__(self, command, environment, port, ready):
        self.base = f"http://127.0.0.1:{port}"
        keep = {name: value for name, value in os.environ.items() if not name.startswith("LANTOA_")}
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        self.process = subprocess.Popen(command, env=keep | environment, **quiet)
        for _ in range(1200):
            try:
                ask(self.base + ready)
                return
            except OSError:
                time.sleep(0.1)
        raise SystemExit(f"{command[0]} does not answer")

    def processes(self):
        own = self.process.pid
        children = pathlib.Path(f"/proc/{own}/task/{own}/children").read_text().split()
        return [own, *map(int, children)]

    def cpu(self):
        """Processor time so far, in microseconds."""
        ticks = 0
        for one in self.processes():
            fields = pathlib.Path(f"/proc/{one}/stat").read_text().rpartition(") ")[2].split()
            ticks += int(fields[11]) + int(fields[12])
        return ticks * 1_000_000 // TICK

    def threads(self):
        """Nanoseconds of processor time of each thread."""
        tasks = pathlib.Path(f"/proc/{self.process.pid}/task").iterdir()
        return {task.name: int((task / "schedstat").read_text().split()[0]) for task in tasks}

    def busy(self):
        """Threads that work while nobody asks: those of the sweep after a start, which in a large province is long."""
        before = self.threads()
        time.sleep(2)
        return {name for name, spent in self.threads().items() if spent - before.get(name, 0) > 20_000_000}

    def memory(self):
        text = pathlib.Path(f"/proc/{self.process.pid}/status").read_text()
        return int(re.search(r"VmRSS:\s+(\d+)", text)[1]) / 1024

    def load(self, path, headers=(), script=None, but=None):
        """Requests a second and microseconds of processor time for each; `but` are threads that are not counted."""
        command = ["wrk", "-t1", "-c32", f"-d{SECONDS}s"]
        for header in headers:
            command += ["-H", header]
        if script:
            command += ["-s", script]

        def spent():
            if but is None:
                return self.cpu()
            return sum(spent for name, spent in self.threads().items() if name not in but) / 1000

        before = spent()
        said = subprocess.run([*command, self.base + path], check=True, capture_output=True, text=True).stdout
        took = spent() - before
        if "Non-2xx" in said and not any(header.startswith("If-None-Match") for header in headers):
            raise SystemExit(f"{path}: {said}")
        requests = int(re.search(r"(\d+) requests in", said)[1])
        return float(re.search(r"Requests/sec:\s+([\d.]+)", said)[1]), took / max(requests, 1)

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(60)


def lantoa(binary, folder, command="serve", **more):
    port = free_port()
    settings = {
        "LANTOA_DATA_DIR": str(folder),
        "LANTOA_LISTEN": f"127.0.0.1:{port}",
        "LANTOA_AUTHORITY": "lamhai.example",
        "LANTOA_LOG": "error",
        "LANTOA_WORKERS": WORKERS,
        # One address asks for all.
        "LANTOA_RATE_PER_ADDRESS": "0",
    }
    return Server([binary, command], settings | more, port, "/readyz")


def nginx(folder):
    """nginx as its own manual would have it for files: no log, open files kept, ready-made gzip where it can."""
    port = free_port()
    (folder / "nginx.conf").write_text(f"""
        daemon off; worker_processes {WORKERS}; pid {folder}/pid; error_log {folder}/error.log;
        events {{ worker_connections 1024; }}
        http {{
            access_log off; sendfile on; tcp_nopush on; keepalive_requests 1000000000;
            open_file_cache max=100; types {{ application/rss+xml rss; }}
            client_body_temp_path {folder}/a; proxy_temp_path {folder}/b; fastcgi_temp_path {folder}/c;
            uwsgi_temp_path {folder}/d; scgi_temp_path {folder}/e;
            server {{ listen 127.0.0.1:{port}; root {folder}/files; }}
        }}""")
    return Server(["nginx", "-c", str(folder / "nginx.conf"), "-p", str(folder)], {}, port, "/plain.rss")


def settle():
    """The sweep after a start verifies everything anew, and is not what is measured."""
    time.sleep(int(os.environ.get("SETTLE", "20")))


def in_turn(what, ours, theirs, goal, who="nginx"):
    """Both are asked in turn, and the middle of each one's rounds is compared."""
    rounds = [(ours(), theirs()) for _ in range(ROUNDS)]
    (our_rate, our_cpu), (their_rate, their_cpu) = (
        [statistics.median(column) for column in zip(*side)] for side in zip(*rounds)
    )
    print(
        f"{what:<28} {our_rate:9.0f}/s {our_cpu:8.0f} µs   {who} {their_rate:9.0f}/s {their_cpu:6.0f} µs   "
        f"ratio {our_rate / their_rate:5.2f}   goal ≥ {goal}"
    )


def beside_nginx(server, folder):
    files = folder / "files"
    files.mkdir()
    feeds = {}
    for name in FORMATS:
        path = f"/feeds/vi/all.{name}"
        plain, headers = ask(server.base + path)
        # The same bytes as ours sends compressed, under an address of their own: the Debian package has no gzip_static.
        packed, _ = ask(server.base + path, {"Accept-Encoding": "gzip"})
        if gzip.decompress(packed) != plain:
            raise SystemExit(f"{path}: the compressed feed is another one")
        (files / f"plain.{name}").write_bytes(plain)
        (files / f"packed.{name}").write_bytes(packed)
        feeds[name] = (path, headers["ETag"], len(plain), len(packed))
    front = nginx(folder)
    for name, (path, known, plain, packed) in feeds.items():
        theirs = ask(f"{front.base}/plain.{name}")[1]["ETag"]
        print(f"{name}: a feed of {plain} bytes, {packed} compressed")
        in_turn(
            f"{name}, compressed",
            lambda: server.load(path, ["Accept-Encoding: gzip"]),
            lambda: front.load(f"/packed.{name}"),
            0.9,
        )
        in_turn(
            f"{name}, known already (304)",
            lambda: server.load(path, [f"If-None-Match: {known}"]),
            lambda: front.load(f"/plain.{name}", [f"If-None-Match: {theirs}"]),
            0.9,
        )
        in_turn(f"{name}, plain", lambda: server.load(path), lambda: front.load(f"/plain.{name}"), 0.7)
    front.stop()


def beside_bare(binary, server, folder):
    """The whole of ours beside a handler that does nothing but give out the same compressed bytes."""
    path = f"/feeds/vi/all.{FORMATS[0]}"
    known = ask(server.base + path)[1]["ETag"]
    port = free_port()
    command = [pathlib.Path(binary).parent / "examples/bare", f"127.0.0.1:{port}", folder / f"files/packed.{FORMATS[0]}"]
    bare = Server(command, {}, port, "/")
    for what, ours, theirs in [
        ("compressed", "Accept-Encoding: gzip", "Accept-Encoding: gzip"),
        ("known already (304)", f"If-None-Match: {known}", 'If-None-Match: "bare"'),
    ]:
        in_turn(what, lambda: server.load(path, [ours]), lambda: bare.load("/", [theirs]), 0.85, "bare handler")
    bare.stop()


def lists(server, folder):
    script = folder / "anew.lua"
    script.write_text(ANEW)
    busy = server.busy()
    cached = statistics.median(server.load(LIST, but=busy)[1] for _ in range(ROUNDS))
    anew = statistics.median(server.load("", script=str(script), but=busy)[1] for _ in range(ROUNDS))
    return cached, anew


def one_query(binary, folder):
    """Processor time that the database library alone takes for the query behind the list, in a process of its own."""
    command = [pathlib.Path(binary).parent / "examples/one_query", pathlib.Path(folder) / "lantoa.db"]
    said = [subprocess.run(command, check=True, capture_output=True, text=True).stdout for _ in range(ROUNDS)]
    return statistics.median(int(line.split()[0]) for line in said)


def workflow(binary, folder, times=200):
    """Processor time from a new article to its being public, through the whole workflow with four people."""
    office = Office(lambda **more: lantoa(binary, folder / "demo", "demo", **more))
    settle()
    before = office.server.cpu()
    for number in range(times):
        office.publish(number)
    took = (office.server.cpu() - before) / times / 1000
    office.server.stop()
    return took


def main(binary, first, *others):
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        # nginx's workers are nobody's.
        folder.chmod(0o755)
        server = lantoa(binary, first)
        settle()
        beside_nginx(server, folder)
        beside_bare(binary, server, folder)
        cached, anew = lists(server, folder)
        print(f"a list of 20 kept            {cached:8.0f} µs")
        print(f"a list of 20 made anew       {anew:8.0f} µs   {anew / cached:.0f} times the kept one   goal ≥ 20")
        alone = one_query(binary, first)
        print(f"its query alone              {alone:8.0f} µs   {anew / alone:.1f} of that   goal ≤ 1.6")
        print(f"memory after all that        {server.memory():8.0f} MiB")
        server.stop()
        for other in others:
            server = lantoa(binary, other)
            settle()
            _, there = lists(server, folder)
            print(f"the same in {pathlib.Path(other).parent.name:<16} {there:8.0f} µs   {there / anew:.2f} of the first")
            print(f"memory after all that        {server.memory():8.0f} MiB")
            server.stop()
        print(f"from new to public           {workflow(binary, folder):8.1f} ms   goal ≤ 10")


if __name__ == "__main__":
    if len(sys.argv) < 3 or not shutil.which("wrk") or not shutil.which("nginx"):
        raise SystemExit(__doc__)
    main(*sys.argv[1:])
