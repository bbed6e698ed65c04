//! A mail as it is kept and as it is sent.

use std::fmt::Write;

use lettre::message::header::{HeaderName, HeaderValue};
use lettre::message::{Mailbox, MultiPart, SinglePart};
use lettre::{Address, Message};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use sync::wire::AskMail;

use crate::store::{Bytes16, Fault, Mail};

/// What is kept of a mail until it is sent.
#[derive(Debug, Serialize, Deserialize)]
struct Content {
    from_name: String,
    subject: String,
    text: String,
    html: String,
}

/// What names a mail: the same for the same document, address and number.
pub fn id(shop: &str, asked: &AskMail) -> Bytes16 {
    let AskMail { document, nth, to, .. } = asked;
    id_of(shop, document, *nth, to)
}

/// What names the mail of a document with this number to this address.
pub fn id_of(shop: &str, document: &str, nth: u32, to: &str) -> Bytes16 {
    let text = format!("counterfoil mail 1\n{shop}\n{document}\n{}\n{nth}", to.to_ascii_lowercase());
    let hash: [u8; 32] = Sha256::digest(text).into();
    let mut id = [0; 16];
    id.copy_from_slice(hash.first_chunk::<16>().unwrap_or(&[0; 16]));
    id
}

/// What is kept of a mail until it is sent.
///
/// # Errors
/// None that can occur.
pub fn content(asked: &AskMail) -> Result<Vec<u8>, Fault> {
    let AskMail { from_name, subject, text, html, .. } = asked.clone();
    serde_json::to_vec(&Content { from_name, subject, text, html }).map_err(Fault::broken)
}

/// The mail as it is sent. A mail that is sent again is the same, but for its date.
///
/// # Errors
/// A mail that is none: the store is damaged.
pub fn message(mail: &Mail, from: &Address) -> Result<Message, Fault> {
    let content: Content = serde_json::from_slice(&mail.content).map_err(Fault::broken)?;
    // The interface has refused such texts already; a second look, because here they would be lines of the head.
    if content.from_name.chars().chain(content.subject.chars()).any(char::is_control) {
        return Err(Fault::broken("a mail with a line break in its head"));
    }
    let to: Address = mail.to.parse().map_err(Fault::broken)?;
    let builder = Message::builder()
        .from(Mailbox::new(Some(content.from_name), from.clone()))
        .to(Mailbox::new(None, to))
        .subject(content.subject)
        .message_id(Some(message_id(&mail.id, from)))
        // Programs that answer mails while a person is away do not answer this one (RFC 3834).
        .raw_header(HeaderValue::new(
            HeaderName::new_from_ascii_str("Auto-Submitted"),
            "auto-generated".to_owned(),
        ));
    let message = if content.html.is_empty() {
        builder.singlepart(SinglePart::plain(content.text))
    } else {
        builder.multipart(MultiPart::alternative_plain_html(content.text, content.html))
    };
    message.map_err(Fault::broken)
}

/// The `Message-ID`: what names the mail, at the host that it comes from.
fn message_id(id: &Bytes16, from: &Address) -> String {
    let mut text = String::from("<");
    for byte in id {
        let _ = write!(text, "{byte:02x}");
    }
    format!("{text}@{}>", from.domain())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked() -> AskMail {
        AskMail {
            customer: "mira".into(),
            document: "p-1".into(),
            nth: 0,
            to: "mira@example.net".into(),
            from_name: "Corner \"Shop\", Ltd <x>".into(),
            subject: "Receipt AP-0001 £".into(),
            text: "Paid £5.00\n.\nThank you".into(),
            html: "<p>Paid</p>".into(),
        }
    }

    fn formatted(asked: &AskMail) -> Result<String, Fault> {
        let AskMail { customer, document, nth, to, .. } = asked;
        let mail = Mail::queued(id("s1", asked), (customer, document, *nth, to), 1, content(asked).unwrap());
        let message = message(&mail, &"shop@example.org".parse().unwrap())?;
        Ok(String::from_utf8(message.formatted()).unwrap())
    }

    #[test]
    fn what_names_a_mail_follows_from_the_document_the_address_and_the_number() {
        let first = id("s1", &asked());
        assert_eq!(
            first,
            id("s1", &AskMail { text: "other".into(), to: "Mira@Example.net".into(), ..asked() })
        );
        for other in [
            AskMail { document: "p-2".into(), ..asked() },
            AskMail { to: "ana@example.net".into(), ..asked() },
            AskMail { nth: 1, ..asked() },
        ] {
            assert_ne!(first, id("s1", &other));
        }
        assert_ne!(first, id("s2", &asked()));
    }

    #[test]
    fn the_head_names_both_sides_and_says_that_a_program_sends() {
        let text = formatted(&asked()).unwrap();
        let (head, _) = text.split_once("\r\n\r\n").unwrap();
        for line in [
            "To: mira@example.net",
            "Auto-Submitted: auto-generated",
            // A name with quotes and brackets is encoded, so that it cannot be taken for an address.
            "From: =?utf-8?b?Q29ybmVyICJTaG9wIiwgTHRkIDx4Pg==?= <shop@example.org>",
        ] {
            assert!(head.contains(line), "{line}: {head}");
        }
        assert!(
            head.lines().any(|line| line.starts_with("Message-ID: <") && line.ends_with("@example.org>"))
        );
        assert!(text.contains("multipart/alternative") && text.contains("text/html"), "{text}");
    }

    #[test]
    fn a_line_break_cannot_add_a_line_to_the_head() {
        let line = "Shop\r\nBcc: eve@example.net".to_owned();
        for bad in [
            AskMail { subject: line.clone(), ..asked() },
            AskMail { from_name: line.clone(), ..asked() },
            AskMail { to: "mira@example.net\r\nBcc: eve@example.net".into(), ..asked() },
        ] {
            assert!(formatted(&bad).is_err(), "{bad:?}");
        }
    }
}
