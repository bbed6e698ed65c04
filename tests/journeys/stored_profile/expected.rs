//! The data of a recording, to compare the current app with: what the screens showed and which names the app stored.

use anyhow::{Context, Result};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// The content of `expected.json`, which is stored next to the archive. It contains no texts of the interface.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Expected {
    /// Version of the app, date and browser of the recording; not compared.
    pub recorded: String,
    /// The shop's name.
    pub shop: String,
    /// The number of entries in all databases.
    pub entries: u64,
    /// The number of entries in the shop's database.
    pub entries_of_shop: u64,
    /// All names under which the app stores data, sorted.
    pub stored: Vec<String>,
    /// The attributes of the root element for the preferences of this browser, such as `data-theme=dark`.
    pub looks: Vec<String>,
    /// Customers with a name, in the order in which they were added.
    pub customers: Vec<Customer>,
    /// The names of the partners.
    pub partners: Vec<String>,
    /// The cash in the drawer, before and after the refund of the draft.
    pub drawer: Drawer,
    /// The number of refunds and pay-outs that wait for an admin or for money.
    pub to_do: u64,
    /// The document number of the next payment.
    pub next_payment: String,
    /// Names, figures and document numbers of each screen, by path.
    pub screens: BTreeMap<String, Screen>,
    /// The values of the fields of drafts and settings, by path.
    pub forms: BTreeMap<String, Vec<String>>,
    /// The texts of the tab's session storage.
    pub tab: BTreeMap<String, String>,
    /// Texts of local storage that a payment or a backup changes.
    pub notes: BTreeMap<String, String>,
}

/// A customer and their balance.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Customer {
    pub name: String,
    /// The path of the account.
    pub path: String,
    pub owed: String,
    pub credit: String,
}

/// The counter's cash in the preview of a refund.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Drawer {
    /// The path of the refund's draft.
    pub path: String,
    pub before: String,
    pub after: String,
}

/// The data of a screen, without the texts of the interface.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Screen {
    /// Names, document numbers and figures of each table row.
    pub rows: Vec<Vec<String>>,
    /// Amounts with a currency sign, in the order of the page.
    pub sums: Vec<String>,
}

impl Expected {
    /// Reads the file.
    pub fn load(file: &Path) -> Result<Self> {
        let cannot = || format!("cannot read {}", file.display());
        serde_json::from_str(&fs::read_to_string(file).with_context(cannot)?).with_context(cannot)
    }

    /// Writes the file.
    pub fn save(&self, file: &Path) -> Result<()> {
        Ok(fs::write(file, format!("{}\n", serde_json::to_string_pretty(self)?))?)
    }

    /// The names of customers and partners, which identify rows.
    pub fn names(&self) -> Vec<String> {
        let customers = self.customers.iter().map(|customer| customer.name.clone());
        customers.chain(self.partners.iter().cloned()).collect()
    }
}

impl Screen {
    /// The data of this screen that `shown` does not have, one sentence each. A later version may show more.
    pub fn missing_in(&self, shown: &Self) -> Vec<String> {
        let has = |row: &Vec<String>| {
            shown.rows.iter().any(|shown| super::page_data::missing(row, shown).is_empty())
        };
        let rows = self.rows.iter().filter(|row| !has(row)).map(|row| format!("no row {row:?}"));
        let sums = super::page_data::missing(&self.sums, &shown.sums);
        let sums = sums.into_iter().map(|sum| format!("no amount {sum}"));
        let missing: Vec<_> = rows.chain(sums).collect();
        if missing.is_empty() { missing } else { [missing, vec![format!("shown: {shown:?}")]].concat() }
    }
}
