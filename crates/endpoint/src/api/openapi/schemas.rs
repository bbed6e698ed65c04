//! The shapes of requests and answers, as [`sync::wire`] has them.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};
use sync::wire::limits;
use sync::wire::{Code, Meta};

/// A reference to a shape.
pub fn of(name: &str) -> Value {
    json!({"$ref": format!("#/components/schemas/{name}")})
}

/// A parameter of a query.
pub fn parameter(name: &str) -> Value {
    let schema = match name {
        "customer" => of("Id"),
        "number" => json!({"type": "string", "pattern": "^[A-Za-z0-9_]{1,64}$"}),
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
        ("MailAddress", ADDRESS.to_owned()),
        ("MailState", "^(queued|sent|refused|given-up|came-back)$".to_owned()),
        ("CardsFound", "^(listed|no-customer|no-answer|no-processor)$".to_owned()),
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
    for (name, fields) in OBJECTS.into_iter().chain([("Problem", PROBLEM)]) {
        all.insert(name.into(), object(name, fields));
    }
    Value::Object(all)
}

/// The objects: their fields with their shapes. A field with `?` may be missing. A shape in brackets is a list of it, and
/// one with `?` may be null.
const OBJECTS: [(&str, &str); 30] = [
    ("Checkpoint", "lseq number, log_hash Hash"),
    ("SignedHead", "epoch Epoch, lseq number, log_hash Hash, signature Signature"),
    ("ChainHead", "device Id, chain count, seq count, hash Hash"),
    ("Item", "entry Entry, signature? Signature"),
    (
        "Record",
        "lseq count, entry Entry, signature? Signature, order Clock, verdict Verdict, received number, log_hash Hash",
    ),
    ("Protocol", "min version, max version"),
    ("Limits", "entry_bytes count, batch count, batch_bytes count, page count, page_bytes count"),
    ("Meta", "service service, protocol Protocol, time number, limits Limits, build text, mails flag"),
    (
        "Found",
        "code text, protocol protocol, shop Id, device Id, key PublicKey, count count, heads [ChainHead], \
         signature Signature, from count, items [Item]",
    ),
    ("Founded", "taken number, head SignedHead?, epoch Epoch?, endpoint_key PublicKey"),
    ("Enrol", "protocol protocol, code InviteCode, device Id, key PublicKey, proof Signature, name name"),
    ("Devices", "devices [Listed], time number"),
    (
        "Listed",
        "device Id, name text, role text, letter text?, seen number, waiting number?, revoked number?",
    ),
    ("Enrolled", "shop Id, role text, letter text?, endpoint_key PublicKey"),
    (
        "AskSession",
        "protocol protocol, shop Id, device Id, bearer? flag, challenge? Hash, signature? Signature",
    ),
    ("Challenged", "challenge Hash"),
    (
        "Session",
        "token? text, seconds count, time number, role text, revoked flag, epoch Epoch, chains [ChainHead], \
         endpoint_key PublicKey",
    ),
    ("Push", "epoch Epoch?, after Checkpoint, from_seq count, items [Item]"),
    ("RefusedLine", "seq count, code Verdict"),
    ("Pushed", "epoch Epoch, chain count, acked_through count, refused [RefusedLine], head SignedHead"),
    (
        "Page",
        "epoch Epoch, items [Record], head SignedHead, more flag, end number, chains [ChainHead], refunds? flag",
    ),
    ("Heads", "epoch Epoch, head SignedHead, chains [ChainHead], checkpoints [Checkpoint]"),
    ("Reoffer", "epoch Epoch, after number, h Hash, items [Record], head SignedHead?"),
    (
        "AskMail",
        "customer Id, document Id, nth nth, to MailAddress, from_name name, subject subject, text paper, html html",
    ),
    ("MailCameBack", "customer Id, document Id, nth nth, to MailAddress"),
    ("Mails", "sends flag, mails [Mailed]"),
    ("Mailed", "document Id, to text, nth number, state MailState, at number, reason text?"),
    ("Cards", "found CardsFound, cards [CardThere]"),
    ("CardThere", "method text, brand text, last4 text, month number, year number"),
    ("Reoffered", "epoch Epoch, verbatim flag, head SignedHead"),
];

/// What is certain about the form of a mail address; the endpoint looks closer.
const ADDRESS: &str = "^[^@\\s]{1,64}@[A-Za-z0-9.-]{3,253}$";

const PROBLEM: &str = "status status, code code, item? number, chain? count, due? count, seq? count, \
                       free_chain? count, epoch? Epoch, retry_after? count";

fn object(name: &str, fields: &str) -> Value {
    let (mut properties, mut required) = (Map::new(), Vec::new());
    for (field, shape) in fields.split(", ").filter_map(|field| field.split_once(' ')) {
        let plain = field.trim_end_matches('?');
        if plain == field {
            required.push(plain);
        }
        properties.insert(plain.to_owned(), shape_of(name, plain, shape));
    }
    json!({"type": "object", "properties": properties, "required": required, "additionalProperties": false})
}

fn shape_of(object: &str, field: &str, shape: &str) -> Value {
    if let Some(shape) = shape.strip_suffix('?') {
        return json!({"anyOf": [shape_of(object, field, shape), {"type": "null"}]});
    }
    if let Some(item) = shape.strip_prefix('[').and_then(|shape| shape.strip_suffix(']')) {
        let mut list = json!({"type": "array", "items": of(item)});
        if let (Some(list), Some(most)) = (list.as_object_mut(), most(object, field)) {
            list.insert("maxItems".into(), json!(most));
        }
        return list;
    }
    match shape {
        "number" => whole(0),
        "count" => whole(1),
        "text" => json!({"type": "string"}),
        "flag" => json!({"type": "boolean"}),
        "name" => json!({"type": "string", "minLength": 1, "maxLength": limits::MAX_NAME}),
        "nth" => json!({"type": "integer", "minimum": 0, "maximum": limits::MAX_MAILS - 1}),
        "subject" => json!({"type": "string", "minLength": 1, "maxLength": limits::MAX_SUBJECT}),
        "paper" => json!({"type": "string", "minLength": 1, "maxLength": limits::MAX_MAIL_TEXT}),
        "html" => json!({"type": "string", "maxLength": limits::MAX_MAIL_HTML}),
        "version" => json!({"type": "integer", "minimum": 0, "maximum": u32::MAX}),
        "protocol" => json!({"const": limits::PROTOCOL}),
        "service" => json!({"const": Meta::SERVICE}),
        "code" => json!({"enum": Code::ALL.iter().map(|code| code.word()).collect::<Vec<_>>()}),
        "status" => json!({"enum": statuses()}),
        name => of(name),
    }
}

/// The most items of a list.
fn most(object: &str, field: &str) -> Option<usize> {
    match (object, field) {
        ("Push", "items") => Some(limits::MAX_BATCH),
        (_, "items") => Some(limits::MAX_PAGE),
        ("Found", "heads") => Some(limits::MAX_FOUNDING_CHAINS),
        ("Heads", "checkpoints") => Some(limits::MAX_CHECKPOINTS),
        (_, _) => None,
    }
}

fn statuses() -> BTreeSet<u16> {
    Code::ALL.iter().map(|code| code.status()).collect()
}

fn hex(digits: usize) -> String {
    format!("^[0-9a-f]{{{digits}}}$")
}

fn whole(least: u64) -> Value {
    json!({"type": "integer", "minimum": least, "maximum": limits::MAX_WHOLE})
}
