//! The screens in the second Wasm part, and the functions at its boundary. Only the release build is split; the same
//! functions exist in the other builds.

use super::lazy_view::LazyView;
use crate::route::Screen;
use crate::screens::add_credit::AddCredit;
use crate::screens::add_customer::AddCustomer;
use crate::screens::add_note::AddNote;
use crate::screens::add_order::AddOrder;
use crate::screens::add_payment::AddPayment;
use crate::screens::backup;
use crate::screens::check_slip::CheckSlip;
use crate::screens::customer::Customer;
use crate::screens::customers::Customers;
use crate::screens::edit_customer::EditCustomer;
use crate::screens::exchange::Exchange;
use crate::screens::import::Import;
use crate::screens::lock;
use crate::screens::missing::Missing;
use crate::screens::money::DrawerAndBanks;
use crate::screens::order::Order;
use crate::screens::orders::Orders;
use crate::screens::paper::{PrintDay, PrintDocument, PrintStatement, PrintStatements};
use crate::screens::partners::Partners;
use crate::screens::pay_out::{PayRefund, RefundOutstanding};
use crate::screens::payment::Payment;
use crate::screens::refund::RefundPayment;
use crate::screens::refunds::Refunds;
use crate::screens::reports::Reports;
use crate::screens::settings::Settings;
use crate::screens::setup::join::SetupForms;
use crate::screens::shell::answers;
use crate::screens::shop_exceptions;
use leptos::prelude::*;
use leptos::wasm_split::SplitLoaderError;

/// One of the views in the second part; `fetched` fetches the part without showing one.
#[cfg(not(debug_assertions))]
#[leptos::wasm_split::wasm_split(rest, fallible, wasm_split_path = leptos::wasm_split, preload(fetched))]
pub(super) fn rest(view: LazyView) -> Result<AnyView, SplitLoaderError> {
    Ok(shown(view))
}

#[cfg(debug_assertions)]
pub(super) async fn rest(view: LazyView) -> Result<AnyView, SplitLoaderError> {
    Ok(shown(view))
}

#[cfg(debug_assertions)]
pub(super) async fn fetched() -> Result<(), SplitLoaderError> {
    Ok(())
}

fn shown(view: LazyView) -> AnyView {
    match view {
        LazyView::Screen(screen) => of_route(screen),
        LazyView::FileReview(receiver, done) => backup::review(receiver, done),
        LazyView::LockForm => lock::form(),
        LazyView::Answers(question) => answers(question),
        LazyView::SignIn(user) => user.form(),
    }
}

/// Code that only these screens use is placed in the second part, too.
fn of_route(screen: Screen) -> AnyView {
    match screen {
        Screen::Check => view! { <CheckSlip/> }.into_any(),
        Screen::Pay | Screen::PayFor => view! { <AddPayment/> }.into_any(),
        Screen::Customers => view! { <Customers/> }.into_any(),
        Screen::AddCustomer => view! { <AddCustomer/> }.into_any(),
        Screen::Customer => view! { <Customer/> }.into_any(),
        Screen::EditCustomer => view! { <EditCustomer/> }.into_any(),
        Screen::Payment => view! { <Payment/> }.into_any(),
        Screen::AddCredit => view! { <AddCredit/> }.into_any(),
        Screen::PayRefund => view! { <PayRefund/> }.into_any(),
        Screen::RefundOutstanding => view! { <RefundOutstanding/> }.into_any(),
        Screen::AddOrder | Screen::AddOrderFor => view! { <AddOrder/> }.into_any(),
        Screen::Order => view! { <Order/> }.into_any(),
        Screen::AddNote => view! { <AddNote/> }.into_any(),
        Screen::Exchange => view! { <Exchange/> }.into_any(),
        Screen::Refund => view! { <RefundPayment/> }.into_any(),
        Screen::Paper => view! { <PrintDocument/> }.into_any(),
        Screen::Statement => view! { <PrintStatement/> }.into_any(),
        Screen::Statements => view! { <PrintStatements/> }.into_any(),
        Screen::Orders => view! { <Orders/> }.into_any(),
        Screen::Refunds => view! { <Refunds/> }.into_any(),
        Screen::Money => view! { <DrawerAndBanks/> }.into_any(),
        Screen::DayReport => view! { <PrintDay/> }.into_any(),
        Screen::Partners => view! { <Partners/> }.into_any(),
        Screen::Reports => view! { <Reports/> }.into_any(),
        Screen::Settings => view! { <Settings/> }.into_any(),
        Screen::Import => view! { <Import/> }.into_any(),
        Screen::ShopExceptions => shop_exceptions::exceptions(),
        Screen::Setup => view! { <SetupForms/> }.into_any(),
        Screen::Home | Screen::Counter | Screen::Missing => view! { <Missing/> }.into_any(),
    }
}
