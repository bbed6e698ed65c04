//! All texts in all languages, and the comparison of the languages.

use crate::template::{Template, parse};
use crate::{LANGUAGES, plural_forms};
use serde_json::{Map, Value};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

/// All texts. The number of a text is its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Catalog {
    /// The texts, by namespace and key.
    pub texts: Vec<Text>,
}

/// One text in all languages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text {
    /// The namespace, which is the name of its file: `shell`.
    pub space: String,
    /// The key in the file.
    pub key: String,
    /// The names of the arguments, sorted.
    pub arguments: Vec<String>,
    /// Its words, in the sequence of [`LANGUAGES`].
    pub words: Vec<Words>,
}

/// A text in one language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Words {
    /// One sentence.
    One(Template),
    /// One sentence for each plural form.
    Plural(BTreeMap<String, Template>),
}

impl Catalog {
    /// A text without arguments in a language, for what is written at build time.
    #[must_use]
    pub fn plain(&self, language: &str, space: &str, key: &str) -> Option<&str> {
        let place = LANGUAGES.iter().position(|known| *known == language)?;
        let text = self.texts.iter().find(|text| text.space == space && text.key == key)?;
        match text.words.get(place)? {
            Words::One(template) => template.pieces.first().map(String::as_str),
            Words::Plural(_) => None,
        }
    }
}

/// The texts of one language, by namespace and key.
type Language = BTreeMap<(String, String), Words>;

/// Reads and compares the languages below `locales`.
///
/// # Errors
/// Everything that is wrong: a file that cannot be read, a text that a language lacks or has too many, other arguments or other
/// plural forms than English.
pub fn read(locales: &Path) -> Result<Catalog, Vec<String>> {
    let mut wrong = Vec::new();
    let languages: Vec<Language> =
        LANGUAGES.iter().map(|language| read_language(locales, language, &mut wrong)).collect();
    let Some((first, others)) = languages.split_first() else { return Err(wrong) };
    let mut texts = Vec::new();
    for (place, words) in first {
        let (space, key) = place;
        let arguments = arguments(words);
        let mut all = vec![words.clone()];
        for (other, language) in others.iter().zip(LANGUAGES.iter().skip(1)) {
            let name = format!("locales/{language}/{space}.json: `{key}`");
            match other.get(place) {
                None => wrong.push(format!("{name} is missing")),
                Some(found) => {
                    wrong.extend(differences(words, found).map(|what| format!("{name} {what}")));
                    all.push(found.clone());
                }
            }
        }
        let arguments = arguments.into_iter().collect();
        texts.push(Text { space: space.clone(), key: key.clone(), arguments, words: all });
    }
    for (other, language) in others.iter().zip(LANGUAGES.iter().skip(1)) {
        let extra = other.keys().filter(|place| !first.contains_key(*place));
        wrong.extend(
            extra.map(|(space, key)| {
                format!("locales/{language}/{space}.json: `{key}` is not an English text")
            }),
        );
    }
    if wrong.is_empty() { Ok(Catalog { texts }) } else { Err(wrong) }
}

/// How a translation differs from the English text, apart from its words.
fn differences(english: &Words, other: &Words) -> impl Iterator<Item = String> {
    let kinds = match (english, other) {
        (Words::One(_), Words::Plural(_)) => {
            Some("has plural forms, and the English text has none".to_owned())
        }
        (Words::Plural(_), Words::One(_)) => {
            Some("has no plural forms, and the English text has some".to_owned())
        }
        (Words::One(_), Words::One(_)) | (Words::Plural(_), Words::Plural(_)) => None,
    };
    let (wanted, found) = (arguments(english), arguments(other));
    let given = (wanted != found).then(|| format!("has the arguments {found:?} instead of {wanted:?}"));
    kinds.into_iter().chain(given)
}

/// The names of all arguments, those of every plural form together.
fn arguments(words: &Words) -> BTreeSet<String> {
    match words {
        Words::One(template) => template.arguments.iter().cloned().collect(),
        Words::Plural(forms) => forms.values().flat_map(|form| form.arguments.iter().cloned()).collect(),
    }
}

fn read_language(locales: &Path, language: &str, wrong: &mut Vec<String>) -> Language {
    let mut found = Language::new();
    let folder = locales.join(language);
    let files = match fs::read_dir(&folder) {
        Ok(files) => files,
        Err(why) => {
            wrong.push(format!("{}: {why}", folder.display()));
            return found;
        }
    };
    let mut paths: Vec<_> = files.flatten().map(|file| file.path()).collect();
    paths.sort();
    for path in paths {
        let space = path.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default().to_owned();
        let read = fs::read_to_string(&path).map_err(|why| why.to_string());
        match read
            .and_then(|text| serde_json::from_str::<Map<String, Value>>(&text).map_err(|why| why.to_string()))
        {
            Err(why) => wrong.push(format!("{}: {why}", path.display())),
            Ok(texts) => {
                for (key, value) in texts {
                    match words(&value, language) {
                        Ok(words) => drop(found.insert((space.clone(), key), words)),
                        Err(why) => wrong.push(format!("{}: `{key}`: {why}", path.display())),
                    }
                }
            }
        }
    }
    found
}

fn words(value: &Value, language: &str) -> Result<Words, String> {
    match value {
        Value::String(text) => Ok(Words::One(parse(text)?)),
        Value::Object(forms) => plural(forms, language),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Array(_) => {
            Err("a text, or an object with one text for each plural form".into())
        }
    }
}

fn plural(forms: &Map<String, Value>, language: &str) -> Result<Words, String> {
    let (required, allowed) = plural_forms(language);
    if let Some(missing) = required.iter().find(|form| !forms.contains_key(**form)) {
        return Err(format!("the plural form `{missing}` is missing"));
    }
    let mut found = BTreeMap::new();
    for (form, text) in forms {
        let is_known = required.iter().chain(allowed).any(|known| known == form);
        let text = text.as_str().filter(|_| is_known);
        let text =
            text.ok_or_else(|| format!("`{form}` is not a plural form of this language, or no text"))?;
        found.insert(form.clone(), parse(text)?);
    }
    Ok(Words::Plural(found))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    /// Reads languages that have one file each, and returns what is wrong.
    fn wrong(name: &str, files: [&str; 3]) -> Vec<String> {
        let folder = std::env::temp_dir().join(format!("counterfoil-texts-{}-{name}", std::process::id()));
        for (language, text) in LANGUAGES.iter().zip(files) {
            fs::create_dir_all(folder.join(language)).unwrap();
            fs::write(folder.join(language).join("a.json"), text).unwrap();
        }
        let read = read(&folder);
        fs::remove_dir_all(&folder).unwrap();
        read.err().unwrap_or_default()
    }

    #[test]
    fn languages_with_the_same_texts_fit() {
        let plural = |many: &str| {
            format!(
                r#"{{"b": "{{{{ x }}}} and {{{{ y }}}}", "c": {{"one": "one", "other": "{{{{ count }}}}"{many}}}}}"#
            )
        };
        let none: Vec<String> = Vec::new();
        assert_eq!(wrong("fit", [&plural(""), &plural(""), &plural(r#", "many": "{{ count }} de""#)]), none);
    }

    #[test]
    fn what_a_language_lacks_or_has_too_many_is_named() {
        let english = r#"{"b": "B {{ x }}"}"#;
        for (name, german, what) in [
            ("missing", "{}", "locales/de/a.json: `b` is missing"),
            ("extra", r#"{"b": "B {{ x }}", "c": "C"}"#, "locales/de/a.json: `c` is not an English text"),
            ("argument", r#"{"b": "B {{ y }}"}"#, "has the arguments {\"y\"} instead of {\"x\"}"),
            ("kind", r#"{"b": {"one": "{{ x }}", "other": "{{ x }}"}}"#, "has plural forms"),
            ("form", r#"{"b": {"one": "{{ x }}"}}"#, "the plural form `other` is missing"),
            ("unknown", r#"{"b": {"one": "a", "other": "b", "many": "c"}}"#, "`many` is not a plural form"),
            ("brace", r#"{"b": "B {x}"}"#, "a single brace"),
            ("json", "{", "EOF"),
        ] {
            let found = wrong(name, [english, german, english]);
            assert!(found.iter().any(|each| each.contains(what)), "{name}: {found:?}");
        }
    }
}
