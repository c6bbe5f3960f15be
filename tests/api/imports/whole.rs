//! An office in which everything was done that can be done with an article in public, and what the public sees of it.

use lantoa::service::{
    export::{Wanted, begin},
    import::OldArticle,
};
use serde_json::{Map, Value, json};

use crate::support::{Desk, Edition, TestApp, text};

/// Everything that is written down of an office.
pub async fn written(app: &TestApp) -> Vec<OldArticle> {
    let mut source = begin(&app.app, Wanted::default()).await.unwrap();
    let mut all = Vec::new();
    while let Some(page) = source.next().await.unwrap() {
        all.extend(page);
    }
    all
}

struct Busy {
    desk: Desk,
}

impl Busy {
    /// An hour later, everybody still signed in.
    fn later(&mut self) {
        const HOUR: u64 = 3_600;
        let (app, now) = (self.desk.app.clone(), self.desk.app.clock.now());
        let desk = &mut self.desk;
        for one in [&mut desk.author, &mut desk.translator, &mut desk.reviewer, &mut desk.approver, &mut desk.publisher]
        {
            let claims = app.app.tokens.verify(one.token.as_deref().unwrap(), now).unwrap();
            let then = now.plus(std::time::Duration::from_secs(HOUR));
            *one = one.with_token(&app.app.tokens.issue(claims.account, claims.session, then));
        }
        app.pass(HOUR);
    }

    async fn story(&mut self, slug: &str) -> Edition {
        self.later();
        let draft = self.desk.draft().with("title", format!("Tin {slug}")).with("slug", slug);
        self.desk.story(draft.with("place", "Vân Sa")).await
    }

    async fn english(&mut self, of: &Edition, slug: &str) -> Edition {
        self.later();
        let mut words = text(&format!("News {slug}"), &format!("News of {slug}."));
        words["slug"] = slug.into();
        words["place"] = "Van Sa".into();
        self.desk.translation(of, "en", words).await
    }

    async fn down(&mut self, edition: &Edition, how: &str, reason: &str, note: &str) {
        self.later();
        self.desk.publisher.post(&edition.path(how), &json!({"reason": reason, "note": note})).await.is(200);
    }

    async fn back(&mut self, edition: &Edition, note: &str) {
        self.later();
        self.desk.publisher.post(&edition.path("restore"), &json!({"note": note})).await.is(200);
    }

    async fn update(&mut self, edition: &Edition, body: Value) {
        self.later();
        self.desk.update(edition, body).await;
    }

    async fn correct(&mut self, edition: &Edition, body: Value, note: &str) {
        self.later();
        self.desk.correct(edition, body, note).await;
    }

    async fn save(&mut self, edition: &Edition, body: Value) {
        self.later();
        edition.save(self.desk.writer(edition), body).await.is(200);
    }

    async fn move_to(&self, edition: &Edition, place: &str) {
        let path = format!("/api/v1/articles/{}", edition.article);
        let etag = self.desk.author.get(&path).await.etag();
        let fields = json!({"place": place, "topics": ["bien"]});
        self.desk.author.patch(&path, &etag, &fields).await.is(200);
    }
}

/// An office with every kind of act; says which articles have which editions, in the order in which they were begun.
pub async fn busy() -> TestApp {
    let app = TestApp::new().await;
    let mut busy = Busy { desk: Desk::of(&app).await };
    corrected(&mut busy).await;
    taken_down(&mut busy).await;
    moved(&mut busy).await;
    let sensitive = busy.desk.draft().with("title", "Nháp").with("sensitivity", "sensitive");
    sensitive.begin().await;
    busy.later();
    app
}

async fn corrected(busy: &mut Busy) {
    let source = busy.story("sua").await;
    let english = busy.english(&source, "mended").await;
    let mut moved = text("Tin sửa", "Mười hai tấn.");
    moved["slug"] = "sua-lai".into();
    busy.update(&source, moved).await;
    busy.correct(&source, text("Tin sửa", "Mười ba tấn."), "Số đúng là mười ba.").await;
    busy.correct(&source, text("Tin sửa", "Mười bốn tấn."), "Số đúng là mười bốn.").await;
    busy.correct(&english, text("Mended", "Fourteen tonnes."), "The figure is fourteen.").await;
    let mut minor = text("Tin sửa", "Mười bốn tấn!");
    minor["change_class"] = "minor".into();
    busy.update(&source, minor).await;
    busy.save(&source, text("Tin sửa", "Chưa ai duyệt.")).await;
    busy.save(&english, text("Mended", "Nobody approved this.")).await;
}

async fn taken_down(busy: &mut Busy) {
    let withdrawn = busy.story("go").await;
    busy.english(&withdrawn, "stays").await;
    busy.down(&withdrawn, "withdraw", "outdated", "Đã cũ.").await;
    busy.save(&withdrawn, text("Tin go", "Viết lại.")).await;
    let retracted = busy.story("rut").await;
    busy.english(&retracted, "frozen").await;
    busy.down(&retracted, "retract", "factual_error", "Tin sai.").await;
    let restored = busy.story("lai").await;
    busy.down(&restored, "withdraw", "request", "Đang xem lại.").await;
    busy.back(&restored, "Không có gì sai.").await;
    let anew = busy.story("moi").await;
    busy.down(&anew, "withdraw", "wrong_name", "").await;
    busy.correct(&anew, text("Tin moi", "Tên đúng."), "Tên đúng là Sơn.").await;
    let worse = busy.story("te-hon").await;
    busy.down(&worse, "withdraw", "legal", "Tạm gỡ.").await;
    busy.down(&worse, "retract", "legal", "Thu hồi.").await;
}

/// The shared fields were changed, are public with one edition and are waited for by another; then they were again.
async fn moved(busy: &mut Busy) {
    let source = busy.story("doi").await;
    busy.english(&source, "unmoved").await;
    busy.move_to(&source, "Sơn Hạ").await;
    let path = format!("/api/v1/articles/{}/refresh", source.article);
    busy.desk.author.post(&path, &json!({"locales": ["vi"]})).await.is(200);
    source.decide(&busy.desk.approver, "approve").await.is(200);
    source.publish(&busy.desk.publisher).await.is(200);
    busy.move_to(&source, "Lam An").await;
}

/// All that the public sees of some articles, without what is each installation's own: ids, and what is made of them.
pub async fn seen(app: &TestApp) -> Vec<Value> {
    let mut all = Vec::new();
    let editions = app.query("SELECT article_id, locale FROM live_version WHERE sequence = 1").await;
    let mut editions: Vec<(String, String)> = editions.iter().map(ids).collect();
    editions.sort();
    for (article, locale) in editions {
        let answer = app.get(&format!("/api/v1/content/{locale}/articles/id/{article}")).await;
        let mut item = answer.json();
        let members = item.as_object_mut().unwrap();
        for own in ["id", "guid", "content_hash", "signature", "instance", "request_id"] {
            members.remove(own);
        }
        item["json_ld"] = without_ids(item["json_ld"].take());
        for other in item["alternates"].as_array_mut().into_iter().flatten() {
            other.as_object_mut().unwrap().remove("guid");
        }
        let mut texts = Vec::new();
        for number in 1.. {
            let path = format!("/api/v1/content/articles/{article}/{locale}/versions/{number}");
            let answer = app.get(&path).await;
            if answer.status == 404 {
                break;
            }
            let mut content = answer.json();
            for own in ["article", "guid", "instance", "request_id"] {
                content.as_object_mut().unwrap().remove(own);
            }
            texts.push(content);
        }
        all.push(json!({"locale": locale, "status": answer.status, "item": item, "texts": texts}));
    }
    all.sort_by_key(Value::to_string);
    all
}

/// What is said of an item, but for whose it is.
fn without_ids(about: Value) -> Value {
    match about {
        Value::Object(members) => {
            members.into_iter().filter(|(name, _)| name != "@id").map(|(name, it)| (name, without_ids(it))).collect()
        }
        Value::Array(all) => all.into_iter().map(without_ids).collect(),
        other => other,
    }
}

fn ids(row: &Value) -> (String, String) {
    let row: &Map<String, Value> = row.as_object().unwrap();
    let id = match &row["article_id"] {
        Value::String(id) => id.clone(),
        other => panic!("{other}"),
    };
    (id, row["locale"].as_str().unwrap().to_owned())
}
