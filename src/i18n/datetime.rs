//! Moments as each language writes them: 2 September 2026 is 2/9/2026 in Vietnamese. In texts it is
//! `DATETIME($at, …)` with the options of ECMA-402 that are used here: `dateStyle` ("long", "short"), `timeStyle`
//! ("short"), or a field alone: `year` and `day` ("numeric"), `month` ("long").

use std::{borrow::Cow, convert::Infallible};

use chrono::{Datelike as _, NaiveDateTime, Timelike as _};
use fluent::{
    FluentArgs, FluentValue,
    types::{FluentNumber, FluentNumberOptions, FluentType},
};
use icu_datetime::{
    DateTimeFormatter, DateTimeFormatterPreferences, NoCalendarFormatter,
    fieldsets::{M, T, YMD},
    input::{Date, Time},
    options::YearStyle,
    preferences::HourCycle,
};
use icu_locale_core::Locale;
use intl_memoizer::{IntlLangMemoizer as Alone, Memoizable, concurrent::IntlLangMemoizer};
use unic_langid::LanguageIdentifier;

/// A moment on a calendar and a clock, and what of it is to be written.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Moment {
    at: NaiveDateTime,
    form: Form,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Form {
    LongDate,
    ShortDate,
    Month,
    Time,
}

/// What of a language rules how its dates are written.
// Only this is kept, as for numbers: formatters cannot be shared between threads.
struct Habit(DateTimeFormatterPreferences);

impl Memoizable for Habit {
    type Args = ();
    type Error = Infallible;

    fn construct(language: LanguageIdentifier, (): ()) -> Result<Self, Infallible> {
        let tag = language.to_string();
        // English as its texts here are spelt: without a region it would be American.
        let tag = if tag == "en" { "en-GB" } else { tag.as_str() };
        let locale: Locale = tag.parse().unwrap_or(Locale::UNKNOWN);
        let mut habit = DateTimeFormatterPreferences::from(&locale);
        // The zone that follows is a number, and so is the hour: 20:30 (GMT+7) in every language.
        habit.hour_cycle = Some(HourCycle::H23);
        Ok(Self(habit))
    }
}

impl Moment {
    /// What a moment is before a text says what it wants of it.
    pub(super) fn value(at: NaiveDateTime) -> FluentValue<'static> {
        FluentValue::Custom(Box::new(Self { at, form: Form::LongDate }))
    }

    /// The text; `None` where the language's data have none.
    fn written(&self, habit: DateTimeFormatterPreferences) -> Option<String> {
        let at = &self.at;
        let date = Date::try_new_iso(at.year(), at.month().try_into().ok()?, at.day().try_into().ok()?).ok()?;
        Some(match self.form {
            Form::LongDate => DateTimeFormatter::try_new(habit, YMD::long()).ok()?.format(&date).to_string(),
            Form::ShortDate => {
                let fields = YMD::short().with_year_style(YearStyle::Full);
                DateTimeFormatter::try_new(habit, fields).ok()?.format(&date).to_string()
            }
            Form::Month => DateTimeFormatter::try_new(habit, M::long()).ok()?.format(&date).to_string(),
            Form::Time => {
                let time = Time::try_new(at.hour().try_into().ok()?, at.minute().try_into().ok()?, 0, 0).ok()?;
                NoCalendarFormatter::try_new(habit, T::hm()).ok()?.format(&time).to_string()
            }
        })
    }
}

impl FluentType for Moment {
    fn duplicate(&self) -> Box<dyn FluentType + Send> {
        Box::new(self.clone())
    }

    fn as_string(&self, intls: &Alone) -> Cow<'static, str> {
        let Ok(habit) = intls.with_try_get::<Habit, _, _>((), |habit| habit.0);
        self.written(habit).unwrap_or_else(|| self.at.to_string()).into()
    }

    fn as_string_threadsafe(&self, intls: &IntlLangMemoizer) -> Cow<'static, str> {
        let Ok(habit) = intls.with_try_get::<Habit, _, _>((), |habit| habit.0);
        self.written(habit).unwrap_or_else(|| self.at.to_string()).into()
    }
}

/// `DATETIME`, as texts call it.
pub(super) fn function<'a>(values: &[FluentValue<'a>], options: &FluentArgs) -> FluentValue<'a> {
    let [FluentValue::Custom(value)] = values else { return FluentValue::Error };
    let Some(Moment { at, .. }) = value.as_any().downcast_ref() else { return FluentValue::Error };
    let mut named = options.iter();
    let (Some((option, FluentValue::String(style))), None) = (named.next(), named.next()) else {
        return FluentValue::Error;
    };
    let form = match (option, style.as_ref()) {
        ("dateStyle", "long") => Form::LongDate,
        ("dateStyle", "short") => Form::ShortDate,
        ("timeStyle", "short") => Form::Time,
        ("month", "long") => Form::Month,
        ("year", "numeric") => return year(at.year()),
        // A number, so that a text can choose by it: 1er janvier.
        ("day", "numeric") => return at.day().into(),
        _ => return FluentValue::Error,
    };
    FluentValue::Custom(Box::new(Moment { at: *at, form }))
}

fn year(year: i32) -> FluentValue<'static> {
    let options = FluentNumberOptions { use_grouping: false, ..FluentNumberOptions::default() };
    FluentValue::Number(FluentNumber::new(year.into(), options))
}
