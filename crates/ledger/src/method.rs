//! Payment methods: the built-in methods, and those that the owner of a shop adds.

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;

/// A payment method. The entry names the book account that the method used; the method itself does not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Method {
    /// The drawer of the counter that records the entry (1000).
    Cash,
    /// A bank account (1010).
    Check,
    /// A bank account (1010).
    Bank,
    /// A bank account (1010).
    Insurance,
    /// A terminal outside the system (1020).
    Card,
    /// Through the gateway (1020).
    Online,
    /// Any other way (1090); requires a note.
    Other,
    /// Store credit, for refunds only: the refund creates a lot that has its id.
    Credit,
    /// A method that the owner added, with its own money account.
    Own(Tag),
}

/// The built-in methods and their words in entries and day books. The last one, store credit, cannot be used to
/// receive money.
pub const WORDS: [(&str, Method); 8] = [
    ("cash", Method::Cash),
    ("check", Method::Check),
    ("bank", Method::Bank),
    ("insurance", Method::Insurance),
    ("card", Method::Card),
    ("online", Method::Online),
    ("other", Method::Other),
    ("credit", Method::Credit),
];

impl Method {
    /// The method with this word, built-in or added by the owner; `None` if the text cannot be the word of a method.
    #[must_use]
    pub fn of(word: &str) -> Option<Self> {
        let built_in = WORDS.iter().find(|(each, _)| *each == word).map(|(_, method)| *method);
        built_in.or_else(|| Tag::new(word).map(Self::Own))
    }

    /// The word of the method in entries.
    #[must_use]
    pub fn word(&self) -> &str {
        match self {
            Self::Own(tag) => tag.as_str(),
            built_in => WORDS.iter().find(|(_, each)| each == built_in).map_or("", |(word, _)| word),
        }
    }
}

impl Serialize for Method {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.word())
    }
}

impl<'de> Deserialize<'de> for Method {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_str(MethodVisitor)
    }
}

struct MethodVisitor;

impl serde::de::Visitor<'_> for MethodVisitor {
    type Value = Method;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the word of a payment method")
    }

    fn visit_str<E: serde::de::Error>(self, word: &str) -> Result<Method, E> {
        Method::of(word)
            .ok_or_else(|| E::custom(format_args!("{word:?} is not the word of a payment method")))
    }
}

/// The most bytes in the word of an added method.
const MAX_TAG: usize = 16;

/// The word of a method that the owner added: 1 to 16 of `a-z`, `0-9` and `-`. An owner cannot add a word that every book
/// has, but an entry may hold one: the method of every book may have been added to the program later.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Tag([u8; MAX_TAG]);

impl Tag {
    /// A word that an owner may add; `None` if the text is not such a word.
    #[must_use]
    pub fn new(word: &str) -> Option<Self> {
        Self::stored(word).filter(|tag| !tag.is_built_in())
    }

    /// A word as an entry may hold it.
    fn stored(word: &str) -> Option<Self> {
        let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
        if !(1..=MAX_TAG).contains(&word.len()) || !word.bytes().all(plain) {
            return None;
        }
        let mut bytes = [0; MAX_TAG];
        bytes.iter_mut().zip(word.bytes()).for_each(|(to, from)| *to = from);
        Some(Self(bytes))
    }

    /// Whether the word is that of a built-in method.
    #[must_use]
    pub fn is_built_in(&self) -> bool {
        WORDS.iter().any(|(word, _)| *word == self.as_str())
    }

    /// The word as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        let text = str::from_utf8(&self.0).unwrap_or_default();
        text.trim_end_matches('\0')
    }
}

impl fmt::Debug for Tag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.as_str(), f)
    }
}

impl fmt::Display for Tag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Serialize for Tag {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for Tag {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        crate::text::read(deserializer, |word| {
            Self::stored(word).ok_or_else(|| format!("{word:?} is not the word of a method"))
        })
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::{Method, Tag};

    #[test]
    fn method_words_round_trip() {
        for word in
            ["cash", "check", "bank", "insurance", "card", "online", "other", "credit", "voucher", "a-1"]
        {
            assert_eq!(Method::of(word).unwrap().word(), word);
            let json = serde_json::to_string(&Method::of(word).unwrap()).unwrap();
            assert_eq!(json, format!("\"{word}\""));
            assert_eq!(serde_json::from_str::<Method>(&json).unwrap().word(), word);
        }
    }

    /// A method of every book may be added to the program after an owner added one with the same word.
    #[test]
    fn an_entry_whose_word_became_built_in_stays_readable() {
        let tag: Tag = serde_json::from_str("\"cash\"").unwrap();
        assert_eq!((tag.as_str(), tag.is_built_in()), ("cash", true));
        assert_eq!(serde_json::to_string(&tag).unwrap(), "\"cash\"");
    }

    #[test]
    fn an_added_word_is_short_and_not_built_in() {
        for word in ["", "cash", "Voucher", "gift card", "seventeen-letters"] {
            assert_eq!(Tag::new(word), None, "{word}");
        }
        assert!(serde_json::from_str::<Tag>("\"gift card\"").is_err());
        assert_eq!(Tag::new("sixteen-letters-").unwrap().as_str(), "sixteen-letters-");
    }
}
