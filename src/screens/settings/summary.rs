//! What the list says under the name of a section, on a narrow screen.

use crate::forms::Reason;
use crate::route::Section;
use crate::screens::context;
use crate::text::sync::line;
use crate::text::{self, counted, date, money, own_name, say};
use ledger::shop::Shop;
use leptos::prelude::*;

pub(super) fn of(section: Section) -> String {
    let session = context::session();
    let read = |words: &dyn Fn(&Shop) -> String| {
        session.shop().with(|shop| shop.as_ref().map(|shop| words(shop)).unwrap_or_default())
    };
    match section {
        Section::Shop => read(&|shop| {
            let currency = shop.currency.as_ref().map_or("", |currency| currency.code.as_str());
            format!("{}, {currency}", shop.name)
        }),
        Section::Paper => say!(settings.slip),
        Section::Tax => read(&taxes),
        Section::Items => read(&|shop| counted!(items.count, shop.catalogue.sold().count())),
        Section::Banks => read(&|shop| {
            let names: Vec<_> = shop.open_banks().cloned().collect();
            if names.is_empty() { say!(settings.none_yet) } else { names.join(", ") }
        }),
        Section::Reasons => {
            read(&|shop| counted!(settings.reasons_count, Reason::ALL.len() + shop.settings.reasons.len()))
        }
        Section::People => read(&|shop| {
            let here = shop.staff.values().filter(|member| !member.left);
            here.map(|member| member.name.as_str()).collect::<Vec<_>>().join(", ")
        }),
        Section::Counters => session.sync().with(line),
        Section::Backup => match session.backup_state().get().and_then(|state| state.last) {
            Some(day) => say!(backup.last, when = date::ago(day, session.today().get())),
            None => say!(backup.never),
        },
        Section::Appearance => own_name(text::current()),
    }
}

fn taxes(shop: &Shop) -> String {
    let rates: Vec<_> = shop
        .settings
        .tax
        .rates
        .iter()
        .map(|rate| say!(partners.percent, rate = money::decimal(rate)))
        .collect();
    let rates = if rates.is_empty() { say!(settings.no_rates) } else { rates.join(", ") };
    match &shop.currency {
        Some(currency) if !shop.coin.is_zero() => {
            say!(settings.rates_and_coin, rates = rates, coin = money::money(shop.coin, currency))
        }
        _ => rates,
    }
}
