//! Whether two bodies have the same content, whichever counter wrote them.

use crate::code::{BookAccount, Code};
use crate::entry::{Body, ChargeAsked, PaymentRecorded};
use crate::money::Money;

impl Body {
    /// Whether another body has the same content. The drawer of the counter that wrote it is not content, nor is what
    /// that counter knew of other payments.
    #[must_use]
    pub fn has_same_content(&self, other: &Self) -> bool {
        self == other || self.clone().without_counter() == other.clone().without_counter()
    }

    fn without_counter(mut self) -> Self {
        let accounts = self.money_accounts_mut();
        let mut drawers: Vec<_> =
            accounts.into_iter().flatten().filter(|account| account.code == Code::Cash).collect();
        // Money moved from one drawer to another names both; neither is there by default.
        if let [drawer] = drawers.as_mut_slice() {
            **drawer = BookAccount::of(Code::Cash);
        }
        if let Self::PaymentRecorded(PaymentRecorded { allocations, .. })
        | Self::ChargeAsked(ChargeAsked { allocations, .. }) = &mut self
        {
            allocations.iter_mut().for_each(|part| part.paid = Money::ZERO);
        }
        self
    }
}
