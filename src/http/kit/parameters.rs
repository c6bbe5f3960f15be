//! Which query parameters each operation has; any other is refused, also where an operation has none.

use std::{
    collections::HashMap,
    future::{Ready, ready},
    sync::Arc,
};

use actix_web::{FromRequest, HttpRequest, dev::Payload};
use utoipa::openapi::{
    OpenApi, PathItem, RefOr,
    path::{Operation, Parameter, ParameterIn},
};

use super::{fault::Fault, query_text::names_in};
use crate::service::{Error, FieldCode};

/// The query parameters of each operation of the `OpenAPI` document, kept in the app data.
#[derive(Clone, Debug)]
pub struct Parameters(Arc<HashMap<String, HashMap<&'static str, Vec<String>>>>);

/// That the request's query has only parameters that the document gives the operation; else 400 naming the other.
#[derive(Clone, Copy, Debug)]
pub struct KnownQuery;

impl Parameters {
    /// The parameters of a document's operations.
    pub fn of(document: &OpenApi) -> Self {
        let paths = document.paths.paths.iter();
        Self(Arc::new(paths.map(|(template, item)| (template.clone(), of_item(item))).collect()))
    }

    /// Refuses a parameter that the operation of the request does not have.
    pub fn check(req: &HttpRequest) -> Result<(), Error> {
        let known = req.app_data::<Self>().zip(req.match_pattern()).and_then(|(known, pattern)| {
            let methods = known.0.get(&pattern)?;
            methods.get(if req.method() == "HEAD" { "GET" } else { req.method().as_str() })
        });
        // What the document does not have reads its query itself.
        let Some(known) = known else { return Ok(()) };
        match names_in(req.query_string()).find(|name| !known.iter().any(|known| known == name)) {
            Some(name) => Err(Fault::of_member(FieldCode::UnknownField, &name).in_query()),
            None => Ok(()),
        }
    }
}

impl FromRequest for KnownQuery {
    type Error = Error;
    type Future = Ready<Result<Self, Error>>;

    fn from_request(req: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(Parameters::check(req).map(|()| Self))
    }
}

fn of_item(item: &PathItem) -> HashMap<&'static str, Vec<String>> {
    let operations = [
        ("GET", &item.get),
        ("POST", &item.post),
        ("PUT", &item.put),
        ("PATCH", &item.patch),
        ("DELETE", &item.delete),
    ];
    operations.into_iter().filter_map(|(method, one)| Some((method, in_query(one.as_ref()?)))).collect()
}

fn in_query(operation: &Operation) -> Vec<String> {
    let query = |one: &RefOr<Parameter>| match one {
        RefOr::T(one) if matches!(one.parameter_in, ParameterIn::Query) => Some(one.name.clone()),
        _ => None,
    };
    operation.parameters.iter().flatten().filter_map(query).collect()
}

#[cfg(test)]
mod tests {
    use actix_web::{App, HttpResponse, test::TestRequest, web};
    use utoipa::openapi::{
        OpenApiBuilder, PathsBuilder,
        path::{HttpMethod, OperationBuilder, ParameterBuilder},
    };

    use super::*;
    use crate::http::kit::testing::{send, served};

    fn document() -> OpenApi {
        let limit = ParameterBuilder::new().name("limit").parameter_in(ParameterIn::Query);
        let id = ParameterBuilder::new().name("id").parameter_in(ParameterIn::Path);
        let operation = OperationBuilder::new().parameter(limit).parameter(id);
        let item = PathItem::new(HttpMethod::Get, operation);
        OpenApiBuilder::new().paths(PathsBuilder::new().path("/a/{id}", item)).build()
    }

    #[actix_web::test]
    async fn a_parameter_that_the_operation_does_not_have_is_named() {
        let app = App::new()
            .app_data(Parameters::of(&document()))
            .route("/a/{id}", web::get().to(async |_: KnownQuery| HttpResponse::Ok()))
            .route("/b", web::get().to(async |_: KnownQuery| HttpResponse::Ok()));
        let app = served!(app);
        for good in ["/a/1", "/a/1?limit=2", "/a/1?&limit", "/b?anything=1"] {
            assert_eq!(send(&app, TestRequest::get().uri(good).to_request()).await.status, 200, "{good}");
        }
        for (bad, name) in
            [("/a/1?x=2", "x"), ("/a/1?limit=2&id=3", "id"), ("/a/1?Limit=2", "Limit"), ("/a/1?%78", "x")]
        {
            let answer = send(&app, TestRequest::get().uri(bad).to_request()).await;
            assert_eq!(
                answer.problem(),
                (400, "unknown-parameter".to_owned(), format!("{name} unknown-field")),
                "{bad}"
            );
        }
    }
}
