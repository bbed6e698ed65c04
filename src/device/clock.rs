//! The wall clock, today's date, and the time zone of the device.

use js_sys::{Array, Intl, Object, Reflect};
use ledger::date::Date;

/// The time in milliseconds since 1970.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // A whole number; a time before 1970 becomes 0.
pub fn now() -> u64 {
    js_sys::Date::now() as u64
}

/// Milliseconds since the page was opened, by a clock that nobody can set; 0 where the browser has none.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // A whole number, not negative.
pub fn running() -> u64 {
    let clock = web_sys::window().and_then(|window| window.performance());
    clock.map_or(0, |clock| clock.now() as u64)
}

/// Today's date in the zone of the device. The browser provides it: jiff has no zone data in Wasm and would silently
/// return the date in UTC.
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

/// Milliseconds until the date may have changed, at most a quarter of an hour, so that a device that slept through
/// midnight checks the date soon after it wakes.
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
