//! Moments as people in the province read them.

use chrono::FixedOffset;

use crate::{
    kernel::{Arg, LocaleTag, Timestamp},
    service::App,
};

/// Hours that the clocks of Viet Nam, which has one zone and no summer time, are ahead of UTC.
pub const AHEAD: i32 = 7;
/// That zone's name in every language.
const ZONE: &str = "GMT+7";

/// A moment in the language's words.
pub fn moment(app: &App, locale: &LocaleTag, at: Timestamp) -> String {
    let Some(zone) = FixedOffset::east_opt(AHEAD * 3600) else { return at.to_string() };
    let local = at.utc().with_timezone(&zone);
    let args: [(&'static str, Arg); 2] = [("at", local.naive_local().into()), ("zone", ZONE.into())];
    app.i18n.text(locale, "page-moment", &args)
}
