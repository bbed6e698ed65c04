//! Some measurements of one thing.

use anyhow::{Context, Result, bail};
use serde_json::Value;

/// Milliseconds, sorted.
pub struct Series(Vec<f64>);

impl Series {
    /// Of figures in any sequence.
    pub fn of(mut figures: Vec<f64>) -> Result<Self> {
        if figures.is_empty() {
            bail!("nothing was measured");
        }
        figures.sort_by(f64::total_cmp);
        Ok(Self(figures))
    }

    /// Of one member of each object in a list, as the page noted them.
    pub fn read(list: &Value, member: &str) -> Result<Self> {
        let list = list.as_array().context("the page noted no list")?;
        Self::of(list.iter().filter_map(|each| each.get(member)?.as_f64()).collect())
    }

    /// The one in the middle.
    pub fn median(&self) -> f64 {
        self.at(50)
    }

    /// The one below which so many hundredths lie.
    pub fn at(&self, hundredths: usize) -> f64 {
        let last = self.0.len().saturating_sub(1);
        self.0.get((last * hundredths).div_ceil(100)).copied().unwrap_or(f64::NAN)
    }
}
