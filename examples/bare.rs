//! A handler that gives out one file and nothing else: the measure for what the layers around an answer cost.
//!
//! `cargo run --release --example bare -- ADDRESS FILE` serves it at `/`, one worker.

use std::{env, error::Error, fs};

use actix_web::{
    App, HttpRequest, HttpResponse, HttpServer,
    http::header::{CACHE_CONTROL, CONTENT_ENCODING, ETAG, IF_NONE_MATCH, VARY},
    web::{Bytes, Data, to},
};

const TAG: &str = "\"bare\"";

async fn give(request: HttpRequest, file: Data<Bytes>) -> HttpResponse {
    let is_known = request.headers().get(IF_NONE_MATCH).is_some_and(|tag| tag == TAG);
    let mut answer = if is_known { HttpResponse::NotModified() } else { HttpResponse::Ok() };
    answer.insert_header((ETAG, TAG)).insert_header((VARY, "Accept-Encoding"));
    answer.insert_header((CACHE_CONTROL, "public, max-age=30"));
    if is_known {
        return answer.finish();
    }
    answer.content_type("application/rss+xml").insert_header((CONTENT_ENCODING, "gzip")).body(file.get_ref().clone())
}

#[actix_web::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let mut args = env::args().skip(1);
    let (address, path) = args.next().zip(args.next()).ok_or("an address and a file are needed")?;
    let file = Data::new(Bytes::from(fs::read(path)?));
    let server = HttpServer::new(move || App::new().app_data(file.clone()).default_service(to(give)));
    Ok(server.workers(1).bind(address)?.run().await?)
}
