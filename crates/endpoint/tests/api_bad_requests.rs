//! Requests that are none: each has a code, and nothing is written or repeated.
#![allow(clippy::indexing_slicing, clippy::panic, clippy::unwrap_used, missing_docs)]

mod devices;

use axum::body::Body;
use axum::http::StatusCode;
use devices::{Device, Reply, SHOP, Shop, end, memory, request};
use sync::wire::Code;

/// Bodies that are no requests: B09 to B13.
#[tokio::test]
async fn bad_bodies_have_codes_and_write_nothing() {
    let (shop, mut till) = Shop::founded(memory()).await;
    till.credit("ana", "1.00", None);
    let good = till.push_of(4, 5);
    let with = |from: &str, to: &str| {
        let changed = good.replacen(from, to, 1);
        assert_ne!(changed, good);
        changed
    };
    let many = format!(
        "{}{}]}}",
        &good[..good.find(r#""items":["#).unwrap() + 9],
        vec![r#"{"entry":{}}"#; 257].join(",")
    );
    let cases: Vec<(&str, Vec<u8>, Code)> = vec![
        ("unknown field", with(r#""from_seq""#, r#""role":"admin","from_seq""#).into(), Code::UnknownField),
        (
            "unknown field of an item",
            with(r#"{"entry""#, r#"{"verdict":"ok","entry""#).into(),
            Code::UnknownField,
        ),
        (
            "doubled field",
            with(r#""from_seq":5"#, r#""from_seq":5,"from_seq":6"#).into(),
            Code::DuplicateField,
        ),
        ("doubled field of an entry", with(r#""v":1"#, r#""v":1,"v":1"#).into(), Code::WrongEntry),
        ("missing field", with(r#""from_seq":5,"#, "").into(), Code::MissingField),
        ("wrong type", with(r#""from_seq":5"#, r#""from_seq":"5""#).into(), Code::WrongField),
        ("float", with(r#""from_seq":5"#, r#""from_seq":5.0"#).into(), Code::WrongField),
        ("negative", with(r#""from_seq":5"#, r#""from_seq":-5"#).into(), Code::WrongField),
        (
            "too large a number",
            with(r#""from_seq":5"#, r#""from_seq":9007199254740992"#).into(),
            Code::WrongField,
        ),
        (
            "no items",
            br#"{"epoch":null,"after":{"lseq":0,"log_hash":""},"from_seq":1,"items":[]}"#.to_vec(),
            Code::WrongField,
        ),
        ("not JSON", b"<html>".to_vec(), Code::NotJson),
        ("nothing", Vec::new(), Code::NotJson),
        ("cut", good[..good.len() / 2].into(), Code::NotJson),
        ("not UTF-8", [good.as_bytes(), b"\xff"].concat(), Code::NotJson),
        ("more after the end", format!("{good}{{}}").into(), Code::NotJson),
        ("deep", "[".repeat(100_000).into(), Code::WrongField),
        (
            "deep inside an entry",
            with(r#""body":{"#, &format!(r#""body":{{"x":{}"#, "[".repeat(100_000))).into(),
            Code::NotJson,
        ),
        ("too many entries", many.into(), Code::TooManyEntries),
        ("too large", vec![b' '; 5 << 20], Code::TooLarge),
        ("NUL", with("goodwill", r"good\u0000will").into(), Code::WrongSignature),
    ];
    for (what, body, code) in cases {
        let reply = shop.send(push_of(&till, "application/json", body)).await;
        assert_eq!(reply.code(), code, "{what}: {}", reply.text);
        no_echo(&reply);
    }
    for kind in ["text/plain", "application/x-www-form-urlencoded", "", "application/jsonx", "text/json"] {
        let reply = shop.send(push_of(&till, kind, good.clone().into_bytes())).await;
        assert_eq!(reply.code(), Code::WrongMediaType, "{kind}");
    }
    assert_eq!(end(&shop, &till).await, 4);
    let reply = shop.send(push_of(&till, "Application/JSON; charset=utf-8", good.into_bytes())).await;
    assert_eq!(reply.status, StatusCode::OK);
}

fn push_of(till: &Device, kind: &str, body: Vec<u8>) -> axum::http::Request<Body> {
    let path = format!("/v1/shops/{SHOP}/entries");
    let builder =
        axum::http::Request::post(path).header("authorization", &till.token).header("content-type", kind);
    builder.body(Body::from(body)).unwrap()
}

fn no_echo(reply: &Reply) {
    for text in ["admin", "verdict\":\"ok", "html", "goodwill", "[["] {
        assert!(!reply.text.contains(text), "{}", reply.text);
    }
}

#[tokio::test]
async fn bad_queries_and_addresses_have_codes() {
    let (shop, till) = Shop::founded(memory()).await;
    let h = till.after.log_hash;
    for query in [
        String::new(),
        format!("after=0&h={h}"),
        format!("after=0&h={h}&limit=0"),
        format!("after=0&h={h}&limit=1001"),
        format!("after=-1&h={h}&limit=1"),
        format!("after=0&h={h}&limit=1&limit=2"),
        format!("after=0&h={h}&limit=1&x=1"),
        "after=0&h=zz&limit=1".into(),
    ] {
        let reply = shop.get(&format!("/v1/shops/{SHOP}/entries?{query}"), &till.token).await;
        assert_eq!(reply.code(), Code::WrongField, "{query}");
    }
    for at in ["x", "1,", "-1", &vec!["1"; 65].join(",")] {
        let reply = shop.get(&format!("/v1/shops/{SHOP}/heads?at={at}"), &till.token).await;
        assert_eq!(reply.code(), Code::WrongField, "{at}");
    }
    for (method, path, code) in [
        ("GET", "/v1/", Code::UnknownRoute),
        ("GET", "/v1/nothing", Code::UnknownRoute),
        ("GET", "/v1/shops/shop-1", Code::UnknownRoute),
        ("GET", "/v1/shops/shop-1/nothing", Code::UnknownRoute),
        ("DELETE", "/v1/meta", Code::WrongMethod),
        ("PUT", "/v1/shops/shop-1/entries", Code::WrongMethod),
        ("GET", "/v1/shops", Code::WrongMethod),
    ] {
        let reply = shop.send(request(method, path, &[]).body(Body::empty()).unwrap()).await;
        assert_eq!(reply.code(), code, "{method} {path}");
    }
}

/// A page that another host serves: the browser asks whether it may, and lets it read the answer if the origin is named.
#[tokio::test]
async fn pages_of_named_origins_alone_may_ask_from_elsewhere() {
    let (shop, till) = Shop::founded(memory()).await;
    let path = format!("/v1/shops/{SHOP}/entries");
    for (origin, allowed) in [(devices::ORIGIN, devices::ORIGIN), ("https://evil.example", "")] {
        let asks = [
            ("origin", origin),
            ("access-control-request-method", "POST"),
            ("access-control-request-headers", "authorization,content-type"),
        ];
        let may = shop.send(request("OPTIONS", &path, &asks).body(Body::empty()).unwrap()).await;
        assert_eq!(may.header("access-control-allow-origin"), allowed);
        let headers = [("origin", origin), ("authorization", till.token.as_str())];
        let page = shop.send(
            request("GET", &format!("/v1/shops/{SHOP}/heads?at="), &headers).body(Body::empty()).unwrap(),
        );
        let page = page.await;
        assert_eq!(page.header("access-control-allow-origin"), allowed, "{}", page.text);
        // Cookies are never sent from elsewhere.
        assert_eq!(page.header("access-control-allow-credentials"), "");
        assert!(page.header("vary").contains("origin"));
    }
}
