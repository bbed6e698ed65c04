//! Pay commission to a partner. A fact.

use crate::code::{BookAccount, Code};
use crate::entry::partner_paid::PartnerPaid;
use crate::entry::{Body, EntryKind};
use crate::id::Id;
use crate::method::Method;
use crate::money::Money;
use crate::posting::Lines;
use crate::refusal::Refusal;
use crate::rules::asked::Asked;
use crate::rules::case::{Case, note};

/// A payment of commission to a partner.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs)]
pub struct PayPartner {
    pub partner: Id,
    pub amount: Money,
    pub method: Method,
    pub bank: Option<String>,
    pub note: Option<String>,
}

impl Case<'_> {
    /// Refusals in order: UnknownPartner, NotPermitted, dates, AmountNotPositive, ExceedsPayable.
    pub(crate) fn pay_partner(&self, asked: &PayPartner) -> Result<Body, Refusal> {
        if !self.cx.shop.partners.contains_key(&asked.partner) {
            return Err(Refusal::UnknownPartner { partner: asked.partner.clone() });
        }
        self.permitted(EntryKind::PartnerPaid, asked.amount)?;
        self.dated()?;
        self.positive(asked.amount)?;
        let payable = -self.cx.shop.balance(&BookAccount::of_id(Code::CommissionPayable, &asked.partner));
        if asked.amount > payable {
            let partner = asked.partner.clone();
            return Err(Refusal::ExceedsPayable { partner, asked: asked.amount, payable });
        }
        Ok(Body::PartnerPaid(PartnerPaid {
            partner: asked.partner.clone(),
            method: asked.method,
            account: self.paying_account(asked.method, asked.bank.as_deref())?,
            amount: asked.amount,
            note: note(asked.method, asked.note.as_ref())?,
        }))
    }
}

impl PartnerPaid {
    /// Dr 2300; Cr money.
    pub(crate) fn lines(&self) -> Lines {
        let mut lines = Lines::default();
        let payable = BookAccount::of_id(Code::CommissionPayable, &self.partner);
        lines.transfer(&payable, &self.account, self.amount);
        lines
    }
}

/// Whether a body has the content that is asked for.
pub(crate) fn is_same(_: &Case<'_>, asked: &PayPartner, body: &Body) -> bool {
    let Body::PartnerPaid(written) = body else { return false };
    (&asked.partner, asked.amount, asked.method) == (&written.partner, written.amount, written.method)
}

impl Asked for PayPartner {}
