//! What everything stands on, and the only file that knows every screen.

use crate::book::Book;
use crate::components::swap;
use crate::find::Finder;
use crate::prefs::Prefs;
use crate::route::Screen;
use crate::router::Router;
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
use crate::screens::shell::{TakeOver, shell};
use leptos::prelude::*;

/// The app.
#[component]
pub fn App() -> AnyView {
    let book = Book::start();
    let router = Router::start();
    provide_context(book);
    provide_context(router);
    provide_context(Finder::new(book));
    provide_context(Prefs::load());
    provide_context(TakeOver::new(book));
    let screen = router.screen();
    let framed = Memo::new(move |_| screen.get() != Screen::Setup);
    let inside = UnsyncCallback::new(move |()| swap(screen, move |screen| view(screen, router)));
    let content =
        swap(framed, move |framed| if framed { shell(inside) } else { view! { <Setup/> }.into_any() });
    view! {
        {content}
        <Lock/>
    }
    .into_any()
}

fn view(screen: Screen, router: Router) -> AnyView {
    match screen {
        // No screen lives on the bare root: under a sub-path it would lie outside the worker's scope.
        Screen::Home => {
            router.go_instead("/counter");
            ().into_any()
        }
        Screen::Counter => view! { <Counter/> }.into_any(),
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
        Screen::Setup | Screen::Missing => view! { <Missing/> }.into_any(),
    }
}
