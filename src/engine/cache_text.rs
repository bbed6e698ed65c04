//! Converts cached values to and from the text that the store holds.

use crate::store::Fault;
use serde::de::DeserializeOwned;

/// Serializes a value as JSON.
pub fn to_text(value: &impl serde::Serialize) -> Result<String, Fault> {
    serde_json::to_string(value).map_err(|e| Fault::Other(e.to_string()))
}

/// Parses a value from JSON; `what` names the record in the fault.
pub fn parse<T: DeserializeOwned>(what: &str, text: &str) -> Result<T, Fault> {
    serde_json::from_str(text).map_err(|e| Fault::corrupt(what, e))
}
