//! Comments on segments.

use actix_web::{HttpRequest, HttpResponse, post, route, web::Data};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

use super::reviews::PersonView;
use crate::{
    domain::segment::Key,
    http::{
        kit::{IdempotencyKey, InOrder, PathOf, StrictJson, StrictQuery},
        signed::{Signed, once, once_of},
        wire::{List, Refused, answer, bad_parameter, done, list, page_request},
    },
    kernel::{AccountId, ArticleId, CommentId, Digest, LocaleTag, Timestamp},
    service::{
        Answer, App, Error, FieldCode, FieldError,
        comment::{self, Comment, ListQuery, NewComment, Thread},
    },
};

pub(super) fn configure(config: &mut ServiceConfig) {
    config.service(index).service(create).service(resolve);
}

/// A comment to be added.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct CreateComment {
    /// The key of the segment; not needed for an answer.
    #[schema(example = "title")]
    segment: Option<String>,
    /// The number of the revision that was read; the one that the caller reads if absent.
    #[schema(minimum = 1)]
    revision: Option<u32>,
    /// The id of the thread that it answers.
    #[schema(format = "uuid")]
    reply_to: Option<String>,
    /// What it says, at most 2,000 characters.
    text: String,
}

/// A comment.
#[derive(Debug, Serialize, ToSchema)]
struct CommentView {
    id: Uuid,
    /// The number of the revision that was commented.
    revision: u32,
    /// What it says.
    text: String,
    /// Who says it.
    by: PersonView,
    at: String,
}

/// That a thread is settled.
#[derive(Debug, Serialize, ToSchema)]
struct ResolvedView {
    /// Who settled it.
    by: PersonView,
    at: String,
}

/// A thread of comments on a segment.
#[derive(Debug, Serialize, ToSchema)]
struct ThreadView {
    /// The key of the segment.
    segment: String,
    /// What the segment says in the text that the caller reads; null if it is not there any more.
    segment_text: Option<String>,
    #[serde(flatten)]
    first: CommentView,
    /// Who settled it; null while it is open.
    resolved: Option<ResolvedView>,
    /// What was answered, oldest first.
    replies: Vec<CommentView>,
}

impl From<&Thread> for ThreadView {
    fn from(thread: &Thread) -> Self {
        let person = |id: AccountId| PersonView::new(id, thread.names.get(&id));
        let comment = |one: &Comment| CommentView {
            id: one.id.0,
            revision: one.number,
            text: one.words.clone(),
            by: person(one.by),
            at: one.at.to_string(),
        };
        let resolved = |(by, at): (AccountId, Timestamp)| ResolvedView { by: person(by), at: at.to_string() };
        Self {
            segment: thread.first.segment.clone(),
            segment_text: thread.now.clone(),
            first: comment(&thread.first),
            resolved: thread.first.resolved.map(resolved),
            replies: thread.replies.iter().map(comment).collect(),
        }
    }
}

impl From<Thread> for ThreadView {
    fn from(thread: Thread) -> Self {
        Self::from(&thread)
    }
}

/// What a list of threads is narrowed to.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
struct CommentQuery {
    /// On the segment of this key.
    segment: Option<String>,
    /// Settled, or not.
    resolved: Option<bool>,
    /// Items of the page.
    #[param(minimum = 1, maximum = 100, default = 20)]
    limit: Option<u64>,
    /// Where the page begins: the `next_cursor` of the page before.
    cursor: Option<String>,
}

fn made(thread: &Thread) -> Answer {
    answer(201, &ThreadView::from(thread))
}

fn shown(thread: &Thread) -> Answer {
    answer(200, &ThreadView::from(thread))
}

/// The threads of comments on an edition, newest first.
#[utoipa::path(get, path = "/articles/{id}/editions/{locale}/comments", operation_id = "listComments", tag = "review", security(("bearer" = [])),
    params(("id" = Uuid, Path, description = "The article's id"), ("locale" = String, Path, description = "The edition's locale"), CommentQuery), responses((status = 200, description = "A page of threads", body = List<ThreadView>), Refused))]
#[route("/articles/{id}/editions/{locale}/comments", method = "GET", method = "HEAD")]
async fn index(
    app: Data<App>,
    req: HttpRequest,
    args: InOrder<Signed, (PathOf<(ArticleId, LocaleTag)>, StrictQuery<CommentQuery>)>,
) -> Result<HttpResponse, Error> {
    let InOrder(signed, (PathOf((id, locale)), StrictQuery(asked))) = args;
    let wanted = page_request(asked.limit, asked.cursor.as_deref())?;
    let bad = |_| {
        let fault = FieldError::new("segment", FieldCode::NotOneOf).with("expected", "title, summary, 1.1");
        bad_parameter("segment", fault)
    };
    let key = asked.segment.map(|raw| raw.parse::<Key>().map_err(bad)).transpose()?;
    let query = ListQuery { segment: key.map(String::from), resolved: asked.resolved };
    Ok(list::<_, ThreadView>(&req, comment::list(&app, signed.0, (id, &locale), query, wanted).await?))
}

/// Comment on a segment, or answer in a thread.
#[utoipa::path(operation_id = "addComment", tag = "review", security(("bearer" = [])), request_body = CreateComment,
    params(("id" = Uuid, Path, description = "The article's id"), ("locale" = String, Path, description = "The edition's locale"),
        ("Idempotency-Key" = Option<String>, Header, description = "Repeats of the same request get the same answer")),
    responses((status = 201, description = "The thread", body = ThreadView), Refused))]
#[post("/articles/{id}/editions/{locale}/comments")]
async fn create(
    app: Data<App>,
    req: HttpRequest,
    args: InOrder<Signed, (PathOf<(ArticleId, LocaleTag)>, IdempotencyKey, StrictJson<CreateComment>)>,
) -> Result<HttpResponse, Error> {
    let InOrder(signed, (PathOf((id, locale)), key, body)) = args;
    let once = once(&req, key, &body, made);
    let CreateComment { segment, revision, reply_to, text } = body.into_inner();
    let new = NewComment { segment, revision, reply_to, words: text };
    Ok(done(comment::add(&app, signed.0, (id, &locale), new, once).await?, made))
}

/// Settle a thread.
#[utoipa::path(operation_id = "resolveComment", tag = "review", security(("bearer" = [])),
    params(("id" = Uuid, Path, description = "The article's id"), ("locale" = String, Path, description = "The edition's locale"), ("comment" = Uuid, Path, description = "The thread's id"),
        ("Idempotency-Key" = Option<String>, Header, description = "Repeats of the same request get the same answer")),
    responses((status = 200, description = "The thread", body = ThreadView), Refused))]
#[post("/articles/{id}/editions/{locale}/comments/{comment}/resolve")]
async fn resolve(
    app: Data<App>,
    req: HttpRequest,
    args: InOrder<Signed, (PathOf<(ArticleId, LocaleTag, CommentId)>, IdempotencyKey)>,
) -> Result<HttpResponse, Error> {
    let InOrder(signed, (PathOf((id, locale, thread)), key)) = args;
    let once = once_of(&req, key, Digest::of(""), shown);
    Ok(done(comment::resolve(&app, signed.0, (id, &locale), thread, once).await?, shown))
}
