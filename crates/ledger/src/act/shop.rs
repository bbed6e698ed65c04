//! The shop's own acts: opening it, its staff, its bank accounts, its partners.

use crate::date::Date;
use crate::id::Id;
use crate::money::Money;
use crate::rate::Rate;
use serde::{Deserialize, Serialize};

mod decide;
mod fold;

/// Opens a book. Asked and written alike.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OpenShop {
    /// What the shop is called.
    pub name: String,
    /// ISO 4217 code, such as `GBP`.
    pub currency: String,
}

/// What a member of staff may do: an admin everything, a clerk what no row of the rules closes to him.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs)]
pub enum Role {
    Admin,
    Clerk,
}

/// Adds a member of staff; the command's id is the member's.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AddStaff {
    /// The member's name.
    pub name: String,
    /// Admin or clerk.
    pub role: Role,
    /// Salted hash of the PIN, made by whoever asks; `None` where there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pin: Option<String>,
}

/// Adds a bank account; the first is the default. Until there is one, the book has one called `Bank`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AddBank {
    /// The account's name, which is also its party in book account 1010.
    pub name: String,
}

/// When a partner's commission counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Basis {
    /// Earned as eligible money comes in.
    OnPayment,
    /// Calculated when the order is placed, given as eligible money comes in.
    UpFront,
}

/// Adds a referral partner; the command's id is the partner's.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AddPartner {
    /// The partner's name.
    pub name: String,
    /// Commission on net sales.
    pub rate: Rate,
    /// When it counts.
    pub basis: Basis,
}

/// Hands a clerk one right that a row of the rules would close to him. Asked and written alike; a later one
/// for the same member and kind takes its place.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GrantRight {
    /// The member of staff.
    pub member: Id,
    /// The kind of entry, such as `refund.recorded`.
    pub kind: String,
    /// The highest amount; `None`: any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub up_to: Option<Money>,
}

/// Makes a refused entry count, at the adopting entry's place and under its own date.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Adopted {
    /// SHA-256 of the refused entry, hexadecimal.
    pub hash: String,
    /// The device that wrote it.
    pub device: Id,
    /// Which of its chains.
    pub chain: u32,
    /// Its number there.
    pub seq: u64,
}

/// A bank account, a member or a partner as the book knows it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct Partner {
    pub id: Id,
    pub name: String,
    pub rate: Rate,
    pub basis: Basis,
    pub since: Date,
}
