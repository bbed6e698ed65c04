//! Tables with aligned columns: texts to the left, figures to the right.

use std::fmt::Display;
use std::io::{Result, Write};

/// The alignment of a column.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Align {
    Left,
    Right,
}

/// Rows of texts; the first row is the heading.
pub struct Table {
    aligns: Vec<Align>,
    rows: Vec<Vec<String>>,
}

impl Table {
    /// A table with a heading: `<` before a column's name aligns it to the left, `>` to the right.
    pub fn new(heading: &[&str]) -> Self {
        let align = |name: &&str| if name.starts_with('>') { Align::Right } else { Align::Left };
        let name = |name: &&str| name.trim_start_matches(['<', '>']).to_owned();
        Self { aligns: heading.iter().map(align).collect(), rows: vec![heading.iter().map(name).collect()] }
    }

    /// Adds a row.
    pub fn row(&mut self, cells: impl IntoIterator<Item = String>) {
        self.rows.push(cells.into_iter().collect());
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
        let width = |at: usize| {
            let cells = self.rows.iter().filter_map(|row| row.get(at));
            cells.map(|cell| cell.chars().count()).max().unwrap_or_default()
        };
        let widths: Vec<usize> = (0..self.aligns.len()).map(width).collect();
        for row in &self.rows {
            let mut line = String::new();
            for ((cell, align), width) in row.iter().zip(&self.aligns).zip(&widths) {
                match align {
                    Align::Left => line.push_str(&format!("{cell:<width$}  ")),
                    Align::Right => line.push_str(&format!("{cell:>width$}  ")),
                }
            }
            writeln!(out, "{}", line.trim_end())?;
        }
        Ok(())
    }
}
