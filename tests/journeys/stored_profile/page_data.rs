//! Reads data from a page that stays the same when the texts of the interface change: names, document numbers, amounts,
//! values of fields and stored names.

use super::expected::Screen;
use anyhow::{Context, Result};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use tests::Browser;

/// JavaScript that returns all names under which this origin stores data, sorted: databases with their versions, object
/// stores, indexes, keys of the `meta` stores and keys of local storage.
const STORED_NAMES: &str = "(async () => {
    const settled = request => new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result); request.onerror = () => reject(request.error) });
    const names = Object.keys(localStorage).map(name => `local storage ${name}`);
    for (const {name, version} of await indexedDB.databases()) {
        names.push(`database ${name} version ${version}`);
        const database = await settled(indexedDB.open(name));
        for (const part of database.objectStoreNames) {
            const store = database.transaction(part).objectStore(part);
            names.push(`store ${name} ${part} by ${store.keyPath}`);
            for (const index of store.indexNames)
                names.push(`index ${name} ${part} ${index} by ${store.index(index).keyPath}`);
            if (part === 'meta')
                for (const key of await settled(store.getAllKeys())) names.push(`text ${name} ${part} ${key}`);
        }
        database.close();
    }
    return names.sort() })()";

/// JavaScript that returns the attributes of the root element for preferences, sorted.
const PREFERENCES: &str = "[...document.documentElement.attributes]
    .filter(each => each.name.startsWith('data-'))
    .map(each => `${each.name}=${each.value}`).sort()";

/// JavaScript that returns the values of fields, in the order of the page. Dates are left out because forms propose the
/// current date.
const FORM: &str = "[...document.querySelectorAll('main input, main textarea, main select')]
    .filter(each => each.type !== 'date' && each.type !== 'file')
    .filter(each => (each.type !== 'checkbox' && each.type !== 'radio') || each.checked)
    .map(each => each.value).filter(value => value !== '')";

/// The data of the open screen.
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
        if cell == DASH {
            found.push(cell.clone());
        }
        found.extend(names.iter().filter(|name| cell.contains(*name)).cloned());
        let words = cell.split(' ').filter(|word| is_document(word) || is_amount(word));
        found.extend(words.map(str::to_owned));
    }
    // A row that contains only dashes has no data.
    if found.iter().all(|each| each == DASH) { Vec::new() } else { found }
}

/// The dash in a column of figures where there is no amount.
const DASH: &str = "–";

/// True for a document number, such as `AP-0012`.
pub fn is_document(word: &str) -> bool {
    word.split_once('-').is_some_and(|(series, number)| {
        series.len() > 1
            && series.chars().all(|each| each.is_ascii_uppercase())
            && number.len() > 3
            && number.chars().all(|each| each.is_ascii_digit())
    })
}

/// True for an amount, such as `1,284.50`, `−4.17` or `£5.00`.
fn is_amount(word: &str) -> bool {
    let bare = word.trim_start_matches(['−', '+', '£']);
    bare.split_once('.').is_some_and(|(whole, part)| {
        part.len() == 2
            && part.chars().all(|each| each.is_ascii_digit())
            && whole.chars().next().is_some_and(|first| first.is_ascii_digit())
            && whole.chars().all(|each| each.is_ascii_digit() || each == ',')
    })
}

/// The texts of `wanted` that `shown` does not contain. A text that is wanted twice must be shown twice.
pub fn missing(wanted: &[String], shown: &[String]) -> Vec<String> {
    let mut left = shown.to_vec();
    let mut missing = Vec::new();
    for each in wanted {
        match left.iter().position(|shown| shown == each) {
            Some(at) => drop(left.remove(at)),
            None => missing.push(each.clone()),
        }
    }
    missing
}

/// The values of the fields of the open form.
pub async fn form(page: &Browser) -> Result<Vec<String>> {
    texts(&page.eval(FORM).await?)
}

/// The count next to a link of the main navigation: an image whose name begins with a number.
pub async fn to_do_count(page: &Browser) -> Result<Option<u64>> {
    let names = page.all("image").await?;
    Ok(names.iter().find_map(|name| name.split(' ').next()?.parse().ok()))
}

/// All stored names, sorted.
pub async fn stored_names(page: &Browser) -> Result<Vec<String>> {
    texts(&page.eval(STORED_NAMES).await?)
}

/// The attributes of the root element for preferences, such as `data-theme=dark`.
pub async fn preferences(page: &Browser) -> Result<Vec<String>> {
    texts(&page.eval(PREFERENCES).await?)
}

/// The text of local storage with this key.
pub async fn local_storage_text(page: &Browser, name: &str) -> Result<Option<String>> {
    let text = page.eval(&format!("localStorage.getItem({})", json!(name))).await?;
    Ok(text.as_str().map(str::to_owned))
}

/// All texts of `localStorage` or `sessionStorage`, by key.
pub async fn storage(page: &Browser, which: &str) -> Result<BTreeMap<String, String>> {
    let all = page.eval(&format!("Object.fromEntries(Object.entries({which}))")).await?;
    serde_json::from_value(all).with_context(|| format!("{which} contains a value that is not a text"))
}

/// Writes texts to the session storage of the current tab.
pub async fn write_session_storage(page: &Browser, texts: &BTreeMap<String, String>) -> Result<()> {
    let all = json!(texts);
    page.eval(&format!("Object.entries({all}).forEach(([name, text]) => sessionStorage.setItem(name, text))"))
        .await
        .map(drop)
}

fn texts(list: &Value) -> Result<Vec<String>> {
    let list = list.as_array().with_context(|| format!("not a list: {list}"))?;
    Ok(list.iter().filter_map(Value::as_str).map(str::to_owned).collect())
}
