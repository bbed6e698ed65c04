//! Papers by mail: `POST /v1/shops/{shop}/mails`, and what has become of them: `GET /v1/shops/{shop}/mails`.

use crate::wire::decode::{Refusal, Request, is_id};
use crate::wire::limits::{
    MAX_ADDRESS, MAX_MAIL_BODY, MAX_MAIL_HTML, MAX_MAIL_TEXT, MAX_MAILS, MAX_NAME, MAX_SMALL_BODY,
    MAX_SUBJECT,
};
use serde::{Deserialize, Serialize};

/// The request to send a paper by mail.
///
/// A mail is named by its document, its address and its number: the same again is the same mail, whichever device asks, and is sent once.
/// A paper that is to be sent again to the same address has the next number.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AskMail {
    /// The customer whose paper it is.
    pub customer: String,
    /// The document; of a statement, any name that is an id and the same at each counter.
    pub document: String,
    /// How many times the paper was sent to this address before.
    pub nth: u32,
    /// The address, as [`is_mail_address`] accepts it.
    pub to: String,
    /// The name of the shop, which is that of the sender.
    pub from_name: String,
    /// The subject, one line.
    pub subject: String,
    /// The paper as plain text.
    pub text: String,
    /// The paper as HTML; the text alone is sent if it is empty.
    pub html: String,
}

impl Request<'_> for AskMail {
    const MAX_BODY: usize = MAX_MAIL_BODY;

    fn check(&self) -> Result<(), Refusal> {
        let Self { customer, document, nth, to, from_name, subject, text, html } = self;
        let is_good = is_id(customer)
            && is_id(document)
            && *nth < MAX_MAILS
            && is_mail_address(to)
            && is_line(from_name, MAX_NAME)
            && is_line(subject, MAX_SUBJECT)
            && !text.is_empty()
            && text.len() <= MAX_MAIL_TEXT
            && html.len() <= MAX_MAIL_HTML;
        Refusal::wrong_unless(is_good)
    }
}

/// The request for the mails of a customer, in a query.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AskMails {
    /// The customer.
    pub customer: String,
}

impl Request<'_> for AskMails {
    const MAX_BODY: usize = MAX_SMALL_BODY;

    fn check(&self) -> Result<(), Refusal> {
        Refusal::wrong_unless(is_id(&self.customer))
    }
}

/// The request to note that a mail has come back: its server has taken it, and could not deliver it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MailCameBack {
    /// The customer.
    pub customer: String,
    /// The document.
    pub document: String,
    /// How many times it was sent to this address before.
    pub nth: u32,
    /// The address.
    pub to: String,
}

impl Request<'_> for MailCameBack {
    const MAX_BODY: usize = MAX_SMALL_BODY;

    fn check(&self) -> Result<(), Refusal> {
        let Self { customer, document, nth, to } = self;
        let is_good = is_id(customer) && is_id(document) && *nth < MAX_MAILS && is_mail_address(to);
        Refusal::wrong_unless(is_good)
    }
}

/// The answer to all of them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mails {
    /// Whether the endpoint sends mails.
    pub sends: bool,
    /// The mails of the customer, in the order in which they were asked for.
    pub mails: Vec<Mailed>,
}

/// A mail as the endpoint knows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mailed {
    /// The document.
    pub document: String,
    /// The address.
    pub to: String,
    /// How many times it was sent there before.
    pub nth: u32,
    /// What has become of it.
    pub state: MailState,
    /// When it got there, in milliseconds since 1970.
    pub at: u64,
    /// What the mail server answered last; `None` if it took the mail, or gave no answer.
    pub reason: Option<String>,
}

/// What has become of a mail.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum MailState {
    /// It waits for its first attempt, or for the next one.
    Queued,
    /// The mail server has taken it.
    Sent,
    /// The mail server refuses it for good.
    Refused,
    /// The mail server has not taken it within a day.
    GivenUp,
    /// It was sent and has come back, as a person has said.
    CameBack,
    /// A state of a newer endpoint.
    #[serde(other)]
    Other,
}

impl MailState {
    /// The word on the wire.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Queued => "queued",
            Self::Sent => "sent",
            Self::Refused => "refused",
            Self::GivenUp => "given-up",
            Self::CameBack => "came-back",
            Self::Other => "other",
        }
    }

    /// The state of a word; [`MailState::Other`] for any other word.
    #[must_use]
    pub fn of_word(word: &str) -> Self {
        let known = [Self::Queued, Self::Sent, Self::Refused, Self::GivenUp, Self::CameBack];
        known.into_iter().find(|state| state.word() == word).unwrap_or(Self::Other)
    }
}

/// What names the mail with which an endpoint corrects those of a document.
#[must_use]
pub fn correction_of(document: &str) -> String {
    format!("{document}-back")
}

/// Whether a text is one line that can be shown: not empty, not too long, without control characters.
fn is_line(text: &str, most: usize) -> bool {
    (1..=most).contains(&text.len()) && !text.chars().any(char::is_control)
}

/// Whether a mail can be sent to an address: `name@host.domain` in ASCII, without quotes, comments and spaces. What it accepts has no
/// character that means something in a mail's head.
#[must_use]
pub fn is_mail_address(address: &str) -> bool {
    let Some((name, host)) = address.split_once('@') else { return false };
    let is_name = |part: &str| {
        !part.is_empty()
            && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"!#$%&'*+-/=?^_`{|}~".contains(&byte))
    };
    let is_label = |label: &str| {
        (1..=63).contains(&label.len())
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    };
    address.len() <= MAX_ADDRESS
        && name.len() <= 64
        && name.split('.').all(is_name)
        && host.contains('.')
        && host.split('.').all(is_label)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_a_name_at_a_host() {
        for good in ["ana@example.org", "a.b+c@mail.example.co.uk", "o'neil@xn--bcher-kva.example"] {
            assert!(is_mail_address(good), "{good}");
        }
        let long = format!("{}@example.org", "a".repeat(65));
        let longer = format!("a@{}example.org", "a.".repeat(130));
        for bad in [
            "",
            "ana",
            "@example.org",
            "ana@",
            "ana@example",
            "ana@@example.org",
            "a@b@example.org",
            "a b@example.org",
            "ana@example.org\r\nBcc: x@example.org",
            "ana@example.org\n",
            "\"a b\"@example.org",
            "<ana@example.org>",
            "ana@-example.org",
            "ana@example..org",
            ".ana@example.org",
            "ana.@example.org",
            "ana@[127.0.0.1]",
            "ana,eva@example.org",
            "ana@bücher.example",
            &long,
            &longer,
        ] {
            assert!(!is_mail_address(bad), "{bad}");
        }
    }
}
