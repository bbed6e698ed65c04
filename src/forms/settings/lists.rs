//! What the owner adds to lists: bank accounts, payment methods and reasons.

use super::{Read, change, command};
use crate::forms::{Errors, Field, Problem, Reason, limits, required};
use ledger::code::Code;
use ledger::entry::{AddBank, AddMethod, ChangeShop, MAX_LISTED};
use ledger::id::Id;
use ledger::method::{Method, Tag};
use ledger::rules::Act;
use ledger::shop::Shop;
use serde::{Deserialize, Serialize};

/// The name of a bank account.
pub const BANK: Field = Field::new("bank-name");
/// The name of a payment method.
pub const METHOD: Field = Field::new("method-name");
/// The text of a reason.
pub const REASON: Field = Field::new("reason-text");

/// The most characters of the word of a method.
const MOST_OF_WORD: usize = 16;

/// A new bank account or a new reason, as typed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct NameDraft {
    pub id: Id,
    pub name: String,
}

impl NameDraft {
    /// An empty form.
    #[must_use]
    pub const fn new(id: Id) -> Self {
        Self { id, name: String::new() }
    }

    /// The command that adds a bank account.
    ///
    /// # Errors
    /// The name is missing or taken.
    pub fn bank(&self, shop: &Shop) -> Read {
        let mut errors = Errors::default();
        let taken = |name: &String| shop.banks.iter().any(|bank| is_same(bank, name));
        let name = errors.take(BANK, free(&self.name, limits::REFERENCE, taken));
        errors.or(name).map(|name| vec![command(&self.id, Act::AddBank(AddBank { name }))])
    }

    /// The command that adds a reason.
    ///
    /// # Errors
    /// The text is missing or taken, or the list is full.
    pub fn reason(&self, shop: &Shop) -> Read {
        let mut errors = Errors::default();
        let own = &shop.settings.reasons;
        let taken = |text: &String| {
            Reason::find(&text.to_lowercase()).is_some() || own.iter().any(|each| is_same(each, text))
        };
        let text = errors.take(REASON, free(&self.name, limits::REFERENCE, taken));
        if own.len() >= MAX_LISTED {
            errors.push(REASON, Problem::TooLong { most: MAX_LISTED, found: own.len() + 1 });
        }
        let reasons = errors.or(text)?;
        let reasons = Some(own.iter().cloned().chain([reasons]).collect());
        Ok(change(&self.id, ChangeShop { reasons, ..ChangeShop::default() }))
    }
}

/// A new payment method as typed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct MethodDraft {
    pub id: Id,
    pub name: String,
    /// The code of its money account.
    pub account: Code,
}

impl MethodDraft {
    /// An empty form. The money of most methods that shops add, such as vouchers, is in no drawer and no bank.
    #[must_use]
    pub const fn new(id: Id) -> Self {
        Self { id, name: String::new(), account: Code::Other }
    }

    /// The command that adds the method.
    ///
    /// # Errors
    /// The name is missing or taken.
    pub fn read(&self, shop: &Shop) -> Read {
        let mut errors = Errors::default();
        let taken = |name: &String| shop.methods.iter().any(|own| is_same(&own.name, name));
        let name = errors.take(METHOD, free(&self.name, limits::REFERENCE, taken));
        let word = name.as_ref().and_then(|name| word(name, shop));
        let (name, word) = errors.or(name.zip(word))?;
        Ok(vec![command(&self.id, Act::AddMethod(AddMethod { word, name, account: self.account }))])
    }
}

/// Offers a method again, or not any more.
///
/// # Errors
/// None.
pub fn offer_method(id: &Id, shop: &Shop, method: Method, offered: bool) -> Read {
    let closed_methods = toggled(&shop.settings.closed_methods, &method, offered);
    Ok(change(id, ChangeShop { closed_methods, ..ChangeShop::default() }))
}

/// Offers a bank account again, or not any more.
///
/// # Errors
/// None.
pub fn offer_bank(id: &Id, shop: &Shop, bank: &String, offered: bool) -> Read {
    let closed_banks = toggled(&shop.settings.closed_banks, bank, offered);
    Ok(change(id, ChangeShop { closed_banks, ..ChangeShop::default() }))
}

/// Removes a reason from the list; entries keep it.
///
/// # Errors
/// None.
pub fn remove_reason(id: &Id, shop: &Shop, reason: &String) -> Read {
    let reasons = toggled(&shop.settings.reasons, reason, true);
    Ok(change(id, ChangeShop { reasons, ..ChangeShop::default() }))
}

/// The list with one more item, or with one less; `None` if it stays as it is.
fn toggled<T: Clone + PartialEq>(list: &[T], item: &T, without: bool) -> Option<Vec<T>> {
    match (list.contains(item), without) {
        (true, true) => Some(list.iter().filter(|each| *each != item).cloned().collect()),
        (false, false) => Some(list.iter().cloned().chain([item.clone()]).collect()),
        (true, false) | (false, true) => None,
    }
}

/// A required name that no other one has.
fn free(text: &str, most: usize, taken: impl Fn(&String) -> bool) -> Result<String, Problem> {
    let name = required(text, most)?;
    if taken(&name) { Err(Problem::NameTaken) } else { Ok(name) }
}

fn is_same(one: &str, other: &str) -> bool {
    one.to_lowercase() == other.to_lowercase()
}

/// The word of a method in entries: made of the letters of its name, and unlike all others.
fn word(name: &str, shop: &Shop) -> Option<Tag> {
    let plain = |c: char| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '-' };
    let text: String = name.chars().map(plain).take(MOST_OF_WORD - 3).collect();
    let text = Some(text.trim_matches('-')).filter(|text| !text.is_empty()).unwrap_or("method");
    let words = std::iter::once(text.to_owned()).chain((2..100).map(|number| format!("{text}-{number}")));
    words.filter_map(|word| Tag::new(&word)).find(|tag| shop.method(*tag).is_none())
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::indexing_slicing)]
mod tests {
    use super::*;

    fn id() -> Id {
        Id::new("form").unwrap()
    }

    fn shop() -> Shop {
        let voucher = AddMethod {
            word: Tag::new("gift-voucher").unwrap(),
            name: "Gift voucher".into(),
            account: Code::Other,
        };
        Shop { banks: vec!["Current".into()], methods: vec![voucher], ..Shop::default() }
    }

    #[test]
    fn a_name_is_used_once() {
        let named = |name: &str| NameDraft { id: id(), name: name.into() };
        assert_eq!(named("current").bank(&shop()), Err(Errors::one(BANK, Problem::NameTaken)));
        assert_eq!(named("").bank(&shop()), Err(Errors::one(BANK, Problem::Missing)));
        assert_eq!(
            named("Savings").bank(&shop()).unwrap()[0].act,
            Act::AddBank(AddBank { name: "Savings".into() })
        );
        assert_eq!(named("Goodwill").reason(&shop()), Err(Errors::one(REASON, Problem::NameTaken)));
        let typed = MethodDraft { name: "Gift Voucher".into(), ..MethodDraft::new(id()) };
        assert_eq!(typed.read(&shop()), Err(Errors::one(METHOD, Problem::NameTaken)));
    }

    #[test]
    fn a_method_has_a_word_that_no_other_has() {
        let word = |name: &str| word(name, &shop()).unwrap().as_str().to_owned();
        assert_eq!(word("Loyalty points"), "loyalty-point");
        assert_eq!(word("gift voucher"), "gift-voucher-2");
        assert_eq!(word("Cash"), "cash-2", "a built-in method has that word");
        assert_eq!(word("積分"), "method");
    }

    #[test]
    fn what_is_not_offered_is_a_list() {
        let mut shop = shop();
        let acts = |read: Read| read.unwrap().into_iter().map(|command| command.act).collect::<Vec<_>>();
        let closed = acts(offer_method(&id(), &shop, Method::Insurance, false));
        let change = ChangeShop { closed_methods: Some(vec![Method::Insurance]), ..ChangeShop::default() };
        assert_eq!(closed, [Act::ChangeShop(change)]);
        assert_eq!(acts(offer_method(&id(), &shop, Method::Insurance, true)), [], "it is offered");
        shop.settings.reasons = vec!["wrong size".into(), "late".into()];
        let removed = acts(remove_reason(&id(), &shop, &"late".into()));
        let change = ChangeShop { reasons: Some(vec!["wrong size".into()]), ..ChangeShop::default() };
        assert_eq!(removed, [Act::ChangeShop(change)]);
    }
}
