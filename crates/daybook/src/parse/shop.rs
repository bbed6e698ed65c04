//! The shop and the people it knows.

use super::options::Options;
use crate::ast::Act;
use crate::cursor::Cursor;
use crate::malformed::Malformed;
use ledger::entry::{AddBank, AddCustomer, AddMethod, AddPartner, AddStaff, Basis, OpenShop, Role};
use ledger::method::Tag;
use ledger::money::Currency;
use ledger::rules;

/// `shop "Corner Shop" GBP`
pub fn shop(c: &mut Cursor<'_>) -> Result<Act, Malformed> {
    let name = c.name("the name of the shop")?;
    let code = c.next_word().and_then(|word| Currency::new(word).ok());
    let fits = code.filter(|currency| matches!(currency.decimals, 0 | 2 | 3));
    let currency = fits.ok_or_else(|| c.wrong("a currency of ISO 4217, such as GBP"))?.code;
    c.skip();
    Ok(Act::ask(rules::Act::OpenShop(OpenShop { name, currency })))
}

/// `staff bob clerk`, or with a name: `staff bob "Bob Hart" clerk`
pub fn staff(c: &mut Cursor<'_>) -> Result<Act, Malformed> {
    let id = c.id("the id of a member of staff")?;
    let name = c.text_if("a name")?.unwrap_or_else(|| id.to_string());
    let role = c.one_of(&[("admin", Role::Admin), ("clerk", Role::Clerk)])?;
    Ok(Act::document(id, None, rules::Act::AddStaff(AddStaff { name, role, pin: None })))
}

/// `bank "Current"`
pub fn bank(c: &mut Cursor<'_>) -> Result<Act, Malformed> {
    let name = c.name("the name of a bank account")?;
    Ok(Act::ask(rules::Act::AddBank(AddBank { name })))
}

/// `method voucher 1090 "Gift voucher"`
pub fn method(c: &mut Cursor<'_>) -> Result<Act, Malformed> {
    let mark = c.mark();
    let id = c.id("the word of a method")?;
    let what = "a word of a-z, 0-9 and hyphens, at most 16, that no book has";
    let word = Tag::new(id.as_str()).ok_or_else(|| c.wrong_at(mark, what))?;
    let account = super::expect::code(c)?;
    let name = c.name("the name of a method")?;
    Ok(Act::document(id, None, rules::Act::AddMethod(AddMethod { word, name, account })))
}

/// `partner pat 10% up-front`, or with a name: `partner pat "Pat Lee" 10%`
pub fn partner(c: &mut Cursor<'_>) -> Result<Act, Malformed> {
    let id = c.id("the id of a partner")?;
    let name = c.text_if("a name")?.unwrap_or_else(|| id.to_string());
    let rate = c.rate()?;
    let basis = if c.take("up-front") { Basis::UpFront } else { Basis::OnPayment };
    Ok(Act::document(id, None, rules::Act::AddPartner(AddPartner { name, rate, basis })))
}

/// `customer mira "Mira Patel" phone "07700 900118"`
pub fn customer(c: &mut Cursor<'_>) -> Result<Act, Malformed> {
    let id = c.id("the id of a customer")?;
    let name = c.name("the customer's name")?;
    let (phone, email, note) = (None, None, None);
    let mut customer = AddCustomer { name, company: false, phone, email, note, walk_in: false };
    let mut options = Options::of(&["company", "phone", "email", "note", "walk-in"]);
    while let Some(option) = options.next(c)? {
        match option {
            "company" => customer.company = true,
            "phone" => customer.phone = Some(c.name("a telephone number")?),
            "email" => customer.email = Some(c.name("an e-mail address")?),
            "note" => customer.note = Some(c.text("a note")?),
            _ => customer.walk_in = true,
        }
    }
    Ok(Act::document(id, None, rules::Act::AddCustomer(customer)))
}
