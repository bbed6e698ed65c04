//! The shop, its staff, items, partners and customers.

use super::options::Options;
use super::order;
use crate::ast::Act;
use crate::line_parser::LineParser;
use crate::malformed::Malformed;
use ledger::entry::{
    AddBank, AddCustomer, AddMethod, AddPartner, AddStaff, Basis, OpenShop, Role, SetBlindCount, SetItem,
    SetRounding,
};
use ledger::method::Tag;
use ledger::money::Currency;
use ledger::rate::Rate;
use ledger::rules::{self, Tax};

/// `shop "Corner Shop" GBP`
pub fn shop(p: &mut LineParser<'_>) -> Result<Act, Malformed> {
    let name = p.name("the name of the shop")?;
    let code = p.next_word().and_then(|word| Currency::new(word).ok());
    let supported = code.filter(|currency| matches!(currency.decimals, 0 | 2 | 3));
    let currency = supported.ok_or_else(|| p.expected("a currency of ISO 4217, such as GBP"))?.code;
    p.skip();
    Ok(Act::command(rules::Act::OpenShop(OpenShop { name, currency })))
}

/// `staff bob clerk`, or with a name: `staff bob "Bob Hart" clerk`
pub fn staff(p: &mut LineParser<'_>) -> Result<Act, Malformed> {
    let id = p.id("the id of a member of staff")?;
    let name = p.optional_name("a name")?.unwrap_or_else(|| id.to_string());
    let role = p.one_of(&[("admin", Role::Admin), ("clerk", Role::Clerk)])?;
    Ok(Act::document(id, None, rules::Act::AddStaff(AddStaff { name, role, pin: None })))
}

/// `bank "Current"`
pub fn bank(p: &mut LineParser<'_>) -> Result<Act, Malformed> {
    let name = p.name("the name of a bank account")?;
    Ok(Act::command(rules::Act::AddBank(AddBank { name })))
}

/// `method voucher 1090 "Gift voucher"`
pub fn method(p: &mut LineParser<'_>) -> Result<Act, Malformed> {
    let position = p.position();
    let id = p.id("the word of a method")?;
    let what = "a word of a-z, 0-9 and hyphens, at most 16, that no book has";
    let word = Tag::new(id.as_str()).ok_or_else(|| p.expected_at(position, what))?;
    let account = super::expect::code(p)?;
    let name = p.name("the name of a method")?;
    Ok(Act::document(id, None, rules::Act::AddMethod(AddMethod { word, name, account })))
}

/// `cash-rounding 0.05`, or `cash-rounding 0.00` for none
pub fn cash_rounding(p: &mut LineParser<'_>) -> Result<Act, Malformed> {
    p.amount().map(|coin| Act::command(rules::Act::SetRounding(SetRounding { coin })))
}

/// `item oil "Chain oil" 8.50 plus-tax 20% code "5012345678900"`, `item oil "Chain oil" withdrawn`
pub fn item(p: &mut LineParser<'_>) -> Result<Act, Malformed> {
    let item = p.id("the id of an item")?;
    let name = p.name("the name of the item")?;
    let price = if p.is_amount_next() { Some(p.amount()?) } else { None };
    let (rate, on_top) = match order::tax(p)? {
        Tax::None => (Rate::ZERO, false),
        Tax::Inside(rate) => (rate, false),
        Tax::OnTop(rate) => (rate, true),
    };
    let mut set = SetItem { item, name, code: None, price, rate, on_top, withdrawn: false };
    let mut options = Options::of(&["code", "withdrawn"]);
    while let Some(option) = options.next(p)? {
        match option {
            "code" => set.code = Some(p.name("a code")?),
            _ => set.withdrawn = true,
        }
    }
    Ok(Act::command(rules::Act::SetItem(set)))
}

/// `blind-count on`, or `blind-count off`
pub fn blind_count(p: &mut LineParser<'_>) -> Result<Act, Malformed> {
    let blind = p.take_keyword("on");
    if !blind && !p.take_keyword("off") {
        return Err(p.expected("`on` or `off`"));
    }
    Ok(Act::command(rules::Act::SetBlindCount(SetBlindCount { blind })))
}

/// `partner pat 10% up-front`, or with a name: `partner pat "Pat Lee" 10%`
pub fn partner(p: &mut LineParser<'_>) -> Result<Act, Malformed> {
    let id = p.id("the id of a partner")?;
    let name = p.optional_name("a name")?.unwrap_or_else(|| id.to_string());
    let rate = p.rate()?;
    let basis = if p.take_keyword("up-front") { Basis::UpFront } else { Basis::OnPayment };
    Ok(Act::document(id, None, rules::Act::AddPartner(AddPartner { name, rate, basis })))
}

/// `customer mira "Mira Patel" phone "07700 900118"`
pub fn customer(p: &mut LineParser<'_>) -> Result<Act, Malformed> {
    let id = p.id("the id of a customer")?;
    let name = p.name("the customer's name")?;
    let (phone, email, note) = (None, None, None);
    let mut customer = AddCustomer { name, company: false, phone, email, note, walk_in: false };
    let mut options = Options::of(&["company", "phone", "email", "note", "walk-in"]);
    while let Some(option) = options.next(p)? {
        match option {
            "company" => customer.company = true,
            "phone" => customer.phone = Some(p.name("a telephone number")?),
            "email" => customer.email = Some(p.name("an e-mail address")?),
            "note" => customer.note = Some(p.text("a note")?),
            _ => customer.walk_in = true,
        }
    }
    Ok(Act::document(id, None, rules::Act::AddCustomer(customer)))
}
