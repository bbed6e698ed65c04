//! What was on the screens when a profile was recorded.

use anyhow::{Context, Result};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// Everything that is compared, as it is stored beside the archive.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Expected {
    /// Version of the app, day and browser of the recording, for people.
    pub recorded: String,
    /// The shop's name.
    pub shop: String,
    /// Entries in all databases, and in the shop's own.
    pub entries: u64,
    pub entries_of_shop: u64,
    /// Every name under which the origin stores something, sorted.
    pub stored: Vec<String>,
    /// The attributes by which preferences of this browser show on the page.
    pub looks: Vec<String>,
    /// Named customers, in the order they were added.
    pub customers: Vec<Customer>,
    /// Partners by name.
    pub partners: Vec<String>,
    /// The cash in the drawer, before and after the refund that is half filled in.
    pub drawer: Drawer,
    /// How many things wait for a decision or for money.
    pub to_do: u64,
    /// The number the next payment gets.
    pub next_payment: String,
    /// Figures and document numbers, by address.
    pub screens: BTreeMap<String, Screen>,
    /// Values in half-filled forms and of settings, by address.
    pub forms: BTreeMap<String, Vec<String>>,
    /// The session storage of the tab.
    pub tab: BTreeMap<String, String>,
    /// Texts in local storage that every payment or backup changes.
    pub notes: BTreeMap<String, String>,
}

/// A customer and the balance.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Customer {
    pub name: String,
    /// The address of the account.
    pub path: String,
    pub owed: String,
    pub credit: String,
}

/// The counter's cash as the preview of a refund shows it.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Drawer {
    /// The address of the half-filled refund.
    pub path: String,
    pub before: String,
    pub after: String,
}

/// What a screen shows that is no word of the interface.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Screen {
    /// By row of a table: names, document numbers and figures.
    pub rows: Vec<Vec<String>>,
    /// Amounts with the currency's sign.
    pub sums: Vec<String>,
}

impl Expected {
    /// Reads it.
    pub fn load(file: &Path) -> Result<Self> {
        let cannot = || format!("cannot read {}", file.display());
        serde_json::from_str(&fs::read_to_string(file).with_context(cannot)?).with_context(cannot)
    }

    /// Writes it.
    pub fn save(&self, file: &Path) -> Result<()> {
        Ok(fs::write(file, format!("{}\n", serde_json::to_string_pretty(self)?))?)
    }

    /// Names by which rows are known.
    pub fn names(&self) -> Vec<String> {
        let customers = self.customers.iter().map(|customer| customer.name.clone());
        customers.chain(self.partners.iter().cloned()).collect()
    }
}

impl Screen {
    /// What of this screen another one lacks, in sentences. A later version may show more.
    pub fn missing_in(&self, shown: &Self) -> Vec<String> {
        let has =
            |row: &Vec<String>| shown.rows.iter().any(|shown| super::sight::lacking(row, shown).is_empty());
        let rows = self.rows.iter().filter(|row| !has(row)).map(|row| format!("no row {row:?}"));
        let sums = super::sight::lacking(&self.sums, &shown.sums);
        let sums = sums.into_iter().map(|sum| format!("no amount {sum}"));
        let missing: Vec<_> = rows.chain(sums).collect();
        if missing.is_empty() { missing } else { [missing, vec![format!("shown: {shown:?}")]].concat() }
    }
}
