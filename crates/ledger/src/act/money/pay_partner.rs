//! Pay a partner what is payable. A fact.

use crate::act::payment::Method;
use crate::body::Body;
use crate::code::{BookAccount, Code, MoneyAccount};
use crate::decide::{Case, note};
use crate::id::Id;
use crate::money::Money;
use crate::posting::Lines;
use crate::refusal::Refusal;
use serde::{Deserialize, Serialize};

/// Pays a partner what is payable.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs)]
pub struct PayPartner {
    pub partner: Id,
    pub amount: Money,
    pub method: Method,
    pub bank: Option<String>,
    pub note: Option<String>,
}

/// `partner.paid`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct PartnerPaid {
    pub partner: Id,
    pub method: Method,
    pub account: MoneyAccount,
    pub amount: Money,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

impl Case<'_> {
    /// UnknownPartner, NotPermitted, dates, AmountNotPositive, ExceedsPayable.
    pub(crate) fn pay_partner(&self, asked: &PayPartner) -> Result<Body, Refusal> {
        if !self.cx.shop.partners.contains_key(&asked.partner) {
            return Err(Refusal::UnknownPartner { partner: asked.partner.clone() });
        }
        self.permitted("partner.paid", asked.amount)?;
        self.dated()?;
        self.positive(asked.amount)?;
        let payable =
            -self.cx.shop.balance(&BookAccount::kept_by_id(Code::CommissionPayable, &asked.partner));
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
    pub(super) fn lines(&self) -> Lines {
        let mut lines = Lines::default();
        let payable = BookAccount::kept_by_id(Code::CommissionPayable, &self.partner);
        lines.transfer(&payable, &self.account, self.amount);
        lines
    }
}
