//! The wall clock, today's date, and the time zone of the device.

use js_sys::{Array, Intl, Object, Reflect};
use ledger::date::Date;
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = Intl, js_name = "DateTimeFormat")]
    type ZoneFormat;
    #[wasm_bindgen(constructor, catch, js_namespace = Intl, js_class = "DateTimeFormat")]
    fn new(locale: &str, options: &Object) -> Result<ZoneFormat, JsValue>;
    #[wasm_bindgen(method, js_name = format)]
    fn write(this: &ZoneFormat, date: &js_sys::Date) -> String;
}

const HOUR: i64 = 60 * 60 * 1_000;

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

/// The first millisecond since 1970 after a day in a time zone; `None` for a zone that the browser does not know.
pub fn end_of_day(day: Date, zone: &str) -> Option<u64> {
    // Swedish dates are written as in ISO 8601.
    let options = format!(r#"{{"timeZone":"{zone}","year":"numeric","month":"2-digit","day":"2-digit"}}"#);
    let options = js_sys::JSON::parse(&options).ok()?;
    let format = ZoneFormat::new("sv-SE", options.unchecked_ref()).ok()?;
    #[allow(clippy::cast_precision_loss)] // No date is as far away as 2^53 milliseconds.
    let date_at = |millis: i64| Date::parse(&format.write(&js_sys::Date::new(&(millis as f64).into())));
    let epoch = Date::parse("1970-01-01")?;
    let midnight = 24 * HOUR * i64::from(epoch.days_until(day.next()));
    // A zone is at most 14 hours ahead of UTC and 12 behind it.
    let (mut before, mut after) = (midnight - 15 * HOUR, midnight + 13 * HOUR);
    while after - before > 1 {
        let middle = before + (after - before) / 2;
        if date_at(middle)? > day {
            after = middle;
        } else {
            before = middle;
        }
    }
    u64::try_from(after).ok()
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
