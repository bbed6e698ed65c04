//! The part of Markdown that the guide is written in, as HTML: headings, paragraphs, lists, tables, pictures, links, and emphasis.

use std::iter;

use anyhow::{Context, Result};

/// A page.
#[derive(Debug, Default)]
pub struct Page {
    /// Its first heading.
    pub title: String,
    /// Its content.
    pub html: String,
    /// The pages of the guide that it links to, by the names of their addresses.
    pub links: Vec<String>,
    /// Its pictures, by the names of their files.
    pub pictures: Vec<String>,
}

/// Reads a page. Its first line is its heading.
pub fn page(text: &str) -> Result<Page> {
    let mut page = Page::default();
    let title = text.lines().next().and_then(|line| line.strip_prefix("# "));
    page.title = title.context("the first line is no heading")?.to_owned();
    let lines: Vec<&str> = text.lines().collect();
    page.html = page.blocks(&lines);
    Ok(page)
}

impl Page {
    fn blocks(&mut self, lines: &[&str]) -> String {
        let (mut html, mut rest) = (String::new(), lines);
        while let Some(line) = rest.first() {
            let taken = if line.trim().is_empty() {
                1
            } else if let Some((level, text)) = heading(line) {
                html += &format!("<h{level}>{}</h{level}>\n", self.inline(text));
                1
            } else if line.starts_with('|') {
                let rows = rest.iter().take_while(|line| line.starts_with('|')).count();
                html += &self.table(&rest[..rows]);
                rows
            } else if marker(line).is_some() {
                let (list, taken) = self.list(rest);
                html += &list;
                taken
            } else {
                let ends = |line: &&&str| !line.trim().is_empty() && marker(line).is_none();
                let taken = 1 + rest.iter().skip(1).take_while(ends).count();
                let text: Vec<&str> = rest[..taken].iter().map(|line| line.trim()).collect();
                html += &format!("<p>{}</p>\n", self.inline(&text.join(" ")));
                taken
            };
            rest = &rest[taken..];
        }
        html
    }

    /// A list: each item with its lines that are indented.
    fn list(&mut self, lines: &[&str]) -> (String, usize) {
        let ordered = marker(lines[0]).is_some_and(|(ordered, _)| ordered);
        let (mut items, mut at) = (String::new(), 0);
        while let Some((_, width)) =
            lines.get(at).and_then(|line| marker(line)).filter(|(kind, _)| *kind == ordered)
        {
            let belongs = |line: &&&str| line.trim().is_empty() || line.starts_with("  ");
            let more = lines[at + 1..].iter().take_while(belongs).count();
            let first = &lines[at][width..];
            let indented =
                lines[at + 1..=at + more].iter().map(|line| line.get(width..).unwrap_or(line.trim()));
            let item: Vec<&str> = iter::once(first).chain(indented).collect();
            let html = self.blocks(&item);
            // An item of one paragraph is a line.
            let only = html.trim().strip_prefix("<p>").and_then(|html| html.strip_suffix("</p>"));
            items += &format!("<li>{}</li>\n", only.filter(|html| !html.contains("<p>")).unwrap_or(&html));
            at += 1 + more;
        }
        let tag = if ordered { "ol" } else { "ul" };
        (format!("<{tag}>\n{items}</{tag}>\n"), at)
    }

    fn table(&mut self, rows: &[&str]) -> String {
        let mut html = String::from("<table>\n");
        for (at, row) in rows.iter().enumerate().filter(|(at, _)| *at != 1) {
            let tag = if at == 0 { "th" } else { "td" };
            let cells = row.trim_matches('|').split(" | ");
            let cells: String =
                cells.map(|cell| format!("<{tag}>{}</{tag}>", self.inline(cell.trim()))).collect();
            html += &format!("<tr>{cells}</tr>\n");
        }
        html + "</table>\n"
    }

    /// Emphasis, code, links and pictures. A link that leaves the guide is its text alone, because the app does not serve it.
    fn inline(&mut self, text: &str) -> String {
        let (mut html, mut rest) = (String::new(), text);
        while let Some(at) = rest.find(['*', '`', '[', '!']) {
            let (before, from) = rest.split_at(at);
            html += &escaped(before);
            let found = between(from, "**", "**")
                .map(|(inner, rest)| (format!("<b>{}</b>", self.inline(inner)), rest));
            let found = found.or_else(|| {
                between(from, "*", "*").map(|(inner, rest)| (format!("<i>{}</i>", self.inline(inner)), rest))
            });
            let found = found.or_else(|| {
                between(from, "`", "`")
                    .map(|(inner, rest)| (format!("<code>{}</code>", escaped(inner)), rest))
            });
            let found = found.or_else(|| self.picture(from)).or_else(|| self.link(from));
            let (part, after) = found.unwrap_or_else(|| {
                let (one, after) = from.split_at(1);
                (one.to_owned(), after)
            });
            html += &part;
            rest = after;
        }
        html + &escaped(rest)
    }

    fn picture<'a>(&mut self, from: &'a str) -> Option<(String, &'a str)> {
        let (says, rest) = between(from, "![", "](")?;
        let (address, rest) = rest.split_once(')')?;
        let name = address.strip_prefix("pictures/")?;
        self.pictures.push(name.to_owned());
        let says = escaped(says);
        Some((format!(r#"<img src="{name}" alt="{says}" width="1280" height="800">"#), rest))
    }

    fn link<'a>(&mut self, from: &'a str) -> Option<(String, &'a str)> {
        let (says, rest) = between(from, "[", "](")?;
        let (address, rest) = rest.split_once(')')?;
        let says = self.inline(says);
        let Some(page) = address.strip_suffix(".md").filter(|page| !page.contains('/')) else {
            return Some((says, rest));
        };
        let page = super::address(page);
        self.links.push(page.clone());
        Some((format!(r#"<a href="{page}.html">{says}</a>"#), rest))
    }
}

fn heading(line: &str) -> Option<(usize, &str)> {
    let level = line.bytes().take_while(|byte| *byte == b'#').count();
    line.get(level..)?.strip_prefix(' ').filter(|_| level > 0).map(|text| (level, text))
}

/// Whether a line begins an item, of an ordered list or another, and how wide its marker is.
fn marker(line: &str) -> Option<(bool, usize)> {
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    if digits > 0 && line.get(digits..)?.starts_with(". ") {
        return Some((true, digits + 2));
    }
    line.starts_with("- ").then_some((false, 2))
}

fn between<'a>(text: &'a str, open: &str, close: &str) -> Option<(&'a str, &'a str)> {
    text.strip_prefix(open)?.split_once(close).filter(|(inner, _)| !inner.is_empty())
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_written_as_html() {
        let text = "# Pay & go\n\nTwo\nlines, **Pay *now***.\n\n1. One\n   more.\n   - a `b<c`\n   - [x](x.md)\n2. Two\n\n| a | b |\n| --- | --- |\n| [y](../y.md) | 2 |\n\n![Form](pictures/form.webp)\n";
        let page = page(text).unwrap();
        assert_eq!(page.title, "Pay & go");
        assert_eq!((page.links, page.pictures), (vec!["x".to_owned()], vec!["form.webp".to_owned()]));
        let wanted = "<h1>Pay &amp; go</h1>\n<p>Two lines, <b>Pay *now</b>*.</p>\n<ol>\n<li><p>One more.</p>\n<ul>\n<li>a <code>b&lt;c</code></li>\n<li><a href=\"x.html\">x</a></li>\n</ul>\n</li>\n<li>Two</li>\n</ol>\n<table>\n<tr><th>a</th><th>b</th></tr>\n<tr><td>y</td><td>2</td></tr>\n</table>\n<p><img src=\"form.webp\" alt=\"Form\" width=\"1280\" height=\"800\"></p>\n";
        assert_eq!(page.html, wanted);
    }
}
