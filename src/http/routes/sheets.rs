//! The approval sheet of a publication: a page to print, in the reader's language.

use std::sync::LazyLock;

use actix_web::{
    HttpMessage as _, HttpRequest, HttpResponse,
    http::StatusCode,
    http::header::{ACCEPT_LANGUAGE, CONTENT_LANGUAGE, CONTENT_SECURITY_POLICY, VARY},
    route,
    web::Data,
};
use askama::Template;
use base64::{Engine as _, engine::general_purpose::STANDARD};
use utoipa_actix_web::service_config::ServiceConfig;

use crate::{
    domain::{
        body,
        workflow::{Behalf, Decision},
    },
    http::{
        kit::{InOrder, PathOf, PreferredLocale, single_header},
        signed::Signed,
        wire::{Refused, editing},
    },
    kernel::{AccountId, ArticleId, Digest, LocaleTag, Timestamp},
    service::{
        App, Error,
        public::moment,
        sheet::{self, Sheet},
    },
};

pub(super) fn configure(config: &mut ServiceConfig) {
    config.service(show);
}

const STYLE: &str = include_str!("sheet.css");

/// The page holds its own style, so that a file of it looks the same; nothing else may act or be loaded.
static POLICY: LazyLock<String> = LazyLock::new(|| {
    let hash = STANDARD.encode(Digest::of(STYLE).as_bytes());
    format!(
        "default-src 'none'; style-src 'sha256-{hash}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )
});

#[derive(Template)]
#[template(path = "sheet.html")]
struct Page<'a> {
    locale: String,
    dir: &'static str,
    style: &'static str,
    office: &'a str,
    heading: String,
    standing: &'static str,
    standing_text: String,
    facts: Vec<Fact>,
    decisions_label: String,
    no_case: String,
    columns: Vec<String>,
    decisions: Vec<Decided>,
    changes_label: String,
    changes_note: String,
    change_columns: Vec<String>,
    changes: Vec<Changed>,
    text_label: String,
    text_locale: String,
    text_dir: &'static str,
    title: &'a str,
    summary: &'a str,
    body: Option<&'a str>,
    verify_label: String,
    ways: Vec<Fact>,
    printed: String,
}

struct Fact {
    label: String,
    value: String,
    code: bool,
}

struct Decided {
    stage: usize,
    role: String,
    person: String,
    verdict: String,
    /// To which earlier text, where it was carried over.
    given: String,
    at: String,
    when: String,
    comment: String,
}

struct Changed {
    revision: u32,
    before: String,
    after: String,
    suggested_by: String,
    taken_by: String,
}

/// The sheet in a language.
fn page(app: &App, locale: &LocaleTag, sheet: &Sheet) -> Result<String, Error> {
    let text = |key: &str| app.i18n.text(locale, key, &[]);
    let when = |at: Timestamp| moment(app, locale, at);
    let words = app.public.words();
    let dir =
        |tag: &LocaleTag| if words.find("locale", tag.as_str()).is_some_and(|word| word.rtl) { "rtl" } else { "ltr" };
    let name = |id: AccountId| sheet.names.get(&id).cloned().unwrap_or_else(|| id.to_string());
    let Sheet { publication, envelope, case, .. } = sheet;
    let fact = |label: &str, value: String, code: bool| Fact { label: text(label), value, code };
    let version = app.i18n.text(locale, "page-version", &[("version", publication.version.into())]);
    let act = app.i18n.text(locale, &format!("sheet-act-{}", publication.act), &[]);
    let by = |id: AccountId, at: Timestamp| format!("{}\n{}", name(id), when(at));
    let mut facts = vec![
        fact("sheet-language", words.name("locale", sheet.locale.as_str(), locale), false),
        fact("page-agency", words.name("agency", sheet.text.shared.agency.as_str(), locale), false),
        fact("sheet-writers", sheet.writers.iter().map(|id| name(*id)).collect::<Vec<_>>().join("\n"), false),
    ];
    if let Some(case) = case {
        let names = &sheet.workflow_names;
        let called =
            [locale.as_str(), "en", "vi"].into_iter().find_map(|tag| names.get(tag)).unwrap_or(&case.workflow.code);
        facts.push(fact("sheet-workflow", format!("{called} · {}", case.workflow.version), false));
        facts.push(fact("sheet-submitted", by(case.opened_by, case.opened_at), false));
    }
    facts.push(fact("sheet-made-by", by(publication.by, publication.at), false));
    if let Some(reason) = publication.reason {
        facts.push(Fact {
            label: text("sheet-reason"),
            value: app.i18n.text(locale, &format!("reason-{reason}"), &[]),
            code: false,
        });
    }
    if !publication.note.is_empty() {
        facts.push(fact("sheet-note", publication.note.clone(), false));
    }
    facts.push(fact("sheet-address", sheet.url.clone(), true));
    facts.push(fact("sheet-article", sheet.article.id.to_string(), true));
    facts.push(fact("sheet-guid", envelope.guid.clone(), true));
    facts.push(fact("page-content-hash", publication.content_hash.to_string(), true));
    if let Some(hash) = envelope.approval_hash {
        facts.push(fact("sheet-approval-hash", hash.to_string(), true));
    }
    facts.push(fact("sheet-envelope-hash", publication.envelope_hash.to_string(), true));
    facts.push(fact("sheet-key", publication.kid.clone(), true));
    facts.push(fact("page-signature", publication.signature.clone(), true));
    let person = |by: AccountId, behalf: Option<Behalf>| match behalf {
        None => name(by),
        Some(behalf) => {
            let args = [("person", name(by).into()), ("owner", name(behalf.of).into())];
            app.i18n.text(locale, "sheet-on-behalf", &args)
        }
    };
    let mut decisions = Vec::new();
    if let Some(case) = case {
        let decided = |one: &Decision, given: String| Decided {
            stage: one.stage + 1,
            role: case
                .workflow
                .stages
                .get(one.stage)
                .map(|stage| app.i18n.text(locale, &format!("role-{}", stage.role), &[]))
                .unwrap_or_default(),
            person: person(one.by, one.behalf),
            verdict: app.i18n.text(locale, &format!("sheet-verdict-{}", one.verdict), &[]),
            given,
            at: one.at.to_string(),
            when: when(one.at),
            comment: one.comment.clone(),
        };
        decisions.extend(case.carried().map(|one| {
            let hash = one.decision.hash.to_string();
            let args = [("revision", one.number.into()), ("hash", hash.into())];
            decided(&one.decision, app.i18n.text(locale, "sheet-carried", &args))
        }));
        decisions.extend(case.decisions.iter().map(|one| decided(one, String::new())));
    }
    let changes = case.iter().filter_map(|case| case.carry.as_ref()).flat_map(|carry| &carry.changes);
    let changes = changes.map(|one| Changed {
        revision: one.number,
        before: body::words_of_coded(&one.before),
        after: body::words_of_coded(&one.after),
        suggested_by: person(one.by, one.behalf),
        taken_by: one.taken_by.map(name).unwrap_or_default(),
    });
    let base = &app.office.base_url;
    let bytes = format!(
        "{base}/api/v1/content/articles/{}/{}/versions/{}",
        sheet.article.id, sheet.locale, publication.version
    );
    let columns =
        ["sheet-stage", "sheet-role", "sheet-person", "sheet-verdict", "sheet-when", "sheet-comment"].map(text);
    let (standing, standing_text) =
        if sheet.sound { ("sound", text("sheet-sound")) } else { ("unsound", text("sheet-unsound")) };
    let page = Page {
        locale: locale.to_string(),
        dir: dir(locale),
        style: STYLE,
        office: app.office.name(locale),
        heading: format!("{} · {act} · {version}", text("sheet-title")),
        standing,
        standing_text,
        facts,
        decisions_label: text("sheet-decisions"),
        no_case: text("sheet-no-case"),
        columns: columns.into(),
        decisions,
        changes_label: text("sheet-changes"),
        changes_note: text("sheet-changes-note"),
        change_columns: ["sheet-revision", "sheet-before", "sheet-after", "sheet-suggested-by", "sheet-taken-by"]
            .map(text)
            .into(),
        changes: changes.collect(),
        text_label: text("sheet-text"),
        text_locale: sheet.locale.to_string(),
        text_dir: dir(&sheet.locale),
        title: &sheet.text.text.title,
        summary: &sheet.text.text.summary,
        body: sheet.body.as_deref(),
        verify_label: text("sheet-verify"),
        ways: vec![
            fact("sheet-verify-text", bytes.clone(), true),
            fact("sheet-verify-envelope", format!("{bytes}/publication"), true),
            fact("sheet-verify-keys", format!("{base}/.well-known/lantoa-keys.json"), true),
        ],
        printed: app.i18n.text(locale, "sheet-printed", &[("moment", when(app.clock.now()).into())]),
    };
    page.render().map_err(Error::internal)
}

/// The approval sheet of an act of publication, to be printed, in the reader's language.
#[utoipa::path(get, path = "/articles/{id}/editions/{locale}/publications/{sequence}/sheet", operation_id = "showApprovalSheet", tag = "publication", security(("bearer" = [])),
    params(("id" = Uuid, Path, description = "The article's id"), ("locale" = String, Path, description = "The edition's locale"), ("sequence" = u32, Path, description = "The act's place in the edition's chain, from 1"),
        ("Accept-Language" = Option<String>, Header, description = "The languages that the reader would rather have; else the account's")),
    responses((status = 200, description = "The page", body = String, content_type = "text/html; charset=utf-8"), Refused))]
#[route("/articles/{id}/editions/{locale}/publications/{sequence}/sheet", method = "GET", method = "HEAD")]
async fn show(
    app: Data<App>,
    req: HttpRequest,
    args: InOrder<Signed, PathOf<(ArticleId, LocaleTag, u32)>>,
) -> Result<HttpResponse, Error> {
    let InOrder(signed, PathOf((id, locale, sequence))) = args;
    let found = sheet::show(&app, signed.0, (id, &locale), sequence).await?;
    let preferred = req.extensions().get::<PreferredLocale>().map(|own| own.0.clone());
    let language = app.i18n.negotiate(single_header(&req, &ACCEPT_LANGUAGE)?, preferred.as_ref());
    Ok(editing(StatusCode::OK)
        .content_type("text/html; charset=utf-8")
        .insert_header((CONTENT_LANGUAGE, language.as_str()))
        .insert_header((VARY, "Accept-Language"))
        .insert_header((CONTENT_SECURITY_POLICY, POLICY.as_str()))
        .body(page(&app, &language, &found)?))
}
