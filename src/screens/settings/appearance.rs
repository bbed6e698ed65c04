//! *Appearance and language*: the theme, keyboard shortcuts, and the language of the texts.

use crate::components::{CheckCard, Choice, Choices};
use crate::prefs::{Prefs, Theme};
use crate::text::say;
use leptos::prelude::*;

/// The section.
pub(super) fn section() -> AnyView {
    let Prefs { theme, letters } = expect_context::<Prefs>();
    let value = RwSignal::new(theme.get_untracked().key().to_owned());
    Effect::new(move |_| theme.set(Theme::of(&value.read())));
    let choices = vec![
        Choice::new(Theme::Device.key(), say!(settings.theme_device)),
        Choice::new(Theme::Light.key(), say!(settings.theme_light)),
        Choice::new(Theme::Dark.key(), say!(settings.theme_dark)),
    ];
    view! {
        <div class="stack">
            <p class="muted">{say!(settings.appearance_says)}</p>
            <Choices id="f-theme" label=say!(settings.theme) choices=choices value=value across=true required=true/>
            <CheckCard id="f-letters" label=say!(settings.letters) hint=say!(settings.letters_hint) checked=letters/>
            <dl class="facts"><dt>{say!(settings.language)}</dt><dd>{say!(settings.language_name)}</dd></dl>
        </div>
    }
    .into_any()
}
