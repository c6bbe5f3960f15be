//! The kind's details on the wire.

use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

use crate::domain::details::Details;

/// The kind's details. Which ones an article has depends on its kind; those marked as text are
/// written anew in each language, the others are the same in all.
#[derive(Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub(super) struct DetailsBody {
    /// Statement: the claim that is answered (text).
    #[serde(skip_serializing_if = "Value::is_null")]
    #[schema(value_type = Option<String>)]
    claim: Value,
    /// Statement: where the claim was made (text).
    #[serde(skip_serializing_if = "Value::is_null")]
    #[schema(value_type = Option<String>)]
    claimed_at_place: Value,
    /// Event: when it begins, RFC 3339 with any offset; kept in UTC.
    #[serde(skip_serializing_if = "Value::is_null")]
    #[schema(value_type = Option<String>, format = "date-time")]
    starts_at: Value,
    /// Event: when it ends, likewise.
    #[serde(skip_serializing_if = "Value::is_null")]
    #[schema(value_type = Option<String>, format = "date-time")]
    ends_at: Value,
    /// Event: the IANA time zone of the place, whose clocks its visitors go by.
    #[serde(skip_serializing_if = "Value::is_null")]
    #[schema(value_type = Option<String>, example = "Asia/Ho_Chi_Minh")]
    time_zone: Value,
    /// Event: whether it takes whole days.
    #[serde(skip_serializing_if = "Value::is_null")]
    #[schema(value_type = Option<bool>)]
    all_day: Value,
    /// Event: where (text).
    #[serde(skip_serializing_if = "Value::is_null")]
    #[schema(value_type = Option<String>)]
    venue: Value,
    /// Investment: the sector (text).
    #[serde(skip_serializing_if = "Value::is_null")]
    #[schema(value_type = Option<String>)]
    sector: Value,
    /// Investment: idea, calling, approved, building or operating.
    #[serde(skip_serializing_if = "Value::is_null")]
    #[schema(value_type = Option<String>, example = "calling")]
    stage: Value,
    /// Investment: the amount, a decimal number as text.
    #[serde(skip_serializing_if = "Value::is_null")]
    #[schema(value_type = Option<String>, example = "1250000000000")]
    amount: Value,
    /// Investment: the currency, an active code of ISO 4217.
    #[serde(skip_serializing_if = "Value::is_null")]
    #[schema(value_type = Option<String>, example = "VND")]
    currency: Value,
    /// Investment: the area in hectares, a decimal number as text.
    #[serde(skip_serializing_if = "Value::is_null")]
    #[schema(value_type = Option<String>, example = "42.5")]
    area: Value,
    /// Investment: whom to ask (text).
    #[serde(skip_serializing_if = "Value::is_null")]
    #[schema(value_type = Option<String>)]
    contact: Value,
    /// Destination: degrees north, a decimal number as text.
    #[serde(skip_serializing_if = "Value::is_null")]
    #[schema(value_type = Option<String>, example = "14.6821")]
    latitude: Value,
    /// Destination: degrees east, a decimal number as text.
    #[serde(skip_serializing_if = "Value::is_null")]
    #[schema(value_type = Option<String>, example = "109.0412")]
    longitude: Value,
    /// Destination: the season to come in (text).
    #[serde(skip_serializing_if = "Value::is_null")]
    #[schema(value_type = Option<String>)]
    season: Value,
}

impl DetailsBody {
    /// The members that are there; the rules say what is wrong with their values.
    pub(super) fn into_details(self) -> Details {
        match serde_json::to_value(self) {
            Ok(Value::Object(details)) => details,
            _ => Details::new(),
        }
    }
}
