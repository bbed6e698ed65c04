//! The name and role of the signed-in user.

use crate::session::Session;
use crate::text::{names, say};
use leptos::prelude::*;

/// The name and role of the signed-in user.
pub fn actor_name() -> Signal<String> {
    let session = expect_context::<Session>();
    let (shop, here) = (session.shop(), session.this_device());
    Signal::derive(move || {
        let shop = shop.get();
        let member = shop.as_ref().and_then(|shop| shop.staff.get(&here.get().actor));
        member.map_or_else(String::new, |member| {
            say!(shell.who, name = member.name.clone(), role = names::role(member.role))
        })
    })
}
