//! Bytes to requests, strictly.

use crate::wire::code::Code;
use crate::wire::limits::{MAX_ID, MAX_WHOLE};
use crate::wire::problem::Problem;
use serde::Deserialize;
use serde_json::error::Category;

/// A request: the largest body, and what its fields must satisfy beyond their types.
pub trait Request<'a>: Deserialize<'a> {
    /// The most bytes of the body after decompression.
    const MAX_BODY: usize;

    /// Checks ranges and counts.
    ///
    /// # Errors
    /// The first [`Refusal`].
    fn check(&self) -> Result<(), Refusal>;
}

/// Why a body is not a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Refusal {
    /// One of the codes of status 400, 413 and 422.
    pub code: Code,
    /// The index from 0 of the item at fault, if it is one.
    pub item: Option<usize>,
}

impl Refusal {
    /// A refusal of the request as a whole.
    #[must_use]
    pub const fn of(code: Code) -> Self {
        Self { code, item: None }
    }

    /// A refusal of the item with this index.
    #[must_use]
    pub const fn at(code: Code, item: usize) -> Self {
        Self { code, item: Some(item) }
    }

    pub(crate) const fn wrong_unless(holds: bool) -> Result<(), Self> {
        if holds { Ok(()) } else { Err(Self::of(Code::WrongField)) }
    }
}

impl From<Refusal> for Problem {
    fn from(Refusal { code, item }: Refusal) -> Self {
        let problem = Self::new(code);
        item.into_iter().fold(problem, Self::at)
    }
}

/// Parses the body of a request: every field once, no other field, each of its type and in its range.
///
/// # Errors
/// The first [`Refusal`].
pub fn decode<'a, T: Request<'a>>(body: &'a [u8]) -> Result<T, Refusal> {
    if body.len() > T::MAX_BODY {
        return Err(Refusal::of(Code::TooLarge));
    }
    let text = std::str::from_utf8(body).map_err(|_| Refusal::of(Code::NotJson))?;
    let request: T = serde_json::from_str(text).map_err(|error| Refusal::of(code_of(&error)))?;
    request.check()?;
    Ok(request)
}

/// The code of an error of serde, whose kinds of wrong data are told apart only by its text.
fn code_of(error: &serde_json::Error) -> Code {
    match error.classify() {
        Category::Syntax | Category::Eof | Category::Io => Code::NotJson,
        Category::Data => {
            let text = error.to_string();
            let begins = |words: &str| text.starts_with(words);
            match () {
                () if begins("unknown field") => Code::UnknownField,
                () if begins("duplicate field") => Code::DuplicateField,
                () if begins("missing field") => Code::MissingField,
                () => Code::WrongField,
            }
        }
    }
}

/// Whether a text can be the id of a shop or a device, as in a line.
pub(crate) fn is_id(text: &str) -> bool {
    (1..=MAX_ID).contains(&text.len())
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
}

/// Whether a number counts from 1 and is exact in every JSON reader.
pub(crate) const fn is_whole(number: u64) -> bool {
    1 <= number && number <= MAX_WHOLE
}
