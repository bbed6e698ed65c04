//! A page of the guide, from Markdown to HTML.

use anyhow::{Context, Result};
use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd, html};

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

/// Reads a page. It has a heading of the first level.
pub fn page(text: &str) -> Result<Page> {
    let mut page = Page { title: title(text).context("no heading of the first level")?, ..Page::default() };
    // Whether each link that is open stays within the guide.
    let mut within = Vec::new();
    let events: Vec<Event<'_>> = Parser::new_ext(text, Options::ENABLE_TABLES)
        .filter_map(|event| match event {
            Event::Start(Tag::Link { link_type, dest_url, title, id }) => {
                let to = of_guide(&dest_url);
                within.push(to.is_some());
                let to = to?;
                let dest_url = format!("{to}.html").into();
                page.links.push(to);
                Some(Event::Start(Tag::Link { link_type, dest_url, title, id }))
            }
            Event::End(TagEnd::Link) => within.pop()?.then_some(Event::End(TagEnd::Link)),
            Event::Start(Tag::Image { link_type, dest_url, title, id }) => {
                let name = dest_url.strip_prefix("pictures/").unwrap_or(&dest_url).to_owned();
                page.pictures.push(name.clone());
                Some(Event::Start(Tag::Image { link_type, dest_url: name.into(), title, id }))
            }
            other => Some(other),
        })
        .collect();
    html::push_html(&mut page.html, events.into_iter());
    Ok(page)
}

/// The name of the page that a link leads to. `None` for one that leaves the guide: it is its text alone, because the app does not serve
/// where it leads.
fn of_guide(address: &str) -> Option<String> {
    let page = address.strip_suffix(".md").filter(|page| !page.contains('/'))?;
    Some(super::address(page))
}

fn title(text: &str) -> Option<String> {
    let is_first =
        |event: &Event<'_>| matches!(event, Event::Start(Tag::Heading { level: HeadingLevel::H1, .. }));
    let heading = Parser::new(text).skip_while(|event| !is_first(event));
    let words = heading.take_while(|event| !matches!(event, Event::End(TagEnd::Heading(_))));
    let title: String = words
        .filter_map(|event| match event {
            Event::Text(text) | Event::Code(text) => Some(text.into_string()),
            _ => None,
        })
        .collect();
    (!title.is_empty()).then_some(title)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_and_pictures_are_those_of_the_guide() {
        let text = "# Pay & *go*\n\n1. One, [x](x.md)\n\n| a | b |\n| --- | --- |\n| [y](../y.md) | 2 |\n\n![Form](pictures/form.webp)\n";
        let page = page(text).unwrap();
        assert_eq!(page.title, "Pay & go");
        assert_eq!((page.links, page.pictures), (vec!["x".to_owned()], vec!["form.webp".to_owned()]));
        for part in ["<a href=\"x.html\">x</a>", "<td>y</td>", "<img src=\"form.webp\" alt=\"Form\" />"] {
            assert!(page.html.contains(part), "{part} is not in {}", page.html);
        }
        assert!(super::page("no heading").is_err());
    }
}
