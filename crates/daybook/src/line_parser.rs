//! Parses one line: the position in it, and the smallest parts of the notation.

use crate::malformed::Malformed;
use crate::token::{Token, TokenKind, tokens};
use ledger::date::Date;
use ledger::entry::{AddMethod, Discount};
use ledger::id::{Id, MAX_ID};
use ledger::limits::{MAX_QTY, MAX_TEXT};
use ledger::money::{AmountError, Currency, Money};
use ledger::quantity::Quantity;
use ledger::rate::Rate;
use std::borrow::Cow;

/// One line and the position up to which it has been parsed. A method that fails does not move the position.
pub struct LineParser<'a> {
    tokens: Vec<Token<'a>>,
    at: usize,
    end: u32,
    /// The line's number, from 1.
    pub line: u32,
    /// The shop's currency; `None` before the `shop` line.
    pub currency: Option<&'a Currency>,
    /// The payment methods that earlier lines have added.
    methods: &'a [AddMethod],
}

impl<'a> LineParser<'a> {
    /// Starts at the beginning of a line.
    pub fn new(
        line: u32,
        text: &'a str,
        currency: Option<&'a Currency>,
        methods: &'a [AddMethod],
    ) -> Result<Self, Malformed> {
        let (tokens, end) = tokens(line, text)?;
        Ok(Self { tokens, at: 0, end, line, currency, methods })
    }

    /// Skips the word of a payment method that an earlier line has added, if it is next.
    pub fn own_method(&mut self) -> Option<&'a AddMethod> {
        let word = self.next_word()?;
        let own = self.methods.iter().find(|method| method.word.as_str() == word)?;
        self.skip();
        Some(own)
    }

    /// The next token.
    pub fn peek(&self) -> Option<&Token<'a>> {
        self.tokens.get(self.at)
    }

    /// The error for a next token that is not what was expected.
    pub fn expected(&self, expected: impl Into<Cow<'static, str>>) -> Malformed {
        self.expected_at(self.at, expected)
    }

    /// Where it is, for [`LineParser::wrong_at`].
    pub fn position(&self) -> usize {
        self.at
    }

    /// The error for a token at a position that is not what was expected.
    pub fn expected_at(&self, position: usize, expected: impl Into<Cow<'static, str>>) -> Malformed {
        let token = self.tokens.get(position);
        let column = token.map_or(self.end, |token| token.column);
        let found = token.map(|token| token.text.to_owned()).unwrap_or_default();
        Malformed { line: self.line, column, expected: expected.into(), found }
    }

    fn next_of(&self, kind: TokenKind) -> Option<&'a str> {
        self.peek().filter(|token| token.kind == kind).map(|token| token.text)
    }

    /// The text of the next token, if that is a word.
    pub fn next_word(&self) -> Option<&'a str> {
        self.next_of(TokenKind::Word)
    }

    /// Skips the next token.
    pub fn skip(&mut self) {
        self.at += 1;
    }

    /// Skips the next token and continues with `read`.
    pub fn skip_then<T>(
        &mut self,
        read: impl FnOnce(&mut Self) -> Result<T, Malformed>,
    ) -> Result<T, Malformed> {
        self.skip();
        read(self)
    }

    /// Skips a keyword if it is next; returns whether it was.
    pub fn take_keyword(&mut self, keyword: &str) -> bool {
        let is_next = self.next_word() == Some(keyword);
        self.at += usize::from(is_next);
        is_next
    }

    /// Skips a required keyword.
    pub fn keyword(&mut self, keyword: &'static str) -> Result<(), Malformed> {
        if self.take_keyword(keyword) { Ok(()) } else { Err(self.expected(format!("`{keyword}`"))) }
    }

    /// Skips a comma if it is next; returns whether it was.
    pub fn comma(&mut self) -> bool {
        let is_next = self.next_of(TokenKind::Comma).is_some();
        self.at += usize::from(is_next);
        is_next
    }

    /// Skips a required colon.
    pub fn colon(&mut self) -> Result<(), Malformed> {
        self.next_of(TokenKind::Colon).ok_or_else(|| self.expected("`:`"))?;
        self.skip();
        Ok(())
    }

    /// Checks that the line ends here.
    pub fn end(&self) -> Result<(), Malformed> {
        if self.peek().is_none() { Ok(()) } else { Err(self.expected("the end of the line")) }
    }

    /// One of these words, as its value.
    pub fn one_of<T: Copy>(&mut self, words: &[(&'static str, T)]) -> Result<T, Malformed> {
        let next = self.next_word();
        let found = words.iter().find(|(word, _)| Some(*word) == next).map(|(_, value)| *value);
        let value = found.ok_or_else(|| self.expected(either(words.iter().map(|(word, _)| *word))))?;
        self.skip();
        Ok(value)
    }

    /// An id; `what` names it, such as `the id of an order`.
    pub fn id(&mut self, what: &'static str) -> Result<Id, Malformed> {
        let word = self.next_word().ok_or_else(|| self.expected(what))?;
        let id = Id::new(word)
            .map_err(|_| self.expected(format!("{what} (1 to {MAX_ID} letters, digits and hyphens)")))?;
        self.skip();
        Ok(id)
    }

    /// A string.
    pub fn text(&mut self, what: &'static str) -> Result<String, Malformed> {
        let text = self.next_of(TokenKind::Text).ok_or_else(|| self.expected(format!("{what} in quotes")))?;
        if text.chars().count() > MAX_TEXT {
            return Err(self.expected(format!("{what} of at most {MAX_TEXT} characters")));
        }
        self.skip();
        Ok(text.to_owned())
    }

    /// A string that is not blank.
    pub fn name(&mut self, what: &'static str) -> Result<String, Malformed> {
        if self.next_of(TokenKind::Text).is_some_and(|text| text.trim().is_empty()) {
            return Err(self.expected(what));
        }
        self.text(what)
    }

    /// A string that is not blank, if a string is next.
    pub fn optional_name(&mut self, what: &'static str) -> Result<Option<String>, Malformed> {
        self.next_of(TokenKind::Text).map(|_| self.name(what)).transpose()
    }

    /// A string, if one is next.
    pub fn optional_text(&mut self, what: &'static str) -> Result<Option<String>, Malformed> {
        self.next_of(TokenKind::Text).map(|_| self.text(what)).transpose()
    }

    /// Whether the next token looks like an amount.
    pub fn is_amount_next(&self) -> bool {
        let word = self.next_word().unwrap_or_default();
        word.strip_prefix('-').unwrap_or(word).starts_with(|c: char| c.is_ascii_digit())
    }

    /// An amount in the shop's currency, with its sign.
    pub fn amount(&mut self) -> Result<Money, Malformed> {
        let word = self.next_word().ok_or_else(|| self.expected("an amount"))?;
        let currency =
            self.currency.ok_or_else(|| self.expected("the shop's currency, by a `shop` line above"))?;
        let amount = currency.parse(word).map_err(|error| self.expected(amount_expected(error, currency)))?;
        self.skip();
        Ok(amount)
    }

    /// A rounding: an amount other than zero, with its sign.
    pub fn rounding(&mut self) -> Result<Money, Malformed> {
        let position = self.position();
        match self.amount()? {
            Money::ZERO => Err(self.expected_at(position, "a rounding other than zero")),
            rounding => Ok(rounding),
        }
    }

    /// A rate, such as `8.25%`.
    pub fn rate(&mut self) -> Result<Rate, Malformed> {
        let what = "a rate with at most 4 decimals, such as 20%";
        let rate = self
            .next_word()
            .and_then(|word| Rate::parse(word.strip_suffix('%')?))
            .ok_or_else(|| self.expected(what))?;
        self.skip();
        Ok(rate)
    }

    /// A date.
    pub fn date(&mut self) -> Result<Date, Malformed> {
        let what = "a date, such as 2026-03-02";
        let date = self.next_word().and_then(Date::parse).ok_or_else(|| self.expected(what))?;
        self.skip();
        Ok(date)
    }

    /// A discount: an amount, or a rate above 0 %.
    pub fn discount(&mut self) -> Result<Discount, Malformed> {
        if !self.next_word().is_some_and(|word| word.ends_with('%')) {
            return self.amount().map(Discount::Amount);
        }
        let position = self.position();
        let rate = self.rate()?;
        if rate == Rate::ZERO {
            Err(self.expected_at(position, "a rate above 0%"))
        } else {
            Ok(Discount::Percent(rate))
        }
    }

    /// A quantity above zero, with at most three decimals.
    pub fn quantity(&mut self) -> Result<Quantity, Malformed> {
        let quantity = self.next_word().and_then(Quantity::parse).filter(|quantity| quantity.is_positive());
        let what = || format!("how many, above zero and at most {MAX_QTY}, with at most 3 decimals");
        let quantity = quantity.ok_or_else(|| self.expected(what()))?;
        self.skip();
        Ok(quantity)
    }

    /// The number of a line of an order, from 1.
    pub fn line_number(&mut self) -> Result<u32, Malformed> {
        let number = self.next_word().filter(|word| word.bytes().all(|b| b.is_ascii_digit()));
        let number = number.and_then(|word| word.parse().ok()).filter(|number| *number > 0);
        let number = number.ok_or_else(|| self.expected("the number of a line, from 1"))?;
        self.skip();
        Ok(number)
    }

    /// One to `max` items, separated by commas.
    pub fn list<T>(
        &mut self,
        max: usize,
        mut item: impl FnMut(&mut Self) -> Result<T, Malformed>,
    ) -> Result<Vec<T>, Malformed> {
        let mut items = vec![item(self)?];
        while self.comma() {
            if items.len() == max {
                return Err(self.expected(format!("at most {max} things in a list")));
            }
            items.push(item(self)?);
        }
        Ok(items)
    }
}

/// "`a`, `b` or `c`".
pub fn either(words: impl IntoIterator<Item = &'static str>) -> String {
    let mut quoted: Vec<String> = words.into_iter().map(|word| format!("`{word}`")).collect();
    match (quoted.pop(), quoted.is_empty()) {
        (None, _) => String::new(),
        (Some(last), true) => last,
        (Some(last), false) => format!("{} or {last}", quoted.join(", ")),
    }
}

fn amount_expected(error: AmountError, currency: &Currency) -> String {
    match error {
        AmountError::TooManyDecimals if currency.decimals == 0 => {
            format!("an amount without decimals, as {} has none", currency.code)
        }
        AmountError::TooManyDecimals => format!("an amount with at most {} decimals", currency.decimals),
        AmountError::TooLarge => "a smaller amount".into(),
        _ => "an amount".into(),
    }
}
