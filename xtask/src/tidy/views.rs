//! Views contain no texts for users, which belong to `locales/`, and nothing that the page's policy blocks.

use super::finding::Finding;
use super::source::Source;

/// Attributes whose value users read or hear.
const TEXT_ATTRIBUTES: [&str; 6] =
    ["aria-label=", "aria-description=", "placeholder=", "title=", "alt=", "label="];

/// Finds prose, inline styles and raw markup in the views of `src/`.
pub fn views(source: &Source) -> Vec<Finding> {
    if !source.path.starts_with("src/") {
        return Vec::new();
    }
    let mut found = Vec::new();
    for (start, end) in bodies(source.product()) {
        found.extend(prose(source, start, end));
        found.extend(blocked(source, start, end));
    }
    found
}

/// The positions of the bodies of `view! { … }`.
fn bodies(code: &str) -> Vec<(usize, usize)> {
    let mut found: Vec<(usize, usize)> = Vec::new();
    for (at, _) in code.match_indices("view!") {
        // A view inside another view is read with the outer one.
        if found.last().is_some_and(|(_, end)| at < *end) {
            continue;
        }
        let Some(open) = code.get(at..).and_then(|rest| rest.find('{')).map(|open| at + open) else {
            continue;
        };
        found.push((open, closing(code, open)));
    }
    found
}

fn closing(code: &str, open: usize) -> usize {
    let mut depth = 0_usize;
    for (at, each) in code.get(open..).unwrap_or_default().char_indices() {
        match each {
            '{' => depth += 1,
            '}' if depth <= 1 => return open + at,
            '}' => depth -= 1,
            _ => {}
        }
    }
    code.len()
}

/// Texts that are children of elements or values of text attributes.
fn prose(source: &Source, start: usize, end: usize) -> Vec<Finding> {
    let code = source.code.get(start..end).unwrap_or_default();
    let quotes = code.match_indices('"').map(|(at, _)| start + at);
    let found = quotes.filter(|at| {
        let before = source.code.get(start..*at).unwrap_or_default().trim_end();
        let text = content(&source.text, *at);
        let child = before.ends_with('>') && !before.ends_with("=>") && !before.ends_with("->");
        let after_child = before.ends_with('}') || before.ends_with('"');
        let attribute = TEXT_ATTRIBUTES.iter().any(|name| before.ends_with(name));
        let block = before.ends_with('{') && reads_as_prose(text) && !in_class(before);
        block || ((child || after_child || attribute) && has_word(text))
    });
    found.map(|at| Finding::at(source, at, "texts belong to locales/, not to a view")).collect()
}

/// Whether the position is in the value of `class=` of an open tag.
fn in_class(before: &str) -> bool {
    let plain = before.replace("=>", "  ").replace("->", "  ");
    plain.rfind("class=") > plain.rfind('>')
}

/// Whether a text has a word; signs and single letters, as in the logo, are not words.
fn has_word(text: &str) -> bool {
    text.split(|c: char| !c.is_alphabetic()).any(|word| word.chars().count() > 1)
}

/// Whether a text looks like a sentence or a name rather than a class name.
fn reads_as_prose(text: &str) -> bool {
    text.chars().next().is_some_and(char::is_uppercase) || text.trim().contains(' ')
}

/// The text between the quotes that open at a byte.
fn content(text: &str, at: usize) -> &str {
    let inner = text.get(at + 1..).unwrap_or_default();
    inner.split_once('"').map_or(inner, |(inside, _)| inside)
}

/// Finds inline styles, which the page's policy blocks (`style:width=` is allowed), and raw markup, which could run
/// scripts.
fn blocked(source: &Source, start: usize, end: usize) -> Vec<Finding> {
    let within = |at: &usize| (start..end).contains(at);
    let styles = source.words("style").filter(within).filter(|at| {
        let after = source.code.get(at + "style".len()..).unwrap_or_default();
        after.starts_with('=') && !after.starts_with("=(")
    });
    let styles =
        styles.map(|at| Finding::at(source, at, "the page's policy blocks inline styles: use style:name="));
    let markup = source.words("inner_html").filter(within);
    styles
        .chain(markup.map(|at| Finding::at(source, at, "raw markup could run scripts: use view!")))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_and_blocked_attributes_are_found() {
        let found =
            |body: &str| views(&Source::new("src/a.rs", &format!("fn a() {{ view! {{ {body} }} }}"))).len();
        for (body, count) in [
            ("<p>\"Counterfoil\"</p>", 1),
            ("<p>{name}\" owes \"</p>", 1),
            ("<input placeholder=\"Name\"/>", 1),
            ("<p>{if here { \"Is here\" } else { \"Away\" }}</p>", 2),
            ("<p style=\"color: red\">{name}</p>", 1),
            ("<p style=move || wide()>{name}</p>", 1),
            ("<p inner_html=text></p>", 1),
            ("<p style:width=wide style=(\"height\", high) class=\"note\">{t!(i18n, words)}\" · \"</p>", 0),
            ("<p class=move || if here { \"on\" } else { \"off\" } id=\"a\">\"→\"</p>", 0),
            ("<p class=if wide { \"input search\" } else { \"input\" }>{name}</p>", 0),
            ("<p class=\"a\">{if here { \"owes nothing\" }}</p>", 1),
            ("<span class=\"mark\">\"C\"</span>", 0),
            ("<For key=|row| row.id children=move |row| view! { <Row row kind=\"wide one\"/> }/>", 0),
        ] {
            assert_eq!(found(body), count, "{body}");
        }
    }
}
