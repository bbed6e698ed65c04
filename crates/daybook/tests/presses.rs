//! Every act of every day book, decided once more for people of each role: what a role may not record is refused, and the rest
//! is decided as it was.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use daybook::ast::Statement;
use daybook::parse::parse;
use daybook::run::Runner;
use ledger::decide::Decision;
use ledger::entry::EntryKind;
use ledger::id::Id;
use ledger::refusal::Refusal;
use std::collections::BTreeSet;
use std::path::Path;

/// Added after the opening of each shop; no day book has them.
const STAFF: &str = "staff zoe admin\nstaff zed clerk\nstaff zack admin\nchange zack clerk\n\
                     staff zara admin\nchange zara left\n";
const CLERKS: [&str; 2] = ["zed", "zack"];
const STRANGERS: [&str; 2] = ["zara", "nobody"];

/// Kinds that no act of a day book records after the staff has come; `crates/ledger/tests/rights.rs` has their acts.
const ELSEWHERE: [&str; 8] = [
    "device.invited",
    "device.revoked",
    "entry.adopted",
    "invite.withdrawn",
    WITHDRAWN,
    "right.granted",
    "shop.moved",
    "shop.opened",
];

/// The right of the person who asked alone: `request-taken-back.daybook` tries it.
const WITHDRAWN: &str = "refund.withdrawn";

fn id(text: &str) -> Id {
    Id::new(text).unwrap()
}

/// The kinds of the entries that a decision records; none for an act that was recorded before.
fn kinds(decision: Decision) -> Vec<&'static str> {
    decision.into_entries().iter().map(|entry| entry.body.kind()).collect()
}

/// Runs a day book, and returns the kinds that it recorded.
fn run(name: &str, text: &str) -> BTreeSet<&'static str> {
    let (opening, rest) = text.split_at(text.find("\nshop ").map_or(0, |at| at + 1));
    let (shop, rest) = rest.split_once('\n').unwrap();
    let daybook = parse(&format!("{opening}{shop}\n{STAFF}{rest}")).unwrap();
    let (mut runner, mut recorded) = (Runner::new(&daybook), BTreeSet::new());
    for line in &daybook.lines {
        // From the last line of the staff on, at counters that have it.
        let has_staff = runner.book().shop().staff.get(&id("zara")).is_some_and(|member| member.left);
        if let (Statement::Act(_), true) = (&line.statement, has_staff) {
            let decided = |actor: &str| runner.decide_as(&id(actor), line).unwrap();
            // Who asked for a refund takes it back, whatever the role.
            let is_of_who_asked = match decided("owner") {
                Ok(decision) => kinds(decision).contains(&WITHDRAWN),
                Err(why) => matches!(why, Refusal::NotPermitted { right: WITHDRAWN }),
            };
            if is_of_who_asked {
                let _ = runner.line(line);
                continue;
            }
            let (number, due) =
                (line.number, kinds(decided("owner").unwrap_or_else(|why| panic!("{name}: {why:?}"))));
            let of_owner = due.iter().find(|kind| EntryKind::named(kind).unwrap().is_for_owner());
            let by_admin = of_owner.map_or(Ok(&due), |right| Err(Refusal::NotPermitted { right }));
            assert_eq!(
                decided("zoe").map(kinds).as_ref(),
                by_admin.as_ref().copied(),
                "{name}:{number} by zoe"
            );
            let right = due.iter().find(|kind| EntryKind::named(kind).unwrap().is_for_admins());
            for clerk in CLERKS {
                let expected = match right {
                    Some(right) => Err(Refusal::NotPermitted { right }),
                    None => Ok(due.clone()),
                };
                assert_eq!(decided(clerk).map(kinds), expected, "{name}:{number} by {clerk}");
            }
            // What is recorded already is refused to no person.
            for stranger in STRANGERS.iter().filter(|_| !due.is_empty()) {
                let expected = Err(Refusal::UnknownActor { actor: id(stranger) });
                assert_eq!(decided(stranger).map(kinds), expected, "{name}:{number} by {stranger}");
            }
            recorded.extend(due);
        }
        let _ = runner.line(line);
    }
    recorded
}

#[test]
fn each_act_by_each_role() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/daybooks");
    let paths = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let day_books = paths.filter(|path| path.extension().is_some_and(|kind| kind == "daybook"));
    let mut recorded = BTreeSet::new();
    for path in day_books {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        recorded.extend(run(&name, &std::fs::read_to_string(&path).unwrap()));
    }
    let all: BTreeSet<_> = EntryKind::ALL.iter().map(|kind| kind.name()).collect();
    let never: Vec<_> = all.difference(&recorded).copied().collect();
    assert_eq!(never, ELSEWHERE);
}
