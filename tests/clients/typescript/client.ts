// The whole reading side and the editing main path, through types made from the OpenAPI document alone:
// it compiles only where the document says what is there, and runs only where the server keeps to it.
import createClient, { type Middleware } from "openapi-fetch";
import type { components, paths } from "./generated/schema.js";

declare const process: { env: Record<string, string | undefined>; exit(code: number): never };

type Item = components["schemas"]["ContentItem"];

const base = process.env["BASE"]!;
const open = createClient<paths>({ baseUrl: base });

let checks = 0;
function demand(holds: boolean, what: string): asserts holds {
  checks += 1;
  if (!holds) throw new Error(what);
}
/** What succeeded, or an error that says what the server said. */
function got<T>(what: string, answer: { data?: T; error?: unknown; response: Response }): T {
  demand(answer.data !== undefined, `${what}: ${answer.response.status} ${JSON.stringify(answer.error)}`);
  return answer.data;
}

/** Somebody of the demonstration, signed in. */
async function signedIn(name: string) {
  const body = { email: `${name}@lamhai.example`, password: process.env["PASSWORD"]! };
  const tokens = got(`sign-in of ${name}`, await open.POST("/api/v1/auth/login", { body }));
  const client = createClient<paths>({ baseUrl: base });
  const bearer: Middleware = {
    onRequest({ request }) {
      request.headers.set("Authorization", `Bearer ${tokens.access_token}`);
      return request;
    },
  };
  client.use(bearer);
  return client;
}

async function readEverything() {
  const locales = got("locales", await open.GET("/api/v1/content/locales")).items;
  demand(locales.length === 10, "the office speaks ten languages");
  let seen = 0;
  for (const { locale } of locales) {
    got("topics", await open.GET("/api/v1/content/{locale}/topics", { params: { path: { locale } } }));
    got("agencies", await open.GET("/api/v1/content/{locale}/agencies", { params: { path: { locale } } }));
    const items: Item[] = [];
    for (let cursor: string | undefined; ; ) {
      const query = cursor === undefined ? { limit: 2 } : { limit: 2, cursor };
      const list = got("list", await open.GET("/api/v1/content/{locale}/articles", { params: { path: { locale }, query } }));
      items.push(...list.items);
      if (list.next_cursor == null) break;
      cursor = list.next_cursor;
    }
    demand(new Set(items.map((item) => item.guid)).size === items.length, "no page repeats an item");
    for (const item of items) {
      const { id, slug, version: number } = item;
      const one = { params: { path: { locale, slug } } };
      const bySlug = got("by slug", await open.GET("/api/v1/content/{locale}/articles/{slug}", one));
      const byId = got("by id", await open.GET("/api/v1/content/{locale}/articles/id/{id}", { params: { path: { locale, id } } }));
      demand(JSON.stringify(bySlug) === JSON.stringify(byId), "both addresses give the same");
      const editions = got("editions", await open.GET("/api/v1/content/articles/{id}", { params: { path: { id } } })).editions;
      demand(editions.length === item.alternates.length + 1, "alternates are the other editions");
      const path = { id, locale, number };
      const bytes = await open.GET("/api/v1/content/articles/{id}/{locale}/versions/{number}", { params: { path }, parseAs: "arrayBuffer" });
      const digest = await crypto.subtle.digest("SHA-256", got("version", bytes as { data?: ArrayBuffer; response: Response }));
      const hex = [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
      demand(hex === item.content_hash, `${item.guid}: the bytes hash to what was signed`);
    }
    seen += items.length;
  }
  const manifest = new Set<string>();
  for (let since = 0; ; ) {
    const page = got("changes", await open.GET("/api/v1/content/changes", { params: { query: { since, limit: 20 } } }));
    for (const change of page.items) {
      if (change.type === "withdrawn" || change.type === "retracted") manifest.delete(change.guid);
      else manifest.add(change.guid);
    }
    since = page.next_since;
    if (!page.has_more) break;
  }
  demand(manifest.size === seen, `the changes lead to ${manifest.size} items, the lists to ${seen}`);
}

async function publishOne() {
  const [author, reviewer, approver, publisher] = await Promise.all(
    ["ngan.ha", "thu.cuc", "thanh.nhon", "xuan.loc"].map(signedIn),
  ) as [typeof open, typeof open, typeof open, typeof open];
  const made = got("create", await author.POST("/api/v1/articles", {
    params: { header: { "Idempotency-Key": crypto.randomUUID() } },
    body: {
      kind: "news", agency: "bao-lam-hai", source_locale: "vi", topics: ["dau-tu"],
      title: "Đường thủy Lam An – Hòn Trâm thêm chuyến", summary: "Mỗi ngày ba chuyến.",
      body: "Từ ngày **1-12**, tuyến chạy ba chuyến mỗi ngày.", body_format: "markdown",
    },
  }));
  const path = { id: made.id, locale: "vi" };
  const shown = await author.GET("/api/v1/articles/{id}/editions/{locale}", { params: { path } });
  const edition = got("edition", shown);
  const seen = shown.response.headers.get("etag")!;
  got("submit", await author.POST("/api/v1/articles/{id}/editions/{locale}/submit", {
    params: { path, header: { "If-Match": seen } }, body: {},
  }));
  const content_hash = edition.content_hash;
  for (const who of [reviewer, approver]) {
    got("decision", await who.POST("/api/v1/articles/{id}/editions/{locale}/decisions", {
      params: { path }, body: { verdict: "approve", content_hash },
    }));
  }
  got("publish", await publisher.POST("/api/v1/articles/{id}/editions/{locale}/publish", { params: { path }, body: { content_hash } }));
  const item = got("public", await open.GET("/api/v1/content/{locale}/articles/id/{id}", { params: { path } }));
  demand(item.content_hash === content_hash, "what is public is what was approved");
  got("withdraw", await publisher.POST("/api/v1/articles/{id}/editions/{locale}/withdraw", {
    params: { path }, body: { reason: "wrong_figure", note: "Mỗi ngày hai chuyến." },
  }));
  const gone = await open.GET("/api/v1/content/{locale}/articles/id/{id}", { params: { path } });
  demand(gone.response.status === 410, "what was withdrawn is gone");
}

try {
  await readEverything();
  await publishOne();
  console.log(`${checks} checks, 0 failed`);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
