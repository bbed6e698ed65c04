//! The fields of a line's JSON object: known names, and values that are not parsed yet.

use crate::error::LineError;
use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;
use std::borrow::Cow;
use std::fmt;

/// Every field of the envelope, in the order of the canonical form.
pub(crate) const NAMES: [&str; 17] = [
    "v", "shop", "device", "chain", "seq", "prev", "clock", "id", "no", "actor", "on", "zone", "press",
    "accounts", "kind", "kv", "body",
];

/// The values by field: at most one each, and no unknown fields.
pub(crate) struct Fields<'a>([Option<&'a RawValue>; NAMES.len()]);

impl<'a> Fields<'a> {
    /// Splits one JSON object. Values are scanned only to find their ends.
    pub(crate) fn split(text: &'a str) -> Result<Self, LineError> {
        let pairs: Pairs<'a> =
            serde_json::from_str(text).map_err(|e| LineError::NotJson { column: e.column().max(1) })?;
        let mut fields = Self([None; NAMES.len()]);
        for (name, value) in pairs.0 {
            let (known, slot) = NAMES
                .iter()
                .zip(&mut fields.0)
                .find(|(known, _)| **known == name)
                .ok_or_else(|| LineError::UnknownField(name.into_owned()))?;
            if slot.replace(value).is_some() {
                return Err(LineError::Twice(known));
            }
        }
        Ok(fields)
    }

    /// An optional field; `None` when it is missing.
    pub(crate) fn optional<T: Deserialize<'a>>(&self, name: &'static str) -> Result<Option<T>, LineError> {
        self.raw(name).map(|raw| read(raw, name)).transpose()
    }

    /// A required field.
    pub(crate) fn required<T: Deserialize<'a>>(&self, name: &'static str) -> Result<T, LineError> {
        self.optional(name)?.ok_or(LineError::Missing(name))
    }

    fn raw(&self, name: &str) -> Option<&'a RawValue> {
        NAMES.iter().zip(&self.0).find_map(|(known, value)| (*known == name).then_some(*value)?)
    }
}

fn read<'a, T: Deserialize<'a>>(raw: &'a RawValue, name: &'static str) -> Result<T, LineError> {
    serde_json::from_str(raw.get()).map_err(|_| LineError::Wrong(name))
}

struct Pairs<'a>(Vec<(Cow<'a, str>, &'a RawValue)>);

impl<'de> Deserialize<'de> for Pairs<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(PairsVisitor)
    }
}

struct PairsVisitor;

impl<'de> Visitor<'de> for PairsVisitor {
    type Value = Pairs<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut pairs = Vec::with_capacity(NAMES.len());
        while let Some(pair) = map.next_entry()? {
            pairs.push(pair);
        }
        Ok(Pairs(pairs))
    }
}
