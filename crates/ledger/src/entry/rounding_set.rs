//! `rounding.set`: the shop's smallest coin.

use crate::entry::content::Content;
use crate::money::Money;
use serde::{Deserialize, Serialize};

/// Sets the smallest coin with which cash is paid; of several entries the last in order counts. Input and recorded
/// content are the same type.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SetRounding {
    /// The coin in minor units; zero where cash is not rounded.
    pub coin: Money,
}

impl Content for SetRounding {}
