//! The Rust code of the texts: one type for each.

use crate::file::file;
use crate::{Catalog, LANGUAGES, Text, Words};

/// The code of a module: one module for each namespace, in it one type for each text, and `FILES`, the names of the files of the
/// other languages. The module around it has the functions `text` and `plural`.
///
/// ```ignore
/// shell::counter_letter { letter: &"A" }.text()
/// ```
#[must_use]
pub fn code(catalog: &Catalog) -> String {
    let mut code = String::new();
    let mut open = None;
    for (number, text) in catalog.texts.iter().enumerate() {
        if open != Some(&text.space) {
            if open.is_some() {
                code.push_str("}\n");
            }
            code.push_str(&format!("pub mod {} {{\nuse core::fmt::Display;\n", text.space));
            open = Some(&text.space);
        }
        code.push_str(&one(number, text));
    }
    if open.is_some() {
        code.push_str("}\n");
    }
    let names: Vec<String> =
        LANGUAGES.iter().skip(1).map(|language| format!("{:?}", file(catalog, language).name)).collect();
    code.push_str(&format!("pub const FILES: [&str; {}] = [{}];\n", names.len(), names.join(", ")));
    code
}

/// The type of one text, with its number among all.
fn one(number: usize, text: &Text) -> String {
    let key = &text.key;
    let life = if text.arguments.is_empty() { "" } else { "<'a>" };
    let fields: Vec<String> =
        text.arguments.iter().map(|name| format!("pub {name}: &'a dyn Display")).collect();
    let values: Vec<String> = text.arguments.iter().map(|name| format!("self.{name}")).collect();
    let (fields, values) = (fields.join(", "), values.join(", "));
    let (signature, call) = match text.words.first() {
        Some(Words::Plural(forms)) => {
            let form =
                |name: &str| forms.get(name).map(|form| form.numbered(&text.arguments)).unwrap_or_default();
            let english = format!("[{:?}, {:?}]", form("one"), form("other"));
            ("text(&self, number: u32)", format!("plural({number}, {english}, number, &[{values}])"))
        }
        Some(Words::One(template)) => {
            let english = template.numbered(&text.arguments);
            ("text(&self)", format!("text({number}, {english:?}, &[{values}])"))
        }
        None => return String::new(),
    };
    let anonymous = if life.is_empty() { "" } else { "<'_>" };
    format!(
        "pub struct {key}{life} {{ {fields} }}\nimpl {key}{anonymous} {{ pub fn {signature} -> String {{ super::{call} }} }}\n"
    )
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::template::parse;
    use std::collections::BTreeMap;

    #[test]
    fn each_text_is_a_type_with_its_arguments() {
        let one = |text: &str| Words::One(parse(text).unwrap());
        let plural = Words::Plural(BTreeMap::from([
            ("one".to_owned(), parse("{{ count }} day").unwrap()),
            ("other".to_owned(), parse("{{ count }} days").unwrap()),
        ]));
        let text = |key: &str, arguments: &[&str], words: Words| Text {
            space: "shell".into(),
            key: key.into(),
            arguments: arguments.iter().map(ToString::to_string).collect(),
            words: vec![words.clone(), words.clone(), words],
        };
        let texts = vec![
            text("days", &["count"], plural),
            text("owes", &["amount", "name"], one("{{ name }} owes \"{{ amount }}\"")),
            text("title", &[], one("Title")),
        ];
        let code = code(&Catalog { texts });
        for line in [
            "pub mod shell {",
            "pub struct days<'a> { pub count: &'a dyn Display }",
            r#"plural(0, ["{0} day", "{0} days"], number, &[self.count])"#,
            "pub struct owes<'a> { pub amount: &'a dyn Display, pub name: &'a dyn Display }",
            r#"text(1, "{1} owes \"{0}\"", &[self.amount, self.name])"#,
            "pub struct title {  }",
            "pub const FILES: [&str; 2] = [\"texts-de-",
        ] {
            assert!(code.contains(line), "{line}\n{code}");
        }
    }
}
