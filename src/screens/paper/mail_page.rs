//! A paper as the HTML part of a mail: the markup that is shown, without pictures, in a page of its own with a sheet of its own.

use leptos::prelude::*;
use web_sys::HtmlElement;

/// What mail programs show: a paper in one column, with as few rules as do.
const SHEET: &str = include_str!("mail_page.css");

/// What mails do not have: pictures, which mail programs hide or show as attachments, and lines to sign.
const LEFT_OUT: &str = "svg, img, .code .qr, .sign";

/// The page; `None` if the browser cannot copy the paper. All texts in it are escaped: they were texts of the document.
pub(super) fn mail_page(title: &str, paper: &HtmlElement) -> Option<String> {
    let copy = document().create_element("div").ok()?;
    copy.append_child(&paper.clone_node_with_deep(true).ok()?).ok()?;
    while let Some(picture) = copy.query_selector(LEFT_OUT).ok()? {
        picture.remove();
    }
    // A paper may have another language than the page around it.
    let language = paper.get_attribute("lang").unwrap_or_default();
    let heading = document().create_element("title").ok()?;
    heading.set_text_content(Some(title));
    Some(format!(
        "<!doctype html>\n<html lang=\"{language}\"><head><meta charset=\"utf-8\">{}<style>\n{SHEET}</style></head><body>{}</body></html>\n",
        heading.outer_html(),
        copy.inner_html(),
    ))
}
