//! Writing a line: fields to bytes.

use crate::error::LineError;
use crate::line::Line;
use serde::Serialize;

impl Line<'_> {
    /// Writes the line and checks its fields by parsing the result.
    ///
    /// # Errors
    /// [`LineError::Wrong`] for a field that [`Line::parse`] would not accept, [`LineError::TooLong`].
    pub fn write(&self) -> Result<String, LineError> {
        let text = serde_json::to_string(&Wire { v: 1, line: self }).map_err(|_| LineError::Wrong("body"))?;
        Line::parse(text.as_bytes())?;
        Ok(text)
    }
}

#[derive(Serialize)]
struct Wire<'a> {
    v: u8,
    #[serde(flatten)]
    line: &'a Line<'a>,
}
