//! The file of a translation: a JSON array with the texts in the sequence of their numbers.

use crate::{Catalog, LANGUAGES, Words};
use serde_json::Value;
use sha2::{Digest, Sha256};

/// The file of one language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// Its name, with a hash of its content: `texts-de-0123456789abcdef.json`.
    pub name: String,
    /// A JSON array: a string for each text, an object of strings for one with plural forms.
    pub content: String,
}

/// The file of a language. Arguments are their places in the sequence of the program: `{0}`.
#[must_use]
pub fn file(catalog: &Catalog, language: &str) -> File {
    let place = LANGUAGES.iter().position(|known| *known == language).unwrap_or_default();
    let texts = catalog.texts.iter().map(|text| match text.words.get(place) {
        Some(Words::One(template)) => Value::String(template.numbered(&text.arguments)),
        Some(Words::Plural(forms)) => {
            let form = |(name, form): (&String, &crate::Template)| {
                (name.clone(), Value::String(form.numbered(&text.arguments)))
            };
            Value::Object(forms.iter().map(form).collect())
        }
        None => Value::Null,
    });
    let content = Value::Array(texts.collect()).to_string();
    // The English texts too: a program that was built with other ones has other numbers.
    let keys: Vec<String> = catalog.texts.iter().map(|text| format!("{}.{}", text.space, text.key)).collect();
    let hash = Sha256::digest(format!("{}\n{content}", keys.join(" ")));
    let hash: String = hash.iter().take(8).map(|byte| format!("{byte:02x}")).collect();
    File { name: format!("texts-{language}-{hash}.json"), content }
}
