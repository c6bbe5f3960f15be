//! Requests by route, method and kind of answer, and how long they took.
//!
//! Each worker counts for itself, so that none waits for another's cache line; a page adds them up.

use std::{
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use actix_web::http::{Method, StatusCode};
use utoipa::openapi::OpenApi;

use super::text::{Kind, Page, seconds};
use crate::kernel::{Counter, Spanned, Spans, meter::BOUNDS};

/// Methods that are told apart; all others are one.
const METHODS: [&str; 8] = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "other"];
/// Kinds of answers.
const CLASSES: [&str; 5] = ["1xx", "2xx", "3xx", "4xx", "5xx"];
/// Served beside the document's operations; a variable is a part of its own.
const BESIDE: [&str; 3] = ["/openapi.json", "/docs/{file}", "/metrics"];
/// Every address that is nothing.
const OTHER: &str = "other";

/// Requests of all workers.
#[derive(Clone, Debug)]
pub(in crate::http) struct Traffic {
    routes: Arc<[Route]>,
    shares: Arc<Mutex<Vec<Arc<Share>>>>,
}

/// A route's template, in parts.
#[derive(Debug)]
struct Route {
    template: String,
    parts: Vec<Option<String>>,
}

/// One worker's share.
#[derive(Debug)]
pub(in crate::http) struct Share {
    routes: Arc<[Route]>,
    meters: Vec<Meter>,
    ready: Counter,
}

/// The place of a route among all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::http) struct Place(usize);

#[derive(Debug, Default)]
struct Meter {
    answers: [[Counter; CLASSES.len()]; METHODS.len()],
    took: Spans,
}

impl Traffic {
    /// The same routes, on which nothing was counted yet.
    pub(in crate::http) fn anew(&self) -> Self {
        Self { routes: Arc::clone(&self.routes), shares: Arc::default() }
    }

    /// Nothing yet, over the routes of a document.
    pub(in crate::http) fn of(document: &OpenApi) -> Self {
        let templates = document.paths.paths.keys().map(String::as_str).chain(BESIDE);
        let mut routes: Vec<Route> = templates.map(Route::of).collect();
        // The template with the fewest variables is the one that serves.
        routes.sort_by_key(|route| route.parts.iter().filter(|part| part.is_none()).count());
        routes.push(Route { template: OTHER.to_owned(), parts: Vec::new() });
        Self { routes: routes.into(), shares: Arc::default() }
    }

    /// The share of one more worker.
    pub(in crate::http) fn share(&self) -> Arc<Share> {
        let meters = self.routes.iter().map(|_| Meter::default()).collect();
        let share = Arc::new(Share { routes: Arc::clone(&self.routes), meters, ready: Counter::default() });
        self.shares.lock().unwrap_or_else(PoisonError::into_inner).push(Arc::clone(&share));
        share
    }

    /// Answers that left before the application was asked.
    pub(super) fn ready(&self) -> u64 {
        self.all().iter().map(|share| share.ready.read()).sum()
    }

    fn all(&self) -> Vec<Arc<Share>> {
        self.shares.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Writes what was asked for since the start; what nobody asked for is left out.
    pub(super) fn write(&self, page: &mut Page) {
        let shares = self.all();
        let mut requests = page.family("lantoa_http_requests_total", Kind::Counter, "Requests that were answered.");
        for (place, route) in self.routes.iter().enumerate() {
            for (method, name) in METHODS.iter().enumerate() {
                for (class, kind) in CLASSES.iter().enumerate() {
                    let times: u64 = shares.iter().map(|share| share.meters[place].answers[method][class].read()).sum();
                    if times > 0 {
                        let labels = [("route", route.template.as_str()), ("method", *name), ("status", *kind)];
                        requests.sample(&labels, times);
                    }
                }
            }
        }
        let mut took = page.family(
            "lantoa_http_request_duration_seconds",
            Kind::Histogram,
            "From the whole head of a request to the head of its answer.",
        );
        for (place, route) in self.routes.iter().enumerate() {
            let all = shares.iter().fold(Spanned::default(), |all, share| share.meters[place].took.read(all));
            if all.count > 0 {
                histogram(&mut took, &[("route", route.template.as_str())], &all);
            }
        }
    }
}

/// Writes a histogram's buckets, its sum and its count.
pub(super) fn histogram(family: &mut super::text::Family<'_>, labels: &[(&str, &str)], all: &Spanned) {
    let with = |le: &str, family: &mut super::text::Family<'_>, count| {
        let labels: Vec<_> = labels.iter().copied().chain([("le", le)]).collect();
        family.part("_bucket", &labels, count);
    };
    for (bound, count) in BOUNDS.iter().zip(all.within) {
        with(&seconds(*bound), family, count);
    }
    with("+Inf", family, all.count);
    family.part("_sum", labels, seconds(all.micros));
    family.part("_count", labels, all.count);
}

impl Route {
    fn of(template: &str) -> Self {
        let part = |part: &str| (!part.contains('{')).then(|| part.to_owned());
        Self { template: template.to_owned(), parts: template.split('/').map(part).collect() }
    }

    fn fits(&self, parts: &[&str]) -> bool {
        let same = |(one, part): (&Option<String>, &&str)| one.as_deref().map_or(!part.is_empty(), |one| one == *part);
        self.parts.len() == parts.len() && self.parts.iter().zip(parts).all(same)
    }
}

impl Share {
    /// The route of an address; every address that is nothing has one of its own together.
    pub(in crate::http) fn place(&self, path: &str) -> Place {
        let parts: Vec<&str> = path.split('/').collect();
        let found = self.routes.iter().position(|route| route.fits(&parts));
        Place(found.unwrap_or(self.routes.len() - 1))
    }

    /// A request was answered.
    pub(in crate::http) fn answered(&self, place: Place, method: &Method, status: StatusCode, took: Duration) {
        let name = METHODS.iter().position(|name| *name == method.as_str()).unwrap_or(METHODS.len() - 1);
        let class = usize::from(status.as_u16() / 100).clamp(1, CLASSES.len()) - 1;
        let meter = &self.meters[place.0];
        meter.answers[name][class].one();
        meter.took.add(took);
    }

    /// The answer was ready.
    pub(in crate::http) fn was_ready(&self) {
        self.ready.one();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_address_has_a_route_and_strangers_have_one_together() {
        let share = Traffic::of(&crate::http::openapi()).share();
        let route = |path: &str| share.routes[share.place(path).0].template.as_str();

        assert_eq!(route("/api/v1/content/vi/articles/ca-ngu"), "/api/v1/content/{locale}/articles/{slug}");
        assert_eq!(route("/healthz"), "/healthz");
        assert_eq!(route("/vi"), "/{locale}");
        assert_eq!(route("/metrics"), "/metrics");
        for nothing in ["/api/v1/content//articles/x", "/a/b/c/d/e/f/g", "//", "/api/v1/articles/"] {
            assert_eq!(route(nothing), OTHER, "{nothing}");
        }
    }

    #[test]
    fn what_each_worker_counts_is_added_up() {
        let traffic = Traffic::of(&crate::http::openapi());
        for status in [200, 304, 200] {
            let share = traffic.share();
            let status = StatusCode::from_u16(status).unwrap();
            share.answered(share.place("/healthz"), &Method::GET, status, Duration::from_micros(600));
        }
        let odd = traffic.share();
        odd.answered(odd.place("/x/y"), &Method::from_bytes(b"BREW").unwrap(), StatusCode::NOT_FOUND, Duration::ZERO);
        let mut page = Page::default();

        traffic.write(&mut page);

        let text = page.into_text();
        for line in [
            r#"lantoa_http_requests_total{route="/healthz",method="GET",status="2xx"} 2"#,
            r#"lantoa_http_requests_total{route="/healthz",method="GET",status="3xx"} 1"#,
            r#"lantoa_http_requests_total{route="other",method="other",status="4xx"} 1"#,
            r#"lantoa_http_request_duration_seconds_bucket{route="/healthz",le="0.000500"} 0"#,
            r#"lantoa_http_request_duration_seconds_bucket{route="/healthz",le="0.001000"} 3"#,
            r#"lantoa_http_request_duration_seconds_sum{route="/healthz"} 0.001800"#,
        ] {
            assert!(text.lines().any(|one| one == line), "{line} is not in\n{text}");
        }
        assert!(!text.contains("BREW") && !text.contains("/x/y"));
    }
}
