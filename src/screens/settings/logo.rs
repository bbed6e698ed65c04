//! The logo: chosen from a file, made small, and recorded, so that every counter has it.

use super::setting_form::why_not;
use crate::components::{Button, ErrorSummary, FileButton, Look, Problem, live};
use crate::device::picture::{self, NotALogo};
use crate::screens::context;
use crate::session::Session;
use crate::text::{fault::not_recorded, say};
use ledger::entry::{ChangeShop, EntryKind, Logo};
use ledger::rules::{Act, Command};
use leptos::prelude::*;
use leptos::task::spawn_local;
use web_sys::File;

/// The state of the part, cheap to copy.
#[derive(Clone, Copy)]
struct LogoForm {
    session: Session,
    problems: RwSignal<Vec<Problem>>,
    busy: RwSignal<bool>,
}

pub(super) fn logo() -> AnyView {
    let session = context::session();
    let form = LogoForm { session, problems: RwSignal::new(Vec::new()), busy: RwSignal::new(false) };
    let present = Memo::new(move |_| {
        session.shop().with(|shop| shop.as_ref().map(|shop| shop.catalogue.logo.clone()).unwrap_or_default())
    });
    let shown = move || {
        present.with(|logo| match logo.is_none() {
            true => view! { <p class="muted">{say!(settings.no_logo)}</p> }.into_any(),
            false => {
                view! { <img class="logo" src=logo.address().to_owned() alt=say!(settings.logo)/> }.into_any()
            }
        })
    };
    let may = Memo::new(move |_| why_not(session, EntryKind::ShopChanged).is_none());
    let actions = move || {
        may.get().then(|| {
            let remove = move |()| form.record(Logo::none());
            let button = move || {
                let there = !present.with(Logo::is_none);
                there.then(|| view! { <Button label=say!(settings.remove_logo) look=Look::Quiet on_press=remove/> })
            };
            view! {
                <div class="row">
                    <FileButton label=say!(settings.choose_logo) accept="image/png,image/jpeg,image/webp" busy=form.busy
                        on_choose=move |file| form.choose(file)/>
                    {live(button)}
                </div>
            }
        })
    };
    view! {
        <p class="small muted">{say!(settings.logo_says)}</p>
        <ErrorSummary problems=form.problems/>
        <div>{live(shown)}</div>
        {live(actions)}
    }
    .into_any()
}

impl LogoForm {
    fn choose(self, file: File) {
        if self.busy.get_untracked() {
            return;
        }
        self.busy.set(true);
        self.problems.set(Vec::new());
        spawn_local(async move {
            match picture::logo(&file).await {
                Ok(logo) => self.write(logo).await,
                Err(NotALogo::NoPicture) => self.show(say!(settings.no_picture)),
                Err(NotALogo::TooLarge) => self.show(say!(settings.picture_too_large)),
            }
            self.busy.try_set(false);
        });
    }

    fn record(self, logo: Logo) {
        if self.busy.get_untracked() {
            return;
        }
        self.busy.set(true);
        spawn_local(async move {
            self.write(logo).await;
            self.busy.try_set(false);
        });
    }

    async fn write(self, logo: Logo) {
        let act = Act::ChangeShop(ChangeShop { logo: Some(logo), ..ChangeShop::default() });
        let command = Command { id: Session::new_id(), customer: None, on: None, act };
        if let Err(why) = self.session.record(command).await {
            self.show(not_recorded(&why, &context::currency(self.session)));
        }
    }

    fn show(self, says: String) {
        self.problems.try_set(vec![Problem::whole(says)]);
    }
}
