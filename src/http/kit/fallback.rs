//! What an address answers that no route takes: that it has other methods, or that it is nothing.

use std::sync::Arc;

use actix_web::{
    HttpRequest, HttpResponse, Route,
    dev::ResourceDef,
    http::{
        Method, StatusCode,
        header::{ALLOW, HeaderValue},
    },
    web,
};
use utoipa::openapi::{OpenApi, PathItem};

use crate::service::{Code, Error};

/// The addresses of the `OpenAPI` document with the methods of each.
///
/// actix tells a wrong method as 404 where routes stand alone, so the document is asked: 405 with
/// `Allow` for an address that it has, 404 for any other. The request's method is the only one
/// that counts; no header overrides it.
#[derive(Clone)]
pub struct Fallback(Arc<[(ResourceDef, Vec<&'static str>)]>);

impl Fallback {
    /// The fallback for the addresses of a document.
    pub fn of(document: &OpenApi) -> Self {
        let paths = document.paths.paths.iter();
        Self(paths.map(|(template, item)| (ResourceDef::new(template.as_str()), methods(item))).collect())
    }

    /// The service for `App::default_service`. What is read at an address that is nothing is answered by `other`.
    pub fn service<F>(&self, other: impl Fn(HttpRequest) -> F + Clone + 'static) -> Route
    where
        F: Future<Output = HttpResponse> + 'static,
    {
        let fallback = self.clone();
        web::to(move |req: HttpRequest| {
            let answer = fallback.answer(&req);
            let reads = req.method() == Method::GET || req.method() == Method::HEAD;
            let other = (reads && answer.status() == StatusCode::NOT_FOUND).then(|| other(req));
            async move {
                match other {
                    Some(other) => other.await,
                    None => answer,
                }
            }
        })
    }

    /// The answer to a request that no route took.
    pub fn answer(&self, req: &HttpRequest) -> HttpResponse {
        let (path, mut allowed) = (req.path(), Vec::new());
        // `/hub` is the hub and no language, though it looks like `/{locale}`.
        let is_named = |template: &ResourceDef| template.pattern() == Some(path);
        let named = self.0.iter().any(|(template, _)| is_named(template));
        let here = |template: &ResourceDef| if named { is_named(template) } else { template.is_match(path) };
        for (_, methods) in self.0.iter().filter(|(template, _)| here(template)) {
            allowed.extend(methods.iter().filter(|method| !allowed.contains(*method)).collect::<Vec<_>>());
        }
        // A method that the document has got here because a guard of its route said no.
        if allowed.is_empty() || allowed.contains(&req.method().as_str()) {
            return HttpResponse::from_error(Error::not_found());
        }
        refusal(&allowed)
    }
}

fn refusal(allowed: &[&str]) -> HttpResponse {
    let mut refusal = HttpResponse::from_error(Error::new(Code::MethodNotAllowed));
    let allowed = HeaderValue::from_str(&allowed.join(", ")).expect("methods are tokens");
    refusal.headers_mut().insert(ALLOW, allowed);
    refusal
}

/// The methods of one address, HEAD where there is GET.
fn methods(item: &PathItem) -> Vec<&'static str> {
    let all = [
        ("GET", item.get.is_some()),
        ("HEAD", item.get.is_some() || item.head.is_some()),
        ("POST", item.post.is_some()),
        ("PUT", item.put.is_some()),
        ("PATCH", item.patch.is_some()),
        ("DELETE", item.delete.is_some()),
        ("OPTIONS", item.options.is_some()),
        ("TRACE", item.trace.is_some()),
    ];
    all.into_iter().filter_map(|(method, there)| there.then_some(method)).collect()
}

#[cfg(test)]
mod tests {
    use actix_web::{App, test::TestRequest};
    use utoipa::openapi::{
        OpenApiBuilder, PathsBuilder,
        path::{HttpMethod, OperationBuilder},
    };

    use super::*;
    use crate::http::kit::testing::{send, served};

    fn document() -> OpenApi {
        let item = |methods: &[HttpMethod]| PathItem::from_http_methods(methods.to_vec(), OperationBuilder::new());
        let paths = PathsBuilder::new()
            .path("/api/v1/articles", item(&[HttpMethod::Get, HttpMethod::Post]))
            .path("/api/v1/articles/{id}", item(&[HttpMethod::Patch]))
            .path("/media/{image}/{crop}-{width}.{format}", item(&[HttpMethod::Get]))
            .path("/pages/{locale}", item(&[HttpMethod::Get]))
            .path("/pages/hub", item(&[HttpMethod::Post]))
            .build();
        OpenApiBuilder::new().paths(paths).build()
    }

    async fn ask(method: &str, uri: &str) -> (u16, String, String) {
        let app = served!(App::new().route("/api/v1/articles", web::get().to(HttpResponse::Ok)).default_service(
            Fallback::of(&document()).service(async |_| HttpResponse::from_error(Error::not_found()))
        ));
        let method = Method::from_bytes(method.as_bytes()).unwrap();
        let request = TestRequest::default().method(method).uri(uri).insert_header(("x-http-method-override", "GET"));
        let answer = send(&app, request.to_request()).await;
        let code = if answer.status == 200 { String::new() } else { answer.problem().1 };
        (answer.status.as_u16(), code, answer.header("allow").to_owned())
    }

    #[actix_web::test]
    async fn a_known_address_names_the_methods_that_it_has() {
        let refused = |allow: &str| (405, "method-not-allowed".to_owned(), allow.to_owned());
        assert_eq!(ask("GET", "/api/v1/articles").await.0, 200);
        for method in ["DELETE", "PUT", "OPTIONS", "TRACE", "PROPFIND", "X-ANY"] {
            assert_eq!(ask(method, "/api/v1/articles?x=1").await, refused("GET, HEAD, POST"), "{method}");
        }
        assert_eq!(ask("GET", "/api/v1/articles/7").await, refused("PATCH"));
        assert_eq!(ask("POST", "/media/a/wide-800.webp").await, refused("GET, HEAD"));
        assert_eq!(ask("OPTIONS", "/pages/hub").await, refused("POST"), "what is named is no language");
        assert_eq!(ask("OPTIONS", "/pages/vi").await, refused("GET, HEAD"));
    }

    #[actix_web::test]
    async fn any_other_spelling_of_an_address_is_nothing() {
        for uri in [
            "/",
            "//api/v1/articles",
            "/api/v1/articles/",
            "/api/v1/articles;x",
            "/API/V1/ARTICLES",
            "/api/v1/articles/7/",
            "/api/v1/articles/7/8",
            "/media/a/wide.webp",
            "/.env",
            "/api/v1/..%2fv1/articles",
        ] {
            for method in ["GET", "POST", "DELETE"] {
                assert_eq!(ask(method, uri).await, (404, "not-found".to_owned(), String::new()), "{method} {uri}");
            }
        }
    }
}
