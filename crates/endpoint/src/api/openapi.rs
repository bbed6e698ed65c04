//! `GET /openapi.json`: the interface for programs that read such documents.

mod schemas;

use axum::response::Response;
use serde_json::{Value, json};

use crate::api::answer::{Refused, json as answer};

/// Answers the document.
pub async fn openapi() -> Result<Response, Refused> {
    answer(&document())
}

fn document() -> Value {
    let shop = "/v1/shops/{shop}";
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Counterfoil endpoint",
            "version": env!("CARGO_PKG_VERSION"),
            "description": "Counters of a shop exchange the entries that they have recorded.",
        },
        "paths": {
            "/v1/meta": {"get": get("What the endpoint is", &[], "Meta", false)},
            "/v1/shops": {"post": post("Found a shop, in parts", "Found", "Founded", false)},
            "/v1/enrol": {"post": post("Join a shop with an invite", "Enrol", "Enrolled", false)},
            "/v1/session": {"post": post("Ask for a challenge, or answer one", "AskSession", "SessionAnswer", false)},
            "/v1/webhooks/stripe": {"post": webhook()},
            "/v1/paid": {"get": page()},
            format!("{shop}/entries"): {
                "get": get("The records after a place in the log", &["epoch", "after", "h", "limit"], "Page", true),
                "post": post("Send entries", "Push", "Pushed", true),
                "parameters": [path_shop()],
            },
            format!("{shop}/heads"): {
                "get": get("The ends of the log and of all chains", &["at"], "Heads", true),
                "parameters": [path_shop()],
            },
            format!("{shop}/devices"): {
                "get": get("The devices of the shop", &[], "Devices", true),
                "parameters": [path_shop()],
            },
            format!("{shop}/mails"): {
                "get": get("What has become of the mails of a customer", &["customer"], "Mails", true),
                "post": post("Send a paper by mail, once", "AskMail", "Mails", true),
                "parameters": [path_shop()],
            },
            format!("{shop}/mails/returns"): {
                "post": post("Note that a mail that was sent has come back", "MailCameBack", "Mails", true),
                "parameters": [path_shop()],
            },
            format!("{shop}/cards"): {
                "get": get("The cards that a customer has saved at the card processor", &["number"], "Cards", true),
                "parameters": [path_shop()],
            },
            format!("{shop}/reoffer"): {
                "post": post("Hand back records that the endpoint has lost", "Reoffer", "Reoffered", true),
                "parameters": [path_shop()],
            },
            format!("{shop}/events"): {
                "get": stream(),
                "parameters": [path_shop()],
            },
            "/readyz": {"get": plain("Whether the store answers")},
            "/healthz": {"get": plain("Whether the files of the app are there")},
            "/metrics": {"get": plain("Counts in the text format of Prometheus")},
        },
        "components": {
            "schemas": schemas::schemas(),
            "securitySchemes": {
                "cookie": {"type": "apiKey", "in": "cookie", "name": crate::api::state::COOKIE_NAME},
                "bearer": {"type": "http", "scheme": "bearer"},
            },
        },
    })
}

fn get(summary: &str, query: &[&str], answer: &str, session: bool) -> Value {
    let parameters: Vec<Value> = query.iter().map(|name| schemas::parameter(name)).collect();
    operation(summary, json!({"parameters": parameters}), json_body(answer), session)
}

fn post(summary: &str, request: &str, answer: &str, session: bool) -> Value {
    let body = json!({"requestBody": {"required": true, "content": {"application/json": {"schema": schemas::of(request)}}}});
    operation(summary, body, json_body(answer), session)
}

fn webhook() -> Value {
    let event = json!({"application/json": {"schema": {"type": "object"}}});
    let body = json!({"requestBody": {"required": true, "content": event}});
    operation(
        "An event at the card processor, with its signature in Stripe-Signature",
        body,
        json!({}),
        false,
    )
}

fn stream() -> Value {
    let lines = json!({"application/x-ndjson": {"schema": {"type": "string"}}});
    operation("News of the log, one object or an empty line each", json!({}), lines, true)
}

fn page() -> Value {
    let page = json!({"text/html": {"schema": {"type": "string"}}});
    operation("What customers see after they have paid by a link", json!({}), page, false)
}

fn plain(summary: &str) -> Value {
    let text = json!({"text/plain": {"schema": {"type": "string"}}});
    json!({"summary": summary, "responses": {
        "200": {"description": "Yes", "content": text},
        "503": {"description": "No", "content": text},
    }})
}

fn json_body(schema: &str) -> Value {
    json!({"application/json": {"schema": schemas::of(schema)}})
}

fn operation(summary: &str, with: Value, content: Value, session: bool) -> Value {
    let problem = json!({"application/problem+json": {"schema": schemas::of("Problem")}});
    let mut operation = json!({
        "summary": summary,
        "security": if session { json!([{"cookie": []}, {"bearer": []}]) } else { json!([]) },
        "responses": {
            "200": {"description": "Done", "content": content},
            "default": {"description": "A problem; its code says what to do", "content": problem},
        },
    });
    if let (Some(all), Value::Object(with)) = (operation.as_object_mut(), with) {
        all.extend(with);
    }
    operation
}

fn path_shop() -> Value {
    json!({"name": "shop", "in": "path", "required": true, "schema": schemas::of("Id")})
}
