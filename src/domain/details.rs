//! Typed details: what each kind of article knows beyond its text.

use serde_json::{Map, Value};

use super::article::Kind;
use crate::{
    domain::{
        currency::is_currency,
        decimal::{is_decimal, is_within},
        text,
    },
    kernel::Timestamp,
};

/// Details as an object; empty when the kind has none.
pub type Details = Map<String, Value>;

/// Longest text in a detail, in characters.
pub const MAX_DETAIL: usize = 1_000;

/// What values a detail can have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// A line of text, translated with the edition.
    Text,
    /// An RFC 3339 moment with an offset; kept in UTC, so that one moment has one spelling.
    Moment,
    /// An IANA time zone.
    Zone,
    /// true or false.
    Flag,
    /// A decimal number as text, within the bounds.
    Decimal(i64, i64),
    /// The ISO 4217 code of a currency in use.
    Currency,
    /// One of some words.
    Word(&'static [&'static str]),
}

/// A detail of a kind.
#[derive(Clone, Copy, Debug)]
pub struct Field {
    /// Its member name.
    pub name: &'static str,
    /// What values it can have.
    pub form: Form,
    /// Whether an article of the kind must have it.
    pub required: bool,
}

impl Field {
    /// Whether it is the same in every language.
    pub fn shared(&self) -> bool {
        self.form != Form::Text
    }
}

const fn needed(name: &'static str, form: Form) -> Field {
    Field { name, form, required: true }
}

const fn free(name: &'static str, form: Form) -> Field {
    Field { name, form, required: false }
}

/// The stages of an investment opportunity.
pub const STAGES: &[&str] = &["idea", "calling", "approved", "building", "operating"];

/// The details of a kind.
pub fn fields(kind: Kind) -> &'static [Field] {
    const STATEMENT: &[Field] = &[needed("claim", Form::Text), free("claimed_at_place", Form::Text)];
    const EVENT: &[Field] = &[
        needed("starts_at", Form::Moment),
        free("ends_at", Form::Moment),
        needed("time_zone", Form::Zone),
        free("all_day", Form::Flag),
        free("venue", Form::Text),
    ];
    const INVESTMENT: &[Field] = &[
        free("sector", Form::Text),
        free("stage", Form::Word(STAGES)),
        free("amount", Form::Decimal(0, 1_000_000_000_000_000)),
        free("currency", Form::Currency),
        free("area", Form::Decimal(0, 100_000_000)),
        free("contact", Form::Text),
    ];
    const DESTINATION: &[Field] = &[
        free("latitude", Form::Decimal(-90, 90)),
        free("longitude", Form::Decimal(-180, 180)),
        free("season", Form::Text),
    ];
    match kind {
        Kind::News | Kind::Feature | Kind::PressRelease => &[],
        Kind::Statement => STATEMENT,
        Kind::Event => EVENT,
        Kind::Investment => INVESTMENT,
        Kind::Destination => DESTINATION,
    }
}

/// What is wrong with one detail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// A needed one is not there.
    Required,
    /// The kind has none of that name.
    NotOfKind,
    /// The value is of another type than this.
    WrongType(&'static str),
    /// No moment.
    BadMoment,
    /// No time zone.
    BadZone,
    /// No decimal text.
    BadDecimal,
    /// A decimal beyond these bounds.
    OutOfRange(i64, i64),
    /// None of the words.
    NotOneOf(String),
    /// Too long a text.
    TooLong,
    /// A character that cannot be carried.
    BadCharacter(text::BadText),
    /// The end is not after the start.
    EndsBeforeStart,
}

/// A fault and the member it is in.
pub type Faults = Vec<(String, Fault)>;

/// Details split into what all editions share and what each says in its own words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Split {
    /// The same in every language.
    pub shared: Details,
    /// In the edition's language.
    pub own: Details,
}

/// Which details a request may carry and must complete.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// All of them: a new article with its source edition.
    All,
    /// Those that editions share.
    Shared,
    /// Those in the edition's language.
    Own,
}

/// Checks details against the kind and splits them; null counts as absent.
///
/// # Errors
/// Every fault with the member it is in.
pub fn read(kind: Kind, part: Part, given: &Details) -> Result<Split, Faults> {
    let known = fields(kind);
    let ours = |field: &&Field| match part {
        Part::All => true,
        Part::Shared => field.shared(),
        Part::Own => !field.shared(),
    };
    let mut faults = Faults::new();
    let mut split = Split::default();
    for (name, value) in given.iter().filter(|(_, value)| !value.is_null()) {
        let Some(field) = known.iter().filter(ours).find(|field| field.name == name) else {
            faults.push((name.clone(), Fault::NotOfKind));
            continue;
        };
        match check(field.form, value) {
            Ok(Some(value)) => {
                let side = if field.shared() { &mut split.shared } else { &mut split.own };
                side.insert(name.clone(), value);
            }
            Ok(None) => {}
            Err(fault) => faults.push((name.clone(), fault)),
        }
    }
    let told = |name: &str| {
        split.shared.contains_key(name) || split.own.contains_key(name) || faults.iter().any(|(at, _)| at == name)
    };
    let missing: Vec<_> = known.iter().filter(ours).filter(|field| field.required && !told(field.name)).collect();
    faults.extend(missing.into_iter().map(|field| (field.name.to_owned(), Fault::Required)));
    if ends_before_start(&split.shared) {
        faults.push(("ends_at".to_owned(), Fault::EndsBeforeStart));
    }
    if faults.is_empty() { Ok(split) } else { Err(faults) }
}

/// Both parts as one object, or null when there is nothing: the form that is hashed and shown.
pub fn merged(shared: &Details, own: &Details) -> Value {
    let mut all = shared.clone();
    all.extend(own.iter().map(|(name, value)| (name.clone(), value.clone())));
    if all.is_empty() { Value::Null } else { Value::Object(all) }
}

fn ends_before_start(shared: &Details) -> bool {
    let moment = |name| shared.get(name).and_then(Value::as_str).and_then(|raw| raw.parse::<Timestamp>().ok());
    matches!((moment("starts_at"), moment("ends_at")), (Some(start), Some(end)) if end <= start)
}

fn check(form: Form, value: &Value) -> Result<Option<Value>, Fault> {
    if form == Form::Flag {
        return value.as_bool().map(|flag| Some(Value::Bool(flag))).ok_or(Fault::WrongType("boolean"));
    }
    let raw = value.as_str().ok_or(Fault::WrongType("string"))?;
    match form {
        Form::Text => {
            let text = text::clean_line(raw).map_err(Fault::BadCharacter)?;
            if text.chars().count() > MAX_DETAIL {
                return Err(Fault::TooLong);
            }
            return Ok((!text::is_blank(&text)).then_some(Value::String(text)));
        }
        Form::Moment => {
            let moment: Timestamp = raw.parse().map_err(|_| Fault::BadMoment)?;
            return Ok(Some(Value::String(moment.to_string())));
        }
        Form::Zone => jiff::tz::TimeZone::get(raw).map(drop).map_err(|_| Fault::BadZone)?,
        Form::Decimal(least, most) => {
            if !is_decimal(raw) {
                return Err(Fault::BadDecimal);
            }
            if !is_within(raw, least, most) {
                return Err(Fault::OutOfRange(least, most));
            }
        }
        Form::Currency => {
            if !is_currency(raw) {
                return Err(Fault::NotOneOf("ISO 4217".to_owned()));
            }
        }
        Form::Word(words) => {
            if !words.contains(&raw) {
                return Err(Fault::NotOneOf(words.join(", ")));
            }
        }
        Form::Flag => {}
    }
    Ok(Some(Value::String(raw.to_owned())))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn details(value: Value) -> Details {
        match value {
            Value::Object(details) => details,
            other => panic!("{other} is no object"),
        }
    }

    #[test]
    fn an_event_is_split_into_its_time_and_its_venue() {
        let given = details(
            json!({"starts_at": "2026-12-05T01:00:00Z", "time_zone": "Asia/Ho_Chi_Minh", "venue": "Quảng trường"}),
        );
        let split = read(Kind::Event, Part::All, &given).unwrap();
        assert_eq!(split.own, details(json!({"venue": "Quảng trường"})));
        assert_eq!(split.shared.len(), 2);
        assert_eq!(merged(&split.shared, &split.own), Value::Object(given));
    }

    #[test]
    fn every_fault_is_named_with_its_place() {
        let given =
            details(json!({"starts_at": "5-12", "time_zone": "Hà Nội", "venue": 7, "amount": "1", "all_day": "yes"}));
        let mut faults = read(Kind::Event, Part::All, &given).unwrap_err();
        faults.sort_by(|a, b| a.0.cmp(&b.0));
        assert_eq!(
            faults,
            [
                ("all_day".to_owned(), Fault::WrongType("boolean")),
                ("amount".to_owned(), Fault::NotOfKind),
                ("starts_at".to_owned(), Fault::BadMoment),
                ("time_zone".to_owned(), Fault::BadZone),
                ("venue".to_owned(), Fault::WrongType("string")),
            ]
        );
        assert_eq!(read(Kind::Statement, Part::All, &Details::new()), Err(vec![("claim".to_owned(), Fault::Required)]));
        let turned = details(
            json!({"starts_at": "2026-12-05T08:00:00Z", "ends_at": "2026-12-05T08:00:00Z", "time_zone": "UTC"}),
        );
        assert_eq!(read(Kind::Event, Part::Shared, &turned), Err(vec![("ends_at".to_owned(), Fault::EndsBeforeStart)]));
    }

    #[test]
    fn a_translation_carries_only_its_own_words() {
        let given = details(json!({"starts_at": "2026-12-05T08:00:00Z"}));
        assert_eq!(read(Kind::Event, Part::Own, &given), Err(vec![("starts_at".to_owned(), Fault::NotOfKind)]));
    }

    #[test]
    fn a_number_out_of_its_bounds_is_told_from_what_is_no_number() {
        let far = details(json!({"latitude": "91", "longitude": "-1.0.0"}));
        let faults = [("latitude", Fault::OutOfRange(-90, 90)), ("longitude", Fault::BadDecimal)];
        assert_eq!(
            read(Kind::Destination, Part::All, &far),
            Err(faults.map(|(name, fault)| (name.to_owned(), fault)).into())
        );
    }

    #[test]
    fn a_moment_is_kept_in_utc() {
        let given = details(json!({"starts_at": "2026-12-05T00:30:00.5+07:00", "time_zone": "Asia/Ho_Chi_Minh"}));
        let split = read(Kind::Event, Part::Shared, &given).unwrap();
        assert_eq!(split.shared["starts_at"], "2026-12-04T17:30:00.500Z");
        assert_eq!(read(Kind::Event, Part::Shared, &split.shared).unwrap(), split);
    }

    #[test]
    fn what_nobody_can_see_is_no_text() {
        let given = details(json!({"claim": "\u{200B}\u{2800}", "claimed_at_place": "\u{202E}"}));
        assert_eq!(read(Kind::Statement, Part::All, &given), Err(vec![("claim".to_owned(), Fault::Required)]));
    }
}
