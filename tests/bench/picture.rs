//! The picture of `docs/performance.md`: times against the size of the book, both on scales where each step is ten times more.

use anyhow::{Context, Result};
use std::fmt::Write;
use std::path::Path;

/// The size of the picture and its margins, in units of the picture.
const WIDTH: f64 = 720.0;
const HEIGHT: f64 = 320.0;
const LEFT: f64 = 56.0;
const RIGHT: f64 = 190.0;
const TOP: f64 = 16.0;
const BOTTOM: f64 = 40.0;

/// The powers of ten at the ends of the scales: entries, and milliseconds.
const ENTRIES: (i32, i32) = (3, 6);
const MILLIS: (i32, i32) = (0, 4);

/// A line of the picture: what it shows, and its points (entries, milliseconds).
pub struct Line {
    pub name: &'static str,
    pub points: Vec<(f64, f64)>,
}

impl Line {
    /// The points of table rows: their first cell is the number of entries, `column` the milliseconds, of which the figure at `place`
    /// counts where there are several. Rows of other books, and those that `is_of` does not accept, are left out.
    pub fn of(
        name: &'static str,
        rows: &[String],
        (column, place): (usize, usize),
        is_of: impl Fn(&[&str]) -> bool,
    ) -> Self {
        let point = |row: &String| {
            let cells: Vec<&str> = row.trim_matches('|').split('|').map(str::trim).collect();
            let millis = cells.get(column)?.split(',').nth(place)?.trim().parse().ok()?;
            let entries = cells.first()?.parse().ok()?;
            is_of(&cells).then_some((entries, millis))
        };
        Self { name, points: rows.iter().filter_map(point).collect() }
    }
}

/// Writes the picture of these lines as SVG. It follows the theme of the reader.
pub fn write(path: &Path, lines: &[Line]) -> Result<()> {
    std::fs::write(path, drawn(lines)?).with_context(|| path.display().to_string())
}

fn drawn(lines: &[Line]) -> Result<String> {
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {HEIGHT}\" role=\"img\" \
         font-family=\"system-ui, sans-serif\" font-size=\"13\">\n\
         <title>Milliseconds against the entries of the book</title>\n\
         <style>svg {{ color: #181e29 }} @media (prefers-color-scheme: dark) {{ svg {{ color: #eceef2 }} }}</style>\n"
    );
    for power in MILLIS.0..=MILLIS.1 {
        let (y, label) = (down(10_f64.powi(power)), 10_f64.powi(power));
        let end = WIDTH - RIGHT;
        writeln!(svg, "<path d=\"M{LEFT} {y:.1}H{end}\" stroke=\"currentColor\" opacity=\"0.15\"/>")?;
        let at = LEFT - 8.0;
        writeln!(
            svg,
            "<text x=\"{at}\" y=\"{y:.1}\" dy=\"4\" text-anchor=\"end\" fill=\"currentColor\">{label}</text>"
        )?;
    }
    for power in ENTRIES.0..=ENTRIES.1 {
        let (x, y) = (across(10_f64.powi(power)), HEIGHT - BOTTOM + 20.0);
        let label = ["1,000", "10,000", "100,000", "1,000,000"].get(usize::try_from(power - ENTRIES.0)?);
        let label = label.context("a size without a label")?;
        writeln!(
            svg,
            "<text x=\"{x:.1}\" y=\"{y}\" text-anchor=\"middle\" fill=\"currentColor\">{label}</text>"
        )?;
    }
    for (line, colour) in lines.iter().zip(["#2d57bb", "#79570b", "#096a4c", "#b72121"]) {
        let points: Vec<String> =
            line.points.iter().map(|(x, y)| format!("{:.1},{:.1}", across(*x), down(*y))).collect();
        let Some(last) = line.points.last() else { continue };
        writeln!(
            svg,
            "<polyline points=\"{}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"2\"/>",
            points.join(" ")
        )?;
        let (x, y) = (across(last.0) + 8.0, down(last.1));
        writeln!(svg, "<text x=\"{x:.1}\" y=\"{y:.1}\" dy=\"4\" fill=\"{colour}\">{}</text>", line.name)?;
    }
    svg += "</svg>\n";
    Ok(svg)
}

fn across(entries: f64) -> f64 {
    LEFT + share(entries, ENTRIES) * (WIDTH - LEFT - RIGHT)
}

fn down(millis: f64) -> f64 {
    HEIGHT - BOTTOM - share(millis, MILLIS) * (HEIGHT - TOP - BOTTOM)
}

/// How far a value is along a scale, from 0 to 1.
fn share(value: f64, (first, last): (i32, i32)) -> f64 {
    ((value.log10() - f64::from(first)) / f64::from(last - first)).clamp(0.0, 1.0)
}
