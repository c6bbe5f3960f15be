"""Reads the feeds of a server on this machine with real readers, and says what they did not like.

Usage: read.py [BASE_URL]; without one BASE says where. feedparser and jsonschema are in requirements.txt; sfeed and newsboat are programs.
"""

import gzip
import http.client
import json
import os
import pathlib
import sqlite3
import subprocess
import sys
import tempfile
import urllib.parse
import xml.etree.ElementTree

import feedparser
import jsonschema

# The demonstration has each of these; every language in the list of feeds is read, and these at least.
EXPECTED = {"vi", "en", "fr", "zh-Hans", "ja", "ko", "ru", "es", "lo", "km"}
SCHEMA = json.loads((pathlib.Path(__file__).parent / "jsonfeed.schema.json").read_text())
COMPARED = ("title", "link")

findings = []
checks = 0


def check(holds, what):
    """Counts a check, and keeps what it was about where it does not hold."""
    global checks
    checks += 1
    if not holds:
        findings.append(what)
    return holds


def get(address, **headers):
    """A plain request: status, headers in lower case, the bytes as they came over the wire."""
    parts = urllib.parse.urlsplit(address)
    connection = http.client.HTTPConnection(parts.hostname, parts.port, timeout=20)
    try:
        target = parts.path + (f"?{parts.query}" if parts.query else "")
        connection.request("GET", target, headers={k.replace("_", "-"): v for k, v in headers.items()})
        answer = connection.getresponse()
        body = answer.read()
        return answer.status, {name.lower(): value for name, value in answer.getheaders()}, body
    finally:
        connection.close()


def transport(address, media_type):
    """What every reader relies on, whatever the format: types, validators, compression. Gives the bytes."""
    status, headers, body = get(address, Accept_Encoding="identity")
    check(status == 200, f"{address}: status {status}")
    check(headers.get("content-type", "").split(";")[0] == media_type, f"{address}: {headers.get('content-type')}")
    check("content-encoding" not in headers, f"{address}: encoded though none was asked for")
    check("accept-encoding" in headers.get("vary", "").lower(), f"{address}: Vary is {headers.get('vary')}")
    check("no-store" not in headers.get("cache-control", "no-store"), f"{address}: {headers.get('cache-control')}")

    for name, condition in (("etag", "If-None-Match"), ("last-modified", "If-Modified-Since")):
        if check(name in headers, f"{address}: no {name}"):
            status, _, rest = get(address, Accept_Encoding="identity", **{condition: headers[name]})
            check(status == 304 and rest == b"", f"{address}: {condition} answers {status}, {len(rest)} bytes")
    status, _, _ = get(address, Accept_Encoding="identity", If_None_Match='"another"')
    check(status == 200, f"{address}: another ETag answers {status}")

    status, packed, small = get(address, Accept_Encoding="gzip")
    if check(packed.get("content-encoding") == "gzip", f"{address}: not compressed"):
        check(gzip.decompress(small) == body, f"{address}: gzip holds other bytes")
        check(packed.get("etag") != headers.get("etag"), f"{address}: one strong ETag for two encodings")
        status, _, _ = get(address, Accept_Encoding="gzip", If_None_Match=packed.get("etag", ""))
        check(status == 304, f"{address}: the ETag of the gzip answers {status}")
    return body


def entries(address, locale, found):
    """What holds for the entries of a feed, by whatever reader they were read."""
    check(found, f"{address}: no entries")
    ids = [entry["id"] for entry in found]
    check(len(set(ids)) == len(ids), f"{address}: ids repeat")
    for entry in found:
        check(entry["id"].startswith("tag:"), f"{address}: id {entry['id']!r}")
        check(entry["id"].endswith(f":{locale}"), f"{address}: id of another language: {entry['id']!r}")
        check(entry["title"].strip(), f"{address}: an entry without a title")
        path = urllib.parse.urlsplit(entry["link"]).path
        check(path.startswith(f"/{locale}/a/"), f"{address}: link {entry['link']!r} leads to another language")
    return {entry["id"]: {key: entry[key] for key in COMPARED} for entry in found}


def by_feedparser(address, locale):
    first = feedparser.parse(address)
    check(first.get("status") == 200, f"{address}: feedparser got {first.get('status')}")
    check(not first.bozo, f"{address}: feedparser warns: {first.get('bozo_exception')}")
    check(first.version == "rss20", f"{address}: feedparser takes it for {first.version!r}")
    check(first.feed.get("title", "").strip(), f"{address}: the feed has no title")
    check(first.feed.get("language", "").lower() == locale.lower(), f"{address}: {first.feed.get('language')}")
    for entry in first.entries:
        check(entry.get("published_parsed"), f"{address}: no date in {entry.get('id')}")
        check(entry.get("content"), f"{address}: no full text in {entry.get('id')}")
        check(not entry.get("guidislink"), f"{address}: the id of {entry.get('id')} is taken for a link")
    again = feedparser.parse(address, etag=first.get("etag"))
    check(again.get("status") == 304, f"{address}: feedparser's second fetch by ETag got {again.get('status')}")
    again = feedparser.parse(address, modified=first.get("modified"))
    check(again.get("status") == 304, f"{address}: feedparser's second fetch by date got {again.get('status')}")
    return entries(address, locale, [{key: entry.get(key, "") for key in ("id", *COMPARED)} for entry in first.entries])


def by_sfeed(address, locale, body):
    """sfeed's lines: time, title, link, content, its type, id, author, enclosure, category."""
    done = subprocess.run(["sfeed", address], input=body, capture_output=True, check=False, timeout=60)
    check(done.returncode == 0 and not done.stderr, f"{address}: sfeed says {done.stderr.decode()!r}")
    rows = [line.split("\t") for line in done.stdout.decode().splitlines()]
    check(all(row[0].isdigit() for row in rows), f"{address}: sfeed reads no date")
    check(all(row[3].strip() for row in rows), f"{address}: sfeed reads no text")
    return entries(address, locale, [{"title": row[1], "link": row[2], "id": row[5]} for row in rows])


def by_newsboat(addresses):
    """newsboat's own cache after a reload: its entries by feed."""
    with tempfile.TemporaryDirectory() as folder:
        home = pathlib.Path(folder)
        (home / "urls").write_text("".join(f"{address}\n" for address in addresses))
        # One at a time, and nothing about the newsboat of whoever runs this.
        (home / "config").write_text("reload-threads 1\nauto-reload no\nmax-items 0\n")
        command = ["newsboat", "-q", "-u", home / "urls", "-c", home / "cache.db", "-C", home / "config"]
        log = ["-l", "2", "-d", str(home / "log")]
        for _ in range(2):
            done = subprocess.run([*command, *log, "-x", "reload"], capture_output=True, check=False, timeout=240)
            check(done.returncode == 0, f"newsboat: status {done.returncode}: {done.stderr.decode()!r}")
        errors = (home / "log").read_text(errors="replace") if (home / "log").exists() else ""
        check("rror" not in errors, f"newsboat logs: {errors[:2000]}")
        with sqlite3.connect(home / "cache.db") as cache:
            rows = cache.execute("select feedurl, guid, title, url, content from rss_item where deleted = 0")
            read = {address: [] for address in addresses}
            for address, guid, title, link, content in rows:
                check(content and content.strip(), f"{address}: newsboat has no text of {guid}")
                read[address].append({"id": guid, "title": title, "link": link})
    return read


def by_schema(address, locale, body):
    document = json.loads(body)
    for error in jsonschema.Draft202012Validator(SCHEMA).iter_errors(document):
        place = "/".join(str(part) for part in error.absolute_path)
        check(False, f"{address}: /{place}: {error.message[:200]}")
    check(document["feed_url"] == address, f"{address}: calls itself {document['feed_url']}")
    check(document["language"] == locale, f"{address}: language {document['language']}")
    found = [{"id": item["id"], "title": item["title"], "link": item["url"]} for item in document["items"]]
    return entries(address, locale, found)


def languages(base):
    """The languages of the list of feeds that a reader would import."""
    status, _, body = get(f"{base}/feeds.opml")
    check(status == 200, f"{base}/feeds.opml: status {status}")
    outlines = xml.etree.ElementTree.fromstring(body).iter("outline")
    listed = {outline.get("xmlUrl"): outline.get("language") for outline in outlines if outline.get("xmlUrl")}
    for address in listed:
        check(address.startswith(f"{base}/feeds/"), f"feeds.opml: {address} is elsewhere")
        check(get(address)[0] == 200, f"feeds.opml: {address} is not there")
    found = {language for address, language in listed.items() if address.endswith(f"/feeds/{language}/all.rss")}
    check(EXPECTED <= found, f"feeds.opml: no feed in {sorted(EXPECTED - found)}")
    return sorted(EXPECTED | found)


def main(base):
    tongues = languages(base)
    rss = {locale: f"{base}/feeds/{locale}/all.rss" for locale in tongues}
    boats = by_newsboat(list(rss.values()))
    for locale in tongues:
        body = transport(rss[locale], "application/rss+xml")
        address = f"{base}/feeds/{locale}/all.json"
        wanted = by_schema(address, locale, transport(address, "application/feed+json"))
        readers = {
            "feedparser": by_feedparser(rss[locale], locale),
            "sfeed": by_sfeed(rss[locale], locale, body),
            "newsboat": entries(rss[locale], locale, boats[rss[locale]]),
        }
        for name, read in readers.items():
            check(read == wanted, f"{rss[locale]}: {name} reads other entries than JSON Feed has")
        print(f"{locale}: {len(wanted)} entries, by {', '.join(readers)} and JSON Feed", flush=True)


if __name__ == "__main__":
    main((sys.argv[1] if len(sys.argv) > 1 else os.environ["BASE"]).rstrip("/"))
    for finding in findings:
        print(f"FAILED {finding}", file=sys.stderr)
    print(f"feeds read: {checks} checks, {len(findings)} of them failed")
    sys.exit(1 if findings else 0)
