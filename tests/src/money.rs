//! Checks that money adds up: what a screen says to take or to hand over is what the money account moves by, and what
//! the day's figures on the counter move by.

use crate::browser::Browser;
use crate::paths;
use crate::wait::until;
use anyhow::{Context, Result, ensure};
use serde_json::Value;
use std::collections::BTreeMap;
use std::io::Write;
use std::process::{Command, Stdio};

/// The number of the cash drawers in the chart of accounts.
pub const DRAWER: &str = "1000";
/// The number of the bank accounts.
pub const BANK: &str = "1010";
/// The number of card clearing.
pub const CARD: &str = "1020";

/// The accounts that hold money.
const MONEY: [&str; 4] = [DRAWER, BANK, CARD, "1090"];

/// JavaScript that returns the lines of the journal as a backup contains them.
const LINES: &str = "(async () => {
    const settled = request => new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result); request.onerror = () => reject(request.error) });
    for (const {name} of await indexedDB.databases()) {
        const book = await settled(indexedDB.open(name));
        const records = book.objectStoreNames.contains('journal')
            ? await settled(book.transaction('journal').objectStore('journal').getAll()) : [];
        book.close();
        const entries = records.flatMap(({places, lines}) => lines.split('\\n').map((line, at) => ({line, at: places[at]})));
        entries.sort((a, b) => indexedDB.cmp(a.at, b.at));
        if (entries.length > 0) return entries.map(({line}) => line + '\\n').join('');
    }
    return '' })()";

/// What the screen says about money, with the money account and the amount.
#[derive(Debug, Clone, Copy)]
pub enum Said<'a> {
    /// Take this from the customer.
    Take(&'a str, &'a str),
    /// Hand this over to the customer.
    HandOver(&'a str, &'a str),
    /// A payment of this amount is reversed: it was never received.
    NotReceived(&'a str, &'a str),
    /// A refund of this amount is reversed: it was never handed over.
    NotHandedOver(&'a str, &'a str),
    /// No money moves.
    NoMoney,
}

/// The money accounts and the day's figures before an act.
pub struct MoneyBefore(Figures);

#[derive(Debug, PartialEq)]
struct Figures {
    /// Money accounts by number, in minor units.
    accounts: BTreeMap<String, i64>,
    /// *Takings today*.
    taken: i64,
    /// *Refunded today*.
    refunded: i64,
}

impl Browser {
    /// Reads the money accounts and the day's figures, before an act that moves money.
    ///
    /// # Errors
    /// When the journal cannot be read, or the counter does not show its figures.
    pub async fn money_before(&self) -> Result<MoneyBefore> {
        Ok(MoneyBefore(self.figures().await?))
    }

    /// Reads the counter in another tab, so that the current page stays as it is.
    async fn figures(&self) -> Result<Figures> {
        let page = self.tab().await?;
        self.new_tab().await?;
        self.go("/counter").await?;
        let (taken, refunded) = until("the figures on the counter", async || {
            let text = self.text().await?;
            Ok(amount_after(&text, "Takings today £").zip(amount_after(&text, "Refunded today £")))
        })
        .await?;
        let lines = self.eval(LINES).await?;
        let accounts = accounts(lines.as_str().context("the journal is no text")?)?;
        self.close_tab(&page).await?;
        Ok(Figures { accounts, taken, refunded })
    }
}

impl MoneyBefore {
    /// Checks that the visible screen names the amount, that exactly this moved in the money account and in no other,
    /// and that the day's figures moved by the same.
    ///
    /// # Errors
    /// When one of them differs; the message contains all figures.
    pub async fn adds_up(&self, page: &Browser, said: Said<'_>) -> Result<()> {
        let (account, typed, taken, refunded) = match said {
            Said::Take(account, amount) => (account, amount, 1, 0),
            Said::HandOver(account, amount) => (account, amount, 0, 1),
            Said::NotReceived(account, amount) => (account, amount, -1, 0),
            Said::NotHandedOver(account, amount) => (account, amount, 0, -1),
            Said::NoMoney => (DRAWER, "0.00", 0, 0),
        };
        let amount = minor(typed).with_context(|| format!("“{typed}” is no amount"))?;
        if amount != 0 {
            page.see(typed).await?;
        }
        let (taken, refunded) = (taken * amount, refunded * amount);
        self.figures_moved(page, &[(account, taken - refunded)], (taken, refunded))
            .await
            .with_context(|| format!("{said:?}"))
    }

    /// Checks that this was taken in all, in minor units, by submissions of several pages: it moved in the money account,
    /// nothing in any other, and the day's figures moved by the same.
    ///
    /// # Errors
    /// When one of them differs; the message contains all figures.
    pub async fn taken(&self, page: &Browser, account: &str, amount: i64) -> Result<()> {
        self.figures_moved(page, &[(account, amount)], (amount, 0)).await
    }

    /// Checks that the money accounts moved by these amounts in minor units and no other did, and that the day's figures
    /// stayed as they were.
    ///
    /// # Errors
    /// When one of them differs; the message contains all figures.
    pub async fn moved(&self, page: &Browser, changes: &[(&str, i64)]) -> Result<()> {
        self.figures_moved(page, changes, (0, 0)).await
    }

    async fn figures_moved(
        &self,
        page: &Browser,
        changes: &[(&str, i64)],
        (taken, refunded): (i64, i64),
    ) -> Result<()> {
        let mut accounts = self.0.accounts.clone();
        for (account, amount) in changes {
            *accounts.entry((*account).to_owned()).or_default() += amount;
        }
        accounts.retain(|_, balance| *balance != 0);
        let expected =
            Figures { accounts, taken: self.0.taken + taken, refunded: self.0.refunded + refunded };
        let found = page.figures().await?;
        ensure!(found == expected, "expected {expected:?}, found {found:?}");
        Ok(())
    }
}

/// The balances of the money accounts that are not zero, as the command line computes them from the journal.
fn accounts(lines: &str) -> Result<BTreeMap<String, i64>> {
    let mut balances = Command::new(paths::counterfoil()?)
        .args(["journal", "balances", "-", "--json"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()?;
    balances.stdin.take().context("no standard input")?.write_all(lines.as_bytes())?;
    let output = balances.wait_with_output()?;
    ensure!(output.status.success(), "counterfoil journal balances: {}", output.status);
    let found: Value = serde_json::from_slice(&output.stdout)?;
    let all = found["accounts"].as_object().context("no accounts")?;
    let money = all.iter().filter(|(number, _)| MONEY.contains(&number.as_str()));
    let read = |(number, balance): (&String, &Value)| {
        let amount = balance.as_str().and_then(minor).with_context(|| format!("balance {balance}"))?;
        Ok((number.clone(), amount))
    };
    money.map(read).collect()
}

/// The amount that follows a label.
fn amount_after(text: &str, label: &str) -> Option<i64> {
    minor(text.split(label).nth(1)?.split(' ').next()?)
}

/// An amount with two decimals, in minor units.
fn minor(text: &str) -> Option<i64> {
    let plain = text.replace(',', "");
    let (whole, cents) = plain.split_once('.')?;
    let digits: i64 = format!("{}{cents}", whole.trim_start_matches('-')).parse().ok()?;
    (cents.len() == 2).then_some(if whole.starts_with('-') { -digits } else { digits })
}
