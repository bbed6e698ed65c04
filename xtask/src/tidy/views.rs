//! What a person reads lives with the other words, and nothing in a view is blocked by the page's own rules.

use super::finding::Finding;
use super::source::Source;

/// Attributes whose value a person reads or hears.
const SPOKEN: [&str; 6] = ["aria-label=", "aria-description=", "placeholder=", "title=", "alt=", "label="];

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

/// Where the bodies of `view! { … }` begin and end.
fn bodies(code: &str) -> Vec<(usize, usize)> {
    let mut found: Vec<(usize, usize)> = Vec::new();
    for (at, _) in code.match_indices("view!") {
        // A view within a view is read with the outer one.
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

/// Texts that stand as children, or as the value of a spoken attribute.
fn prose(source: &Source, start: usize, end: usize) -> Vec<Finding> {
    let code = source.code.get(start..end).unwrap_or_default();
    let quotes = code.match_indices('"').map(|(at, _)| start + at);
    let said = quotes.filter(|at| {
        let before = source.code.get(start..*at).unwrap_or_default().trim_end();
        let text = content(&source.text, *at);
        let child = before.ends_with('>') && !before.ends_with("=>") && !before.ends_with("->");
        let after_child = before.ends_with('}') || before.ends_with('"');
        let spoken = SPOKEN.iter().any(|name| before.ends_with(name));
        let block = before.ends_with('{') && reads_as_prose(text) && !in_class(before);
        block || ((child || after_child || spoken) && has_word(text))
    });
    said.map(|at| Finding::at(source, at, "words belong to locales/, not into a view")).collect()
}

/// Within the value of `class=`, after which no tag has ended yet.
fn in_class(before: &str) -> bool {
    let plain = before.replace("=>", "  ").replace("->", "  ");
    plain.rfind("class=") > plain.rfind('>')
}

/// Signs and single letters, such as those of the mark, are no words.
fn has_word(text: &str) -> bool {
    text.split(|c: char| !c.is_alphabetic()).any(|word| word.chars().count() > 1)
}

/// A sentence or a name, not the name of a class.
fn reads_as_prose(text: &str) -> bool {
    text.chars().next().is_some_and(char::is_uppercase) || text.trim().contains(' ')
}

/// What is between the quotes that open at a byte.
fn content(text: &str, at: usize) -> &str {
    let inner = text.get(at + 1..).unwrap_or_default();
    inner.split_once('"').map_or(inner, |(inside, _)| inside)
}

/// Inline styles are blocked by the page's policy (`style:width=` is not); raw markup could run.
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
        .chain(markup.map(|at| Finding::at(source, at, "raw markup could run: build it with view!")))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prose_and_what_is_blocked_is_found_and_the_rest_is_not() {
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
