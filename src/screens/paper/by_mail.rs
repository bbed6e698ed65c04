//! *Send by mail*: the form, and what has become of the mails of a document.

use super::mail_page::mail_page;
use crate::components::{Button, Dialog, ErrorSummary, Look, Problem, Tag, TextField, Tone, Value, live};
use crate::screens::context;
use crate::session::{Delivery, MailStatus, Session, SyncPhase};
use crate::text::{Language, date, fault::fault, in_language, say};
use gloo_timers::future::TimeoutFuture;
use ledger::id::Id;
use leptos::html::Article;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::sync::Arc;
use sync::wire::limits::{MAX_MAIL_HTML, MAX_MAIL_TEXT, MAX_NAME, MAX_SUBJECT};
use sync::wire::{AskMail, correction_of, is_mail_address};

/// Milliseconds between two looks at a mail that is on its way.
const LOOK: u32 = 2_000;

const FIELD: &str = "mail-to";

/// What can be sent.
#[derive(Clone)]
pub(super) struct Sendable {
    /// Whose paper it is.
    pub customer: Id,
    /// What names it: the document, or for a statement the customer with the span.
    pub document: String,
    /// Its title, in the language of the paper.
    pub title: String,
    /// The language of the paper.
    pub language: Language,
    /// The address of the customer, if there is one.
    pub email: Option<String>,
    /// Whether the customer wants no papers by mail.
    pub no_mail: bool,
    /// Where it is shown.
    pub paper: NodeRef<Article>,
}

/// The state of the form and of the list.
#[derive(Clone, Copy)]
pub(super) struct ByMail {
    session: Session,
    of: StoredValue<Sendable, LocalStorage>,
    /// Whether the form is open.
    open: RwSignal<bool>,
    to: RwSignal<String>,
    problems: RwSignal<Vec<Problem>>,
    busy: RwSignal<bool>,
    /// Why it was not noted that a mail has come back.
    not_noted: RwSignal<Option<String>>,
    mails: RwSignal<Arc<Vec<MailStatus>>>,
    /// Whether a task looks at the mails.
    looks: StoredValue<bool>,
    /// Whether the endpoint sends mails.
    pub sends: RwSignal<bool>,
}

impl ByMail {
    /// Of a paper; reads what is known about its mails.
    pub fn new(of: Sendable) -> Self {
        let session = context::session();
        let form = Self {
            session,
            of: StoredValue::new_local(of),
            open: RwSignal::new(false),
            to: RwSignal::new(String::new()),
            problems: RwSignal::new(Vec::new()),
            busy: RwSignal::new(false),
            not_noted: RwSignal::new(None),
            mails: RwSignal::default(),
            looks: StoredValue::new(false),
            sends: RwSignal::new(session.sends_mails()),
        };
        form.look();
        form
    }

    /// Opens the form with an address.
    fn ask(self, to: String) {
        self.to.set(to);
        self.problems.set(Vec::new());
        self.open.set(true);
    }

    /// Opens the form with the address of the customer.
    pub fn ask_customer(self) {
        let email = self.of.with_value(|of| of.email.clone());
        self.ask(email.unwrap_or_default());
    }

    /// Reads the mails, and again as long as one of them is on its way and the page is there.
    fn look(self) {
        if self.session.sync().with_untracked(|sync| sync.phase == SyncPhase::Alone) || self.looks.get_value()
        {
            return;
        }
        self.looks.set_value(true);
        let (customer, document) = self.of.with_value(|of| (of.customer.clone(), of.document.clone()));
        let correction = correction_of(&document);
        spawn_local(async move {
            loop {
                let Ok(mut mails) = self.session.mails(&customer).await else { break };
                mails.retain(|mail| mail.document == document || mail.document == correction);
                let goes_on = mails.iter().any(|mail| !mail.delivery.is_final());
                let known = Arc::new(mails);
                if self.mails.try_with_untracked(|before| *before == known) == Some(false) {
                    self.mails.try_set(known);
                }
                let sends = self.session.sends_mails();
                if self.sends.try_with_untracked(|before| *before == sends) == Some(false) {
                    self.sends.try_set(sends);
                }
                // A page that is gone looks no more.
                if !goes_on || self.looks.try_get_value().is_none() {
                    break;
                }
                TimeoutFuture::new(LOOK).await;
            }
            self.looks.try_set_value(false);
        });
    }

    /// Sends the paper to the address of the form.
    fn send(self) {
        if self.busy.get_untracked() {
            return;
        }
        let to = self.to.get_untracked().trim().to_owned();
        if !is_mail_address(&to) {
            let says = if to.is_empty() { say!(mail.no_address) } else { say!(mail.bad_address) };
            self.problems.set(vec![Problem::at(FIELD, says)]);
            return;
        }
        let Some(ask) = self.request(to) else {
            self.problems.set(vec![Problem::whole(say!(mail.no_page))]);
            return;
        };
        self.busy.set(true);
        spawn_local(async move {
            match self.session.send_mail(ask).await {
                Ok(()) => {
                    self.open.try_set(false);
                    self.look();
                }
                Err(why) => {
                    self.problems.try_set(vec![Problem::whole(fault(&why))]);
                }
            }
            self.busy.try_set(false);
        });
    }

    /// Notes that a mail has come back.
    fn came_back(self, mail: MailStatus) {
        if self.busy.get_untracked() {
            return;
        }
        self.busy.set(true);
        let customer = self.of.with_value(|of| of.customer.clone());
        spawn_local(async move {
            let noted = self.session.mail_came_back(&customer, &mail).await;
            self.not_noted.try_set(noted.is_err().then(|| say!(mail.not_noted)));
            self.look();
            self.busy.try_set(false);
        });
    }

    fn request(self, to: String) -> Option<AskMail> {
        let of = self.of.get_value();
        let shop = self.session.shop().get_untracked()?.name.clone();
        let before = self.mails.with_untracked(|mails| {
            let is_same =
                |mail: &&MailStatus| mail.to.eq_ignore_ascii_case(&to) && mail.document == of.document;
            let same = mails.iter().filter(is_same);
            same.map(|mail| mail.nth + 1).max().unwrap_or_default()
        });
        mail_of(&of, before, to, &shop)
    }

    /// The mails of the paper, and the form.
    pub fn view(self) -> AnyView {
        let list = move || {
            let mails = self.mails.get();
            let rows = mails.iter().map(|mail| self.row(mail)).collect_view();
            (!mails.is_empty()).then(|| view! { <ul class="mails" aria-label=say!(mail.mails)>{rows}</ul> })
        };
        view! {
            <div role="status">{live(list)}{live(move || self.not_noted.get())}</div>
            <Dialog open=self.open title=say!(mail.send)>{move || self.form()}</Dialog>
        }
        .into_any()
    }

    fn row(self, mail: &MailStatus) -> AnyView {
        let (tag, tone, says) = words(&mail.delivery);
        let to = mail.to.clone();
        let is_correction = self.of.with_value(|of| of.document != mail.document);
        let correction = is_correction.then(|| view! { <span class="small">{say!(mail.correction)}</span> });
        let may = mail.delivery.is_final() && !is_correction && !self.of.with_value(|of| of.no_mail);
        let again = may.then(|| {
            let label = say!(mail.again_to, to = to.clone());
            let to = to.clone();
            view! { <Button label=label look=Look::Quiet on_press=move |()| self.ask(to.clone())/> }
        });
        let back = matches!(mail.delivery, Delivery::Sent(_)).then(|| {
            let (label, mail) = (say!(mail.back_from, to = to.clone()), mail.clone());
            view! { <Button label=label look=Look::Quiet on_press=move |()| self.came_back(mail.clone())/> }
        });
        view! {
            <li>
                <Tag text=tag tone=tone/>
                {correction}
                <span class="mail-to">{to}</span>
                <span class="small muted">{says}</span>
                {again}
                {back}
            </li>
        }
        .into_any()
    }

    fn form(self) -> AnyView {
        let wrong = Signal::derive(move || {
            let at_field = |problem: &&Problem| problem.field.as_deref() == Some(FIELD);
            self.problems.with(|all| all.iter().find(at_field).map(|problem| problem.says.clone()))
        });
        let submit = move |ev: web_sys::SubmitEvent| {
            ev.prevent_default();
            self.send();
        };
        view! {
            <form novalidate on:submit=submit>
                <ErrorSummary problems=Signal::from(self.problems)/>
                <TextField id=FIELD label=say!(mail.to) hint=say!(mail.hint) value=Value::from(self.to) error=wrong
                    required=true kind="email" keyboard="email"/>
                <div class="actions">
                    <Button label=say!(mail.send_now) look=Look::Primary submit=true/>
                    <Button label=say!(mail.cancel) on_press=move |()| self.open.set(false)/>
                </div>
            </form>
        }
        .into_any()
    }
}

/// The mail with which a paper goes to an address, to which it was sent `nth` times before; `None` if it is not on the page.
pub(super) fn mail_of(of: &Sendable, nth: u32, to: String, shop: &str) -> Option<AskMail> {
    let paper = of.paper.get_untracked()?;
    let text = paper.inner_text();
    let html = mail_page(&of.title, &paper)?;
    let subject =
        in_language(of.language, || say!(mail.subject, title = of.title.clone(), shop = shop.to_owned()));
    Some(AskMail {
        customer: of.customer.to_string(),
        document: of.document.clone(),
        nth,
        to,
        from_name: one_line(shop, MAX_NAME),
        subject: one_line(&subject, MAX_SUBJECT),
        text: start(&text, MAX_MAIL_TEXT).to_owned(),
        // A statement that is too long for a page of a mail is sent as text.
        html: if html.len() <= MAX_MAIL_HTML { html } else { String::new() },
    })
}

/// The state of a mail: its tag, and a sentence.
fn words(delivery: &Delivery) -> (String, Tone, String) {
    let answer = |words: &str| say!(mail.answer, words = words);
    match delivery {
        Delivery::Here => (say!(mail.queued), Tone::Plain, say!(mail.here)),
        Delivery::Queued(None) => (say!(mail.queued), Tone::Plain, say!(mail.soon)),
        Delivery::Queued(Some(words)) => {
            (say!(mail.queued), Tone::Warn, say!(mail.later, words = words.clone()))
        }
        Delivery::Sent(at) => (say!(mail.sent), Tone::In, date::moment(*at)),
        Delivery::CameBack(at) => (say!(mail.came_back), Tone::Danger, date::moment(*at)),
        Delivery::Refused(words) => (say!(mail.refused), Tone::Danger, answer(words)),
        Delivery::GivenUp(Some(words)) => {
            (say!(mail.not_sent), Tone::Danger, say!(mail.given_up, answer = answer(words)))
        }
        Delivery::GivenUp(None) => (say!(mail.not_sent), Tone::Danger, say!(mail.given_up_silent)),
        Delivery::NotTaken(code) => {
            (say!(mail.not_sent), Tone::Danger, say!(mail.not_taken, code = code.word()))
        }
    }
}

/// A text as one line of at most so many bytes.
fn one_line(text: &str, most: usize) -> String {
    let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let plain: String = words.chars().filter(|letter| !letter.is_control()).collect();
    start(&plain, most).trim_end().to_owned()
}

/// The start of a text, of at most so many bytes.
fn start(text: &str, most: usize) -> &str {
    text.get(..text.floor_char_boundary(most)).unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_subject_is_one_line_that_fits() {
        assert_eq!(one_line("Receipt  AP-0001\r\nfrom \u{7}Shop", 200), "Receipt AP-0001 from Shop");
        assert_eq!(one_line("ää", 3), "ä");
        assert_eq!(one_line(" a b ", 2), "a");
    }
}
