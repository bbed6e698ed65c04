//! The screens in the other Wasm parts, and the functions at their boundaries. Only the release build is split; the same
//! functions exist in the other builds.

use super::lazy_view::{BookView, LazyView};
use crate::route::Screen;
use crate::screens::add_credit::AddCredit;
use crate::screens::add_customer::AddCustomer;
use crate::screens::add_note::AddNote;
use crate::screens::add_order::AddOrder;
use crate::screens::add_payment::AddPayment;
use crate::screens::backup;
use crate::screens::check_slip::CheckSlip;
use crate::screens::counter::Counter;
use crate::screens::customer::Customer;
use crate::screens::customers::Customers;
use crate::screens::edit_customer::EditCustomer;
use crate::screens::exchange::Exchange;
use crate::screens::import::Import;
use crate::screens::lock::{self, Lock};
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
use crate::screens::shell::{answers, frame};
use crate::screens::shop_exceptions;
use leptos::prelude::*;
use leptos::wasm_split::SplitLoaderError;

/// A view that is seen as soon as a book is open; `fetched_book` fetches the part without showing one.
#[cfg(not(debug_assertions))]
#[leptos::wasm_split::wasm_split(
    book,
    fallible,
    wasm_split_path = leptos::wasm_split,
    preload(fetched_book)
)]
pub(super) fn book(view: BookView) -> Result<AnyView, SplitLoaderError> {
    Ok(of_book(view))
}

/// One of the other views; `fetched_rest` fetches the part without showing one.
#[cfg(not(debug_assertions))]
#[leptos::wasm_split::wasm_split(
    rest,
    fallible,
    wasm_split_path = leptos::wasm_split,
    preload(fetched_rest)
)]
pub(super) fn rest(view: LazyView) -> Result<AnyView, SplitLoaderError> {
    Ok(of_rest(view))
}

#[cfg(debug_assertions)]
pub(super) async fn book(view: BookView) -> Result<AnyView, SplitLoaderError> {
    Ok(of_book(view))
}

#[cfg(debug_assertions)]
pub(super) async fn rest(view: LazyView) -> Result<AnyView, SplitLoaderError> {
    Ok(of_rest(view))
}

#[cfg(debug_assertions)]
pub(super) async fn fetched_book() -> Result<(), SplitLoaderError> {
    Ok(())
}

#[cfg(debug_assertions)]
pub(super) async fn fetched_rest() -> Result<(), SplitLoaderError> {
    Ok(())
}

fn of_book(view: BookView) -> AnyView {
    match view {
        BookView::Frame(screen) => frame(screen),
        BookView::Counter(exceptions) => view! { <Counter exceptions=exceptions/> }.into_any(),
        BookView::Lock(form) => view! { <Lock form=form/> }.into_any(),
    }
}

fn of_rest(view: LazyView) -> AnyView {
    match view {
        LazyView::Screen(screen) => of_route(screen),
        LazyView::FileReview(receiver, done) => backup::review(receiver, done),
        LazyView::LockForm => lock::form(),
        LazyView::Answers(question) => answers(question),
        LazyView::SignIn(user) => user.form(),
    }
}

/// Code that only these screens use is placed in the part, too.
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
