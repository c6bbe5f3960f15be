//! The problem document (RFC 9457) that tells a refusal in the reader's language.

use actix_web::{HttpResponse, ResponseError, http::StatusCode};
use serde::Serialize;
use serde_json::{Map, Value};
use utoipa::ToSchema;

use super::RequestId;
use crate::{
    kernel::LocaleTag,
    service::{Args, Error},
};

/// The texts of the product and the choice of a language for a reader.
pub trait Texts: Send + Sync {
    /// The language to speak, from `Accept-Language` and from what the account prefers.
    fn negotiate(&self, accept: Option<&str>, preferred: Option<&LocaleTag>) -> LocaleTag;

    /// The text of a key with its values.
    fn text(&self, locale: &LocaleTag, key: &str, args: &Args) -> String;
}

/// The language that the account asking has chosen; whoever knows the account leaves it in the
/// request's extensions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PreferredLocale(pub LocaleTag);

/// Why a request was refused.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Problem {
    /// The kind of problem, as a URI made of the code.
    #[serde(rename = "type")]
    pub kind: String,
    /// What is wrong, in short.
    pub title: String,
    /// The HTTP status.
    pub status: u16,
    /// What is wrong and what to do about it.
    pub detail: String,
    /// This very occurrence, as a URI made of the request's id.
    pub instance: String,
    /// The stable name of the kind of problem.
    pub code: String,
    /// The places of the request that are wrong: the first fault of form, or all faults of meaning.
    pub errors: Vec<Place>,
    /// The request's id, to be told to the administrator.
    pub request_id: String,
    /// What programs may want to know beside.
    #[serde(flatten)]
    pub extra: Map<String, Value>,
}

/// One wrong place of a request.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = ProblemPlace)]
pub struct Place {
    /// A JSON pointer into the body, or a parameter's name.
    pub pointer: String,
    /// The stable name of what is wrong there.
    pub code: String,
    /// What is wrong there. A position in it counts characters from 1.
    pub message: String,
}

impl Problem {
    /// The media type of the document.
    pub const MEDIA_TYPE: &str = "application/problem+json";

    const OWN: &[&str] = &["type", "title", "status", "detail", "instance", "code", "errors", "request_id"];

    /// An error told in a language.
    ///
    /// Nothing of the request's address is in it, so that an absent thing and a hidden one look alike.
    pub fn of(error: &Error, texts: &dyn Texts, locale: &LocaleTag, request: RequestId) -> Self {
        let slug = error.code().slug();
        let key = format!("problem-{slug}");
        let place = |place: &crate::service::FieldError| Place {
            pointer: place.pointer.clone(),
            code: place.code.slug().to_owned(),
            message: texts.text(locale, &format!("field-{}", place.code.slug()), &place.args),
        };
        let rule =
            error.rule().map(|rule| (rule.slug(), texts.text(locale, &format!("rule-{}", rule.slug()), &Vec::new())));
        let extras = error.extras().iter().filter(|(name, _)| !Self::OWN.contains(&name.as_str()));
        Self {
            kind: format!("urn:lantoa:problem:{slug}"),
            title: texts.text(locale, &key, error.args()),
            status: error.code().status(),
            detail: texts.text(locale, &format!("{key}.detail"), error.args()),
            instance: request.urn(),
            code: slug.to_owned(),
            errors: error.errors().iter().map(place).collect(),
            request_id: request.to_string(),
            extra: extras
                .map(|(name, value)| (name.clone(), told(value, texts, locale)))
                .chain(
                    rule.into_iter().flat_map(|(slug, text)| {
                        [("rule".to_owned(), slug.into()), ("rule_text".to_owned(), text.into())]
                    }),
                )
                .collect(),
        }
    }

    /// The document as it is sent.
    pub(super) fn to_json(&self) -> Vec<u8> {
        serde_json::to_vec(self).expect("texts, numbers and JSON values always serialise")
    }
}

/// A member for programs; a role in it is named for people too.
fn told(value: &Value, texts: &dyn Texts, locale: &LocaleTag) -> Value {
    let mut value = value.clone();
    if let Value::Object(members) = &mut value
        && let Some(role) = members.get("role").and_then(Value::as_str)
    {
        let name = texts.text(locale, &format!("role-{role}"), &Vec::new());
        members.insert("role_name".to_owned(), name.into());
    }
    value
}

impl ResponseError for Error {
    fn status_code(&self) -> StatusCode {
        StatusCode::from_u16(self.code().status()).expect("each code's status is between 400 and 599")
    }

    /// Only the status: actix keeps the error beside it, and the middleware, which knows the
    /// reader's language, writes the document.
    fn error_response(&self) -> HttpResponse {
        HttpResponse::new(self.status_code())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        http::kit::testing::{FakeTexts, tag},
        service::{Code, FieldCode, FieldError},
    };

    #[test]
    fn every_code_has_a_status_that_http_knows() {
        for code in Code::ALL {
            assert_eq!(Error::new(*code).status_code().as_u16(), code.status());
        }
    }

    #[test]
    fn a_problem_tells_the_error_in_the_language_and_keeps_its_own_members() {
        let id = RequestId::fresh();
        let error = Error::invalid(vec![FieldError::new("/title", FieldCode::TooLong).with("max", 5_i64)])
            .with("name", "x")
            .extra("current", 7)
            .extra("status", 200);

        let problem: Value =
            serde_json::from_slice(&Problem::of(&error, &FakeTexts, &tag("fr"), id).to_json()).unwrap();

        assert_eq!(
            problem,
            serde_json::json!({
                "type": "urn:lantoa:problem:invalid",
                "title": "fr problem-invalid name=x",
                "status": 422,
                "detail": "fr problem-invalid.detail name=x",
                "instance": format!("urn:uuid:{id}"),
                "code": "invalid",
                "errors": [{"pointer": "/title", "code": "too-long", "message": "fr field-too-long max=5"}],
                "request_id": id.to_string(),
                "current": 7,
            })
        );
    }
}
