// Reads every feed with the readers that JavaScript has, over HTTP from the server that BASE names and as files from the
// folder that FILES names, and says what they did not like.

import { readFile } from "node:fs/promises";
import { extract, extractFromJson, extractFromXml } from "@extractus/feed-extractor";
import { parseFeed, parseOpml } from "feedsmith";
import Ajv from "ajv";
import addFormats from "ajv-formats";
import schema from "jsonfeed-schema";
import Parser from "rss-parser";

const { BASE, FILES } = process.env;
const findings = [];
let checks = 0;

function check(holds, what) {
  checks += 1;
  if (!holds) findings.push(what);
}

const text = async (url) => (await fetch(url)).text();
const parser = new Parser();
const ajv = new Ajv({ strict: false, allErrors: true });
addFormats(ajv);
const validate = ajv.compile(schema);
const index = await (await fetch(`${BASE}/feeds`, { headers: { accept: "application/json" } })).json();

/** Entries as `id title link`, in their order. */
const told = (entries) => entries.map((entry) => entry.map((part) => String(part ?? "").trim()).join(" | "));

function same(what, entries, wanted) {
  const found = told(entries);
  check(JSON.stringify(found) === JSON.stringify(wanted), `${what}: other entries than JSON Feed has: ${found.slice(0, 2)}`);
}

async function read(how, document, format, wanted) {
  if (format === "json") {
    const faults = validate(JSON.parse(document)) ? [] : validate.errors;
    check(!faults?.length, `${how}: jsonfeed-schema: ${JSON.stringify(faults)?.slice(0, 300)}`);
  } else {
    const feed = await parser.parseString(document);
    same(`${how}: rss-parser`, feed.items.map((item) => [item.guid ?? item.id, item.title, item.link]), wanted.ids);
    for (const item of feed.items) check(!Number.isNaN(Date.parse(item.isoDate)), `${how}: rss-parser reads no date of ${item.title}`);
  }
  // RFC 4287 lets a feed have no entry; this reader takes such a feed for none.
  if (format !== "atom" || wanted.links.length > 0) {
    const extracted = format === "json" ? extractFromJson(JSON.parse(document)) : extractFromXml(document);
    same(`${how}: feed-extractor`, extracted.entries.map((entry) => [entry.id, entry.link]), wanted.links);
    for (const entry of extracted.entries) check(entry.published, `${how}: feed-extractor reads no date of ${entry.id}`);
  }
  const { feed } = parseFeed(document);
  const entries = feed.items ?? feed.entries ?? [];
  const id = (entry) => entry.guid?.value ?? entry.id;
  const link = (entry) => entry.url ?? entry.link ?? entry.links?.find((one) => (one.rel ?? "alternate") === "alternate")?.href;
  same(`${how}: feedsmith`, entries.map((entry) => [id(entry), link(entry)]), wanted.links);
}

for (const feed of index.items) {
  const items = JSON.parse(await text(feed.json_url)).items;
  const wanted = {
    ids: told(items.map((item) => [item.id, item.title, item.url])),
    links: told(items.map((item) => [item.id, item.url])),
  };
  for (const format of ["json", "rss", "atom"]) {
    const url = feed[`${format}_url`];
    await read(url, await text(url), format, wanted);
    const file = `${FILES}/${feed.locale}_${feed.scope.replaceAll("/", "_")}.${format}`;
    await read(file, await readFile(file, "utf8"), format, wanted);
  }
  if (feed.scope === "all") {
    for (const url of [feed.json_url, feed.rss_url, feed.atom_url]) {
      const fetched = await extract(url);
      check(fetched.entries.length === items.length, `${url}: feed-extractor fetches ${fetched.entries.length} entries`);
    }
  }
}
const outlines = parseOpml(await text(`${BASE}/feeds.opml`)).body.outlines.flatMap((group) => group.outlines ?? []);
check(outlines.length === index.items.length * 3, `feeds.opml: feedsmith reads ${outlines.length} feeds`);

for (const finding of findings.slice(0, 50)) console.error(`FAILED ${finding}`);
console.log(`feeds read by JavaScript's readers: ${index.items.length} feeds, ${checks} checks, ${findings.length} of them failed`);
process.exit(findings.length ? 1 : 0);
