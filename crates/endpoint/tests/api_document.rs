//! The OpenAPI document describes what is really sent.
#![allow(clippy::expect_used, clippy::indexing_slicing, clippy::panic, clippy::unwrap_used, missing_docs)]

mod devices;
mod mailbox;

use std::collections::BTreeSet;

use axum::body::Body;
use devices::{Device, Reply, SHOP, Shop, memory, request};
use endpoint::MailServer;
use endpoint::gateway::{WebhookSecrets, receive_webhooks};
use serde_json::{Value, json};
use sync::wire::Code;

/// What is wrong with a value, by the shapes of the document. It knows the words that the document uses.
fn wrong(document: &Value, schema: &Value, value: &Value) -> Option<String> {
    let fail = |what: &str| Some(format!("{what}: {value} is not {schema}"));
    if let Some(name) = schema["$ref"].as_str() {
        let name = name.strip_prefix("#/components/schemas/").unwrap();
        let shape = &document["components"]["schemas"][name];
        assert!(!shape.is_null(), "{name} is not in the document");
        return wrong(document, shape, value);
    }
    if let Some(any) = schema["anyOf"].as_array() {
        let is_one = any.iter().any(|schema| wrong(document, schema, value).is_none());
        return if is_one { None } else { fail("none of them") };
    }
    if let Some(one) = schema.get("const") {
        return if one == value { None } else { fail("another value") };
    }
    if let Some(all) = schema["enum"].as_array() {
        return if all.contains(value) { None } else { fail("another value") };
    }
    match schema["type"].as_str().unwrap() {
        "null" => {
            if value.is_null() {
                None
            } else {
                fail("type")
            }
        }
        "boolean" => {
            if value.is_boolean() {
                None
            } else {
                fail("type")
            }
        }
        "integer" => {
            let range = schema["minimum"].as_u64().unwrap()..=schema["maximum"].as_u64().unwrap();
            if value.as_u64().is_some_and(|number| range.contains(&number)) { None } else { fail("number") }
        }
        "string" => {
            let Some(text) = value.as_str() else { return fail("type") };
            let digits = schema["pattern"]
                .as_str()
                .and_then(|pattern| pattern.strip_prefix("^[0-9a-f]{")?.strip_suffix("}$"));
            let is_long = digits.is_none_or(|digits| digits.parse::<usize>().unwrap() == text.len());
            if is_long { None } else { fail("length") }
        }
        "array" => {
            let Some(items) = value.as_array() else { return fail("type") };
            let each =
                |(at, item)| wrong(document, schema.get("items").unwrap_or(&schema["prefixItems"][at]), item);
            items.iter().enumerate().find_map(each)
        }
        "object" => {
            let Some(fields) = value.as_object() else { return fail("type") };
            let properties = schema["properties"].as_object()?;
            let required = schema["required"].as_array().unwrap();
            if let Some(missing) = required.iter().find(|name| !fields.contains_key(name.as_str().unwrap())) {
                return fail(&format!("{missing} is missing"));
            }
            fields.iter().find_map(|(name, value)| match properties.get(name) {
                Some(schema) => wrong(document, schema, value),
                None => fail(&format!("{name} is unknown")),
            })
        }
        other => panic!("{other}"),
    }
}

fn check(document: &Value, name: &str, text: &str) {
    let value = serde_json::from_str(text).unwrap();
    let schema = json!({"$ref": format!("#/components/schemas/{name}")});
    assert_eq!(wrong(document, &schema, &value), None, "{name}");
}

#[tokio::test]
async fn what_is_sent_has_the_shapes_of_the_document() {
    let (shop, mut till) = Shop::founded(memory()).await;
    let document: Value = shop.get("/openapi.json", "").await.ok();
    till.credit("unknown-member", "1.00", None);
    let push = till.push_of(4, 5);
    check(&document, "Push", &push);
    check(&document, "Pushed", &till.send(&shop, push).await.text);
    till.after = sync::Checkpoint { lseq: 0, log_hash: sync::LogHash::empty(SHOP) };
    check(&document, "Page", &till.pull_reply(&shop, 100).await.text);
    check(&document, "Meta", &shop.get("/v1/meta", "").await.text);
    let path = format!("/v1/shops/{SHOP}/heads?at=0,1");
    check(&document, "Heads", &shop.get(&path, &till.token).await.text);
    let ask = json!({"protocol": 1, "shop": SHOP, "device": "d1"});
    check(&document, "AskSession", &ask.to_string());
    check(&document, "Challenged", &shop.post("/v1/session", &ask).await.text);
    check(&document, "Session", &till.answer(&shop, devices::ORIGIN).await.text);
    let path = format!("/v1/shops/{SHOP}/devices");
    check(&document, "Devices", &shop.get(&path, &till.token).await.text);
    let path = format!("/v1/shops/{SHOP}/mails");
    shop.endpoint.send_mails(MailServer::new(&mailbox::settings(9)).unwrap());
    let ask = mailbox::ask("p-1", "mira");
    check(&document, "AskMail", &ask.to_string());
    check(&document, "Mails", &till.post(&shop, &path, ask).await.text);
    let back = json!({"customer":"mira","document":"p-1","nth":0,"to":"mira@example.net"});
    check(&document, "MailCameBack", &back.to_string());
    check(&document, "Mails", &till.post(&shop, &format!("{path}/returns"), back).await.text);
    let path = format!("/v1/shops/{SHOP}/cards?number=cus_1");
    check(&document, "Cards", &shop.get(&path, &till.token).await.text);
    let code = shop.endpoint.invite(SHOP, "clerk").await.unwrap();
    let enrol = Device::new("d2").enrolment(code);
    check(&document, "Enrol", &enrol.to_string());
    check(&document, "Enrolled", &shop.post("/v1/enrol", &enrol).await.text);
    let mut found = Device::new("d1");
    (found.lines, found.chain) = (till.lines[..4].to_vec(), 1);
    let found = found.founding("code");
    check(&document, "Found", &found);
    check(&document, "Founded", &shop.found(found).await.text);
    let mut fork = Device::new("d1");
    (fork.lines, fork.token, fork.epoch, fork.after) =
        (till.lines[..4].to_vec(), till.token.clone(), till.epoch, till.after);
    fork.clock = till.clock;
    fork.credit("ana", "2.00", None);
    let fork = fork.send(&shop, fork.push_of(4, 5)).await;
    assert_eq!(fork.code(), Code::Fork);
    check(&document, "Problem", &fork.text);
}

#[tokio::test]
async fn the_document_names_the_routes_and_the_codes() {
    let shop = Shop::empty(memory()).await;
    receive_webhooks(&shop.endpoint, WebhookSecrets::new("whsec_double_0123456789abcdef").unwrap());
    let document: Value = shop.get("/openapi.json", "").await.ok();
    let paths = document["paths"].as_object().unwrap();
    let mut operations = 0;
    for (path, methods) in paths.iter().filter(|(path, _)| path.starts_with("/v1/")) {
        for method in methods.as_object().unwrap().keys().filter(|name| *name != "parameters") {
            let asked = request(&method.to_uppercase(), &path.replace("{shop}", "x"), &[]);
            let reply: Reply = shop.send(asked.body(Body::empty()).unwrap()).await;
            let is_missing = |code| reply.text.contains(&format!(r#""code":"{code}""#));
            assert!(
                !is_missing("unknown_route") && !is_missing("wrong_method"),
                "{method} {path}: {}",
                reply.text
            );
            operations += 1;
        }
    }
    assert_eq!(operations, 16);
    let codes =
        document["components"]["schemas"]["Problem"]["properties"]["code"]["enum"].as_array().unwrap();
    let codes: BTreeSet<_> = codes.iter().map(|code| code.as_str().unwrap()).collect();
    assert_eq!(codes, Code::ALL.iter().map(|code| code.word()).collect());
}
