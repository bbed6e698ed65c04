//! Rights of the model: which entries of the shop do not count, because their actor had no right to them at their place.

use super::Raised;
use ledger::entry::{Body, Entry, Record, Role};

/// The records that count, and an exception for each of the others.
pub fn entitled<'a>(sorted: &[&'a Record]) -> (Vec<&'a Record>, Vec<Raised>) {
    let opens = |record: &&Record| matches!(record.entry.body, Body::ShopOpened(_));
    let is_opened = sorted.iter().any(opens);
    let (mut counting, mut others) = (Vec::<&Record>::new(), Vec::new());
    for record in sorted {
        let known: Vec<&Entry> = match &record.entry.body {
            Body::DaySealed(sealed) => counting
                .iter()
                .filter(|before| {
                    let place = &before.place;
                    let held = |chain: &ledger::entry::Covered| {
                        (&chain.device, chain.chain) == (&place.device, place.chain) && place.seq <= chain.seq
                    };
                    sealed.covers.iter().any(held)
                })
                .map(|before| &before.entry)
                .collect(),
            _ => counting.iter().map(|before| &before.entry).collect(),
        };
        if !is_opened || !is_claim_of_the_shop(&record.entry) || may(&known, &record.entry) {
            counting.push(record);
        } else {
            let entry = record.entry.id.to_string();
            others.push(Raised { kind: "NotEntitled".into(), entry, other: None, about: None, missing: 0 });
        }
    }
    (counting, others)
}

fn is_claim_of_the_shop(entry: &Entry) -> bool {
    let kind = entry.body.kind();
    let (noun, verb) = kind.split_once('.').unwrap();
    let is_setting = ["shop", "staff", "right", "bank", "method", "rounding", "blind-count", "day"]
        .contains(&noun)
        || (noun == "partner" && verb != "paid")
        || ["customer.duplicated", "exception.resolved", "entry.adopted"].contains(&kind);
    entry.customer.is_none() && is_setting
}

/// The owner and admins may, unless they left; the notation grants no single rights.
fn may(known: &[&Entry], entry: &Entry) -> bool {
    let owner = known.iter().find(|before| matches!(before.body, Body::ShopOpened(_)));
    if matches!(entry.body, Body::ShopOpened(_)) {
        return owner.is_none();
    }
    if owner.is_some_and(|opened| opened.actor == entry.actor) {
        return true;
    }
    let (mut role, mut left) = (None, false);
    for before in known {
        match &before.body {
            Body::StaffAdded(added) if before.id == entry.actor => role = role.or(Some(added.role)),
            Body::StaffChanged(changed) if changed.member == entry.actor && role.is_some() => {
                role = changed.role.or(role);
                left = changed.left.unwrap_or(left);
            }
            _ => {}
        }
    }
    role == Some(Role::Admin) && !left
}
