//! What an attempt came to, and when the next one may begin.

use std::error::Error as _;
use std::time::Duration;

use lettre::transport::smtp::Error;

/// What an attempt came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The mail server has taken the mail.
    Sent,
    /// It refuses the mail for good, with these words.
    Refused(String),
    /// It did not take the mail, and may take it later. With its words, if it answered.
    Later(Option<String>),
}

/// For how long a mail is attempted after it was asked for, in milliseconds.
pub const LONGEST: u64 = 24 * 60 * 60 * 1000;

/// The first and the longest time between attempts, in milliseconds; each is twice the one before.
const PAUSES: (u64, u64) = (60 * 1000, 4 * 60 * 60 * 1000);

/// Answers about the sign-in, which say nothing about the mail: the operator can mend them.
const SIGN_IN: [u16; 4] = [530, 534, 535, 538];

/// The longest answer that is kept, in characters.
const LONGEST_ANSWER: usize = 200;

impl Outcome {
    /// What an error means. A connection that ends before the answer may have delivered the mail: it is sent again, because a
    /// receipt that comes twice is better than none.
    pub fn of(error: &Error) -> Self {
        let code = error.status().map(u16::from);
        let words =
            code.map(|code| answer(code, &error.source().map(ToString::to_string).unwrap_or_default()));
        match words {
            Some(words) if error.is_permanent() && !code.is_some_and(|code| SIGN_IN.contains(&code)) => {
                Self::Refused(words)
            }
            words => Self::Later(words),
        }
    }
}

/// How long after its attempt of this number a mail waits, in milliseconds.
pub fn pause(tries: u32) -> u64 {
    let (first, longest) = PAUSES;
    let doubled = tries.saturating_sub(1).min(16);
    first.saturating_mul(1 << doubled).min(longest)
}

/// A time in milliseconds.
pub fn millis(time: Duration) -> u64 {
    u64::try_from(time.as_millis()).unwrap_or(u64::MAX)
}

/// An answer of the mail server as it is shown: one line of a length that fits.
fn answer(code: u16, words: &str) -> String {
    let plain: String = words.chars().map(|letter| if letter.is_control() { ' ' } else { letter }).collect();
    let words = plain.split_whitespace().collect::<Vec<_>>().join(" ");
    format!("{code} {words}").chars().take(LONGEST_ANSWER).collect::<String>().trim_end().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_double_from_a_minute_to_four_hours() {
        let minutes: Vec<u64> = (1..=11).map(|tries| pause(tries) / 60_000).collect();
        assert_eq!(minutes, [1, 2, 4, 8, 16, 32, 64, 128, 240, 240, 240]);
        assert_eq!(pause(u32::MAX), PAUSES.1);
    }

    #[test]
    fn an_answer_is_one_line_that_fits() {
        assert_eq!(answer(550, "5.1.1 no\r\nsuch\tuser"), "550 5.1.1 no such user");
        assert_eq!(answer(451, ""), "451");
        assert_eq!(answer(550, &"ü".repeat(500)).chars().count(), LONGEST_ANSWER);
    }
}
