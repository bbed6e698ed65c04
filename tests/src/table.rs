//! Reading tables: rows by a text they contain, cells by row and column.

use crate::find::Scope;
use anyhow::{Context, Result};
use serde_json::Value;

/// JavaScript that returns the visible rows of all tables as `{heads, cells}`, with each run of white space as one
/// space.
const READ: &str = "
    const text = cell => cell.innerText.replace(/\\s+/g, ' ').trim();
    return [...arguments[0].querySelectorAll('table')].flatMap(table => {
        const rows = [...table.rows].filter(row => row.checkVisibility());
        const heads = [...(table.tHead?.rows[0]?.cells ?? [])].map(text);
        return rows.map(row => ({heads, cells: [...row.cells].map(text)}));
    });";

/// JavaScript that clicks the first link of the first visible row that contains a text.
const OPEN: &str = "
    const row = [...arguments[0].querySelectorAll('tr')]
        .find(row => row.checkVisibility() && row.innerText.includes(arguments[1]));
    const link = row?.querySelector('a');
    link?.click();
    return Boolean(link);";

impl Scope {
    /// Waits until the first row that contains `row` shows `figure` in the column with the head `column`.
    ///
    /// # Errors
    /// When it shows another text; the message lists the rows.
    pub async fn cell_is(&self, row: &str, column: &str, figure: &str) -> Result<()> {
        let what = format!("“{figure}” in row “{row}” under “{column}”");
        let end =
            self.until(&what, async || Ok((self.cell(row, column).await? == figure).then_some(()))).await;
        match end {
            Ok(()) => Ok(()),
            Err(error) => Err(error.context(format!("the rows are: {:?}", self.rows().await?))),
        }
    }

    /// Waits until the last cells of the first row that contains `row` are `ending`, from left to right.
    ///
    /// # Errors
    /// When it ends differently; the message lists the rows.
    pub async fn row_ends_with(&self, row: &str, ending: &[&str]) -> Result<()> {
        let what = format!("row “{row}” to end with {ending:?}");
        let end = self
            .until(&what, async || {
                let rows = self.rows().await?;
                let cells = rows.iter().find(|cells| cells.iter().any(|cell| cell.contains(row)));
                Ok(cells.is_some_and(|cells| ends(cells, ending)).then_some(()))
            })
            .await;
        match end {
            Ok(()) => Ok(()),
            Err(error) => Err(error.context(format!("the rows are: {:?}", self.rows().await?))),
        }
    }

    /// Follows the first link of the first row that contains `row`.
    ///
    /// # Errors
    /// When no row contains it, or the row has no link.
    pub async fn open(&self, row: &str) -> Result<()> {
        let what = format!("a link in row “{row}”");
        self.until(&what, async || {
            let top = self.top().await?;
            let opened = self.driver.execute(OPEN, vec![top.to_json()?, row.into()]).await?;
            Ok((opened.json() == true).then_some(()))
        })
        .await
    }

    /// The cells of every visible row, including head rows.
    ///
    /// # Errors
    /// When the scope does not exist on the page.
    pub async fn rows(&self) -> Result<Vec<Vec<String>>> {
        Ok(self.read_tables().await?.iter().map(|row| strings(&row["cells"])).collect())
    }

    async fn cell(&self, row: &str, column: &str) -> Result<String> {
        let rows = self.read_tables().await?;
        let found = rows.iter().find(|found| {
            let cells = strings(&found["cells"]);
            strings(&found["heads"]).iter().any(|head| head == column)
                && cells.iter().any(|cell| cell.contains(row))
        });
        let found = found.context("there is no such row")?;
        let at = strings(&found["heads"])
            .iter()
            .position(|head| head == column)
            .context("there is no such column")?;
        strings(&found["cells"]).get(at).cloned().context("the row is too short")
    }

    async fn read_tables(&self) -> Result<Vec<Value>> {
        let top = self.top().await?;
        let rows = self.driver.execute(READ, vec![top.to_json()?]).await?;
        rows.json().as_array().cloned().context("tables gave no list")
    }
}

fn strings(list: &Value) -> Vec<String> {
    let list = list.as_array().map(Vec::as_slice).unwrap_or_default();
    list.iter().filter_map(Value::as_str).map(str::to_owned).collect()
}

/// Compares the last cells, without arrows and empty cells between figures.
fn ends(cells: &[String], ending: &[&str]) -> bool {
    let figures: Vec<&str> =
        cells.iter().map(String::as_str).filter(|cell| !matches!(*cell, "" | "→")).collect();
    figures.ends_with(ending)
}
