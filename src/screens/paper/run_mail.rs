//! *Send by mail* for all papers of a print run: each goes to its customer, once, however often the button is pressed. The papers of
//! customers without an address, and of those who want no mail, are left to be printed.

use super::by_mail::{Sendable, mail_of};
use crate::components::{Button, Confirm, Look, live, swap};
use crate::session::{Session, SyncPhase};
use crate::text::{counted, say, sync::not_connected};
use leptos::prelude::*;
use leptos::task::spawn_local;
use sync::wire::is_mail_address;

/// How far the sending is.
#[derive(Clone, PartialEq)]
enum Sending {
    No,
    /// So many were handed over.
    Busy(usize),
    Done,
    /// So many were handed over before one was not, and why.
    Failed(usize, String),
}

/// The papers of a run that can be sent, and how far that is.
#[derive(Clone, Copy)]
pub(super) struct RunMail {
    session: Session,
    papers: StoredValue<Vec<Sendable>, LocalStorage>,
    /// How many go by mail, and how many are printed.
    mailed: usize,
    printed: usize,
    asks: RwSignal<bool>,
    sending: RwSignal<Sending>,
}

impl RunMail {
    /// Of the papers of a run.
    pub fn new(session: Session, papers: Vec<Sendable>) -> Self {
        let all = papers.len();
        let papers: Vec<_> = papers.into_iter().filter(goes_by_mail).collect();
        let mailed = papers.len();
        Self {
            session,
            papers: StoredValue::new_local(papers),
            mailed,
            printed: all - mailed,
            asks: RwSignal::new(false),
            sending: RwSignal::new(Sending::No),
        }
    }

    /// Whether all that goes by mail was handed over: a print run then has only the other papers.
    pub fn is_done(self) -> bool {
        self.sending.with(|sending| *sending == Sending::Done)
    }

    /// The button that prints: everything, or after the mails the papers that are left.
    pub fn print_button(self) -> AnyView {
        let is_done = Memo::new(move |_| self.is_done());
        let print = |()| drop(window().print());
        swap(is_done, move |is_done| match (is_done, self.printed) {
            (false, _) => {
                view! { <Button label=say!(paper.print) look=Look::Primary on_press=print/> }.into_any()
            }
            (true, 0) => ().into_any(),
            (true, left) => {
                let label = counted!(mail.print_rest, left);
                view! { <Button label=label look=Look::Primary on_press=print/> }.into_any()
            }
        })
    }

    /// The button that sends, the question before it, and how far it is; nothing where the endpoint sends no mails.
    pub fn view(self) -> AnyView {
        let is_alone = self.session.sync().with_untracked(|sync| sync.phase == SyncPhase::Alone);
        if is_alone || !self.session.sends_mails() {
            return ().into_any();
        }
        let why = Signal::derive(move || match self.sending.get() {
            _ if self.mailed == 0 => Some(say!(mail.none_to_send)),
            Sending::Busy(_) => Some(say!(mail.being_sent)),
            Sending::Done => Some(say!(mail.were_sent)),
            Sending::No | Sending::Failed(..) => None,
        });
        let question = counted!(mail.sure_all, self.mailed);
        let says = say!(mail.split, mailed = self.mailed, printed = self.printed);
        view! {
            <Button label=say!(mail.send_all) why_not=why on_press=move |()| self.asks.set(true)/>
            <span role="status">{live(move || self.said())}</span>
            <Confirm open=self.asks question=question says=says on_yes=move |()| self.send()/>
        }
        .into_any()
    }

    fn said(self) -> Option<String> {
        match self.sending.get() {
            Sending::No => None,
            Sending::Busy(sent) => Some(say!(mail.sending_all, sent = sent, count = self.mailed)),
            Sending::Done => Some(say!(mail.sent_all, mailed = self.mailed, printed = self.printed)),
            Sending::Failed(sent, why) => {
                Some(say!(mail.stopped, sent = sent, count = self.mailed, why = why))
            }
        }
    }

    /// Hands over one after the other, and stops at the first that is not taken. The papers have the names that they have by themselves, with
    /// the number 0: one that was sent before is not sent again, and a second press goes on where this one has stopped.
    fn send(self) {
        if matches!(self.sending.get_untracked(), Sending::Busy(_)) {
            return;
        }
        self.sending.set(Sending::Busy(0));
        let papers = self.papers.get_value();
        let shop = self.session.shop().get_untracked().map(|shop| shop.name.clone()).unwrap_or_default();
        spawn_local(async move {
            for (sent, of) in papers.iter().enumerate() {
                let to = address(of).to_owned();
                let handed = match mail_of(of, 0, to, &shop) {
                    Some(ask) => self.session.send_one_of_many(ask).await.map_err(|why| not_connected(&why)),
                    None => Err(say!(mail.no_page)),
                };
                let now = match handed {
                    Ok(()) => Sending::Busy(sent + 1),
                    Err(why) => Sending::Failed(sent, why),
                };
                let goes_on = matches!(now, Sending::Busy(_));
                // A screen that is gone sends nothing more.
                if self.sending.try_set(now).is_some() || !goes_on {
                    return;
                }
            }
            self.sending.try_set(Sending::Done);
        });
    }
}

/// The address of a customer; empty without one.
fn address(of: &Sendable) -> &str {
    of.email.as_deref().unwrap_or_default().trim()
}

/// Whether a paper goes by mail: its customer has an address, and wants mails.
pub(super) fn goes_by_mail(of: &Sendable) -> bool {
    !of.no_mail && is_mail_address(address(of))
}
