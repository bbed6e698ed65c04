//! `chain.opened`: a sample of every version can always be read.
#![allow(clippy::unwrap_used)]

use journal::{ChainOpened, OPENED};
use serde::Deserialize;
use serde_json::value::RawValue;

#[derive(Deserialize)]
struct Sample<'a> {
    kind: &'a str,
    kv: u32,
    #[serde(borrow)]
    body: &'a RawValue,
}

fn samples() -> Vec<Sample<'static>> {
    include_str!("../samples/opened.jsonl").lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn every_version_has_a_sample_and_is_read() {
    let versions: Vec<_> = samples().iter().map(|sample| (sample.kind, sample.kv)).collect();
    assert_eq!(versions, [(OPENED, 1), (OPENED, ChainOpened::VERSION)]);
    for sample in samples() {
        let opened = ChainOpened::parse(sample.kv, sample.body.get()).unwrap();
        if sample.kv == ChainOpened::VERSION {
            assert_eq!(serde_json::to_string(&opened).unwrap(), sample.body.get());
        }
    }
}

#[test]
fn version_2_names_the_drawer_and_in_version_1_the_letter_names_it() {
    let names = |sample: &Sample<'_>| {
        let opened = ChainOpened::parse(sample.kv, sample.body.get()).unwrap();
        (opened.letter, opened.drawer)
    };
    let found: Vec<_> = samples().iter().map(names).collect();
    assert_eq!(found, [("A".into(), "A".into()), ("B".into(), "A".into())]);
}

#[test]
fn a_body_is_read_as_its_own_version_only() {
    for sample in samples() {
        for other in [0, 1, 2, 3].into_iter().filter(|version| *version != sample.kv) {
            assert!(ChainOpened::parse(other, sample.body.get()).is_err(), "{} as {other}", sample.kv);
        }
    }
}
