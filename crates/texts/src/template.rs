//! A text with places for its arguments, as translators write it: `{{ name }} owes {{ amount }}`.

/// A text without its arguments.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Template {
    /// What is before the first argument, between two, and after the last one.
    pub pieces: Vec<String>,
    /// The names of the arguments, as they follow each other.
    pub arguments: Vec<String>,
}

/// Parses a text.
///
/// # Errors
/// What is wrong with it, in words.
pub fn parse(text: &str) -> Result<Template, String> {
    let mut pieces = text.split("{{");
    let mut template =
        Template { pieces: vec![pieces.next().unwrap_or_default().to_owned()], arguments: Vec::new() };
    for piece in pieces {
        let (name, after) = piece.split_once("}}").ok_or("`{{` without `}}`")?;
        let name = name.trim();
        let is_letter = |c: char| c.is_ascii_lowercase() || c == '_';
        if name.is_empty() || !name.chars().all(is_letter) {
            return Err(format!("`{name}` is not the name of an argument"));
        }
        template.arguments.push(name.to_owned());
        template.pieces.push(after.to_owned());
    }
    match template.pieces.iter().any(|piece| piece.contains(['{', '}'])) {
        true => Err("a single brace".into()),
        false => Ok(template),
    }
}

impl Template {
    /// The text with numbers for its arguments, which are their places in `order`: `{0} owes {1}`.
    #[must_use]
    pub fn numbered(&self, order: &[String]) -> String {
        let mut text = self.pieces.first().cloned().unwrap_or_default();
        for (name, piece) in self.arguments.iter().zip(self.pieces.iter().skip(1)) {
            let place = order.iter().position(|known| known == name).unwrap_or(order.len());
            text.push_str(&format!("{{{place}}}{piece}"));
        }
        text
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn arguments_become_their_places() {
        let order = ["amount", "name"].map(String::from);
        for (text, numbered) in [
            ("Paid", "Paid"),
            ("{{ name }} owes {{ amount }}.", "{1} owes {0}."),
            ("{{name}}{{name}}", "{1}{1}"),
            ("", ""),
        ] {
            assert_eq!(parse(text).unwrap().numbered(&order), numbered, "{text}");
        }
    }

    #[test]
    fn a_text_that_is_not_well_formed_is_refused() {
        for text in ["{{ name", "{name}", "name }}", "{{ }}", "{{ Name }}", "{{ a }} }"] {
            assert!(parse(text).is_err(), "{text}");
        }
    }
}
