//! The size of the printed page. A slip is one page as long as the slip; an A4 document has margins, and its name and the number of the
//! page below.

use crate::components::effect;
use crate::text::say;
use leptos::html::Article;
use leptos::prelude::*;
use std::fmt::Write;
use wasm_bindgen::JsCast;
use web_sys::CssStyleSheet;

/// Room below a slip, in millimetres: a page that is a fraction too short would break.
const ROOM: i32 = 2;

/// What the paper is printed on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sheet {
    /// A roll of 80 mm.
    Roll,
    /// Sheets of 210 × 297 mm.
    A4,
}

impl Sheet {
    /// The classes of the paper.
    pub const fn class(self) -> &'static str {
        match self {
            Self::Roll => "paper slip",
            Self::A4 => "paper a4",
        }
    }
}

/// Sets the page of the document while the paper is shown.
pub(super) fn page_rule(sheet: Sheet, title: &str, paper: NodeRef<Article>) {
    // Written now, in the language of the paper.
    let page = say!(paper.page_of, title = title);
    effect(move || {
        let Some(paper) = paper.get() else { return };
        let page = page.clone();
        // The layout of a new element is known in the next frame.
        request_animation_frame(move || {
            let height = paper.offset_height();
            set(&rule(sheet, &page, height));
        });
    });
    on_cleanup(remove);
}

/// The rule for a paper that is so many CSS pixels high; an inch has 96 of them. `page` is what stands before the number of a page.
fn rule(sheet: Sheet, page: &str, height: i32) -> String {
    match sheet {
        Sheet::Roll => {
            let length = height * 254 / 960 + ROOM;
            format!("@page {{ size: 80mm {length}mm; margin: 0 }}")
        }
        Sheet::A4 => {
            let page = quoted(page);
            let font = "font: 7.5pt system-ui, sans-serif; vertical-align: top; padding-top: 3mm";
            format!(
                "@page {{ size: A4; margin: 15mm 20mm 18mm; @bottom-right {{ content: {page} \" \" counter(page) \"/\" \
                 counter(pages); {font} }} }}"
            )
        }
    }
}

/// A text as a string of CSS.
fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for letter in text.chars() {
        if letter.is_alphanumeric() || letter == ' ' {
            quoted.push(letter);
        } else {
            // Writing to a string does not fail.
            let _ = write!(quoted, "\\{:x} ", u32::from(letter));
        }
    }
    quoted.push('"');
    quoted
}

/// The style sheet that the rule is added to: the last one of the page.
fn sheet_of_page() -> Option<CssStyleSheet> {
    let sheets = document().style_sheets();
    sheets.item(sheets.length().checked_sub(1)?)?.dyn_into().ok()
}

fn set(rule: &str) {
    remove();
    let Some(sheet) = sheet_of_page() else { return };
    let end = sheet.css_rules().map_or(0, |rules| rules.length());
    // A browser that does not know the rule prints on its own page.
    let _ = sheet.insert_rule_with_index(rule, end);
}

fn remove() {
    let Some(sheet) = sheet_of_page() else { return };
    let Ok(rules) = sheet.css_rules() else { return };
    for at in (0..rules.length()).rev() {
        if rules.item(at).is_some_and(|rule| rule.css_text().starts_with("@page")) {
            let _ = sheet.delete_rule(at);
        }
    }
}
