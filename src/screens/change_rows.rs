//! Rows of figures before and after, of accounts that belong to the shop: drawers, banks and partners.

use super::context;
use crate::components::{ChangeRow, Changes};
use crate::session::Session;
use crate::text::{money, names, say};
use ledger::code::{BookAccount, Code};
use ledger::entry::EntryKind;
use ledger::id::Id;
use ledger::money::Money;
use ledger::preview::{Change, Preview, Subject};
use ledger::rules::Command;
use ledger::shop::Shop;
use leptos::prelude::*;

/// Whether the signed-in user must not see a balance: that of a drawer, where drawers are counted blind. Who may change that
/// sees it.
#[must_use]
pub fn is_hidden(session: Session, account: &BookAccount) -> bool {
    let blind = session.terms().with(|shop| shop.as_ref().is_some_and(|shop| shop.blind_count));
    account.code == Code::Cash && blind && !context::may(session, EntryKind::BlindCountSet, Money::ZERO)
}

/// The name of a figure of the shop; `None` for a figure of a customer.
#[must_use]
pub fn subject(shop: &Shop, subject: &Subject) -> Option<String> {
    let partner = |id: &Id| shop.partners.get(id).map(|partner| partner.name.clone()).unwrap_or_default();
    match subject {
        // What is on its way to a customer is on no account that has a name.
        Subject::Money(account) => Some(names::money_account(account)).filter(|name| !name.is_empty()),
        Subject::Payable(id) => Some(say!(refund.payable_to, name = partner(id))),
        Subject::Accrued(id) => Some(say!(refund.not_yet_payable_to, name = partner(id))),
        Subject::Owed
        | Subject::Credit
        | Subject::ToRepay
        | Subject::OrderOwed(_)
        | Subject::Sale(_)
        | Subject::Tax(_) => None,
    }
}

/// A figure of a customer with that name, of a money account or of a partner before and after; the figures of single orders
/// follow from them and are left out.
#[must_use]
pub fn of_account(session: Session, name: &str, change: Change) -> Option<ChangeRow> {
    let currency = context::currency(session);
    let subject = match change.subject {
        Subject::Owed => say!(pay.owes, name = name),
        Subject::Credit => say!(pay.credit),
        Subject::ToRepay => say!(customer.to_repay),
        Subject::Money(account) if is_hidden(session, &account) => return None,
        Subject::Money(_) | Subject::Payable(_) | Subject::Accrued(_) => {
            let shop = session.shop().get_untracked()?;
            subject(&shop, &change.subject)?
        }
        Subject::OrderOwed(_) | Subject::Sale(_) | Subject::Tax(_) => return None,
    };
    let figure = |amount| money::figure(amount, &currency);
    Some(ChangeRow { subject, before: figure(change.before), after: figure(change.after) })
}

/// What a command of the shop changes, and a warning where it takes more cash out of a drawer than there is; nothing while it is
/// incomplete or would be refused.
pub fn of_shop(session: Session, command: impl Fn() -> Option<Command> + Send + Sync + 'static) -> AnyView {
    let preview = Memo::new(move |_| {
        // Another tab or counter may change the figures.
        session.shop().track();
        session.preview(&command()?).ok()
    });
    let currency = context::currency(session);
    let rows = Signal::derive(move || {
        let figure = |amount| money::figure(amount, &currency);
        let row = |shop: &Shop, change: Change| {
            if matches!(&change.subject, Subject::Money(account) if is_hidden(session, account)) {
                return None;
            }
            let (before, after) = (figure(change.before), figure(change.after));
            Some(ChangeRow { subject: subject(shop, &change.subject)?, before, after })
        };
        let shop = session.shop().get();
        let changes = preview.with(|preview| preview.as_ref().map(|preview| preview.changes.clone()));
        let all = shop.zip(changes);
        all.map(|(shop, all)| all.into_iter().filter_map(|change| row(&shop, change)).collect::<Vec<_>>())
            .unwrap_or_default()
    });
    let below = move || preview.with(|preview| warning(session, preview.as_ref()?));
    view! {
        <Show when=move || rows.with(|rows| !rows.is_empty())>
            <Changes caption=say!(refund.what_will_happen) rows=rows/>
        </Show>
        {below}
    }
    .into_any()
}

/// The warning where more cash is taken out of a drawer than there is in it; nothing about a drawer that is counted blind.
#[must_use]
pub fn warning(session: Session, preview: &Preview) -> Option<AnyView> {
    let seen = preview.below_zero.iter().filter(|drawer| !is_hidden(session, drawer));
    let names = seen.map(names::money_account).collect::<Vec<_>>().join(", ");
    let says = (!names.is_empty()).then(|| say!(money.below_zero, drawer = names));
    says.map(|says| view! { <p class="note warn">{says}</p> }.into_any())
}

/// The accounts that hold money: this counter's drawer, the bank accounts, and every other one with a balance.
#[must_use]
pub fn money_accounts(shop: &Shop, drawer: &str) -> Vec<BookAccount> {
    let is_money = |code: Code| matches!(code, Code::Cash | Code::Bank | Code::Card | Code::Other);
    let own = BookAccount::drawer(drawer);
    let banks = shop.banks.iter().map(|name| BookAccount::of_party(Code::Bank, name));
    // The bank account of methods that name none has that name also before any is added.
    let first = BookAccount::of_party(Code::Bank, shop.first_bank());
    let mut accounts: Vec<_> = std::iter::once(own).chain(banks).collect();
    if shop.banks.is_empty() {
        accounts.push(first);
    }
    for account in shop.sums.keys().filter(|account| is_money(account.code)) {
        if !accounts.contains(account) {
            accounts.push(account.clone());
        }
    }
    accounts
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn accounts_with_money_are_the_own_drawer_the_banks_and_those_with_a_balance() {
        let sums = [
            (BookAccount::drawer("A"), Money(100)),
            (BookAccount::drawer("B"), Money(5)),
            (BookAccount::of_party(Code::Bank, "main"), Money(7)),
            (BookAccount::of_party(Code::Card, "stripe"), Money(9)),
            (BookAccount::of(Code::RefundsPayable), Money(-9)),
        ];
        let shop = Shop { banks: vec!["main".into()], sums: sums.into_iter().collect(), ..Shop::default() };
        let names: Vec<_> = money_accounts(&shop, "B").iter().map(ToString::to_string).collect();
        assert_eq!(names, ["1000:B", "1010:main", "1000:A", "1020:stripe"]);
    }
}
