//! The double of a card processor, as a process that tests steer.

use crate::paths;
use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use std::process::Stdio;
use std::time::{SystemTime, UNIX_EPOCH};
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpStream;
use tokio::process::{Child, Command};

/// A card processor on this machine; dropping the value ends it.
pub struct Double {
    _child: Child,
    address: String,
}

impl Double {
    /// Starts one.
    ///
    /// # Errors
    /// When Python is missing, or the program ends.
    pub async fn start() -> Result<Self> {
        let mut child = Command::new("python3")
            .arg(paths::workspace().join("tests/gateway/double.py"))
            .kill_on_drop(true)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()?;
        let stdout = child.stdout.take().context("the double has no output")?;
        let address = BufReader::new(stdout).lines().next_line().await?.context("the double has ended")?;
        Ok(Self { _child: child, address })
    }

    /// Its address, without a slash at the end.
    #[must_use]
    pub fn address(&self) -> &str {
        &self.address
    }

    /// Steers it, as the head of the program says.
    ///
    /// # Errors
    /// When it does not answer.
    pub async fn does(&self, what: Value) -> Result<Value> {
        let body = what.to_string();
        Ok(serde_json::from_str(&post(&self.address, "/_control", "", &body).await?)?)
    }

    /// Delivers to an endpoint what has happened, as webhooks.
    ///
    /// # Errors
    /// As [`Double::does`], and when the endpoint refuses one.
    pub async fn deliver(&self, endpoint: &str) -> Result<()> {
        // Its clock stands still; webhooks are good for minutes.
        let theirs = self.does(json!({"do":"look"})).await?["now"].as_u64().context("no time")?;
        let behind = SystemTime::now().duration_since(UNIX_EPOCH)?.as_secs().saturating_sub(theirs);
        self.does(json!({"do":"clock","seconds":behind})).await?;
        let events = self.does(json!({"do":"events"})).await?;
        for event in events.as_array().context("no events")? {
            let text = |name: &str| event[name].as_str().context("an event without a text");
            let head =
                format!("content-type: application/json\r\nstripe-signature: {}\r\n", text("signature")?);
            post(endpoint, "/v1/webhooks/stripe", &head, text("payload")?).await?;
        }
        Ok(())
    }

    /// A payment that was taken.
    ///
    /// # Errors
    /// As [`Double::does`].
    pub async fn pay(&self, payment: &str, amount: u64) -> Result<()> {
        self.does(json!({"do":"pay","payment":payment,"amount":amount})).await.map(drop)
    }

    /// The bank decides on the only refund, or on the last one.
    ///
    /// # Errors
    /// As [`Double::does`], and when there is none.
    pub async fn settle(&self, status: &str) -> Result<()> {
        let refunds = self.refunds().await?;
        let last = refunds.last().context("no refund")?;
        let reason = "expired_or_canceled_card";
        self.does(json!({"do":"settle","refund":last["id"],"status":status,"reason":reason})).await.map(drop)
    }

    /// The refunds that were made.
    ///
    /// # Errors
    /// As [`Double::does`].
    pub async fn refunds(&self) -> Result<Vec<Value>> {
        let seen = self.does(json!({"do":"look"})).await?;
        Ok(seen["refunds"].as_array().cloned().unwrap_or_default())
    }

    /// The charges of saved cards, with their statuses.
    ///
    /// # Errors
    /// As [`Double::does`].
    pub async fn charges(&self) -> Result<Vec<Value>> {
        let seen = self.does(json!({"do":"look"})).await?;
        Ok(seen["charges"].as_array().cloned().unwrap_or_default())
    }
}

impl Double {
    /// The statuses of the payment links.
    ///
    /// # Errors
    /// As [`Double::does`].
    pub async fn links(&self) -> Result<Vec<String>> {
        let seen = self.does(json!({"do":"look"})).await?;
        let links = seen["links"].as_array().context("no links")?;
        Ok(links.iter().map(|link| link["status"].as_str().unwrap_or_default().to_owned()).collect())
    }
}

/// Sends a request, and returns the body of a good answer.
async fn post(address: &str, path: &str, headers: &str, body: &str) -> Result<String> {
    let host = address.trim_start_matches("http://");
    let mut stream = TcpStream::connect(host).await?;
    let length = body.len();
    let head = format!(
        "POST {path} HTTP/1.1\r\nhost: {host}\r\nconnection: close\r\n{headers}content-length: {length}\r\n\r\n"
    );
    stream.write_all(format!("{head}{body}").as_bytes()).await?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await?;
    let (head, body) = answer.split_once("\r\n\r\n").context("no answer")?;
    ensure!(head.starts_with("HTTP/1.1 200"), "{answer}");
    Ok(body.to_owned())
}
