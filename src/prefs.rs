//! Preferences of this browser. They change the appearance and the keyboard shortcuts, never the journal.

use crate::browser_storage;
use crate::components::effect;
use crate::text::Language;
use leptos::prelude::*;

/// Light, dark, or the setting of the device.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Theme {
    #[default]
    Device,
    Light,
    Dark,
}

impl Theme {
    /// The stored key, which is also the value of `<html data-theme>`.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Device => "device",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    /// The theme of a key; an unknown key follows the device.
    #[must_use]
    pub fn of(key: &str) -> Self {
        match key {
            "light" => Self::Light,
            "dark" => Self::Dark,
            _ => Self::Device,
        }
    }
}

const THEME: &str = "counterfoil-theme";
const LETTERS: &str = "counterfoil-letters";
/// `public/early.js` reads it before anything is shown.
const LANGUAGE: &str = "counterfoil-language";

/// The preferences, provided as context by the root. A change is applied and stored at once.
#[derive(Debug, Clone, Copy)]
pub struct Prefs {
    /// Light or dark.
    pub theme: RwSignal<Theme>,
    /// Whether single letters are keyboard shortcuts.
    pub letters: RwSignal<bool>,
}

impl Prefs {
    /// Reads the stored preferences, and from then on applies and stores every change.
    #[must_use]
    pub fn load() -> Self {
        let prefs = Self {
            theme: RwSignal::new(Theme::of(&browser_storage::get::<String>(THEME).unwrap_or_default())),
            letters: RwSignal::new(browser_storage::get(LETTERS).unwrap_or(true)),
        };
        effect(move || show("data-theme", THEME, prefs.theme.get().key()));
        effect(move || {
            let letters = prefs.letters.get();
            mark("data-keys", if letters { "on" } else { "off" });
            browser_storage::set(LETTERS, &letters);
        });
        prefs
    }
}

/// Stores the language of this browser, and loads the page again in it.
pub fn choose_language(language: Language) {
    browser_storage::set(LANGUAGE, language.tag());
    let _ = window().location().reload();
}

fn show(attribute: &str, key: &str, value: &'static str) {
    mark(attribute, value);
    browser_storage::set(key, value);
}

fn mark(attribute: &str, value: &str) {
    if let Some(html) = document().document_element() {
        let _ = html.set_attribute(attribute, value);
    }
}
