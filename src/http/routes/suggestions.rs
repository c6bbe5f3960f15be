//! Suggestions: another wording of a segment, taken or turned down by who writes the text.

use actix_web::{HttpRequest, HttpResponse, post, route, web::Data};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

use super::reviews::{CaseView, PersonView, seen_hash};
use crate::{
    http::{
        kit::{IdempotencyKey, InOrder, PathOf, StrictJson, StrictQuery},
        signed::{Signed, once},
        wire::{List, Refused, Restart, SuggestionState, answer, done, list, page_request, tagged},
    },
    kernel::{AccountId, ArticleId, LocaleTag, SuggestionId},
    service::{
        Answer, App, Error,
        suggestion::{self, NewSuggestion, Suggested, Taken},
    },
};

pub(super) fn configure(config: &mut ServiceConfig) {
    config.service(index).service(create).service(accept).service(reject);
}

/// Another wording of a segment.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct CreateSuggestion {
    /// The key of the segment.
    #[schema(example = "title")]
    segment: String,
    /// What it is to say, with the placeholders of its markup: each of them once.
    #[schema(example = "Lễ hội Cầu ngư Vân Sa khai mạc ngày 12-12")]
    text: String,
    /// Why, at most 2,000 characters.
    #[serde(default)]
    comment: String,
    /// The hash of the text that was read.
    content_hash: String,
    /// For whom, where the caller stands in for somebody; else in the caller's own name first.
    #[serde(default)]
    on_behalf_of: Option<Uuid>,
}

/// That a suggestion is taken.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct AcceptSuggestion {
    /// The hash of the text that was seen.
    content_hash: String,
}

/// That a suggestion is turned down.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct RejectSuggestion {
    /// Why, at most 2,000 characters.
    #[serde(default)]
    comment: String,
}

/// What was answered to a suggestion.
#[derive(Debug, Serialize, ToSchema)]
struct SuggestionAnswer {
    /// Who answered.
    by: PersonView,
    at: String,
    comment: String,
    /// The number of the revision that took it; null if it was turned down.
    revision: Option<u32>,
}

/// A suggestion.
#[derive(Debug, Serialize, ToSchema)]
struct SuggestionView {
    id: Uuid,
    /// How it stands.
    state: SuggestionState,
    /// Whether its segment says something else by now, so that it cannot be taken.
    outdated: bool,
    /// The number of the revision that it was made on.
    revision: u32,
    /// The hash of that revision.
    content_hash: String,
    /// The key of the segment.
    segment: String,
    /// What the segment said, with placeholders for its markup.
    before: String,
    /// What it is to say.
    after: String,
    comment: String,
    /// Who suggests it.
    by: PersonView,
    /// For whom, where it was a delegate; null if in their own name.
    on_behalf_of: Option<PersonView>,
    at: String,
    /// What was answered; null while it waits.
    answer: Option<SuggestionAnswer>,
}

impl From<&Suggested> for SuggestionView {
    fn from(suggested: &Suggested) -> Self {
        let Suggested { suggestion: one, outdated, names } = suggested;
        let person = |id| PersonView::new(id, names.get(&id));
        Self {
            id: one.id.0,
            state: one.state.into(),
            outdated: *outdated,
            revision: one.number,
            content_hash: one.hash.to_string(),
            segment: one.segment.clone(),
            before: one.before.clone(),
            after: one.after.clone(),
            comment: one.comment.clone(),
            by: person(one.by),
            on_behalf_of: one.behalf.map(|behalf| person(behalf.of)),
            at: one.at.to_string(),
            answer: one.answered.map(|(by, at)| SuggestionAnswer {
                by: person(by),
                at: at.to_string(),
                comment: one.answer.clone(),
                revision: one.made,
            }),
        }
    }
}

impl From<Suggested> for SuggestionView {
    fn from(suggested: Suggested) -> Self {
        Self::from(&suggested)
    }
}

/// What came of taking a suggestion.
#[derive(Debug, Serialize, ToSchema)]
struct TakenView {
    suggestion: SuggestionView,
    /// The number of the new revision.
    revision: u32,
    /// The hash of its content.
    content_hash: String,
    /// The case that follows the one that was open; null if none was.
    case: Option<CaseView>,
    /// The name of the stage at which that case goes on; null if there is none.
    goes_on_at: Option<String>,
    /// Why that case begins at the first stage although stages had agreed; null if nobody is asked again.
    from_first: Option<Restart>,
}

/// What a list of suggestions is narrowed to.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
struct SuggestionQuery {
    /// Those that stand so.
    state: Option<SuggestionState>,
    /// Items of the page.
    #[param(minimum = 1, maximum = 100, default = 20)]
    limit: Option<u64>,
    /// Where the page begins: the `next_cursor` of the page before.
    cursor: Option<String>,
}

fn made(suggested: &Suggested) -> Answer {
    answer(201, &SuggestionView::from(suggested))
}

fn shown(suggested: &Suggested) -> Answer {
    answer(200, &SuggestionView::from(suggested))
}

fn taken(taken: &Taken) -> Answer {
    let view = TakenView {
        suggestion: SuggestionView::from(&taken.suggested),
        revision: taken.revision.number,
        content_hash: taken.revision.hash.to_string(),
        case: taken.case.as_ref().map(CaseView::from),
        goes_on_at: taken.case.as_ref().and_then(|case| Some(case.current_stage()?.1.name.clone())),
        from_first: taken.restart.map(Into::into),
    };
    tagged(answer(200, &view), taken.version)
}

/// The suggestions to an edition, newest first.
#[utoipa::path(get, path = "/articles/{id}/editions/{locale}/suggestions", operation_id = "listSuggestions", tag = "review", security(("bearer" = [])),
    params(("id" = Uuid, Path, description = "The article's id"), ("locale" = String, Path, description = "The edition's locale"), SuggestionQuery), responses((status = 200, description = "A page of suggestions", body = List<SuggestionView>), Refused))]
#[route("/articles/{id}/editions/{locale}/suggestions", method = "GET", method = "HEAD")]
async fn index(
    app: Data<App>,
    req: HttpRequest,
    args: InOrder<Signed, (PathOf<(ArticleId, LocaleTag)>, StrictQuery<SuggestionQuery>)>,
) -> Result<HttpResponse, Error> {
    let InOrder(signed, (PathOf((id, locale)), StrictQuery(asked))) = args;
    let wanted = page_request(asked.limit, asked.cursor.as_deref())?;
    let state = asked.state.map(Into::into);
    Ok(list::<_, SuggestionView>(&req, suggestion::list(&app, signed.0, (id, &locale), state, wanted).await?))
}

/// Suggest another wording of a segment of the newest text.
#[utoipa::path(operation_id = "suggestWording", tag = "review", security(("bearer" = [])), request_body = CreateSuggestion,
    params(("id" = Uuid, Path, description = "The article's id"), ("locale" = String, Path, description = "The edition's locale"),
        ("Idempotency-Key" = Option<String>, Header, description = "Repeats of the same request get the same answer")),
    responses((status = 201, description = "The suggestion", body = SuggestionView), Refused))]
#[post("/articles/{id}/editions/{locale}/suggestions")]
async fn create(
    app: Data<App>,
    req: HttpRequest,
    args: InOrder<Signed, (PathOf<(ArticleId, LocaleTag)>, IdempotencyKey, StrictJson<CreateSuggestion>)>,
) -> Result<HttpResponse, Error> {
    let InOrder(signed, (PathOf((id, locale)), key, body)) = args;
    let once = once(&req, key, &body, made);
    let CreateSuggestion { segment, text, comment, content_hash, on_behalf_of } = body.into_inner();
    let on_behalf_of = on_behalf_of.map(AccountId);
    let new = NewSuggestion { segment, coded: text, comment, hash: seen_hash(&content_hash)?, on_behalf_of };
    Ok(done(suggestion::suggest(&app, signed.0, (id, &locale), new, once).await?, made))
}

/// Take a suggestion into the text: a new revision, and a case that follows the one that was open.
#[utoipa::path(operation_id = "acceptSuggestion", tag = "review", security(("bearer" = [])), request_body = AcceptSuggestion,
    params(("id" = Uuid, Path, description = "The article's id"), ("locale" = String, Path, description = "The edition's locale"), ("suggestion" = Uuid, Path, description = "The suggestion's id"),
        ("Idempotency-Key" = Option<String>, Header, description = "Repeats of the same request get the same answer")),
    responses((status = 200, description = "What came of it", body = TakenView), Refused))]
#[post("/articles/{id}/editions/{locale}/suggestions/{suggestion}/accept")]
async fn accept(
    app: Data<App>,
    req: HttpRequest,
    args: InOrder<Signed, (PathOf<(ArticleId, LocaleTag, SuggestionId)>, IdempotencyKey, StrictJson<AcceptSuggestion>)>,
) -> Result<HttpResponse, Error> {
    let InOrder(signed, (PathOf((id, locale, which)), key, body)) = args;
    let once = once(&req, key, &body, taken);
    let seen = seen_hash(&body.into_inner().content_hash)?;
    Ok(done(suggestion::accept(&app, signed.0, (id, &locale), (which, seen), once).await?, taken))
}

/// Turn a suggestion down, or take one's own back.
#[utoipa::path(operation_id = "rejectSuggestion", tag = "review", security(("bearer" = [])), request_body = RejectSuggestion,
    params(("id" = Uuid, Path, description = "The article's id"), ("locale" = String, Path, description = "The edition's locale"), ("suggestion" = Uuid, Path, description = "The suggestion's id"),
        ("Idempotency-Key" = Option<String>, Header, description = "Repeats of the same request get the same answer")),
    responses((status = 200, description = "The suggestion", body = SuggestionView), Refused))]
#[post("/articles/{id}/editions/{locale}/suggestions/{suggestion}/reject")]
async fn reject(
    app: Data<App>,
    req: HttpRequest,
    args: InOrder<Signed, (PathOf<(ArticleId, LocaleTag, SuggestionId)>, IdempotencyKey, StrictJson<RejectSuggestion>)>,
) -> Result<HttpResponse, Error> {
    let InOrder(signed, (PathOf((id, locale, which)), key, body)) = args;
    let once = once(&req, key, &body, shown);
    let comment = body.into_inner().comment;
    Ok(done(suggestion::reject(&app, signed.0, (id, &locale), (which, &comment), once).await?, shown))
}
