// Opens pages of the server at BASE as people do: on a wide and on a narrow screen, by day and by night, on paper.
// Each has to be free of what axe finds, to ask nobody but the server for anything, and to fit its screen.
import { mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { chromium } from "playwright-core";

const base = process.env.BASE;
const shots = process.env.SHOTS;
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
if (shots) mkdirSync(shots, { recursive: true });

const findings = [];
let checks = 0;
const check = (holds, what) => {
  checks += 1;
  if (!holds) findings.push(what);
};
const json = async (path) => (await fetch(base + path)).json();

// Every language's first page, topic page and an article, each kind in Vietnamese; notices; nothing there.
async function addresses() {
  const pages = [["/feeds", 200, null], ["/vi/a/khong-co-bai-nay", 404, null]];
  const locales = (await json("/api/v1/content/locales")).items.map((it) => it.locale);
  check(locales.length === 10, `${locales.length} languages`);
  for (const locale of locales) {
    pages.push([`/${locale}`, 200, locale]);
    const topics = (await json(`/api/v1/content/${locale}/topics`)).items;
    pages.push([`/${locale}/t/${topics[0].code}`, 200, locale]);
    const kinds = new Set();
    for (const item of (await json(`/api/v1/content/${locale}/articles?limit=100`)).items) {
      if (kinds.has(item.kind)) continue;
      kinds.add(item.kind);
      // Every kind in one language, and in the others enough to see their script in each place.
      if (locale !== "vi" && kinds.size > 1) break;
      pages.push([new URL(item.url).pathname, 200, locale]);
    }
  }
  for (const change of (await json("/api/v1/content/changes?limit=100")).items) {
    if (change.type !== "withdrawn") continue;
    const gone = await fetch(`${base}/api/v1/content/articles/${change.article_id}/${change.locale}/versions/${change.version}/publication`);
    const envelope = await gone.json().catch(() => ({}));
    if (envelope.slug) pages.push([`/${change.locale}/a/${envelope.slug}`, 410, change.locale]);
  }
  return pages;
}

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
});
const screens = [
  { name: "wide", viewport: { width: 1280, height: 900 }, colorScheme: "light" },
  { name: "narrow", viewport: { width: 320, height: 640 }, colorScheme: "dark" },
];
const pages = await addresses();
for (const { name, ...screen } of screens) {
  const context = await browser.newContext(screen);
  for (const [path, status, locale] of pages) {
    const where = `${decodeURI(path)} (${name})`;
    const page = await context.newPage();
    page.on("request", (request) => check(request.url().startsWith(base), `${where} asks ${request.url()}`));
    page.on("console", (message) => {
      // The page itself may be a refusal.
      const refusal = message.text().includes(`status of ${status}`);
      check(message.type() !== "error" || refusal, `${where}: ${message.text()}`);
    });
    const answer = await page.goto(base + path);
    check(answer.status() === status, `${where}: ${answer.status()} and not ${status}`);
    if (locale) check((await page.getAttribute("html", "lang")) === locale, `${where} does not say its language`);
    const room = await page.evaluate(() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]);
    check(room[0] <= room[1], `${where} is ${room[0]} px wide on ${room[1]} px`);
    const said = await page.locator('script[type="application/ld+json"]').allTextContents();
    for (const text of said) check(JSON.parse(text)["@context"] === "https://schema.org", `${where}: JSON-LD`);
    if (shots) await page.screenshot({ path: `${shots}/${path.replaceAll("/", "_")}-${name}.png`, fullPage: true });
    // By the debugger's door: the page's own policy would let no script in.
    await page.evaluate(axe);
    const { violations } = await page.evaluate(() => axe.run(document, { resultTypes: ["violations"] }));
    checks += 1;
    for (const { id, help, nodes } of violations) findings.push(`${where}: ${id}: ${help}: ${nodes[0].html.slice(0, 120)}`);
    if (shots && name === "wide" && status === 200) {
      await page.emulateMedia({ media: "print" });
      await page.screenshot({ path: `${shots}/${path.replaceAll("/", "_")}-print.png`, fullPage: true });
    }
    await page.close();
  }
  await context.close();
}
await browser.close();

for (const finding of new Set(findings)) console.error(finding);
console.log(`${checks} checks, ${findings.length} failed`);
process.exit(findings.length === 0 && checks > 0 ? 0 : 1);
