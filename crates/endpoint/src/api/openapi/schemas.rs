//! The shapes of requests and answers, as [`sync::wire`] has them.

use serde_json::{Map, Value, json};
use sync::wire::limits;
use sync::wire::{Code, Problem};

/// A reference to a shape.
pub fn of(name: &str) -> Value {
    json!({"$ref": format!("#/components/schemas/{name}")})
}

/// A parameter of a query.
pub fn parameter(name: &str) -> Value {
    let schema = match name {
        "epoch" => of("Epoch"),
        "h" => of("Hash"),
        "limit" => json!({"type": "integer", "minimum": 1, "maximum": limits::MAX_PAGE}),
        "at" => json!({"type": "string", "pattern": "^([0-9]+(,[0-9]+)*)?$"}),
        _ => whole(0),
    };
    let required = !matches!(name, "epoch" | "at");
    json!({"name": name, "in": "query", "required": required, "schema": schema})
}

/// All shapes, by name.
pub fn schemas() -> Value {
    let mut all = Map::new();
    let texts = [
        ("Id", "^[A-Za-z0-9-]{1,64}$".to_owned()),
        ("Hash", hex(64)),
        ("Epoch", hex(32)),
        ("Signature", hex(128)),
        ("InviteCode", hex(32)),
        ("PublicKey", "^(ed25519:[0-9a-f]{64}|es256:04[0-9a-f]{128})$".to_owned()),
        ("Verdict", "^(ok|refused-role|refused-limit|refused-revoked)$".to_owned()),
    ];
    for (name, pattern) in texts {
        all.insert(name.into(), json!({"type": "string", "pattern": pattern}));
    }
    all.insert(
        "Entry".into(),
        json!({"type": "object", "description": "A line of a journal, byte for byte"}),
    );
    all.insert(
        "Clock".into(),
        json!({"type": "array", "prefixItems": [whole(0), whole(0)], "minItems": 2, "maxItems": 2}),
    );
    all.insert("SessionAnswer".into(), json!({"anyOf": [of("Challenged"), of("Session")]}));
    for (name, fields) in objects() {
        all.insert(name.into(), object(&fields));
    }
    Value::Object(all)
}

/// The fields of an object: name, whether it is always there, and shape.
type Fields = Vec<(&'static str, bool, Value)>;

fn objects() -> Vec<(&'static str, Fields)> {
    let always = |name, schema| (name, true, schema);
    let maybe = |name, schema| (name, false, schema);
    let (id, hash, epoch, count) = (|| of("Id"), || of("Hash"), || of("Epoch"), || whole(1));
    let (head, signature) = (|| of("SignedHead"), || of("Signature"));
    let protocol = || json!({"const": limits::PROTOCOL});
    let version = || json!({"type": "integer", "minimum": 0, "maximum": u32::MAX});
    let name = || json!({"type": "string", "minLength": 1, "maxLength": limits::MAX_NAME});
    let (text, flag) = (|| json!({"type": "string"}), || json!({"type": "boolean"}));
    vec![
        ("Checkpoint", vec![always("lseq", whole(0)), always("log_hash", hash())]),
        (
            "SignedHead",
            vec![
                always("epoch", epoch()),
                always("lseq", whole(0)),
                always("log_hash", hash()),
                always("signature", signature()),
            ],
        ),
        (
            "ChainHead",
            vec![
                always("device", id()),
                always("chain", count()),
                always("seq", count()),
                always("hash", hash()),
            ],
        ),
        ("Item", vec![always("entry", of("Entry")), maybe("signature", signature())]),
        (
            "Record",
            vec![
                always("lseq", count()),
                always("entry", of("Entry")),
                maybe("signature", signature()),
                always("order", of("Clock")),
                always("verdict", of("Verdict")),
                always("received", whole(0)),
                always("log_hash", hash()),
            ],
        ),
        ("Protocol", vec![always("min", version()), always("max", version())]),
        (
            "Limits",
            ["entry_bytes", "batch", "batch_bytes", "page", "page_bytes"]
                .map(|name| always(name, count()))
                .to_vec(),
        ),
        (
            "Meta",
            vec![
                always("service", json!({"const": "counterfoil"})),
                always("protocol", of("Protocol")),
                always("time", whole(0)),
                always("limits", of("Limits")),
                always("build", text()),
            ],
        ),
        (
            "Found",
            vec![
                always("code", text()),
                always("protocol", protocol()),
                always("shop", id()),
                always("device", id()),
                always("key", of("PublicKey")),
                always("count", count()),
                always("heads", list("ChainHead", limits::MAX_FOUNDING_CHAINS)),
                always("signature", signature()),
                always("from", count()),
                always("items", list("Item", limits::MAX_PAGE)),
            ],
        ),
        (
            "Founded",
            vec![
                always("taken", whole(0)),
                always("head", or_null(head())),
                always("epoch", or_null(epoch())),
                always("endpoint_key", of("PublicKey")),
            ],
        ),
        (
            "Enrol",
            vec![
                always("protocol", protocol()),
                always("code", of("InviteCode")),
                always("device", id()),
                always("key", of("PublicKey")),
                always("proof", signature()),
                always("name", name()),
            ],
        ),
        (
            "Enrolled",
            vec![
                always("shop", id()),
                always("role", text()),
                always("letter", or_null(text())),
                always("endpoint_key", of("PublicKey")),
            ],
        ),
        (
            "AskSession",
            vec![
                always("protocol", protocol()),
                always("shop", id()),
                always("device", id()),
                maybe("bearer", flag()),
                maybe("challenge", hash()),
                maybe("signature", signature()),
            ],
        ),
        ("Challenged", vec![always("challenge", hash())]),
        (
            "Session",
            vec![
                maybe("token", text()),
                always("seconds", count()),
                always("time", whole(0)),
                always("role", text()),
                always("revoked", flag()),
                always("epoch", epoch()),
                always("chains", chains()),
                always("endpoint_key", of("PublicKey")),
            ],
        ),
        (
            "Push",
            vec![
                always("epoch", or_null(epoch())),
                always("after", of("Checkpoint")),
                always("from_seq", count()),
                always("items", list("Item", limits::MAX_BATCH)),
            ],
        ),
        ("RefusedLine", vec![always("seq", count()), always("code", of("Verdict"))]),
        (
            "Pushed",
            vec![
                always("epoch", epoch()),
                always("chain", count()),
                always("acked_through", count()),
                always("refused", json!({"type": "array", "items": of("RefusedLine")})),
                always("head", head()),
            ],
        ),
        (
            "Page",
            vec![
                always("epoch", epoch()),
                always("items", list("Record", limits::MAX_PAGE)),
                always("head", head()),
                always("more", flag()),
                always("end", whole(0)),
                always("chains", chains()),
            ],
        ),
        (
            "Heads",
            vec![
                always("epoch", epoch()),
                always("head", head()),
                always("chains", chains()),
                always("checkpoints", list("Checkpoint", limits::MAX_CHECKPOINTS)),
            ],
        ),
        (
            "Reoffer",
            vec![
                always("epoch", epoch()),
                always("after", whole(0)),
                always("h", hash()),
                always("items", list("Record", limits::MAX_PAGE)),
                always("head", or_null(head())),
            ],
        ),
        ("Reoffered", vec![always("epoch", epoch()), always("verbatim", flag()), always("head", head())]),
        ("Problem", problem()),
    ]
}

fn problem() -> Fields {
    let codes: Vec<&str> = Code::ALL.iter().map(|code| code.word()).collect();
    let mut statuses: Vec<u16> = Code::ALL.iter().map(|code| Problem::new(*code).status).collect();
    statuses.sort_unstable();
    statuses.dedup();
    let maybe = |name, schema| (name, false, schema);
    vec![
        ("status", true, json!({"enum": statuses})),
        ("code", true, json!({"enum": codes})),
        maybe("item", whole(0)),
        maybe("chain", whole(1)),
        maybe("due", whole(1)),
        maybe("seq", whole(1)),
        maybe("free_chain", whole(1)),
        maybe("epoch", of("Epoch")),
        maybe("retry_after", whole(1)),
    ]
}

fn object(fields: &Fields) -> Value {
    let properties: Map<String, Value> =
        fields.iter().map(|(name, _, schema)| ((*name).to_owned(), schema.clone())).collect();
    let required: Vec<&str> =
        fields.iter().filter(|(_, always, _)| *always).map(|(name, ..)| *name).collect();
    json!({"type": "object", "properties": properties, "required": required, "additionalProperties": false})
}

fn hex(digits: usize) -> String {
    format!("^[0-9a-f]{{{digits}}}$")
}

fn whole(least: u64) -> Value {
    json!({"type": "integer", "minimum": least, "maximum": limits::MAX_WHOLE})
}

fn list(of_what: &str, most: usize) -> Value {
    json!({"type": "array", "items": of(of_what), "maxItems": most})
}

fn chains() -> Value {
    json!({"type": "array", "items": of("ChainHead")})
}

fn or_null(schema: Value) -> Value {
    json!({"anyOf": [schema, {"type": "null"}]})
}
