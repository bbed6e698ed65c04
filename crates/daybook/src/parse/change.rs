//! Changes of customers, partners, staff and the shop, and duplicate customers.

use super::options::Options;
use crate::ast::{Act, Request};
use crate::line_parser::LineParser;
use crate::malformed::Malformed;
use ledger::entry::{ChangeCustomer, ChangePartner, ChangeStaff, Contact, MAX_CONTACTS, MarkDuplicate, Role};
use ledger::id::Id;
use ledger::rate::Rate;
use ledger::rules;

/// The fields of a `change` line.
#[derive(Clone, Default)]
struct Fields {
    name: Option<String>,
    company: Option<bool>,
    phone: Option<String>,
    email: Option<String>,
    note: Option<String>,
    address: Option<String>,
    tax_number: Option<String>,
    language: Option<String>,
    contacts: Option<Vec<Contact>>,
    no_mail: Option<bool>,
    rate: Option<Rate>,
    role: Option<Role>,
    left: Option<bool>,
}

impl Fields {
    /// Whether only customers have some of them.
    fn are_of_customer(&self) -> bool {
        let Self { phone, email, note, address, tax_number, language, .. } = self;
        let texts = [phone, email, note, address, tax_number, language];
        let others = [self.company.is_some(), self.contacts.is_some(), self.no_mail.is_some()];
        others.contains(&true) || texts.into_iter().any(Option::is_some)
    }

    fn customer(self, customer: Id) -> ChangeCustomer {
        let Self {
            name, company, phone, email, note, address, tax_number, language, contacts, no_mail, ..
        } = self;
        ChangeCustomer {
            customer,
            name,
            company,
            phone,
            email,
            note,
            address,
            tax_number,
            language,
            contacts,
            no_mail,
        }
    }
}

const OPTIONS: [&str; 16] = [
    "name",
    "phone",
    "email",
    "note",
    "address",
    "tax-number",
    "language",
    "contacts",
    "no-mail",
    "mail",
    "company",
    "person",
    "admin",
    "clerk",
    "left",
    "back",
];

/// `change mira phone "07700 900199"`, `change pat 12%`, `change bob left`, `change shop "Corner Shop"`. The fields say what
/// is changed; a line with a name alone depends on what has the id.
pub fn change(p: &mut LineParser<'_>) -> Result<Act, Malformed> {
    let id = p.id("the id of a customer, a partner or a member of staff, or `shop`")?;
    let position = p.position();
    let fields = fields(p)?;
    let of_customer = fields.are_of_customer();
    let Fields { name, rate, role, left, .. } = fields.clone();
    let of_staff = role.is_some() || left.is_some();
    Ok(match (of_customer, rate, of_staff, name) {
        (true, None, false, _) => customer(fields.customer(id)),
        (false, Some(rate), false, name) => {
            let change = ChangePartner { partner: id, name, rate: Some(rate) };
            Act::command(rules::Act::ChangePartner(change))
        }
        (false, None, true, name) => {
            Act::command(rules::Act::ChangeStaff(ChangeStaff { member: id, name, role, left }))
        }
        (false, None, false, Some(name)) => Act::without_id(Request::Rename { of: id, name }),
        (true, Some(_), _, _) | (true, _, true, _) | (_, Some(_), true, _) | (false, None, false, None) => {
            return Err(p.expected_at(position, "what changes of one customer, partner or member of staff"));
        }
    })
}

fn customer(change: ChangeCustomer) -> Act {
    let customer = Some(change.customer.clone());
    Act { customer, ..Act::command(rules::Act::ChangeCustomer(change)) }
}

fn fields(p: &mut LineParser<'_>) -> Result<Fields, Malformed> {
    let mut fields = Fields { name: p.optional_name("a name")?, ..Fields::default() };
    let mut options = Options::of(&OPTIONS);
    loop {
        if fields.rate.is_none() && p.next_word().is_some_and(|word| word.ends_with('%')) {
            fields.rate = Some(p.rate()?);
            continue;
        }
        let position = p.position();
        let Some(option) = options.next(p)? else { return Ok(fields) };
        let twice = match option {
            "name" => fields.name.replace(p.name("a name")?).is_some(),
            "phone" => fields.phone.replace(p.text("a telephone number")?).is_some(),
            "email" => fields.email.replace(p.text("an e-mail address")?).is_some(),
            "note" => fields.note.replace(p.text("a note")?).is_some(),
            "address" => fields.address.replace(p.text("an address")?).is_some(),
            "tax-number" => fields.tax_number.replace(p.text("a tax number")?).is_some(),
            "language" => fields.language.replace(p.text("a language such as \"de\"")?).is_some(),
            "contacts" => fields.contacts.replace(contacts(p)?).is_some(),
            "no-mail" => fields.no_mail.replace(true).is_some(),
            "mail" => fields.no_mail.replace(false).is_some(),
            "company" => fields.company.replace(true).is_some(),
            "person" => fields.company.replace(false).is_some(),
            "admin" => fields.role.replace(Role::Admin).is_some(),
            "clerk" => fields.role.replace(Role::Clerk).is_some(),
            "left" => fields.left.replace(true).is_some(),
            _ => fields.left.replace(false).is_some(),
        };
        if twice {
            return Err(p.expected_at(position, "each field only once"));
        }
    }
}

/// `none`, or `"Ann Lee" "accounts" "01632 960002" "ann@example.net", "Bo Hart"`: of each the name, and then what they do, the
/// telephone number and the e-mail address; an empty text skips one of them.
fn contacts(p: &mut LineParser<'_>) -> Result<Vec<Contact>, Malformed> {
    if p.take_keyword("none") {
        return Ok(Vec::new());
    }
    p.list(MAX_CONTACTS, |p| {
        let name = p.name("the name of a contact person")?;
        let mut more =
            || Ok(p.optional_text("a detail of a contact person")?.filter(|text| !text.is_empty()));
        Ok(Contact { name, role: more()?, phone: more()?, email: more()? })
    })
}

/// `duplicate mira2 of mira`
pub fn duplicate(p: &mut LineParser<'_>) -> Result<Act, Malformed> {
    let customer: Id = p.id("a customer")?;
    p.keyword("of")?;
    let of = p.id("a customer")?;
    Ok(Act::command(rules::Act::MarkDuplicate(MarkDuplicate { customer, of })))
}
