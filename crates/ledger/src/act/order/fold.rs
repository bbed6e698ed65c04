//! Folds an order: what is owed, the sale, its tax, commission up front.

use super::OrderPlaced;
use crate::account::fold::Fold;
use crate::account::order::Order;
use crate::code::{BookAccount, Code};

impl Fold<'_> {
    /// Dr 1100 G; Cr 4000 N; Cr 2200 X. An opening order: Dr 1100, Cr 3000.
    pub(crate) fn place_order(&mut self, placed: &OrderPlaced) {
        let order = Order::placed(self.entry, placed);
        if placed.opening {
            self.lines.transfer(&self.receivable, &BookAccount::of(Code::OpeningBalances), order.gross);
        } else {
            self.lines.transfer(&self.receivable, &BookAccount::of(Code::Sales), order.net);
            for group in &order.groups {
                self.lines.transfer(&self.receivable, &group.account, group.tax);
            }
        }
        self.insert_order(&self.entry.id, order);
    }
}
