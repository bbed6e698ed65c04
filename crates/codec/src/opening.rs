//! What a file says about the opening of its shop: there is one, of the shop itself, and with a currency that exists.

use ledger::entry::{Body, Entry};
use ledger::money::Currency;
use std::fmt;

/// The opening of a shop, while the entries of a file are read. The app and the command line use the same check.
#[derive(Debug, Clone, Default)]
pub struct Opening(Option<(Entry, Currency)>);

/// What is wrong with the opening of a shop.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OpeningFlaw {
    /// No entry opens the shop.
    Missing,
    /// Another entry opens it.
    Twice,
    /// The entry names a customer.
    OfAccount,
    /// No currency with this code exists.
    Currency(String),
}

impl Opening {
    /// Notes an entry, in any order.
    ///
    /// # Errors
    /// Everything but [`OpeningFlaw::Missing`].
    pub fn note(&mut self, entry: &Entry) -> Result<(), OpeningFlaw> {
        let Body::ShopOpened(opened) = &entry.body else { return Ok(()) };
        if entry.customer.is_some() {
            return Err(OpeningFlaw::OfAccount);
        }
        let currency = Currency::new(&opened.currency);
        let currency = currency.map_err(|_| OpeningFlaw::Currency(opened.currency.clone()))?;
        match &self.0 {
            Some((known, _)) if known != entry => Err(OpeningFlaw::Twice),
            Some(_) => Ok(()),
            None => {
                self.0 = Some((entry.clone(), currency));
                Ok(())
            }
        }
    }

    /// The name of the shop; `None` before an entry opened it.
    #[must_use]
    pub fn name(&self) -> Option<&str> {
        let Body::ShopOpened(opened) = &self.0.as_ref()?.0.body else { return None };
        Some(&opened.name)
    }

    /// The currency of the shop; `None` before an entry opened it.
    #[must_use]
    pub fn currency(&self) -> Option<&Currency> {
        self.0.as_ref().map(|(_, currency)| currency)
    }

    /// The currency, at the end of the file.
    ///
    /// # Errors
    /// [`OpeningFlaw::Missing`].
    pub fn finish(&self) -> Result<&Currency, OpeningFlaw> {
        self.currency().ok_or(OpeningFlaw::Missing)
    }
}

impl fmt::Display for OpeningFlaw {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing => f.write_str("no entry opens a shop with a currency"),
            Self::Twice => f.write_str("the shop was opened before, by another entry"),
            Self::OfAccount => f.write_str("opens the shop, and names a customer"),
            Self::Currency(code) => write!(f, "{code:?} is no currency"),
        }
    }
}

impl std::error::Error for OpeningFlaw {}
