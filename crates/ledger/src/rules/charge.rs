//! Charges of the payment method that a customer has saved at the card processor, and payment links: one file per act.

pub(super) mod ask;
pub(super) mod progress;
pub(super) mod save;
pub(super) mod withdraw;
