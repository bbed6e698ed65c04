//! The screens that a first visit does not open: a part of the program that arrives by itself, right after the first.
//!
//! The release build parts the Wasm there (`xtask/src/split.rs`).

mod seam;

use crate::components::{Button, Look, swap};
use crate::route::Screen;
use crate::screens::add_credit::AddCredit;
use crate::screens::add_customer::AddCustomer;
use crate::screens::add_note::AddNote;
use crate::screens::add_order::AddOrder;
use crate::screens::add_payment::AddPayment;
use crate::screens::customer::Customer;
use crate::screens::customers::Customers;
use crate::screens::missing::Missing;
use crate::screens::order::Order;
use crate::screens::orders::Orders;
use crate::screens::partners::Partners;
use crate::screens::pay_out::{PayRefund, RefundOutstanding};
use crate::screens::payment::Payment;
use crate::screens::people::People;
use crate::screens::refund::RefundPayment;
use crate::screens::refunds::Refunds;
use crate::screens::settings::Settings;
use crate::store::Fault;
use crate::text::{fault::fault, say};
use futures_util::FutureExt;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// How far the later part is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Coming,
    Here,
    Missing,
}

/// The later part of the program, cheap to copy.
#[derive(Debug, Clone, Copy)]
pub struct Later(RwSignal<Part>);

impl Later {
    /// Begins to fetch it. Call it once, from the root.
    #[must_use]
    pub fn start() -> Self {
        let later = Self(RwSignal::new(Part::Coming));
        later.fetch();
        later
    }

    fn fetch(self) {
        self.0.set(Part::Coming);
        spawn_local(async move {
            let part = if seam::fetched().await.is_ok() { Part::Here } else { Part::Missing };
            self.0.set(part);
        });
    }

    /// One of its screens, as soon as it is there.
    #[must_use]
    pub fn view(self, screen: Screen) -> AnyView {
        // What is there answers at once.
        let here = move || seam::rest(screen).now_or_never().and_then(Result::ok);
        swap(self.0, move |part| match part {
            Part::Coming => view! { <p class="muted" role="status">{say!(shell.coming)}</p> }.into_any(),
            Part::Here => here().unwrap_or_else(|| self.missing()),
            Part::Missing => self.missing(),
        })
    }

    fn missing(self) -> AnyView {
        view! {
            <div class="stack">
                <p role="alert">{fault(&Fault::NotFetched)}</p>
                <div class="actions">
                    <Button label=say!(shell.try_again) look=Look::Primary on_press=move |()| self.fetch()/>
                </div>
            </div>
        }
        .into_any()
    }
}

/// What only these screens need goes with them.
fn view(screen: Screen) -> AnyView {
    match screen {
        Screen::Pay | Screen::PayFor => view! { <AddPayment/> }.into_any(),
        Screen::Customers => view! { <Customers/> }.into_any(),
        Screen::AddCustomer => view! { <AddCustomer/> }.into_any(),
        Screen::Customer => view! { <Customer/> }.into_any(),
        Screen::Payment => view! { <Payment/> }.into_any(),
        Screen::AddCredit => view! { <AddCredit/> }.into_any(),
        Screen::PayRefund => view! { <PayRefund/> }.into_any(),
        Screen::RefundOutstanding => view! { <RefundOutstanding/> }.into_any(),
        Screen::AddOrder | Screen::AddOrderFor => view! { <AddOrder/> }.into_any(),
        Screen::Order => view! { <Order/> }.into_any(),
        Screen::AddNote => view! { <AddNote/> }.into_any(),
        Screen::Refund => view! { <RefundPayment/> }.into_any(),
        Screen::Orders => view! { <Orders/> }.into_any(),
        Screen::Refunds => view! { <Refunds/> }.into_any(),
        Screen::Partners => view! { <Partners/> }.into_any(),
        Screen::Settings => view! { <Settings/> }.into_any(),
        Screen::People => view! { <People/> }.into_any(),
        Screen::Home | Screen::Counter | Screen::Setup | Screen::Missing => view! { <Missing/> }.into_any(),
    }
}
