//! Ties a field on the page to its place in a draft, both ways.

use crate::components::effect;
use leptos::prelude::*;
use std::rc::Rc;

/// The text of a field: follows `read`, and hands what is typed to `write`.
pub fn text(read: impl Fn() -> String + 'static, write: impl Fn(String) + 'static) -> RwSignal<String> {
    bind(Rc::new(read), Box::new(write))
}

/// The mark of a checkbox: follows `read`, and hands what is pressed to `write`.
pub fn checkbox(read: impl Fn() -> bool + 'static, write: impl Fn(bool) + 'static) -> RwSignal<bool> {
    bind(Rc::new(read), Box::new(write))
}

fn bind<T: Clone + PartialEq + Send + Sync + 'static>(
    read: Rc<dyn Fn() -> T>,
    write: Box<dyn Fn(T)>,
) -> RwSignal<T> {
    let field = RwSignal::new(untrack(|| read()));
    let follow = Rc::clone(&read);
    effect(move || {
        let now = follow();
        if field.with_untracked(|shown| *shown != now) {
            field.set(now);
        }
    });
    effect(move || {
        let typed = field.get();
        if untrack(|| read()) != typed {
            write(typed);
        }
    });
    field
}
