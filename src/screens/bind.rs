//! Two-way binding between a field on the page and its value in a draft.

use crate::components::effect;
use leptos::prelude::*;
use std::rc::Rc;

/// A text field's signal: it follows `read`, and typing calls `write`.
pub fn text(read: impl Fn() -> String + 'static, write: impl Fn(String) + 'static) -> RwSignal<String> {
    bind(Rc::new(read), Box::new(write))
}

/// A checkbox's signal: it follows `read`, and checking calls `write`.
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
