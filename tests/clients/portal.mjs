// Executes docs/PORTAL.md as it stands: copies the programs out of it, runs them against the server at BASE while
// people publish and withdraw there, and demands that the portal ends with exactly what is public.
import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const { BASE: base, PASSWORD: password } = process.env;
const here = new URL("../../", import.meta.url);
const guide = readFileSync(new URL("docs/PORTAL.md", here), "utf8");
const programs = [...guide.matchAll(/```js\n\/\/ (\S+)\n([\s\S]*?)```/g)];
let checks = 0;
const demand = (holds, what) => {
  checks += 1;
  if (!holds) throw new Error(what);
};
demand(programs.length === 3, `${programs.length} programs in the guide`);

const folder = mkdtempSync(join(tmpdir(), "portal-"));
process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
for (const [, name, code] of programs) writeFileSync(join(folder, name), code);
const run = (name) => execFileSync("node", [name], { cwd: folder, env: { ...process.env, LANTOA: base }, encoding: "utf8" });
const copy = () => JSON.parse(readFileSync(join(folder, "copy.json"), "utf8"));

async function call(token, path, body, headers = {}) {
  const answer = await fetch(base + path, {
    method: body === undefined ? "GET" : "POST",
    headers: { ...(token && { Authorization: `Bearer ${token}` }), "Content-Type": "application/json", ...headers },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const said = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${JSON.stringify(said)}`);
  return { said, etag: answer.headers.get("etag") };
}
const signIn = async (name) =>
  (await call(null, "/api/v1/auth/login", { email: `${name}@lamhai.example`, password })).said.access_token;
const [author, reviewer, approver, publisher] = await Promise.all(["ngan.ha", "thu.cuc", "thanh.nhon", "xuan.loc"].map(signIn));

/** An article that goes public; every other one is taken down again. */
async function work(number) {
  const { said, etag } = await call(author, "/api/v1/articles", {
    kind: "news", agency: "bao-lam-hai", source_locale: "vi", topics: ["dau-tu"], title: `Bản tin số ${number}`,
    summary: `Số ${number} < ${number + 1}.`, body: `<p>Chuyến thứ ${number}.</p>`,
  });
  const edition = `/api/v1/articles/${said.id}/editions/vi`;
  const content_hash = said.edition.content_hash;
  await call(author, `${edition}/submit`, {}, { "If-Match": etag });
  for (const who of [reviewer, approver]) await call(who, `${edition}/decisions`, { verdict: "approve", content_hash });
  await call(publisher, `${edition}/publish`, { content_hash });
  if (number % 2) await call(publisher, `${edition}/withdraw`, { reason: "wrong_figure", note: `Sai số ${number}.` });
}

/** Everything public, read page by page, by guid. */
async function everything() {
  const items = {};
  for (const { locale } of (await call(null, "/api/v1/content/locales")).said.items) {
    for (let cursor = ""; cursor !== null; ) {
      const page = (await call(null, `/api/v1/content/${locale}/articles?limit=50${cursor && `&cursor=${cursor}`}`)).said;
      for (const item of page.items) items[item.guid] = item;
      cursor = page.next_cursor;
    }
  }
  return items;
}

run("sync.mjs");
demand(Object.keys(copy().items).length > 20, "the first sync brings the province");

// Publishing and syncing at the same time, in no order that anybody has arranged.
let working = true;
const works = (async () => {
  for (let round = 0; round < 4; round += 1) await Promise.all([0, 1, 2].map((n) => work(3 * round + n)));
})().finally(() => (working = false));
while (working) {
  run("sync.mjs");
  await new Promise((next) => setImmediate(next));
}
await works;
run("sync.mjs");

const [mine, theirs] = [copy(), await everything()];
const sorted = (items) => Object.keys(items).sort();
demand(sorted(mine.items).join() === sorted(theirs).join(), "the copy has exactly what is public");
for (const [guid, item] of Object.entries(theirs)) {
  demand(mine.items[guid].version === item.version && mine.items[guid].content_hash === item.content_hash, `${guid} is current`);
}
demand(Object.values(mine.gone).filter((it) => /^Sai số \d+\.$/.test(it.note)).length === 6, "six notices");
demand(run("sync.mjs") && copy().since === mine.since, "nothing new is nothing new");

run("check.mjs");
run("build.mjs");
for (const { locale, slug, title } of Object.values(theirs)) {
  const path = join(folder, "site", locale, `${slug}.html`);
  demand(existsSync(path) && readFileSync(path, "utf8").includes(`lang="${locale}"`), `${path}: ${title}`);
}
demand(!existsSync(join(folder, "site/vi/ban-tin-so-1.html")), "what was taken down has no page");
console.log(`${checks} checks, 0 failed`);
