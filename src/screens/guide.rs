//! Links to the guide: pages beside the app, which open in a tab of their own so that a form stays as it is.

use crate::at::at;
use crate::text::say;
use leptos::prelude::*;

/// A page of the guide.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GuidePage {
    /// The list of all pages.
    All,
    /// *Add Payment* and *Enter a Payment*.
    Payment,
    /// *Refund Payment* on an order.
    RefundElsewhere,
    /// Refunds of a payment.
    Refunds,
    /// *Pay Refund*, and credit.
    Credit,
    /// *Refund O/S*.
    Outstanding,
    /// Drawer, seals and reports.
    Month,
}

impl GuidePage {
    /// Its address.
    #[must_use]
    pub fn address(self) -> String {
        let name = match self {
            Self::All => "index",
            Self::Payment => "payment",
            Self::RefundElsewhere => "refund-elsewhere",
            Self::Refunds => "refunds",
            Self::Credit => "credit",
            Self::Outstanding => "outstanding",
            Self::Month => "month",
        };
        at(format!("/guide/{name}.html"))
    }
}

/// *Help* in the navigation.
pub fn link() -> AnyView {
    view! { <a href=GuidePage::All.address() target="_blank"><span>{say!(shell.guide)}</span></a> }.into_any()
}

/// A link to the page of what a screen does, at the end of the screen.
pub fn how_to(page: GuidePage) -> AnyView {
    view! {
        <p class="small after-heading"><a href=page.address() target="_blank">{say!(shell.how_to)}</a></p>
    }
    .into_any()
}
