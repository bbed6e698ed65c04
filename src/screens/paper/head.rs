//! The head of a paper: the shop, and on A4 the customer where a window envelope shows the address.

use super::printing::Printing;
use crate::components::Qr;
use crate::text::say;
use ledger::view::paper::Addressee;
use leptos::prelude::*;

/// The head of a slip.
pub(super) fn of_slip(printing: &Printing) -> AnyView {
    let settings = &printing.shop.settings;
    let known = [one_line(&settings.contact), tax_number(printing)];
    let known: Vec<_> = known.into_iter().filter(|text| !text.is_empty()).collect();
    view! {
        {example(printing)}
        {logo(printing)}
        <p class="shop">{printing.shop.name.clone()}</p>
        {small(one_line(&settings.address))}
        {small(known.join(" · "))}
        {small(settings.receipt_head.clone())}
    }
    .into_any()
}

/// The foot of a slip: the number with its code, who served, and the shop's own text.
pub(super) fn foot_of_slip(printing: &Printing, no: &str, by: String) -> AnyView {
    let by = (!by.is_empty()).then(|| view! { <br/><small>{by}</small> });
    view! {
        <hr/>
        <div class="code keep">
            {code(printing, no)}
            <p><b>{no.to_owned()}</b>{check(printing).map(|check| view! { <br/><small>{check}</small> })}{by}</p>
        </div>
        {small(printing.shop.settings.receipt_foot.clone())}
    }
    .into_any()
}

/// The code that *Check a slip* reads, as a QR code.
fn code(printing: &Printing, no: &str) -> Option<AnyView> {
    let label = say!(paper.code, no = no);
    printing.code.as_ref().map(|code| view! { <Qr text=code.to_string() label=label/> }.into_any())
}

/// The characters that are typed where nothing can read the code.
fn check(printing: &Printing) -> Option<String> {
    printing.code.as_ref().map(|code| say!(paper.check, code = code.check()))
}

/// The head of an A4 document.
pub(super) fn of_a4(printing: &Printing) -> AnyView {
    let settings = &printing.shop.settings;
    view! {
        <header>
            <div>
                {logo(printing)}
                <p class="shop">{printing.shop.name.clone()}</p>
                {example(printing)}
            </div>
            <p class="lines">
                {[settings.address.clone(), settings.contact.clone(), tax_number(printing)]
                    .into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join("\n")}
            </p>
        </header>
    }
    .into_any()
}

/// Both parties, and the facts of the document as terms and values; a fact without a value is left out.
pub(super) fn parties(printing: &Printing, to: &Addressee, facts: Vec<(String, Option<String>)>) -> AnyView {
    let sender = [printing.shop.name.clone(), one_line(&printing.shop.settings.address)];
    let sender: Vec<_> = sender.into_iter().filter(|text| !text.is_empty()).collect();
    let lines = [to.name.as_str(), to.address.trim()];
    let lines = lines.into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join("\n");
    let number = (!to.tax_number.is_empty()).then(|| say!(paper.tax_number, number = to.tax_number.clone()));
    let fact = |(term, value): (String, Option<String>)| {
        let value = value.filter(|value| !value.is_empty())?;
        Some(view! { <dt>{term}</dt><dd>{value}</dd> })
    };
    let facts = facts.into_iter().filter_map(fact).collect_view();
    view! {
        <div class="parties">
            <address>
                <small>{sender.join(", ")}</small>
                <span class="lines">{lines}</span>
                {number.map(|number| view! { <small class="number">{number}</small> })}
            </address>
            <dl>{facts}</dl>
        </div>
    }
    .into_any()
}

/// The title of an A4 document, with its figure.
pub(super) fn lead(title: String, says: String, figure: String) -> AnyView {
    view! { <div class="lead"><p class="doc">{title}</p><p>{says}<b>{figure}</b></p></div> }.into_any()
}

/// The end of an A4 document: the code, and the line about the shop. `no` is what the code is of.
pub(super) fn legal(printing: &Printing, no: &str) -> AnyView {
    let known = [printing.shop.name.clone(), one_line(&printing.shop.settings.address), tax_number(printing)];
    let known: Vec<_> = known.into_iter().filter(|text| !text.is_empty()).collect();
    view! {
        <div class="legal keep">
            <p>{known.join(" · ")}{check(printing).map(|check| view! { <br/>{check} })}</p>
            {code(printing, no)}
        </div>
    }
    .into_any()
}

fn tax_number(printing: &Printing) -> String {
    let number = &printing.shop.settings.tax_number;
    if number.is_empty() { String::new() } else { say!(paper.tax_number, number = number.clone()) }
}

fn example(printing: &Printing) -> Option<AnyView> {
    printing.is_example.then(|| view! { <span class="example">{say!(paper.example)}</span> }.into_any())
}

fn logo(printing: &Printing) -> Option<AnyView> {
    let logo = &printing.shop.catalogue.logo;
    // The name of the shop is beside it.
    (!logo.is_none()).then(|| view! { <img class="logo" src=logo.address().to_owned() alt=""/> }.into_any())
}

fn small(text: String) -> Option<AnyView> {
    (!text.is_empty()).then(|| view! { <p class="lines"><small>{text}</small></p> }.into_any())
}

fn one_line(text: &str) -> String {
    text.lines().map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join(", ")
}
