//! *Appearance and language*: the theme, keyboard shortcuts, and the language of the texts.

use crate::components::{CheckCard, Choice, Choices, Select, Value};
use crate::prefs::{self, Prefs, Theme};
use crate::screens::bind;
use crate::text::{self, Language, own_name, say};
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
    let languages: Vec<_> =
        Language::ALL.into_iter().map(|language| Choice::new(language.tag(), own_name(language))).collect();
    view! {
        <div class="stack">
            <p class="muted">{say!(settings.appearance_says)}</p>
            <Choices id="f-theme" label=say!(settings.theme) choices=choices value=value across=true required=true/>
            <CheckCard id="f-letters" label=say!(settings.letters) hint=say!(settings.letters_hint) checked=letters/>
            <Select id="f-language" label=say!(settings.language) hint=say!(settings.language_hint)
                choices=languages value=language() required=true/>
        </div>
    }
    .into_any()
}

/// The language of the page; a change loads the page again.
fn language() -> Value<String> {
    bind::text(
        || text::current().tag().to_owned(),
        |tag| Language::of(&tag).into_iter().for_each(prefs::choose_language),
    )
}
