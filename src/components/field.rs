//! The parts that surround every input: label, hint, error, and the ids that link them.

use crate::text::say;
use leptos::prelude::*;

/// The texts around an input.
#[derive(Clone)]
pub(super) struct Words {
    pub id: String,
    pub label: Signal<String>,
    pub hint: Option<Signal<String>>,
    pub error: Option<Signal<Option<String>>>,
    pub required: bool,
}

impl Words {
    /// The error message, if any.
    pub fn wrong(&self) -> Option<String> {
        self.error.and_then(|error| error.get())
    }

    /// The value of `aria-invalid`.
    pub fn invalid(&self) -> impl Fn() -> Option<&'static str> + use<> {
        let error = self.error;
        move || error.and_then(|error| error.with(Option::is_some).then_some("true"))
    }

    /// The value of `aria-describedby`: the error first, then the hint.
    pub fn described_by(&self) -> impl Fn() -> Option<String> + use<> {
        let words = self.clone();
        move || {
            let mut ids = Vec::new();
            if words.wrong().is_some() {
                ids.push(format!("{}-error", words.id));
            }
            if words.hint.is_some() {
                ids.push(format!("{}-hint", words.id));
            }
            (!ids.is_empty()).then(|| ids.join(" "))
        }
    }

    /// The hint and the error, as shown under the label.
    pub fn below(&self) -> AnyView {
        let hint_id = format!("{}-hint", self.id);
        let hint = self.hint.map(|hint| view! { <p class="hint" id=hint_id>{hint}</p> });
        let words = self.clone();
        let error = move || {
            let id = format!("{}-error", words.id);
            words.wrong().map(|error| view! { <p class="error" id=id>{error}</p> })
        };
        view! { {hint}{error} }.into_any()
    }

    /// The mark *optional*, on a field that is not required.
    pub fn mark(&self) -> Option<AnyView> {
        (!self.required).then(|| {
            view! { <span class="optional" aria-hidden="true">{say!(parts.optional)}</span> }.into_any()
        })
    }

    /// Adds label, hint and error around an input with the same id.
    pub fn around(&self, input: AnyView) -> AnyView {
        let (id, label) = (self.id.clone(), self.label);
        view! {
            <div class="field">
                <div class="label"><label for=id>{label}</label>{self.mark()}</div>
                {self.below()}
                {input}
            </div>
        }
        .into_any()
    }
}
