//! Reads from a page what stays the same when the words of the interface change: names, document numbers, amounts and
//! the values of fields.

use super::expected::Screen;
use anyhow::{Context, Result};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use tests::Browser;

/// Every name under which this origin stores something, sorted: databases with their version, stores, indexes and the
/// keys of texts.
const NAMES: &str = "(async () => {
    const settled = asked => new Promise((good, bad) => {
        asked.onsuccess = () => good(asked.result); asked.onerror = () => bad(asked.error) });
    const names = Object.keys(localStorage).map(name => `local storage ${name}`);
    for (const {name, version} of await indexedDB.databases()) {
        names.push(`database ${name} version ${version}`);
        const book = await settled(indexedDB.open(name));
        for (const part of book.objectStoreNames) {
            const store = book.transaction(part).objectStore(part);
            names.push(`store ${name} ${part} by ${store.keyPath}`);
            for (const index of store.indexNames)
                names.push(`index ${name} ${part} ${index} by ${store.index(index).keyPath}`);
            if (part === 'meta')
                for (const key of await settled(store.getAllKeys())) names.push(`text ${name} ${part} ${key}`);
        }
        book.close();
    }
    return names.sort() })()";

/// Preferences of this browser as the page shows them.
const LOOKS: &str = "[...document.documentElement.attributes].filter(each => each.name.startsWith('data-')).map(each => \
     `${each.name}=${each.value}`).sort()";

/// The values of fields, in the order of the page; a date is left out because a form proposes today's.
const FORM: &str = "[...document.querySelectorAll('main input, main textarea, main select')]
    .filter(each => each.type !== 'date' && each.type !== 'file')
    .filter(each => (each.type !== 'checkbox' && each.type !== 'radio') || each.checked)
    .map(each => each.value).filter(value => value !== '')";

/// What a table or a sentence of the screen in front says.
pub async fn screen(page: &Browser, names: &[String]) -> Result<Screen> {
    let rows =
        page.rows().await?.iter().map(|cells| row(cells, names)).filter(|row| !row.is_empty()).collect();
    let text = page.text().await?;
    let sums = text.split(' ').map(|word| word.trim_end_matches(['.', ',', ':', ';']));
    let sums = sums.filter(|word| word.contains('£') && is_amount(word)).map(str::to_owned).collect();
    Ok(Screen { rows, sums })
}

/// Names, document numbers and amounts of a row.
fn row(cells: &[String], names: &[String]) -> Vec<String> {
    let mut found = Vec::new();
    for cell in cells {
        if cell == NOTHING {
            found.push(cell.clone());
        }
        found.extend(names.iter().filter(|name| cell.contains(*name)).cloned());
        let words = cell.split(' ').filter(|word| is_document(word) || is_amount(word));
        found.extend(words.map(str::to_owned));
    }
    // Dashes alone are a row of which nothing can be said.
    if found.iter().all(|each| each == NOTHING) { Vec::new() } else { found }
}

/// What stands in a column of figures for none.
const NOTHING: &str = "–";

/// As in `AP-0012`.
pub fn is_document(word: &str) -> bool {
    word.split_once('-').is_some_and(|(series, number)| {
        series.len() > 1
            && series.chars().all(|each| each.is_ascii_uppercase())
            && number.len() > 3
            && number.chars().all(|each| each.is_ascii_digit())
    })
}

/// As in `1,284.50`, `−4.17`, `£5.00`.
fn is_amount(word: &str) -> bool {
    let bare = word.trim_start_matches(['−', '+', '£']);
    bare.split_once('.').is_some_and(|(whole, part)| {
        part.len() == 2
            && part.chars().all(|each| each.is_ascii_digit())
            && whole.chars().next().is_some_and(|first| first.is_ascii_digit())
            && whole.chars().all(|each| each.is_ascii_digit() || each == ',')
    })
}

/// What of `wanted` is not among `shown`; what is wanted twice must be there twice.
pub fn lacking(wanted: &[String], shown: &[String]) -> Vec<String> {
    let mut left = shown.to_vec();
    let mut lacking = Vec::new();
    for each in wanted {
        match left.iter().position(|shown| shown == each) {
            Some(at) => drop(left.remove(at)),
            None => lacking.push(each.clone()),
        }
    }
    lacking
}

/// The values of the form in front.
pub async fn form(page: &Browser) -> Result<Vec<String>> {
    texts(&page.eval(FORM).await?)
}

/// The count beside a link of the main navigation, which is an image with a number in its name.
pub async fn waiting(page: &Browser) -> Result<Option<u64>> {
    let names = page.all("image").await?;
    Ok(names.iter().find_map(|name| name.split(' ').next()?.parse().ok()))
}

/// Every stored name.
pub async fn names(page: &Browser) -> Result<Vec<String>> {
    texts(&page.eval(NAMES).await?)
}

/// The attributes of the page's root.
pub async fn looks(page: &Browser) -> Result<Vec<String>> {
    texts(&page.eval(LOOKS).await?)
}

/// A text of local storage.
pub async fn note(page: &Browser, name: &str) -> Result<Option<String>> {
    let text = page.eval(&format!("localStorage.getItem({})", json!(name))).await?;
    Ok(text.as_str().map(str::to_owned))
}

/// All texts of a storage, `localStorage` or `sessionStorage`.
pub async fn storage(page: &Browser, which: &str) -> Result<BTreeMap<String, String>> {
    let all = page.eval(&format!("Object.fromEntries(Object.entries({which}))")).await?;
    serde_json::from_value(all).with_context(|| format!("{which} holds no texts"))
}

/// Writes the session storage of the tab in front.
pub async fn put_in_tab(page: &Browser, texts: &BTreeMap<String, String>) -> Result<()> {
    let all = json!(texts);
    page.eval(&format!("Object.entries({all}).forEach(([name, text]) => sessionStorage.setItem(name, text))"))
        .await
        .map(drop)
}

fn texts(list: &Value) -> Result<Vec<String>> {
    let list = list.as_array().with_context(|| format!("no list: {list}"))?;
    Ok(list.iter().filter_map(Value::as_str).map(str::to_owned).collect())
}
