//! Figures before and after, computed by the code that records the refund.

use super::wizard::Wizard;
use crate::components::ChangeRow;
use crate::forms::refund::{AfterDraft, RefundDraft, RefundFacts};
use crate::screens::{change_rows, clawback, context, methods};
use crate::session::Session;
use crate::sort::sort_by_key;
use crate::text::{money, names, say};
use ledger::entry::Clawback;
use ledger::money::{Currency, Money};
use ledger::preview::{Change, Preview, Subject};
use ledger::view::order::OrderView;
use leptos::prelude::*;

/// The preview; `None` while the draft is invalid.
pub(super) fn preview(wizard: Wizard) -> Option<Preview> {
    let command = wizard.command(wizard.act()).ok()?;
    // Another tab or counter may change what is in the drawer.
    wizard.session.shop().track();
    wizard.session.preview(&command).ok()
}

/// The rows of the table, with a dash for each figure that is not known yet.
pub(super) fn rows(wizard: Wizard) -> Vec<ChangeRow> {
    let whole = preview(wizard);
    let known = whole.is_some();
    let shown = whole.or_else(|| wizard.with(|draft, facts, _| unanswered(wizard, draft, facts)).flatten());
    let naming = Naming::new(wizard);
    let row = |change: Change| naming.row(change, known);
    let mut changes = shown.map(|preview| preview.changes).unwrap_or_default();
    // The order comes first, because the question is about it.
    sort_by_key(&mut changes, |change| !matches!(change.subject, Subject::OrderOwed(_)));
    changes.into_iter().filter_map(row).collect()
}

/// What the lines that come back are worth; `None` if none do, or the draft is invalid.
pub(super) fn returned_value(wizard: Wizard) -> Option<Money> {
    let whole = wizard.with(|draft, facts, _| unanswered(wizard, draft, facts)).flatten()?;
    let values = whole.returned.iter().map(|line| line.value);
    (!whole.returned.is_empty()).then(|| values.sum())
}

/// What is owed after the refund on its order, and on all orders of the customer.
pub(super) fn owed_after(preview: &Preview) -> Option<(Money, Money)> {
    let after = |wanted: fn(&Subject) -> bool| {
        preview.changes.iter().find(|change| wanted(&change.subject)).map(|change| change.after)
    };
    after(|subject| matches!(subject, Subject::OrderOwed(_)))
        .zip(after(|subject| matches!(subject, Subject::Owed)))
}

/// The sentence about the parts that go back to the customer's credit, if there are any.
pub(super) fn to_credit(wizard: Wizard) -> Option<String> {
    wizard
        .with(|draft, facts, _| {
            let (whole, money) = (draft.going(facts), draft.going_from_payments(facts));
            let moves = draft.rounded(facts).map_or(money, |(moves, _)| moves);
            let m = |amount: Money| money::money(amount, facts.currency);
            if draft.is_credit_only(facts) {
                return Some(say!(refund.credit_only));
            }
            let by =
                draft.method(facts).map(|method| methods::by(wizard.session, method)).unwrap_or_default();
            (money != whole).then(|| say!(refund.split, money = m(moves), by = by, credit = m(whole - money)))
        })
        .flatten()
}

/// The warning where the drawer has less than is handed over.
pub(super) fn warning(wizard: Wizard) -> Option<AnyView> {
    change_rows::warning(wizard.session, &preview(wizard)?)
}

/// The sentence about cash that is handed over rounded, if it is.
pub(super) fn rounded(wizard: Wizard) -> Option<String> {
    wizard
        .with(|draft, facts, _| {
            draft.rounded(facts).map(|rounded| money::handed_over_rounded(rounded, facts.currency))
        })
        .flatten()
}

/// The current figures, for a refund whose balance afterwards is not answered yet.
fn unanswered(wizard: Wizard, draft: &RefundDraft, facts: &RefundFacts<'_>) -> Option<Preview> {
    let asked = RefundDraft { after: Some(AfterDraft::Stays), ..draft.clone() };
    let command = wizard.customer.with_value(|customer| asked.command(customer, facts, wizard.act())).ok()?;
    wizard.session.preview(&command).ok()
}

/// The amount that marking a box would move.
pub(super) fn box_moves(wizard: Wizard, with: Clawback, without: Clawback) -> Option<Money> {
    let asked = wizard.act();
    let commands = |boxes: Clawback| {
        let command = wizard.with(|draft, facts, _| {
            wizard.customer.with_value(|customer| draft.with_boxes(customer, facts, asked, boxes)).ok()
        });
        Some(vec![command.flatten()?])
    };
    clawback::moved(wizard.session, commands(with), commands(without))
}

/// The total commission that partners lose, payable or not yet payable.
pub(super) fn taken_back(preview: &Preview) -> Money {
    clawback::of_partners(&preview.changes, |change| change.before - change.after)
}

/// The names used in the labels of the rows.
struct Naming {
    customer: String,
    order: String,
    partners: Vec<(ledger::id::Id, String)>,
    only_order: bool,
    session: Session,
    currency: Currency,
}

impl Naming {
    fn new(wizard: Wizard) -> Self {
        let row = context::row(wizard.session, wizard.customer.get_value()).get();
        let named = |view: &OrderView| {
            view.partners.iter().map(|earned| (earned.partner.id.clone(), earned.name.clone())).collect()
        };
        let owed = wizard.with(|_, _, view| view.row.owed);
        Self {
            session: wizard.session,
            only_order: row.as_ref().map(|row| row.owed) == owed,
            customer: row.map(|row| row.name).unwrap_or_default(),
            order: wizard.order_no(),
            partners: wizard.with(|_, _, view| named(view)).unwrap_or_default(),
            currency: wizard.currency.get_value(),
        }
    }

    fn partner(&self, id: &ledger::id::Id) -> String {
        let found = self.partners.iter().find(|(known, _)| known == id);
        found.map(|(_, name)| name.clone()).unwrap_or_default()
    }

    /// The order's balance is left out if it equals the customer's whole balance.
    fn row(&self, change: Change, known: bool) -> Option<ChangeRow> {
        let subject = match change.subject {
            Subject::Owed if self.only_order => say!(refund.owes, name = self.customer.clone()),
            Subject::Owed => say!(refund.owes_on_all, name = self.customer.clone()),
            Subject::Credit => say!(refund.available_credit),
            Subject::ToRepay => say!(customer.to_repay),
            Subject::OrderOwed(_) if self.only_order => return None,
            Subject::OrderOwed(_) => say!(refund.order_owes, no = self.order.clone()),
            Subject::Money(account) if change_rows::is_hidden(self.session, &account) => return None,
            Subject::Money(account) => names::money_account(&account),
            Subject::Sale(_) => say!(refund.sale, no = self.order.clone()),
            Subject::Tax(_) => say!(refund.of_which_tax),
            Subject::Payable(id) => say!(refund.payable_to, name = self.partner(&id)),
            Subject::Accrued(id) => say!(refund.not_yet_payable_to, name = self.partner(&id)),
        };
        let figure = |amount: Money| money::figure(amount, &self.currency);
        let after = if known { figure(change.after) } else { money::DASH.into() };
        Some(ChangeRow { subject, before: figure(change.before), after })
    }
}
