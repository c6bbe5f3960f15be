//! Addresses of another time, where no route of ours is.

use actix_web::{FromRequest as _, HttpRequest, HttpResponse, http::uri::PathAndQuery};

use super::{super::detour::moved, gone};
use crate::{
    domain::address::{Address, Place},
    http::{
        kit::{Rates, Work},
        public::reader::Reader,
    },
    service::{
        Code, Error,
        public::{self, Found},
    },
};

/// What an address is answered that no route takes: where the article is now that was there on the office's system
/// of before, or that there is nothing.
pub(in crate::http) async fn old_address(request: HttpRequest) -> HttpResponse {
    match led(&request).await {
        Ok(answer) => answer,
        Err(error) => HttpResponse::from_error(error),
    }
}

async fn led(request: &HttpRequest) -> Result<HttpResponse, Error> {
    let asked = request.uri().path_and_query().map(PathAndQuery::as_str);
    let address = asked.and_then(|asked| asked.parse::<Address>().ok());
    let address = address.filter(|address| address.place() == Place::Free).ok_or_else(Error::not_found)?;
    // What is not there can be asked for without end, and each time it is looked up.
    Rates::count(request, None)?;
    let _place = Work::begin(request)?;
    let reader = Reader::extract(request).await?;
    match public::by_address(&reader.app, &address).await? {
        Found::Moved(locale, slug) => Ok(moved(&reader.app.office.item_url(&locale, &slug))),
        Found::Gone(tombstone) => Ok(gone(&reader, &tombstone)),
        Found::Item(_) => Err(Error::new(Code::NotFound)),
    }
}
