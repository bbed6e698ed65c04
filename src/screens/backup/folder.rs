//! Under Settings: the folder for automatic backups, where the browser can write to one.

use crate::components::{Button, Look, Problem, live};
use crate::device::folder::{self, Folder};
use crate::session::Session;
use crate::store::Fault;
use crate::text::{fault::fault, say};
use leptos::prelude::*;
use leptos::task::spawn_local;

/// The folder, and the buttons to choose, open and forget it.
pub fn folder(problems: RwSignal<Vec<Problem>>) -> Option<AnyView> {
    if !folder::can() {
        return None;
    }
    let session = expect_context::<Session>();
    let chosen = RwSignal::new(None::<Folder>);
    let look = move || {
        spawn_local(async move {
            let found = session.backup_folder().await;
            chosen.try_set(found);
        });
    };
    look();
    let after = move |outcome: Result<(), Fault>| {
        problems.try_set(outcome.err().map(|why| Problem::whole(fault(&why))).into_iter().collect());
        look();
    };
    let open =
        move |anew: bool| move |()| spawn_local(async move { after(session.open_backup_folder(anew).await) });
    let forget = move |()| spawn_local(async move { after(session.forget_backup_folder().await) });
    let buttons = move |folder: Option<Folder>| {
        match folder {
        None => view! { <Button label=say!(backup.folder_choose) on_press=open(true)/> }.into_any(),
        Some(folder) => view! {
            {(!folder.is_open).then(|| view! { <Button label=say!(backup.folder_allow) on_press=open(false)/> })}
            <Button label=say!(backup.folder_forget) look=Look::Quiet on_press=forget/>
        }
        .into_any(),
    }
    };
    let words = move || match chosen.get() {
        None => say!(backup.folder_says),
        Some(Folder { name, is_open: true }) => say!(backup.folder_is, name = name),
        Some(Folder { name, is_open: false }) => say!(backup.folder_closed, name = name),
    };
    let all = view! {
        <p>{words}</p>
        <div class="actions">{live(move || Some(buttons(chosen.get())))}</div>
    };
    Some(all.into_any())
}
