//! The languages of the app, and the one in effect.

use std::cell::Cell;

thread_local! {
    static CURRENT: Cell<Language> = const { Cell::new(Language::English) };
}

/// The language in effect: that of the page, or of the paper that is being built.
#[must_use]
pub fn current() -> Language {
    CURRENT.get()
}

/// Sets the language in effect, and returns the one before.
pub(super) fn set_current(language: Language) -> Language {
    CURRENT.replace(language)
}

/// A language that the app is written in.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Language {
    #[default]
    English,
    German,
    French,
}

impl Language {
    /// All of them, as they are offered.
    pub const ALL: [Self; 3] = [Self::German, Self::English, Self::French];

    /// The tag of BCP 47, which is also the folder below `locales/`.
    #[must_use]
    pub const fn tag(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::German => "de",
            Self::French => "fr",
        }
    }

    /// The language of a tag such as `de` or `de-AT`; `None` if the app is not written in it.
    #[must_use]
    pub fn of(tag: &str) -> Option<Self> {
        let primary = tag.split('-').next().unwrap_or_default();
        Self::ALL.into_iter().find(|language| language.tag().eq_ignore_ascii_case(primary))
    }

    /// The locale of formats, unless the browser is set to another region of this language. In English, months are words and
    /// currencies have narrow symbols, so British and American readers understand it alike.
    #[must_use]
    pub const fn formats(self) -> &'static str {
        match self {
            Self::English => "en-GB",
            Self::German => "de-DE",
            Self::French => "fr-FR",
        }
    }

    /// The place of its texts in the list of files; English has none.
    pub(super) const fn file(self) -> Option<usize> {
        match self {
            Self::English => None,
            Self::German => Some(0),
            Self::French => Some(1),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::written::FILES;
    use super::*;

    #[test]
    fn a_tag_with_a_region_has_the_language_of_its_first_part() {
        for (tag, language) in [
            ("de-AT", Some(Language::German)),
            ("FR", Some(Language::French)),
            ("en-US", Some(Language::English)),
            ("den", None),
            ("", None),
        ] {
            assert_eq!(Language::of(tag), language, "{tag}");
        }
    }

    #[test]
    fn each_language_names_its_own_file() {
        for language in Language::ALL {
            let name = language.file().and_then(|at| FILES.get(at));
            let begins = |name: &&str| name.starts_with(&format!("texts-{}-", language.tag()));
            assert!(name.map_or(language == Language::English, begins), "{language:?}: {name:?}");
        }
    }
}
