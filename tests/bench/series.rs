//! A series of measurements.

use anyhow::{Context, Result, bail};
use serde_json::Value;

/// Milliseconds, sorted.
pub struct Series(Vec<f64>);

impl Series {
    /// Creates a series from unsorted figures; at least one.
    pub fn of(mut figures: Vec<f64>) -> Result<Self> {
        if figures.is_empty() {
            bail!("nothing was measured");
        }
        figures.sort_by(f64::total_cmp);
        Ok(Self(figures))
    }

    /// Creates a series from one member of each object of a list that the probe recorded.
    pub fn read(list: &Value, member: &str) -> Result<Self> {
        let list = list.as_array().context("the probe recorded no list")?;
        Self::of(list.iter().filter_map(|each| each.get(member)?.as_f64()).collect())
    }

    /// The median.
    pub fn median(&self) -> f64 {
        self.percentile(50)
    }

    /// The given percentile, from 0 to 100.
    pub fn percentile(&self, percent: usize) -> f64 {
        let last = self.0.len().saturating_sub(1);
        self.0.get((last * percent).div_ceil(100)).copied().unwrap_or(f64::NAN)
    }
}
