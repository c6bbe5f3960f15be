"""Reads every feed of a server on this machine with real readers, and says what they did not like.

Usage: read.py [BASE_URL]; without one BASE says where. FILES names a folder in which every feed is left as a file, for
the readers of read.mjs. Python's readers are in requirements.txt; sfeed and newsboat are programs.
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

import fastfeedparser
import feedparser
import icalendar
import jsonschema
import lxml.etree
import referencing

# The demonstration has each of these; every language in the list of feeds is read, and these at least.
EXPECTED = {"vi", "en", "fr", "zh-Hans", "ja", "ko", "ru", "es", "lo", "km"}
HERE = pathlib.Path(__file__).parent
SCHEMA = json.loads((HERE / "jsonfeed.schema.json").read_text())
NINJS = json.loads((HERE.parent / "schemas/ninjs-3.1.json").read_text())
GEOJSON = json.loads((HERE.parent / "schemas/geojson.json").read_text())
SITEMAP = HERE / "node_modules/sitemap/schema/sitemap.xsd"
MEDIA_TYPES = {
    "json": "application/feed+json",
    "rss": "application/rss+xml",
    "atom": "application/atom+xml",
    "ninjs.json": "application/json",
}
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


def transport(address, media_type, has_entries=True):
    """What every reader relies on, whatever the format: types, validators, compression. Gives the bytes."""
    status, headers, body = get(address, Accept_Encoding="identity")
    check(status == 200, f"{address}: status {status}")
    check(headers.get("content-type", "").split(";")[0] == media_type, f"{address}: {headers.get('content-type')}")
    check("content-encoding" not in headers, f"{address}: encoded though none was asked for")
    check("accept-encoding" in headers.get("vary", "").lower(), f"{address}: Vary is {headers.get('vary')}")
    check("no-store" not in headers.get("cache-control", "no-store"), f"{address}: {headers.get('cache-control')}")

    for name, condition in (("etag", "If-None-Match"), ("last-modified", "If-Modified-Since")):
        # What never had an entry never changed.
        if not has_entries and name == "last-modified":
            continue
        if check(name in headers, f"{address}: no {name}"):
            status, _, rest = get(address, Accept_Encoding="identity", **{condition: headers[name]})
            check(status == 304 and rest == b"", f"{address}: {condition} answers {status}, {len(rest)} bytes")
    status, _, _ = get(address, Accept_Encoding="identity", If_None_Match='"another"')
    check(status == 200, f"{address}: another ETag answers {status}")

    status, packed, small = get(address, Accept_Encoding="gzip")
    if len(body) >= 256 and check(packed.get("content-encoding") == "gzip", f"{address}: not compressed"):
        check(gzip.decompress(small) == body, f"{address}: gzip holds other bytes")
        check(packed.get("etag") != headers.get("etag"), f"{address}: one strong ETag for two encodings")
        status, _, _ = get(address, Accept_Encoding="gzip", If_None_Match=packed.get("etag", ""))
        check(status == 304, f"{address}: the ETag of the gzip answers {status}")
    return body


def entries(address, locale, found):
    """What holds for the entries of a feed, by whatever reader they were read."""
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
    check(first.version in ("rss20", "atom10"), f"{address}: feedparser takes it for {first.version!r}")
    check(first.feed.get("title", "").strip(), f"{address}: the feed has no title")
    check(first.feed.get("language", "").lower() == locale.lower(), f"{address}: {first.feed.get('language')}")
    for entry in first.entries:
        check(entry.get("published_parsed"), f"{address}: no date in {entry.get('id')}")
        check(entry.get("content"), f"{address}: no full text in {entry.get('id')}")
        check(not entry.get("guidislink"), f"{address}: the id of {entry.get('id')} is taken for a link")
    again = feedparser.parse(address, etag=first.get("etag"))
    check(again.get("status") == 304, f"{address}: feedparser's second fetch by ETag got {again.get('status')}")
    if first.entries:
        again = feedparser.parse(address, modified=first.get("modified"))
        check(again.get("status") == 304, f"{address}: feedparser's second fetch by date got {again.get('status')}")
    return entries(address, locale, [{key: entry.get(key, "") for key in ("id", *COMPARED)} for entry in first.entries])


def by_fastfeedparser(address, locale, body):
    read = fastfeedparser.parse(body)
    found = [{key: entry.get(key, "") for key in ("id", *COMPARED)} for entry in read.entries]
    for entry in read.entries:
        check(entry.get("published"), f"{address}: fastfeedparser reads no date of {entry.get('id')}")
    return entries(address, locale, found)


def by_ninjs(address, locale, body):
    """The standard's own schema; then what our other formats say too."""
    document = json.loads(body)
    resource = referencing.Resource.from_contents(GEOJSON)
    registry = referencing.Registry().with_resource("https://geojson.org/schema/GeoJSON.json", resource)
    for error in jsonschema.Draft202012Validator(NINJS, registry=registry).iter_errors(document):
        place = "/".join(str(part) for part in error.absolute_path)
        check(False, f"{address}: /{place}: {error.message[:200]}")
    check(document["uri"] == address, f"{address}: calls itself {document['uri']}")
    found = []
    for item in document.get("associations", []):
        check(item["language"] == locale, f"{address}: {item['uri']} is in {item['language']}")
        check((item["pubStatus"] == "canceled") != ("bodies" in item), f"{address}: {item['uri']}: {item['pubStatus']}")
        found.append({"id": item["uri"], "title": item["title"], "link": item["renditions"][0]["href"]})
    return entries(address, locale, found)


def by_icalendar(base, locale):
    address = f"{base}/api/v1/content/{locale}/events.ics"
    has_entries = b"BEGIN:VEVENT" in get(address)[2]
    calendar = icalendar.Calendar.from_ical(transport(address, "text/calendar", has_entries))
    check(not calendar.errors, f"{address}: {calendar.errors}")
    zones = {str(zone["TZID"]) for zone in calendar.walk("VTIMEZONE")}
    ids = set()
    for event in calendar.walk("VEVENT"):
        check(not event.errors, f"{address}: {event.errors}")
        check(str(event["UID"]).endswith(f":{locale}"), f"{address}: UID {event['UID']}")
        ids.add(str(event["UID"]))
        zone = event["DTSTART"].params.get("TZID")
        check(zone is None or zone in zones, f"{address}: {zone} is not described")
        check(event["SUMMARY"].params.get("LANGUAGE") == locale, f"{address}: {event['SUMMARY']}")
    check(len(ids) == len(calendar.walk("VEVENT")), f"{address}: ids repeat")
    return len(ids)


def by_sitemaps(base):
    """The schema of sitemaps.org for what is its own; hreflang and news, which it knows nothing of, by hand."""
    schema = lxml.etree.XMLSchema(lxml.etree.parse(str(SITEMAP)))
    own, xhtml = "{http://www.sitemaps.org/schemas/sitemap/0.9}", "{http://www.w3.org/1999/xhtml}"
    news = "{http://www.google.com/schemas/sitemap-news/0.9}"
    index = lxml.etree.fromstring(transport(f"{base}/sitemap.xml", "application/xml"))
    pages = {}
    for file in [loc.text for loc in index.iter(f"{own}loc")] + [f"{base}/sitemap-news.xml"]:
        root = lxml.etree.fromstring(transport(file, "application/xml"))
        for url in root.iter(f"{own}url"):
            loc = url.findtext(f"{own}loc")
            if file.endswith("sitemap-news.xml"):
                language = url.findtext(f"{news}news/{news}publication/{news}language")
                check(language and "-" not in language.replace("zh-cn", ""), f"{file}: language {language}")
                check(url.findtext(f"{news}news/{news}title"), f"{file}: {loc} has no title")
                check(loc in pages, f"{file}: {loc} is in no sitemap")
            else:
                links = url.findall(f"{xhtml}link")
                pages[loc] = {link.get("hreflang"): link.get("href") for link in links}
                check(len(links) == len(pages[loc]), f"{file}: {loc} names a language twice")
        for element in list(root.iter(f"{xhtml}link", f"{news}news")):
            element.getparent().remove(element)
        check(schema.validate(root), f"{file}: {schema.error_log}")
    for loc, family in pages.items():
        check(loc in family.values() and "x-default" in family, f"{loc} does not name itself or anybody else's")
        check(all(pages.get(url) == family for url in family.values()), f"{loc}: its languages say otherwise")
    return len(pages)


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


def listed(base):
    """Every feed that programs are told of: its language and its address in each format."""
    status, _, body = get(f"{base}/feeds", Accept="application/json")
    check(status == 200, f"{base}/feeds: status {status}")
    return [
        (feed["locale"], feed["scope"], {"json": feed["json_url"], "rss": feed["rss_url"],
         "atom": feed["atom_url"], "ninjs.json": feed["ninjs_url"]})
        for feed in json.loads(body)["items"]
    ]


def archives(base, locale):
    """Follows a feed's archives back to the first, and counts them."""
    address, known = f"{base}/feeds/{locale}/all.atom", set()
    while address:
        check(address not in known, f"{address}: the archives go round")
        known.add(address)
        read = feedparser.parse(get(address)[2])
        check(not read.bozo, f"{address}: feedparser warns: {read.get('bozo_exception')}")
        address = next((link.href for link in read.feed.links if link.rel == "prev-archive"), None)
    return len(known) - 1


def main(base):
    tongues = languages(base)
    feeds = listed(base)
    check({locale for locale, _, _ in feeds} == set(tongues), "the lists of feeds differ")
    folder = os.environ.get("FILES")
    whole = [(locale, urls) for locale, scope, urls in feeds if scope == "all"]
    # One format after the other: newsboat keeps an id once, whichever feed it came from last.
    boats = {}
    for form in ("rss", "atom"):
        boats |= by_newsboat([urls[form] for _, urls in whole])
    total = 0
    for locale, scope, urls in feeds:
        has_entries = bool(json.loads(get(urls["json"])[2])["items"])
        bodies = {form: transport(url, MEDIA_TYPES[form], has_entries) for form, url in urls.items()}
        wanted = by_schema(urls["json"], locale, bodies["json"])
        check(wanted or scope != "all", f"{urls['json']}: no entries")
        readers = {"ninjs": by_ninjs(urls["ninjs.json"], locale, bodies["ninjs.json"])}
        for form in ("rss", "atom"):
            readers[f"feedparser {form}"] = by_feedparser(urls[form], locale)
            readers[f"sfeed {form}"] = by_sfeed(urls[form], locale, bodies[form])
            if wanted:
                readers[f"fastfeedparser {form}"] = by_fastfeedparser(urls[form], locale, bodies[form])
            if scope == "all":
                readers[f"newsboat {form}"] = entries(urls[form], locale, boats[urls[form]])
        if wanted:
            readers["fastfeedparser json"] = by_fastfeedparser(urls["json"], locale, bodies["json"])
        for name, read in readers.items():
            check(read == wanted, f"{urls['json']}: {name} reads other entries than JSON Feed has")
        if folder:
            for form, body in bodies.items():
                name = f"{locale}_{scope.replace('/', '_')}.{form}"
                pathlib.Path(folder, name).write_bytes(body)
        total += len(wanted)
    print(f"{len(feeds)} feeds in {len(MEDIA_TYPES)} formats, {total} entries in each format", flush=True)
    for locale in tongues:
        print(f"{locale}: {archives(base, locale)} archives, {by_icalendar(base, locale)} events", flush=True)
    print(f"{by_sitemaps(base)} pages in sitemaps", flush=True)


if __name__ == "__main__":
    main((sys.argv[1] if len(sys.argv) > 1 else os.environ["BASE"]).rstrip("/"))
    for finding in findings:
        print(f"FAILED {finding}", file=sys.stderr)
    print(f"feeds read: {checks} checks, {len(findings)} of them failed")
    sys.exit(1 if findings else 0)
