//! Counts in the text format of Prometheus. Nothing in them says what was recorded.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use crate::mail::MailCounts;

/// What is counted.
#[derive(Debug, Default)]
pub struct Metrics {
    /// By method, route and status.
    requests: Mutex<BTreeMap<(String, String, u16), Requests>>,
    /// Entries that were admitted.
    pub admitted: AtomicU64,
    /// Those of them that do not count.
    pub refused: AtomicU64,
    /// Records that were handed out.
    pub pulled: AtomicU64,
    /// Rounds of refunds that the store did not let happen.
    pub gateway_faults: AtomicU64,
    /// Calls of the gateway after which nothing was known.
    pub gateway_unknown: AtomicU64,
    /// Refunds that were handed to a person.
    pub gateway_persons: AtomicU64,
    /// Webhooks of the card processor.
    pub webhooks: AtomicU64,
    /// Webhooks that were not taken for ones of the card processor.
    pub webhooks_refused: AtomicU64,
    /// Mails.
    pub mails: Arc<MailCounts>,
}

#[derive(Clone, Copy, Debug, Default)]
struct Requests {
    count: u64,
    micros: u64,
}

impl Metrics {
    /// Counts a request by its method, its route and the status of its answer.
    pub fn count(&self, method: &str, route: &str, status: u16, micros: u64) {
        let mut requests = self.requests.lock().unwrap_or_else(PoisonError::into_inner);
        let entry = requests.entry((method.to_owned(), route.to_owned(), status)).or_default();
        entry.count += 1;
        entry.micros = entry.micros.saturating_add(micros);
    }

    /// The counts, with the number of streams.
    pub fn write(&self, streams: usize) -> String {
        let mut text = String::new();
        let requests = self.requests.lock().unwrap_or_else(PoisonError::into_inner);
        text.push_str("# TYPE counterfoil_requests_total counter\n");
        for ((method, route, status), Requests { count, .. }) in requests.iter() {
            let labels = format!(r#"method="{method}",route="{route}",status="{status}""#);
            let _ = writeln!(text, "counterfoil_requests_total{{{labels}}} {count}");
        }
        text.push_str("# TYPE counterfoil_request_seconds_total counter\n");
        for ((method, route, status), Requests { micros, .. }) in requests.iter() {
            let labels = format!(r#"method="{method}",route="{route}",status="{status}""#);
            let (seconds, rest) = (micros / 1_000_000, micros % 1_000_000);
            let _ = writeln!(text, "counterfoil_request_seconds_total{{{labels}}} {seconds}.{rest:06}");
        }
        let numbers = [
            ("entries_admitted_total", "counter", self.admitted.load(Ordering::Relaxed)),
            ("entries_refused_total", "counter", self.refused.load(Ordering::Relaxed)),
            ("records_pulled_total", "counter", self.pulled.load(Ordering::Relaxed)),
            ("gateway_faults_total", "counter", self.gateway_faults.load(Ordering::Relaxed)),
            ("gateway_unknown_total", "counter", self.gateway_unknown.load(Ordering::Relaxed)),
            ("gateway_persons_total", "counter", self.gateway_persons.load(Ordering::Relaxed)),
            ("webhooks_total", "counter", self.webhooks.load(Ordering::Relaxed)),
            ("webhooks_refused_total", "counter", self.webhooks_refused.load(Ordering::Relaxed)),
            ("mails_asked_total", "counter", self.mails.asked.load(Ordering::Relaxed)),
            ("mails_sent_total", "counter", self.mails.sent.load(Ordering::Relaxed)),
            ("mails_failed_total", "counter", self.mails.failed.load(Ordering::Relaxed)),
            ("mails_delayed_total", "counter", self.mails.delayed.load(Ordering::Relaxed)),
            ("streams", "gauge", streams as u64),
        ];
        for (name, kind, number) in numbers {
            let _ = writeln!(text, "# TYPE counterfoil_{name} {kind}\ncounterfoil_{name} {number}");
        }
        text
    }
}
