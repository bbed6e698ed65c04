//! Requests and answers as JSON: samples that never change their meaning, and what is refused.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

use serde::{Deserialize, Serialize};
use serde_json::json;
use sync::wire::{
    AskHeads, AskMail, AskSession, Challenged, Code, Enrol, Enrolled, Found, Founded, Heads, Mails, Meta,
    Moved, Page, Problem, Protocol, Pull, Push, Pushed, Reaction, Refusal, Reoffer, Reoffered, Request,
    Session, decode, limits,
};

/// An entry as another program might write it: space and the order of fields have to stay.
const ENTRY: &str = r#"{"kv":1, "v" : 1,"body":{"amount":"1.00"}}"#;

fn hex(digits: usize) -> String {
    "0a".repeat(digits / 2)
}

fn head() -> String {
    format!(r#"{{"epoch":"{}","lseq":7,"log_hash":"{}","signature":"{}"}}"#, hex(32), hex(64), hex(128))
}

fn chain_head() -> String {
    format!(r#"{{"device":"till-1","chain":2,"seq":9,"hash":"{}"}}"#, hex(64))
}

fn key() -> String {
    format!("ed25519:{}", hex(64))
}

fn record() -> String {
    let (signature, hash) = (hex(128), hex(64));
    format!(
        r#"{{"lseq":7,"entry":{ENTRY},"signature":"{signature}","order":[1772442000123,0],"verdict":"refused-role","received":1772442000200,"log_hash":"{hash}"}}"#
    )
}

fn push() -> String {
    let (signature, hash) = (hex(128), hex(64));
    format!(
        r#"{{"epoch":"{}","after":{{"lseq":5,"log_hash":"{hash}"}},"from_seq":8,"items":[{{"entry":{ENTRY}}},{{"entry":{ENTRY},"signature":"{signature}"}}]}}"#,
        hex(32)
    )
}

fn found() -> String {
    let (signature, key, head) = (hex(128), key(), chain_head());
    format!(
        r#"{{"code":"SET-UP","protocol":1,"shop":"s","device":"till-1","key":"{key}","count":2,"heads":[{head}],"signature":"{signature}","from":1,"items":[{{"entry":{ENTRY}}}]}}"#
    )
}

fn enrol() -> String {
    let (code, key, proof) = (hex(32), key(), hex(128));
    format!(
        r#"{{"protocol":1,"code":"{code}","device":"till-2","key":"{key}","proof":"{proof}","name":"Back \"office\""}}"#
    )
}

fn ask_session() -> String {
    let (challenge, signature) = (hex(64), hex(128));
    format!(
        r#"{{"protocol":1,"shop":"s","device":"till-1","bearer":true,"challenge":"{challenge}","signature":"{signature}"}}"#
    )
}

fn ask_mail() -> String {
    r#"{"customer":"mira","document":"p-1","nth":2,"to":"mira@example.net","from_name":"Corner \"Shop\"","subject":"Receipt AP-0001","text":"Paid\n5.00","html":""}"#.into()
}

fn reoffer() -> String {
    format!(
        r#"{{"epoch":"{}","after":6,"h":"{}","items":[{}],"head":{}}}"#,
        hex(32),
        hex(64),
        record(),
        head()
    )
}

/// Reads a request and writes it again: the same bytes.
fn request<'a, T: Request<'a> + Serialize>(text: &'a str) {
    let read: T = decode(text.as_bytes()).unwrap_or_else(|refusal| panic!("{refusal:?}: {text}"));
    assert_eq!(serde_json::to_string(&read).unwrap(), text);
}

/// Reads an answer and writes it again: the same bytes. A field of a newer endpoint is no error.
fn answer<'a, T: Deserialize<'a> + Serialize>(text: &'a str, newer: &'a str) {
    let read: T = serde_json::from_str(text).unwrap();
    assert_eq!(serde_json::to_string(&read).unwrap(), text);
    let read: T = serde_json::from_str(newer).unwrap();
    assert_eq!(serde_json::to_string(&read).unwrap(), text);
}

macro_rules! answers {
    ($($type:ty: $text:expr,)*) => {$(
        let text: String = $text;
        let newer = format!("{{\"novel\":1,{}", text.strip_prefix('{').unwrap());
        answer::<$type>(&text, &newer);
    )*};
}

#[test]
fn every_request_is_read_and_written_byte_for_byte() {
    request::<Push<'_>>(&push());
    request::<Found<'_>>(&found());
    request::<Enrol>(&enrol());
    request::<AskSession>(&ask_session());
    request::<AskMail>(&ask_mail());
    request::<Reoffer<'_>>(&reoffer());
}

#[test]
fn every_answer_is_read_and_written_byte_for_byte() {
    let (hash, epoch, head, chain, key) = (hex(64), hex(32), head(), chain_head(), key());
    answers! {
        Meta: r#"{"service":"counterfoil","protocol":{"min":1,"max":1},"time":1,"limits":{"entry_bytes":16384,"batch":256,"batch_bytes":524288,"page":1000,"page_bytes":1048576},"build":"b","mails":true}"#.into(),
        Founded: format!(r#"{{"taken":2,"head":{head},"epoch":"{epoch}","endpoint_key":"{key}"}}"#),
        Enrolled: format!(r#"{{"shop":"s","role":"clerk","letter":"B","endpoint_key":"{key}"}}"#),
        Challenged: format!(r#"{{"challenge":"{hash}"}}"#),
        Session: format!(r#"{{"token":"t","seconds":3600,"time":1,"role":"clerk","revoked":false,"epoch":"{epoch}","chains":[{chain}],"endpoint_key":"{key}"}}"#),
        Pushed: format!(r#"{{"epoch":"{epoch}","chain":2,"acked_through":9,"refused":[{{"seq":9,"code":"refused-limit"}}],"head":{head}}}"#),
        Page<'_>: format!(r#"{{"epoch":"{epoch}","items":[{}],"head":{head},"more":false,"end":7,"chains":[{chain}]}}"#, record()),
        Moved: format!(r#"{{"epoch":"{epoch}","lseq":7}}"#),
        Heads: format!(r#"{{"epoch":"{epoch}","head":{head},"chains":[{chain}],"checkpoints":[{{"lseq":7,"log_hash":"{hash}"}}]}}"#),
        Reoffered: format!(r#"{{"epoch":"{epoch}","verbatim":true,"head":{head}}}"#),
        Mails: r#"{"sends":true,"mails":[{"document":"p-1","to":"mira@example.net","nth":0,"state":"given-up","at":1,"reason":"451 later"}]}"#.into(),
        Problem: format!(r#"{{"status":409,"code":"fork","item":3,"chain":2,"seq":9,"free_chain":4,"epoch":"{epoch}"}}"#),
    }
}

/// Puts something at every object of a request in turn and asks for the refusals.
fn refusals<'a, T: Request<'a>>(texts: &'a [String]) -> Vec<Code> {
    texts
        .iter()
        .map(|text| decode::<T>(text.as_bytes()).err().map_or(Code::Other, |refusal| refusal.code))
        .collect()
}

/// The text with a field in front of the first field of each object that is not an entry's.
fn with_field(text: &str, field: &str) -> Vec<String> {
    let mut opened: Vec<usize> = text.match_indices('{').map(|(at, _)| at + 1).collect();
    let entries: Vec<_> = text.match_indices(ENTRY).map(|(at, _)| at..at + ENTRY.len()).collect();
    opened.retain(|at| !entries.iter().any(|entry| entry.contains(&(at - 1))));
    opened.into_iter().map(|at| format!("{}{field},{}", &text[..at], &text[at..])).collect()
}

#[test]
fn an_unknown_field_is_refused_in_every_request() {
    let role = |text: &str| with_field(text, r#""role":"admin""#);
    assert_eq!(refusals::<Enrol>(&role(&enrol())), [Code::UnknownField]);
    assert_eq!(refusals::<AskSession>(&role(&ask_session())), [Code::UnknownField]);
    assert_eq!(refusals::<AskMail>(&role(&ask_mail())), [Code::UnknownField]);
    assert_eq!(refusals::<Push<'_>>(&role(&push())), [Code::UnknownField; 4]);
    assert_eq!(refusals::<Found<'_>>(&role(&found())), [Code::UnknownField; 3]);
    assert_eq!(refusals::<Reoffer<'_>>(&role(&reoffer())), [Code::UnknownField; 3]);
}

#[test]
fn a_field_that_occurs_twice_is_refused_in_every_request() {
    let twice = |text: &str, field: &str| vec![with_field(text, field)[0].clone()];
    assert_eq!(refusals::<Enrol>(&twice(&enrol(), r#""name":"Till""#)), [Code::DuplicateField]);
    assert_eq!(refusals::<AskSession>(&twice(&ask_session(), r#""shop":"t""#)), [Code::DuplicateField]);
    assert_eq!(refusals::<Push<'_>>(&twice(&push(), r#""from_seq":1"#)), [Code::DuplicateField]);
    assert_eq!(refusals::<Found<'_>>(&twice(&found(), r#""count":3"#)), [Code::DuplicateField]);
    assert_eq!(refusals::<Reoffer<'_>>(&twice(&reoffer(), r#""after":3"#)), [Code::DuplicateField]);
    let item = push().replacen(r#"{"entry":"#, r#"{"entry":{},"entry":"#, 1);
    assert_eq!(refusals::<Push<'_>>(&[item]), [Code::DuplicateField]);
}

#[test]
fn a_field_that_is_missing_or_wrong_is_refused() {
    let gone = push().replace(r#""from_seq":8,"#, "");
    let others =
        [r#""from_seq":0"#, r#""from_seq":-1"#, r#""from_seq":9007199254740992"#, r#""from_seq":"8""#];
    let mut texts = vec![gone];
    texts.extend(others.iter().map(|other| push().replace(r#""from_seq":8"#, other)));
    texts.push(push().replacen("0a", "0A", 1));
    texts.push(push().replacen("0a", "", 1));
    let mut expected = vec![Code::MissingField];
    expected.extend([Code::WrongField; 6]);
    assert_eq!(refusals::<Push<'_>>(&texts), expected);
    let names = ["", "a\\u0000b", &"x".repeat(limits::MAX_NAME + 1)];
    let texts: Vec<String> = names.iter().map(|name| enrol().replace("Back \\\"office\\\"", name)).collect();
    assert_eq!(refusals::<Enrol>(&texts), [Code::WrongField; 3]);
    let wrong = [
        ("mira@example.net", "mira@example.net\\r\\nBcc: eve@example.net"),
        ("mira@example.net", "mira"),
        ("AP-0001", "AP-0001\\n"),
        ("Corner", "\\u0000Corner"),
        (r#""nth":2"#, r#""nth":100"#),
        (r#""text":"Paid\n5.00""#, r#""text":"""#),
        ("p-1", "p 1"),
    ];
    let texts: Vec<String> = wrong.iter().map(|(from, to)| ask_mail().replacen(from, to, 1)).collect();
    assert_eq!(refusals::<AskMail>(&texts), [Code::WrongField; 7]);
    let half = ask_session().replace(&format!(r#","signature":"{}""#, hex(128)), "");
    assert_eq!(refusals::<AskSession>(&[half]), [Code::WrongField]);
    let unsorted = found().replace(&chain_head(), &format!("{0},{0}", chain_head()));
    assert_eq!(refusals::<Found<'_>>(&[unsorted]), [Code::WrongField]);
}

#[test]
fn what_is_no_json_is_refused_without_deep_recursion() {
    let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    let inside = push().replacen(ENTRY, &deep, 1);
    let texts = vec!["<html>".into(), String::new(), push()[..90].to_owned(), format!("{} x", push())];
    assert_eq!(refusals::<Push<'_>>(&texts), [Code::NotJson; 4]);
    assert!(decode::<Push<'_>>(deep.as_bytes()).is_err());
    // An entry is not read here, however deep; a line of a journal is checked later.
    assert!(decode::<Push<'_>>(inside.as_bytes()).is_ok());
    assert_eq!(decode::<Push<'_>>(b"\xff{}").err(), Some(Refusal::of(Code::NotJson)));
}

#[test]
fn what_is_too_large_or_too_many_is_refused() {
    let item = format!(r#"{{"entry":{ENTRY}}}"#);
    let with = |count: usize| {
        let items = vec![item.as_str(); count].join(",");
        let hash = hex(64);
        format!(r#"{{"epoch":null,"after":{{"lseq":0,"log_hash":"{hash}"}},"from_seq":1,"items":[{items}]}}"#)
    };
    assert!(decode::<Push<'_>>(with(limits::MAX_BATCH).as_bytes()).is_ok());
    assert_eq!(refusals::<Push<'_>>(&[with(limits::MAX_BATCH + 1)]), [Code::TooManyEntries]);
    assert_eq!(refusals::<Push<'_>>(&[with(0)]), [Code::WrongField]);
    let long = format!("{}{}", push(), " ".repeat(limits::MAX_PUSH_BODY));
    assert_eq!(refusals::<Push<'_>>(&[long]), [Code::TooLarge]);
    let long = format!("{}{}", enrol(), " ".repeat(limits::MAX_SMALL_BODY));
    assert_eq!(refusals::<Enrol>(&[long]), [Code::TooLarge]);
}

#[test]
fn queries_are_digits_and_short_lists() {
    let pull: Pull =
        serde_json::from_value(json!({"epoch": hex(32), "after": 6, "h": hex(64), "limit": 10})).unwrap();
    assert_eq!(pull.query(), format!("epoch={}&after=6&h={}&limit=10", hex(32), hex(64)));
    assert!(pull.check().is_ok());
    assert!(Pull { limit: 0, ..pull }.check().is_err());
    assert!(Pull { limit: limits::MAX_PAGE + 1, ..pull }.check().is_err());
    let places: Vec<u64> = (0..limits::MAX_CHECKPOINTS as u64).collect();
    assert_eq!(AskHeads::at(&places).places(), Ok(places));
    assert_eq!(AskHeads::default().places(), Ok(vec![]));
    let many = AskHeads::at(&vec![1; limits::MAX_CHECKPOINTS + 1]);
    for wrong in [many.at.as_str(), ",", "1,", "01", "-1", "1 ", "9007199254740992", "x"] {
        assert!(AskHeads { at: wrong.into() }.places().is_err(), "{wrong}");
    }
}

#[test]
fn every_code_has_its_own_word_and_a_reaction_and_an_unknown_one_that_of_its_status() {
    let words: std::collections::BTreeSet<&str> = Code::ALL.iter().map(|code| code.word()).collect();
    assert_eq!(words.len(), Code::ALL.len());
    for code in Code::ALL {
        let problem: Problem =
            serde_json::from_value(json!({"status": code.status(), "code": code.word()})).unwrap();
        assert_eq!(problem, Problem::new(*code));
    }
    let novel: Problem = serde_json::from_value(json!({"status": 507, "code": "novel"})).unwrap();
    assert_eq!((novel.code, novel.code.reaction(novel.status)), (Code::Other, Reaction::Full));
    for (status, reaction) in
        [(200, Reaction::Retry), (401, Reaction::SignIn), (403, Reaction::Retry), (422, Reaction::Stop)]
    {
        assert_eq!(Code::Other.reaction(status), reaction);
    }
}

#[test]
fn versions_of_the_protocol_meet_or_do_not() {
    let range = |min, max| Protocol { min, max };
    assert_eq!(range(1, 3).common(range(2, 9)), Some(3));
    assert_eq!(range(1, 1).common(range(2, 9)), None);
}
