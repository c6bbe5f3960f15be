// Sends every string through every text of the server at BASE. One that is taken comes back exactly as the
// documentation says, wherever it is shown; any other is refused with 4xx and its place; nothing is a fault.
import { body, isBlank, line, paragraph, text } from "./rules.mjs";
import { counts, strings } from "./strings.mjs";

const { BASE: base, PASSWORD: password } = process.env;
const findings = [];
let checks = 0;
const show = (value) => JSON.stringify(value)?.slice(0, 160);
const check = (holds, what) => {
  checks += 1;
  if (!holds) findings.push(what);
  return holds;
};

async function send(token, method, path, said, headers = {}) {
  const answer = await fetch(base + path, {
    method,
    headers: { ...(token && { Authorization: `Bearer ${token}` }), ...(said !== undefined && { "Content-Type": "application/json" }), ...headers },
    ...(said !== undefined && { body: JSON.stringify(said) }),
  });
  const raw = await answer.text();
  let json;
  try { json = raw === "" ? null : JSON.parse(raw); } catch { json = raw; }
  check(answer.status < 500, `${method} ${path}: ${answer.status} to ${show(said)}`);
  if (answer.status >= 400) {
    const told = answer.headers.get("content-type") === "application/problem+json" && typeof json?.code === "string";
    check(told, `${method} ${path}: ${answer.status} is told as ${show(raw)}`);
  }
  return { status: answer.status, json, etag: answer.headers.get("etag"), pointers: (json?.errors ?? []).map((it) => it.pointer) };
}
const signIn = async (name) =>
  (await send(null, "POST", "/api/v1/auth/login", { email: `${name}@lamhai.example`, password })).json.access_token;
const [author, reviewer, approver, publisher, admin] = await Promise.all(["ngan.ha", "thu.cuc", "thanh.nhon", "xuan.loc", "tri.vien"].map(signIn));

/** Runs over all strings, a few at a time. */
async function each(all, work, lanes = 4) {
  const waiting = all.map((raw, number) => [raw, number]);
  const lane = async () => { for (let next; (next = waiting.shift()) !== undefined; ) await work(...next); };
  await Promise.all(Array.from({ length: lanes }, lane));
}

const holds = (said, way) => way.split("/").slice(1).reduce((at, name) => at?.[name], said);
const place = (said, way, value) => {
  const names = way.split("/").slice(1), last = names.pop();
  names.reduce((at, name) => (at[name] ??= {}), said)[last] = value;
};

/**
 * Sends a string in several texts at once: it is refused in exactly those that cannot take it, all of them told at
 * once, and taken exactly in the others. Texts are {pointer, rule, at?, sent?}; `at` is where it comes back.
 */
async function round(raw, plain, texts, ask, wanted) {
  const said = structuredClone(plain);
  for (const { pointer, sent } of texts) place(said, pointer, sent ? sent(raw) : raw);
  const wrong = texts.filter(({ rule }) => rule(raw) === null).map(({ pointer }) => pointer).sort();
  let answer = await ask(said);
  if (wrong.length > 0) {
    const told = [...new Set(answer.pointers)].sort();
    check(answer.status === 422 && show(told) === show(wrong), `${show(raw)}: ${answer.status} ${show(told)} and not ${show(wrong)}`);
    for (const pointer of wrong) place(said, pointer, holds(plain, pointer));
    answer = await ask(said);
  }
  if (!check(answer.status === wanted, `${show(raw)}: ${answer.status} ${show(answer.json)}`)) return undefined;
  for (const { pointer, rule, at } of texts.filter((it) => !wrong.includes(it.pointer))) {
    const got = holds(answer.json, at ?? pointer) ?? null;
    const want = rule(raw);
    check(got === want || (got === null && want === "") || (got !== null && want === undefined), `${at ?? pointer} of ${show(raw)}: ${show(got)}`);
  }
  return { ...answer, said };
}

const refused = () => null, left = () => "";
const TITLE = line(300, refused), SUMMARY = text(2000), NOTE = text(2000), CHANGE_NOTE = line(2000);
const DETAIL = line(1000, left), PLACE = line(200, left), NAME = line(200, refused);
// Without a note of which something can be seen, the reason's own words are said.
const NOTICE = (raw) => (NOTE(raw) !== null && isBlank(raw) ? undefined : NOTE(raw));
const words = [
  { pointer: "/title", rule: TITLE, at: "/edition/title" }, { pointer: "/summary", rule: SUMMARY, at: "/edition/summary" },
  { pointer: "/place", rule: PLACE }, { pointer: "/body", rule: body, sent: paragraph, at: "/edition/body" },
];
const kinds = {
  statement: { claim: "Cảng đã đóng cửa.", claimed_at_place: "Một trang mạng" },
  event: { venue: "Sơn Hạ" },
  investment: { sector: "Cảng biển", contact: "Sở Kế hoạch và Đầu tư" },
  destination: { season: "Tháng 3" },
};
const fixed = {
  event: { starts_at: "2026-12-05T01:00:00Z", time_zone: "Asia/Ho_Chi_Minh" }, investment: { stage: "calling" },
  destination: { latitude: "14.68", longitude: "109.04" }, statement: {},
};

/** Articles and what their details say, and then all that is said on the way to the public and back. */
async function articles(raw, number) {
  const kind = Object.keys(kinds)[number % 4];
  const details = Object.keys(kinds[kind]).map((name) => ({ pointer: `/details/${name}`, rule: DETAIL, at: `/edition/details/${name}` }));
  // A detail that a kind cannot be without is not left out by saying nothing.
  const needed = kind === "statement" ? { ...details[0], rule: line(1000, refused) } : details[0];
  const plain = {
    kind, agency: "bao-lam-hai", source_locale: "vi", topics: ["dau-tu"], title: "Tin", summary: "Tóm tắt", place: "Lam An",
    body: "<p>Chữ.</p>", slug: `chuoi-${number}`, details: { ...fixed[kind], ...kinds[kind] },
  };
  const made = await round(raw, plain, [...words, needed, ...details.slice(1)], (said) => send(author, "POST", "/api/v1/articles", said), 201);
  if (!made) return;
  const edition = `/api/v1/articles/${made.json.id}/editions/vi`;
  const saved = await round(raw, { title: "Tin", summary: "", body: "<p>Chữ.</p>", change_note: "" },
    [...words.filter((it) => it.pointer !== "/place").map((it) => ({ ...it, at: it.pointer })), { pointer: "/change_note", rule: CHANGE_NOTE }],
    (said) => send(author, "PUT", edition, { ...said, slug: plain.slug, details: kinds[kind] }, { "If-Match": made.etag }), 200);
  if (!saved) return;
  const content_hash = saved.json.content_hash;
  const comment = [{ pointer: "/comment", rule: NOTE }];
  await round(raw, { comment: "Xin xem." }, comment, (said) => send(author, "POST", `${edition}/submit`, said, { "If-Match": saved.etag }), 201);
  const decided = (stage) => [{ pointer: "/comment", rule: NOTE, at: `/decisions/${stage}/comment` }];
  for (const [stage, who] of [reviewer, approver].entries()) {
    await round(raw, { verdict: "approve", content_hash, comment: "Được." }, decided(stage), (said) => send(who, "POST", `${edition}/decisions`, said), 200);
  }
  await round(raw, { content_hash, note: "" }, [{ pointer: "/note", rule: NOTE }], (said) => send(publisher, "POST", `${edition}/publish`, said), 200);
  const item = (await send(null, "GET", `/api/v1/content/vi/articles/id/${made.json.id}`)).json;
  for (const [name, of] of [["title", saved.json.title], ["summary", saved.json.summary], ["body_html", saved.json.body], ["place", made.json.place ?? null]]) {
    check((item[name] ?? null) === of, `${name} of the public item: ${show(item[name])} and not ${show(of)}`);
  }
  const taken = await round(raw, { reason: "wrong_figure", note: "Sai." }, [{ pointer: "/note", rule: NOTICE }],
    (said) => send(publisher, "POST", `${edition}/withdraw`, said), 200);
  if (taken) {
    const gone = await send(null, "GET", `/api/v1/content/vi/articles/id/${made.json.id}`);
    check(gone.status === 410 && gone.json.note === taken.json.note, `the notice of ${show(raw)}: ${gone.status} ${show(gone.json.note)}`);
  }
}

/** Where a string has to be of a form, it is taken as it is or refused with its place. */
async function formed(what, raw, answer, pointer, got) {
  if (answer.status < 300) check(got === raw, `${what} ${show(raw)}: ${show(got)}`);
  else check(answer.status === 422 && answer.pointers.some((it) => it === pointer || it.startsWith(`${pointer}/`)), `${what} ${show(raw)}: ${answer.status} ${show(answer.json)}`);
}

async function forms(raw, number) {
  const article = { kind: "news", agency: "bao-lam-hai", source_locale: "vi", topics: ["dau-tu"], title: "Tin", body: "<p>Chữ.</p>" };
  for (const [pointer, value] of [["/slug", raw], ["/agency", raw], ["/topics/0", [raw]], ["/source_locale", raw], ["/kind", raw], ["/body_format", raw]]) {
    const answer = await send(author, "POST", "/api/v1/articles", { ...article, slug: `dang-${number}`, [pointer.split("/")[1]]: value });
    // An empty slug asks for one made from the title.
    if (!(pointer === "/slug" && raw === "")) await formed(pointer, raw, answer, pointer, answer.json?.edition?.slug);
  }
  const details = { starts_at: "2026-12-05T01:00:00Z", time_zone: "Asia/Ho_Chi_Minh", venue: "Sơn Hạ" };
  for (const name of ["starts_at", "ends_at", "time_zone"]) {
    const answer = await send(author, "POST", "/api/v1/articles", { ...article, kind: "event", details: { ...details, [name]: raw } });
    if (raw.trim() !== "") check(answer.status === 422 && answer.pointers.includes(`/details/${name}`), `${name} ${show(raw)}: ${answer.status}`);
  }
  const codes = await send(admin, "POST", "/api/v1/agencies", { code: raw, names: { vi: "Tên" } });
  await formed("code", raw, codes, "/code", codes.json?.code);
  const locale = await send(admin, "POST", "/api/v1/agencies", { code: `ten-${number}`, names: { vi: "Tên", [raw]: "Tên" } });
  await formed("a language of names", raw, locale, "/names", Object.keys(locale.json?.names ?? {}).find((it) => it === raw));
  const account = await send(admin, "POST", "/api/v1/accounts", { email: raw, name: "Người thử", password: "đèo Hải Vân mùa xuân" });
  check(account.status === 422 ? account.pointers.includes("/email") : account.status === 201, `email ${show(raw)}: ${account.status}`);
  const grant = { email: `x${number}@lamhai.example`, name: "Người thử", password: "đèo Hải Vân mùa xuân", grants: [{ role: raw }] };
  const granted = await send(admin, "POST", "/api/v1/accounts", grant);
  check(granted.status === 422 && granted.pointers.some((it) => it.startsWith("/grants/0")), `role ${show(raw)}: ${granted.status}`);
}

/** Names of vocabularies and people. */
async function names(raw, number) {
  for (const [path, plain] of [["/api/v1/agencies", { code: `co-quan-${number}` }], ["/api/v1/topics", { code: `de-muc-${number}` }]]) {
    await round(raw, { ...plain, names: { vi: "Tên" } }, [{ pointer: "/names/vi", rule: NAME }], (said) => send(admin, "POST", path, said), 201);
  }
  const me = await send(author, "GET", "/api/v1/me");
  const renamed = await send(author, "PATCH", "/api/v1/me", { name: raw }, { "If-Match": me.etag });
  // Names of people may hide nothing and mix no scripts, so some lines are refused that other texts take.
  if (renamed.status === 200) check(renamed.json.name === line(120, refused)(raw), `name ${show(raw)}: ${show(renamed.json.name)}`);
  else check(renamed.status === 422 && renamed.pointers.includes("/name"), `name ${show(raw)}: ${renamed.status}`);
}

/** What is looked up, and what nobody has. */
async function lookups(raw, number) {
  const part = encodeURIComponent(raw);
  if (part.length < 4000) {
    for (const path of [`/api/v1/content/vi/articles?q=${part}`, `/api/v1/content/vi/articles?topic=${part}`, `/api/v1/content/vi/articles?cursor=${part}`, `/vi?cursor=${part}`,
      `/api/v1/content/vi/articles/${part}`, `/vi/a/${part}`, `/vi/t/${part}`, `/feeds/vi/topics/${part}.rss`, `/api/v1/content/${part}/topics`, `/${part}`]) {
      const answer = await send(null, "GET", path);
      // Some strings are a code that no topic has, or lead to a page that there is.
      const absent = [400, 404].includes(answer.status) || answer.json?.items?.length === 0 || raw.trim() === "" || raw.length < 12;
      check(absent, `${path}: ${answer.status}`);
    }
  }
  const refreshed = await send(null, "POST", "/api/v1/auth/refresh", { refresh_token: raw });
  check(refreshed.status === 401, `refresh token ${show(raw)}: ${refreshed.status}`);
  // A guess costs a hash on purpose: some of them are enough.
  if (number % 8 === 0) {
    for (const guess of [{ email: raw, password: "một mật khẩu dài" }, { email: `k${number}@lamhai.example`, password: raw }]) {
      const answer = await send(null, "POST", "/api/v1/auth/login", guess);
      check(answer.status === 401, `login ${show(raw)}: ${answer.status}`);
    }
    const weak = await send(author, "POST", "/api/v1/me/password", { current: raw, new: raw });
    check(weak.status === 422, `password ${show(raw)}: ${weak.status}`);
  }
}

check(counts.listed > 450, `the list has ${counts.listed} strings`);
for (const walk of [articles, forms, lookups]) await each(strings, walk);
// One after the other: each change of a name names the version before.
await each(strings, names, 1);

// What was said by then is in every list and feed, and they are as well-formed as before.
for (const path of ["/feeds/vi/all.json", "/feeds/vi/all.rss", "/vi", "/api/v1/content/changes?limit=100", "/api/v1/content/manifest"]) {
  check((await fetch(base + path)).status === 200, path);
}

for (const finding of findings.slice(0, 60)) console.error(finding);
console.log(`${strings.length} strings, ${checks} checks, ${findings.length} failed`);
process.exit(findings.length === 0 && checks > 0 ? 0 : 1);
