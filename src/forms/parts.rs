//! A draft in parts, so that a key stroke stores only what it changed: one part for each field, and one for each element of
//! a list, such as a line of an order.

use serde_json::value::RawValue;
use std::collections::BTreeMap;

/// The part of a field that is a list; its elements have parts of their own.
const LIST: &str = "[]";

/// The parts of a draft, each with its name and its JSON: `due`, or `lines/0`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Parts(Vec<(String, String)>);

impl Parts {
    /// The parts of a draft, from its JSON text; none if that is no object.
    #[must_use]
    pub fn of(draft: &str) -> Self {
        let fields: BTreeMap<String, Box<RawValue>> = serde_json::from_str(draft).unwrap_or_default();
        let mut parts = Self::default();
        for (name, value) in fields {
            let elements: Option<Vec<Box<RawValue>>> = serde_json::from_str(value.get()).ok();
            match elements {
                None => parts.set(&name, value.get()),
                Some(elements) => {
                    parts.set(&name, LIST);
                    let numbered = elements.iter().enumerate();
                    numbered.for_each(|(at, element)| parts.set(&format!("{name}/{at}"), element.get()));
                }
            }
        }
        parts
    }

    /// The part of that name.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(own, _)| own == name).map(|(_, json)| json.as_str())
    }

    /// Sets a part.
    pub fn set(&mut self, name: &str, json: &str) {
        match self.0.iter_mut().find(|(own, _)| own == name) {
            Some((_, own)) => *own = json.to_owned(),
            None => self.0.push((name.to_owned(), json.to_owned())),
        }
    }

    /// Removes a part.
    pub fn remove(&mut self, name: &str) {
        self.0.retain(|(own, _)| own != name);
    }

    /// All parts.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, json)| (name.as_str(), json.as_str()))
    }

    /// These parts, and the fields of another draft that have no part here.
    #[must_use]
    pub fn or(mut self, other: &Self) -> Self {
        let missing = |name: &str| self.get(field(name)).is_none();
        let added: Vec<_> = other.0.iter().filter(|(name, _)| missing(name)).cloned().collect();
        self.0.extend(added);
        self
    }

    /// The JSON text of the draft.
    #[must_use]
    pub fn text(&self) -> String {
        let fields = self.0.iter().filter(|(name, _)| field(name) == name);
        let written = fields.map(|(name, json)| match json.as_str() {
            LIST => format!("\"{name}\":[{}]", self.elements(name).join(",")),
            json => format!("\"{name}\":{json}"),
        });
        format!("{{{}}}", written.collect::<Vec<_>>().join(","))
    }

    /// The elements of a list, in their order; parts may be in any.
    fn elements(&self, list: &str) -> Vec<&str> {
        let number = |name: &str| name.strip_prefix(list)?.strip_prefix('/')?.parse::<usize>().ok();
        let numbered = self.0.iter().filter_map(|(name, json)| Some((number(name)?, json.as_str())));
        numbered.collect::<BTreeMap<_, _>>().into_values().collect()
    }
}

/// The field to which a part belongs.
fn field(part: &str) -> &str {
    part.split_once('/').map_or(part, |(field, _)| field)
}

#[cfg(test)]
mod tests {
    use super::*;

    const ORDER: &str =
        r#"{"due":"","id":"o-1","lines":[{"what":"Bell, \"loud\"","tags":[1,2]},{"what":"x"}],"lead":null}"#;

    fn value(text: &str) -> serde_json::Value {
        serde_json::from_str(text).unwrap_or_default()
    }

    #[test]
    fn parts_in_any_order_are_the_draft() {
        let parts = Parts::of(ORDER);
        assert_eq!(parts.get("lines/1"), Some(r#"{"what":"x"}"#));
        assert_eq!(value(&parts.text()), value(ORDER));
        let backwards = Parts(parts.0.into_iter().rev().collect());
        assert_eq!(value(&backwards.text()), value(ORDER));
        let many: Vec<String> = (0..12).map(|n| n.to_string()).collect();
        let long = format!("{{\"lines\":[{}]}}", many.join(","));
        assert_eq!(value(&Parts::of(&long).text()), value(&long));
    }

    #[test]
    fn a_change_of_one_field_changes_one_part() {
        let (before, after) = (Parts::of(ORDER), Parts::of(&ORDER.replace("\"x\"", "\"xy\"")));
        let changed: Vec<_> = after.iter().filter(|(name, json)| before.get(name) != Some(json)).collect();
        assert_eq!(changed, [("lines/1", r#"{"what":"xy"}"#)]);
    }

    #[test]
    fn a_missing_field_is_that_of_the_other_draft() {
        let mut parts = Parts::of(r#"{"id":"o-2","lines":[{"what":"a"}]}"#);
        let blank = Parts::of(r#"{"id":"o-3","lines":[{"what":""},{"what":""}],"due":""}"#);
        assert_eq!(
            value(&parts.clone().or(&blank).text()),
            value(r#"{"id":"o-2","lines":[{"what":"a"}],"due":""}"#)
        );
        parts.remove("lines");
        parts.remove("lines/0");
        assert_eq!(parts.get("lines/0"), None);
        assert_eq!(
            value(&parts.or(&blank).text()),
            value(r#"{"id":"o-2","lines":[{"what":""},{"what":""}],"due":""}"#)
        );
    }
}
