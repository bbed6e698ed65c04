//! A device that has enrolled and sends what no client would.

use super::common::keys::{key, sign};
use super::common::lines::{Chain, SHOP};
use super::service::{Reply, Service, device_key};
use super::world::{MALICIOUS, World};
use journal::{Clock, Hash, SideVerdict, Why};
use serde_json::json;
use sync::client::{Method, Send};
use sync::{PublicKey, Signature};

/// One attack, drawn at random. What the endpoint answers is checked here; what it commits is checked as always.
pub fn attack(world: &mut World) {
    let at = world.random.index(world.services.len());
    let token = world.services[at].grant(MALICIOUS);
    let lines = own_lines();
    match world.random.below(7) {
        0 => {
            // Lines of its own, years ahead: taken, and clamped.
            post(world, at, &token, "entries", &push(&world.services[at], &lines, None));
        }
        1 => {
            let reply = post(world, at, &token, "entries", &push(&world.services[at], &lines, Some([7; 64])));
            refused(world, &reply, "a push with a wrong signature");
        }
        2 => {
            let line = forged(world, at);
            let reply = post(world, at, &token, "entries", &push(&world.services[at], &[line], None));
            refused(world, &reply, "a push of a line of another device");
        }
        3 => {
            let body = push(&world.services[at], &lines, None);
            let cut = world.random.index(body.len());
            let more = body.replacen('{', r#"{"role":"admin","#, 1);
            for body in [&body[..cut], &more, "null", "<html>", "[[[["] {
                let reply = post(world, at, &token, "entries", body);
                refused(world, &reply, "a request that is none");
            }
        }
        4 => {
            let reply =
                post(world, at, "another session", "entries", &push(&world.services[at], &lines, None));
            refused(world, &reply, "a push without a session");
        }
        5 => {
            let line = forged(world, at);
            if let Some(body) = reoffer(&world.services[at], Some(&line)) {
                let reply = post(world, at, &token, "reoffer", &body);
                refused(world, &reply, "a reoffer of a line that its device never wrote");
            }
        }
        _ => {
            let before = world.services[at].stored.log.records.len();
            if let Some(body) = reoffer(&world.services[at], None) {
                post(world, at, &token, "reoffer", &body);
                let after = world.services[at].stored.log.records.len();
                world.checks.require(before == after, || "a changed verdict was believed".into());
            }
        }
    }
}

fn refused(world: &mut World, reply: &Reply, what: &str) {
    let is_refused = (400..500).contains(&reply.status);
    world.checks.require(is_refused, || format!("{what} was answered with {}", reply.status));
}

fn post(world: &mut World, at: usize, token: &str, route: &str, body: &str) -> Reply {
    let path = format!("/v1/shops/{SHOP}/{route}");
    let bearer = Some(token.to_owned());
    let send = Send { ticket: 0, method: Method::Post, path, body: body.to_owned(), bearer };
    world.ask(at, &send, MALICIOUS)
}

fn own_key() -> PublicKey {
    key(MALICIOUS, 1)
}

fn own_lines() -> Vec<String> {
    let mut chain = Chain::new(MALICIOUS, 1, Clock::default());
    let opened = chain.open(Some(&own_key()), Why::New, None, 1_000);
    vec![opened, chain.note("theirs", None, 4_000_000_000_000)]
}

fn push(service: &Service, lines: &[String], signature: Option<[u8; 64]>) -> String {
    let end = service.stored.log.log_end();
    let last = Hash::of(lines.last().map_or(&[], |line| line.as_bytes()));
    let signature = signature.map_or_else(|| sign(&own_key(), last.bytes()), Signature);
    let items: Vec<String> = lines
        .iter()
        .enumerate()
        .map(|(at, line)| {
            let is_last = at + 1 == lines.len();
            let signed = if is_last { format!(r#","signature":"{signature}""#) } else { String::new() };
            format!(r#"{{"entry":{line}{signed}}}"#)
        })
        .collect();
    let first =
        lines.first().and_then(|line| journal::Line::parse(line.as_bytes()).ok().map(|line| line.seq));
    let after = json!({"lseq": end.lseq, "log_hash": end.log_hash});
    let (epoch, items) = (end.epoch, items.join(","));
    let from = first.unwrap_or(1);
    format!(r#"{{"epoch":"{epoch}","after":{after},"from_seq":{from},"items":[{items}]}}"#)
}

/// A line that continues the chain of another device.
fn forged(world: &mut World, at: usize) -> String {
    let heads = world.services[at].stored.log.heads(None);
    let victims: Vec<_> = heads.iter().filter(|head| head.device != MALICIOUS).collect();
    if victims.is_empty() {
        return Chain::new("unknown-device", 1, Clock::default()).open(Some(&own_key()), Why::New, None, 5);
    }
    let head = victims[world.random.index(victims.len())];
    let clock = Clock(world.now, 0);
    let mut chain = Chain::new(&head.device, head.chain, clock);
    (chain.seq, chain.prev) = (head.seq, Some(head.hash));
    chain.note("forged", None, world.now)
}

/// The last records again: with one more line at the end, or with another verdict, under the head that was signed.
fn reoffer(service: &Service, more: Option<&str>) -> Option<String> {
    let log = &service.stored.log;
    // Presses are not split: a page that begins with one is found from the end.
    let from = (0..log.records.len()).rev().find(|at| *at == 0 || !log.records[at - 1].goes_on)?;
    let mut place = log.place(from as u64)?;
    let (base, mut items) = (place, Vec::new());
    let mut lseq = from as u64;
    for record in &log.records[from..] {
        let verdict = match (more, record.verdict) {
            (Some(_), verdict) => verdict,
            (None, SideVerdict::Ok) => SideVerdict::RefusedRole,
            (None, SideVerdict::RefusedRole | SideVerdict::RefusedLimit | SideVerdict::RefusedRevoked) => {
                SideVerdict::Ok
            }
        };
        lseq += 1;
        place = place.then(record.hash, record.order, verdict);
        items.push(json!({
            "lseq": lseq, "entry": serde_json::value::RawValue::from_string(record.text.to_string()).ok()?,
            "signature": record.signature, "order": record.order, "verdict": verdict,
            "received": record.received, "log_hash": place,
        }));
    }
    let mut texts: Vec<String> = items.iter().map(ToString::to_string).collect();
    // `Value` does not keep bytes: the entries are put in as they are.
    for (text, record) in texts.iter_mut().zip(&log.records[from..]) {
        let value: serde_json::Value = serde_json::from_str(&record.text).ok()?;
        *text = text.replacen(&value.to_string(), &record.text, 1);
    }
    if let Some(line) = more {
        let hash = Hash::of(line.as_bytes());
        let order = Clock(1, 0);
        place = place.then(hash, order, SideVerdict::Ok);
        let signature = sign(&device_key(MALICIOUS), hash.bytes());
        lseq += 1;
        texts.push(format!(
            r#"{{"lseq":{lseq},"entry":{line},"signature":"{signature}","order":[1,0],"verdict":"ok","received":1,"log_hash":"{place}"}}"#
        ));
    }
    let head = serde_json::to_string(&service.stored.head()).ok()?;
    let (epoch, items) = (log.epoch, texts.join(","));
    Some(format!(r#"{{"epoch":"{epoch}","after":{from},"h":"{base}","items":[{items}],"head":{head}}}"#))
}
