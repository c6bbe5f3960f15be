//! The events of a language as a calendar.

use actix_web::{HttpResponse, route};

use crate::{
    http::{
        kit::{PathOf, Prepared, Problem, StrictQuery},
        public::{
            FRESH,
            answers::Made,
            reader::{Nothing, Reader},
        },
    },
    kernel::LocaleTag,
    service::public,
    syndication::calendar,
};

/// The events of a language as iCalendar (RFC 5545), for calendars to follow.
///
/// An event keeps its `UID` in a language for ever; `SEQUENCE` grows with each change. What was taken down stays as
/// cancelled, without its text.
#[utoipa::path(get, path = "/{locale}/events.ics", operation_id = "showCalendar", tag = "content",
    params(("locale" = String, Path, description = "A language of the office.", example = "vi")),
    responses(
        (status = 200, description = "The calendar.", body = String, content_type = "text/calendar; charset=utf-8"),
        (status = 304, description = "Not changed since."),
        (status = 400, description = "There are no parameters.", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "No language of the office.", body = Problem, content_type = "application/problem+json"),
    ))]
#[route("/{locale}/events.ics", method = "GET", method = "HEAD")]
pub(super) async fn events(
    reader: Reader,
    PathOf((locale,)): PathOf<(LocaleTag,)>,
    _: StrictQuery<Nothing>,
) -> HttpResponse {
    let make = async {
        let (said, newest) = public::calendar(&reader.app, &locale).await?;
        Ok(Made { answer: Prepared::new(calendar::MEDIA_TYPE, FRESH, calendar::write(&said)), newest })
    };
    reader.answer(format!("calendar {locale}"), make).await
}
