//! The mark a second time, beside the mirror: two files that are written in turn, so that one of them is always whole.

use super::files::Files;
use super::rows::{checked, push};
use crate::device::mark::Mark;
use crate::store::Fault;
use futures_util::future::join;

/// The two files.
const SLOTS: [&str; 2] = ["mark.0", "mark.1"];

/// What both files know; an empty mark if there is none.
///
/// # Errors
///
/// When the files cannot be read.
pub async fn read_mark(files: &impl Files) -> Result<Mark, Fault> {
    let [even, odd] = SLOTS;
    let (even, odd) = join(files.read(even), files.read(odd)).await;
    let mut mark = parse(&even?).unwrap_or_default();
    mark.join(parse(&odd?).unwrap_or_default());
    Ok(mark)
}

/// Writes the mark; `turn` is another number each time.
///
/// # Errors
///
/// When the file cannot be written. The other one is as it was.
pub async fn write_mark(files: &impl Files, mark: &Mark, turn: usize) -> Result<(), Fault> {
    let json = serde_json::to_string(mark).map_err(|why| Fault::Other(why.to_string()))?;
    let mut row = String::new();
    push(&mut row, &json);
    let [even, odd] = SLOTS;
    files.write(if turn.is_multiple_of(2) { even } else { odd }, 0, row.as_bytes()).await
}

fn parse(bytes: &[u8]) -> Option<Mark> {
    serde_json::from_str(checked(bytes.strip_suffix(b"\n")?)?).ok()
}
