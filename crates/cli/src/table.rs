//! Columns that stand under one another, texts to the left and figures to the right.

use std::fmt::Display;
use std::io::{Result, Write};

/// Which side a column leans to.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Lean {
    Left,
    Right,
}

/// Rows of texts; the first is their heading.
pub struct Table {
    leans: Vec<Lean>,
    rows: Vec<Vec<String>>,
}

impl Table {
    /// With a heading: `<` before a column's name leans it to the left, `>` to the right.
    pub fn new(heading: &[&str]) -> Self {
        let lean = |name: &&str| if name.starts_with('>') { Lean::Right } else { Lean::Left };
        let name = |name: &&str| name.trim_start_matches(['<', '>']).to_owned();
        Self { leans: heading.iter().map(lean).collect(), rows: vec![heading.iter().map(name).collect()] }
    }

    /// One more row.
    pub fn row(&mut self, cells: impl IntoIterator<Item = String>) {
        self.rows.push(cells.into_iter().collect());
    }

    /// Prints it under a title.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn print(&self, title: impl Display) -> Result<()> {
        let mut out = std::io::stdout().lock();
        writeln!(out, "{title}")?;
        self.write(&mut out)
    }

    /// Writes it; no line ends with a space.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn write(&self, out: &mut impl Write) -> Result<()> {
        let width = |at: usize| {
            let cells = self.rows.iter().filter_map(|row| row.get(at));
            cells.map(|cell| cell.chars().count()).max().unwrap_or_default()
        };
        let widths: Vec<usize> = (0..self.leans.len()).map(width).collect();
        for row in &self.rows {
            let mut line = String::new();
            for ((cell, lean), width) in row.iter().zip(&self.leans).zip(&widths) {
                match lean {
                    Lean::Left => line.push_str(&format!("{cell:<width$}  ")),
                    Lean::Right => line.push_str(&format!("{cell:>width$}  ")),
                }
            }
            writeln!(out, "{}", line.trim_end())?;
        }
        Ok(())
    }
}
