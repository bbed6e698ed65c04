//! Settings in two levels: the list of sections, and the section beside it; on a narrow screen one after the other.

mod appearance;
mod auto_lock;
mod banks;
mod blind_count;
mod counters;
mod device;
mod example;
mod invite;
mod items;
mod logo;
mod moving;
mod paper;
mod reasons;
mod recalculate;
mod server;
mod setting_form;
mod shop;
mod summary;
mod sync;
mod tax;

use super::{backup, people, recovery_code, without_pin};
use crate::at::at;
use crate::components::{Crumb, Crumbs, Heading, live, swap};
use crate::route::{Route, Section};
use crate::screens::context;
use crate::text::say;
use leptos::prelude::*;

/// The screen at `/settings` and at the address of each section.
#[component]
pub fn Settings() -> AnyView {
    let section = context::router().section();
    swap(section, |section| match section {
        Some(section) => open(section),
        None => list(),
    })
}

/// The list alone; on a wide screen with the first section.
fn list() -> AnyView {
    view! {
        <Heading text=say!(settings.title)/>
        <div class="settings bare">
            {links(None)}
            <section class="section wide">
                <h2>{title(Section::Shop)}</h2>
                {content(Section::Shop)}
            </section>
        </div>
    }
    .into_any()
}

/// A section, on a wide screen with the list beside it.
fn open(section: Section) -> AnyView {
    view! {
        <p class="over wide" aria-hidden="true">{say!(settings.title)}</p>
        <div class="settings">
            {links(Some(section))}
            <div class="section">
                <div class="narrow">
                    <Crumbs crumbs=vec![Crumb::new(at(Route::Settings), say!(settings.title))]/>
                </div>
                <Heading text=title(section)/>
                {content(section)}
            </div>
        </div>
    }
    .into_any()
}

fn links(here: Option<Section>) -> AnyView {
    let link = |section: Section| {
        let current = (here == Some(section)).then_some("page");
        view! {
            <li>
                <a href=at(Route::SettingsOf(section)) aria-current=current>
                    <span>{title(section)}</span>
                    <span class="summary" aria-hidden="true">{live(move || summary::of(section))}</span>
                </a>
            </li>
        }
    };
    let last = |section: &Section| *section == Section::Appearance;
    let before = Section::ALL.into_iter().filter(|section| !last(section)).map(link).collect_view();
    let after = Section::ALL.into_iter().filter(last).map(link).collect_view();
    // A screen of its own: what it shows needs the whole width.
    let import = view! {
        <li>
            <a href=at(Route::Import)>
                <span>{say!(import.title)}</span>
                <span class="summary" aria-hidden="true">{say!(import.summary)}</span>
            </a>
        </li>
    };
    let links = view! { {before}{import}{after} };
    view! { <nav class="sections" aria-label=say!(settings.sections)><ul>{links}</ul></nav> }.into_any()
}

/// The name of a section.
fn title(section: Section) -> String {
    match section {
        Section::Shop => say!(settings.shop),
        Section::Paper => say!(settings.paper),
        Section::Tax => say!(settings.tax),
        Section::Items => say!(settings.items),
        Section::Banks => say!(settings.banks_and_methods),
        Section::Reasons => say!(settings.reasons),
        Section::People => say!(settings.people),
        Section::Counters => say!(sync.title),
        Section::Backup => say!(backup.title),
        Section::Appearance => say!(settings.appearance),
    }
}

fn content(section: Section) -> AnyView {
    match section {
        Section::Shop => shop::section(),
        Section::Paper => paper::section(),
        Section::Tax => tax::section(),
        Section::Items => items::section(),
        Section::Banks => banks::section(),
        Section::Reasons => reasons::section(),
        Section::People => people_and_rights(),
        Section::Counters => view! { <div class="stack close">{sync::sync()}</div> }.into_any(),
        Section::Backup => backups(),
        Section::Appearance => appearance::section(),
    }
}

fn people_and_rights() -> AnyView {
    let here = context::session().this_device();
    let example = Memo::new(move |_| here.with(|here| here.example));
    let recovery = move || {
        let content = view! { {recovery_code::settings()}{without_pin::list()} };
        part(say!(recovery.title), content.into_any())
    };
    view! {
        {people::people()}
        {part(say!(money.blind_title), blind_count::blind_count())}
        {part(say!(people.auto_lock), auto_lock::auto_lock())}
        {swap(example, move |example| if example { ().into_any() } else { recovery() })}
    }
    .into_any()
}

fn backups() -> AnyView {
    view! {
        <div class="stack close">{backup::settings()}</div>
        {part(say!(settings.storage), device::device())}
        {part(say!(recalculate.title), recalculate::recalculate())}
    }
    .into_any()
}

/// A part of a section with its own heading.
fn part(title: String, content: AnyView) -> AnyView {
    view! { <section class="subsection"><h3>{title}</h3><div class="stack close">{content}</div></section> }
        .into_any()
}
