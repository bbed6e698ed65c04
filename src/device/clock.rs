//! The wall clock, the date beside it, and the zone they are read in.

use js_sys::{Array, Intl, Object, Reflect};
use ledger::date::Date;

/// Milliseconds since 1970.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // A whole number; before 1970 it counts as 0.
pub fn now() -> u64 {
    js_sys::Date::now() as u64
}

/// The date here. From the browser: without zone data of its own jiff would silently say the date in London.
pub fn today() -> Date {
    let now = js_sys::Date::new_0();
    let part = |number: u32| i8::try_from(number).unwrap_or(1);
    let year = i16::try_from(now.get_full_year()).unwrap_or(i16::MAX);
    let date = jiff::civil::Date::new(year, part(now.get_month() + 1), part(now.get_date()));
    Date(date.unwrap_or(jiff::civil::Date::MIN))
}

/// The zone's name, such as `Europe/London`.
pub fn zone() -> String {
    let options = Intl::DateTimeFormat::new(&Array::new(), &Object::new()).resolved_options();
    let name = Reflect::get(&options, &"timeZone".into()).ok().and_then(|zone| zone.as_string());
    name.filter(|name| !name.is_empty()).unwrap_or_else(|| "UTC".into())
}

/// Milliseconds until the date may have changed, at most a quarter of an hour: a device that slept through midnight
/// finds out soon after it wakes.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // Between 1 and a day in milliseconds.
pub fn until_tomorrow() -> u32 {
    let now = js_sys::Date::new_0();
    let midnight = js_sys::Date::new_0();
    midnight.set_hours(24);
    midnight.set_minutes(0);
    midnight.set_seconds(0);
    midnight.set_milliseconds(0);
    let left = midnight.get_time() as i64 - now.get_time() as i64;
    left.clamp(1, 15 * 60 * 1_000) as u32
}
