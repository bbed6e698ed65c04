//! Turns a payment draft into the commands of one submission.

use super::{
    AMOUNT, DATE, METHOD, NOTE, PaymentDraft, PaymentFacts, RATE, RECEIVED, REFERENCE, SHARE, Sale, Share,
    Towards, WHAT,
};
use super::{INVOICE, first_due, has_bank, most, shown};
use crate::forms::order::{TaxChoice, plain_sale};
use crate::forms::{Errors, Field, Problem, amount, limits, note, optional, rate, recent, required};
use ledger::id::Id;
use ledger::method::Method;
use ledger::money::Money;
use ledger::rules::{Act, AllocationAsked, AskCharge, Command, RecordPayment, Tax};

impl PaymentDraft {
    /// The commands of one submission, recorded all or none: the walk-in sale, the credit applied, the payment. The
    /// payment is last; there is none when credit covers the whole amount.
    ///
    /// # Errors
    /// One error for each invalid field.
    pub fn commands(&self, facts: &PaymentFacts<'_>) -> Result<Vec<Command>, Errors> {
        let mut errors = Errors::default();
        let sale = self.read_sale(facts, &mut errors);
        let amount = match self.read_amount(facts) {
            // The amount follows the amounts for the invoices, so its error would only repeat theirs.
            Err(Problem::NoAmount)
                if self.amount.is_none() && matches!(self.towards, Towards::Several(_)) =>
            {
                None
            }
            read => errors.take(AMOUNT, read),
        };
        let allocations = self.read_allocations(facts, amount, &mut errors);
        // A card is charged when its server is asked, so the date is today's.
        let on = match self.charges() {
            true => Some(None),
            false => errors.take(DATE, recent(&self.date, facts.today, &DATE, &self.confirmed)),
        };
        if let Some(why) = facts.no_charge.filter(|_| self.charges()) {
            errors.push(METHOD, Problem::NoCharge(why));
        }
        let tendered = self.read_tendered(facts, amount, &mut errors);
        let reference = errors.take(REFERENCE, optional(&self.reference, limits::REFERENCE));
        let note = errors.take(NOTE, self.read_note());
        let whole = (|| {
            let payment = RecordPayment {
                rounding: amount? - self.moves(amount?, facts),
                amount: amount?,
                method: self.method,
                bank: self.bank.clone().filter(|_| has_bank(self.method)),
                allocations: allocations?,
                eligible: self.eligible,
                tendered: tendered?,
                reference: reference?,
                note: note?,
            };
            Some(self.together(facts, sale?, on?, payment))
        })();
        errors.or(whole)
    }

    fn together(
        &self,
        facts: &PaymentFacts<'_>,
        sale: Option<Command>,
        on: Option<ledger::date::Date>,
        payment: RecordPayment,
    ) -> Vec<Command> {
        let mut commands: Vec<Command> = sale.into_iter().collect();
        commands.extend(self.credit_commands(facts));
        if payment.amount.is_positive() {
            let (id, customer) = (self.id.clone(), Some(facts.customer.clone()));
            let act = match self.charges() {
                true => charge(&id, payment, (self.by_link, self.by_link && self.saves_card)),
                false => Some(Act::RecordPayment(payment)),
            };
            commands.extend(act.map(|act| Command { id, customer, on, act }));
        }
        commands
    }

    fn read_note(&self) -> Result<Option<String>, Problem> {
        let note = note(&self.note, &NOTE, &self.confirmed)?;
        if self.method == Method::Other && note.is_none() { Err(Problem::Missing) } else { Ok(note) }
    }

    /// The cash received, if it was typed; never less than the payment.
    fn read_tendered(
        &self,
        facts: &PaymentFacts<'_>,
        amount: Option<Money>,
        errors: &mut Errors,
    ) -> Option<Option<Money>> {
        let received = errors.take(RECEIVED, self.read_received(facts))?;
        match (received, amount) {
            (Some(received), Some(amount)) if received < self.moves(amount, facts) => {
                let amount = self.moves(amount, facts);
                errors.take(RECEIVED, Err(Problem::CashTooLittle { amount }))
            }
            _ => Some(received),
        }
    }

    /// The command for a walk-in sale; `Some(None)` if the payment is not for a sale.
    fn read_sale(&self, facts: &PaymentFacts<'_>, errors: &mut Errors) -> Option<Option<Command>> {
        let Towards::Sale(sale) = &self.towards else { return Some(None) };
        let text = errors.take(WHAT, required(&sale.text, limits::TEXT));
        let tax = errors.take(RATE, tax_inside(sale));
        let price = amount(&self.amount_text(facts), facts.currency).ok();
        Some(Some(plain_sale(self.child_id(0)?, facts.customer.clone(), text?, price?, tax?)))
    }

    fn read_allocations(
        &self,
        facts: &PaymentFacts<'_>,
        whole: Option<Money>,
        errors: &mut Errors,
    ) -> Option<Vec<AllocationAsked>> {
        let up_to = |order: Id| AllocationAsked { order, amount: None };
        match &self.towards {
            Towards::Credit => Some(Vec::new()),
            Towards::Sale(_) => Some(vec![up_to(self.child_id(0)?)]),
            Towards::First => {
                Some(first_due(facts.due).map(|row| up_to(row.id.clone())).into_iter().collect())
            }
            Towards::Order(order) => Some(vec![up_to(order.clone())]),
            Towards::Several(_) => self.read_shares(facts, whole, errors),
        }
    }

    /// The amounts typed for the invoices, less the credit used for them. The payment then goes to these invoices in
    /// exactly these amounts, and to no other.
    fn read_shares(
        &self,
        facts: &PaymentFacts<'_>,
        whole: Option<Money>,
        errors: &mut Errors,
    ) -> Option<Vec<AllocationAsked>> {
        let Towards::Several(shares) = &self.towards else { return None };
        match shown(shares, facts).next() {
            None => errors.push(INVOICE, Problem::Missing),
            Some(first) if shown(shares, facts).all(|share| share.amount.trim().is_empty()) => {
                errors.push(Field::of(SHARE, &first.order), Problem::NoAmount);
            }
            Some(_) => {}
        }
        let plan = self.credit_plan(facts);
        let mut allocations = Vec::new();
        for share in shown(shares, facts) {
            let read = share.read(facts).and_then(|asked| within_balance(share, asked, facts));
            let settled = errors.take(Field::of(SHARE, &share.order), read).flatten().unwrap_or(Money::ZERO);
            let by_credit: Money = plan.iter().filter(|a| a.order == share.order).map(|a| a.amount).sum();
            let amount = settled - by_credit;
            if amount.is_positive() {
                allocations.push(AllocationAsked { order: share.order.clone(), amount: Some(amount) });
            }
        }
        let together: Money = allocations.iter().filter_map(|asked| asked.amount).sum();
        match whole {
            Some(amount) if together > amount => errors.push(AMOUNT, Problem::SharesExceedAmount { amount }),
            _ => {}
        }
        Some(allocations)
    }
}

/// The charge of a saved card, or the payment link, that becomes this payment.
fn charge(id: &Id, payment: RecordPayment, (by_link, saves): (bool, bool)) -> Option<Act> {
    let RecordPayment { amount, allocations, eligible, note, .. } = payment;
    let payment = payment_of(id)?;
    Some(Act::AskCharge(AskCharge { payment, by_link, saves, amount, allocations, eligible, note }))
}

/// The id of the payment that a charge becomes. It follows from that of the charge, so that two presses ask for one payment.
#[must_use]
pub fn payment_of(charge: &Id) -> Option<Id> {
    Id::new(&format!("{charge}-paid")).ok()
}

fn within_balance(
    share: &Share,
    asked: Option<Money>,
    facts: &PaymentFacts<'_>,
) -> Result<Option<Money>, Problem> {
    let limit = facts.due.iter().find(|row| row.id == share.order).map_or(Money::ZERO, most);
    if asked.is_some_and(|asked| asked > limit) {
        Err(Problem::MoreThanOwed { most: limit })
    } else {
        Ok(asked)
    }
}

fn tax_inside(sale: &Sale) -> Result<Tax, Problem> {
    match sale.tax {
        TaxChoice::None => Ok(Tax::None),
        TaxChoice::Inside | TaxChoice::OnTop => rate(&sale.rate).map(Tax::Inside),
    }
}
