//! The one error of the use cases: a code, what its texts need, and the places it names.

use std::fmt;

use serde_json::{Map, Value};

pub use super::code::{Code, FieldCode, HouseRule};
pub use crate::kernel::{Arg, Args};
use crate::store::Fault;

/// What is wrong at one place of a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldError {
    /// A JSON pointer (RFC 6901) into the body, or a parameter's name.
    pub pointer: String,
    /// What is wrong there.
    pub code: FieldCode,
    /// What its text needs.
    pub args: Args,
}

impl FieldError {
    /// A fault at a place.
    pub fn new(pointer: impl Into<String>, code: FieldCode) -> Self {
        Self { pointer: pointer.into(), code, args: Vec::new() }
    }

    /// The same with a value for its text.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Into<Arg>) -> Self {
        self.args.push((name, value.into()));
        self
    }
}

/// A refusal or a fault, ready to be told in the reader's language.
#[derive(Debug)]
pub struct Error(Box<Body>);

#[derive(Debug)]
struct Body {
    code: Code,
    args: Args,
    errors: Vec<FieldError>,
    extra: Map<String, Value>,
    rule: Option<HouseRule>,
    retry_after: Option<u64>,
    cause: Option<Box<dyn std::error::Error + Send + Sync>>,
}

impl Error {
    /// A refusal with a code.
    pub fn new(code: Code) -> Self {
        Self(Box::new(Body {
            code,
            args: Args::new(),
            errors: Vec::new(),
            extra: Map::new(),
            rule: None,
            retry_after: None,
            cause: None,
        }))
    }

    /// Nothing there, or nothing that the caller may see: the two look alike.
    pub fn not_found() -> Self {
        Self::new(Code::NotFound)
    }

    /// A body whose named places are not valid.
    pub fn invalid(errors: Vec<FieldError>) -> Self {
        let mut error = Self::new(Code::Invalid);
        error.0.errors = errors;
        error
    }

    /// A body with one place that is not valid.
    pub fn invalid_at(pointer: impl Into<String>, code: FieldCode) -> Self {
        Self::invalid(vec![FieldError::new(pointer, code)])
    }

    /// A fault of ours: the cause is for the log only.
    pub fn internal(cause: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        let mut error = Self::new(Code::Internal);
        error.0.cause = Some(cause.into());
        error
    }

    /// Something needed does not answer now; trying again soon may help.
    pub fn unavailable(cause: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        let mut error = Self::new(Code::Unavailable).retry_after(5);
        error.0.cause = Some(cause.into());
        error
    }

    /// The same with a value for its texts.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Into<Arg>) -> Self {
        self.0.args.push((name, value.into()));
        self
    }

    /// The same naming one more place.
    #[must_use]
    pub fn at(mut self, place: FieldError) -> Self {
        self.0.errors.push(place);
        self
    }

    /// The same with a member of the problem document for programs.
    #[must_use]
    pub fn extra(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.0.extra.insert(name.to_owned(), value.into());
        self
    }

    /// The same naming the rule of the house that it is about.
    #[must_use]
    pub fn by_rule(mut self, rule: HouseRule) -> Self {
        self.0.rule = Some(rule);
        self
    }

    /// The same with the seconds after which to try again.
    #[must_use]
    pub fn retry_after(mut self, seconds: u64) -> Self {
        self.0.retry_after = Some(seconds);
        self
    }

    /// The same error once more, for another who waited for the same work; of its cause only the words.
    #[must_use]
    pub fn duplicate(&self) -> Self {
        let body = &self.0;
        Self(Box::new(Body {
            code: body.code,
            args: body.args.clone(),
            errors: body.errors.clone(),
            extra: body.extra.clone(),
            rule: body.rule,
            retry_after: body.retry_after,
            cause: body.cause.as_ref().map(|cause| cause.to_string().into()),
        }))
    }

    /// The code.
    pub fn code(&self) -> Code {
        self.0.code
    }

    /// What its texts need.
    pub fn args(&self) -> &Args {
        &self.0.args
    }

    /// Whether rows of the database cannot be understood.
    pub fn is_corrupt(&self) -> bool {
        let fault = self.0.cause.as_deref().and_then(|cause| cause.downcast_ref::<Fault>());
        fault.is_some_and(Fault::is_corrupt)
    }

    /// The places it names.
    pub fn errors(&self) -> &[FieldError] {
        &self.0.errors
    }

    /// Members of the problem document for programs.
    pub fn extras(&self) -> &Map<String, Value> {
        &self.0.extra
    }

    /// The rule of the house that it is about.
    pub fn rule(&self) -> Option<HouseRule> {
        self.0.rule
    }

    /// Seconds after which to try again.
    pub fn retry_after_seconds(&self) -> Option<u64> {
        self.0.retry_after
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0.code.slug())?;
        if let Some(cause) = &self.0.cause {
            write!(f, ": {cause}")?;
        }
        for place in &self.0.errors {
            write!(f, "; {} {}", place.pointer, place.code.slug())?;
        }
        Ok(())
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.0.cause.as_deref().map(|cause| cause as _)
    }
}
