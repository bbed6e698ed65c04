//! Tables with aligned columns: texts to the left, figures to the right.

use comfy_table::{CellAlignment, ContentArrangement, presets};
use reports::sheet::Sheet;
use std::fmt::Display;
use std::io::{Result, Write};
use std::process::ExitCode;

/// The number of spaces between two columns.
const GAP: u16 = 2;

/// Rows of texts under a heading.
pub struct Table(comfy_table::Table);

impl Table {
    /// A table with a heading: `<` before a column's name aligns it to the left, `>` to the right.
    pub fn new(heading: &[&str]) -> Self {
        let mut table = comfy_table::Table::new();
        table.load_style(presets::NOTHING).set_content_arrangement(ContentArrangement::Disabled);
        table.set_header(heading.iter().map(|name| name.trim_start_matches(['<', '>'])));
        for (column, name) in table.column_iter_mut().zip(heading) {
            let right = name.starts_with('>');
            column.set_cell_alignment(if right { CellAlignment::Right } else { CellAlignment::Left });
            column.set_padding((0, GAP));
        }
        Self(table)
    }

    /// Adds a row.
    pub fn row(&mut self, cells: impl IntoIterator<Item = String>) {
        self.0.add_row(cells);
    }

    /// Prints the table under a title.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn print(&self, title: impl Display) -> Result<()> {
        let mut out = std::io::stdout().lock();
        writeln!(out, "{title}")?;
        self.write(&mut out)
    }

    /// Writes the table; no line ends with a space.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn write(&self, out: &mut impl Write) -> Result<()> {
        self.0.lines().try_for_each(|line| writeln!(out, "{}", line.trim_end()))
    }
}

/// Prints a table as comma-separated values.
///
/// # Errors
/// When it cannot be written.
pub fn print_csv(sheet: &Sheet) -> anyhow::Result<ExitCode> {
    std::io::stdout().lock().write_all(sheet.csv().as_bytes())?;
    Ok(ExitCode::SUCCESS)
}
