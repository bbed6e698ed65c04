//! After *Save a backup*: the browser does not tell whether it wrote the file, so a person says it.

use crate::components::Button;
use crate::session::Session;
use crate::text::say;
use leptos::prelude::*;

/// The question whether the file is there, while `offered` is true.
pub fn offered(offered: RwSignal<bool>, said: RwSignal<Option<String>>) -> AnyView {
    let session = expect_context::<Session>();
    let there = move |()| {
        session.confirm_backup();
        offered.set(false);
        said.set(Some(say!(backup.confirmed)));
    };
    let not_there = move |()| {
        offered.set(false);
        said.set(Some(say!(backup.not_there_says)));
    };
    let question = move || {
        offered.get().then(|| {
            view! {
                <div class="actions">
                    <Button label=say!(backup.is_there) on_press=there/>
                    <Button label=say!(backup.not_there) on_press=not_there/>
                </div>
            }
        })
    };
    question.into_any()
}
