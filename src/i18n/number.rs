//! Numbers as each language writes them: 1.250 in Vietnamese, 1,250 in English.

use std::convert::Infallible;

use fluent::FluentValue;
use icu_decimal::{
    DecimalFormatter, DecimalFormatterPreferences,
    input::Decimal,
    options::{DecimalFormatterOptions, GroupingStrategy},
};
use icu_locale_core::Locale;
use intl_memoizer::{Memoizable, concurrent::IntlLangMemoizer};
use unic_langid::LanguageIdentifier;

/// What of a language rules how its numbers are written.
// Only this is kept, not the formatter: that one cannot be shared between threads, and is cheap to make.
struct Habit(DecimalFormatterPreferences);

impl Memoizable for Habit {
    type Args = ();
    type Error = Infallible;

    fn construct(language: LanguageIdentifier, (): ()) -> Result<Self, Infallible> {
        let locale: Locale = language.to_string().parse().unwrap_or(Locale::UNKNOWN);
        Ok(Self((&locale).into()))
    }
}

/// A number in the bundle's language; `None` leaves the value to Fluent.
pub(super) fn written(value: &FluentValue<'_>, intls: &IntlLangMemoizer) -> Option<String> {
    let FluentValue::Number(number) = value else { return None };
    let Ok(habit) = intls.with_try_get::<Habit, _, _>((), |habit| habit.0);
    let mut options = DecimalFormatterOptions::default();
    if !number.options.use_grouping {
        options.grouping_strategy = Some(GroupingStrategy::Never);
    }
    let formatter = DecimalFormatter::try_new(habit, options).ok()?;
    let decimal: Decimal = number.as_string().parse().ok()?;
    Some(formatter.format(&decimal).to_string())
}
