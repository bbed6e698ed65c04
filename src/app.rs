//! What everything stands on, and the route table: the only file that knows every screen.

use crate::at;
use crate::book::Book;
use crate::find::Finder;
use crate::prefs::Prefs;
use crate::screens::add_credit::AddCredit;
use crate::screens::add_customer::AddCustomer;
use crate::screens::add_note::AddNote;
use crate::screens::add_order::AddOrder;
use crate::screens::add_payment::AddPayment;
use crate::screens::counter::Counter;
use crate::screens::customer::Customer;
use crate::screens::customers::Customers;
use crate::screens::lock::Lock;
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
use crate::screens::setup::Setup;
use crate::screens::shell::{Shell, TakeOver};
use leptos::prelude::*;
use leptos_router::components::{ParentRoute, Redirect, Route, Router, Routes};
use leptos_router::{NavigateOptions, path};

/// The app.
#[component]
pub fn App() -> impl IntoView {
    let book = Book::start();
    provide_context(book);
    provide_context(Finder::new(book));
    provide_context(Prefs::load());
    provide_context(TakeOver::new(book));
    view! {
        <Router base=at::base()>
            <Routes fallback=Missing>
                <Route path=path!("/setup") view=Setup/>
                <ParentRoute path=path!("") view=Shell>
                    <Route path=path!("/") view=Home/>
                    <Route path=path!("/counter") view=Counter/>
                    <Route path=path!("/pay") view=AddPayment/>
                    <Route path=path!("/customers") view=Customers/>
                    <Route path=path!("/customers/new") view=AddCustomer/>
                    <Route path=path!("/customers/:c") view=Customer/>
                    <Route path=path!("/customers/:c/pay") view=AddPayment/>
                    <Route path=path!("/customers/:c/payments/:p") view=Payment/>
                    <Route path=path!("/customers/:c/credit") view=AddCredit/>
                    <Route path=path!("/customers/:c/pay-refund") view=PayRefund/>
                    <Route path=path!("/customers/:c/refund-os") view=RefundOutstanding/>
                    <Route path=path!("/customers/:c/orders/new") view=AddOrder/>
                    <Route path=path!("/customers/:c/orders/:o") view=Order/>
                    <Route path=path!("/customers/:c/orders/:o/credit") view=AddNote/>
                    <Route path=path!("/customers/:c/orders/:o/refund") view=RefundPayment/>
                    <Route path=path!("/orders") view=Orders/>
                    <Route path=path!("/orders/new") view=AddOrder/>
                    <Route path=path!("/refunds") view=Refunds/>
                    <Route path=path!("/partners") view=Partners/>
                    <Route path=path!("/settings") view=Settings/>
                    <Route path=path!("/settings/people") view=People/>
                    <Route path=path!("/*any") view=Missing/>
                </ParentRoute>
            </Routes>
        </Router>
        <Lock/>
    }
}

/// No screen lives on the bare root: under a sub-path it would lie outside the worker's scope.
#[component]
fn Home() -> AnyView {
    let options = NavigateOptions { replace: true, ..NavigateOptions::default() };
    view! { <Redirect path="/counter" options=options/> }.into_any()
}
