//! The interface tried from outside by schemathesis, which reads the interface's own description and sends what follows from
//! it, and what does not, in the session of a device: no answer may be a fault of the server, and each has to be described.
#![allow(clippy::unwrap_used, missing_docs)]

mod devices;

use std::fs;
use std::sync::OnceLock;
use std::time::Instant;

use devices::{NOW, ORIGIN, SHOP, Shop, memory};
use endpoint::{Endpoint, Limits, Server, Settings, api, site};
use tempfile::TempDir;
use tokio::net::TcpListener;
use tokio::process::Command;

/// The program; without it, there is nothing to test.
const PROGRAM: &str = "COUNTERFOIL_SCHEMATHESIS";

/// How long it tries, in seconds.
const SECONDS: &str = "60";

/// What it checks of each answer.
const CHECKS: &str = "not_a_server_error,status_code_conformance,content_type_conformance,\
    response_headers_conformance,response_schema_conformance";

/// A clock that is fast, so that the limits by time let through what the program sends.
fn fast() -> u64 {
    static BEGAN: OnceLock<Instant> = OnceLock::new();
    let elapsed = BEGAN.get_or_init(Instant::now).elapsed().as_millis();
    NOW + 20 * u64::try_from(elapsed).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs schemathesis"]
async fn schemathesis_finds_nothing() {
    let Some(program) = std::env::var_os(PROGRAM) else { return };
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join("index.html"), "<!doctype html><title>Counterfoil</title>").unwrap();
    let settings = Settings { origins: vec![ORIGIN.into()] };
    let endpoint = Endpoint::open_at(memory(), settings, fast).await.unwrap();
    let shop = Shop { router: api(endpoint.clone()).merge(site(folder.path(), "/")), endpoint };
    let till = shop.first_device().await;
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(Server::new(shop.router, Limits::default()).serve(listener, std::future::pending()));

    let config = folder.path().join("schemathesis.toml");
    fs::write(&config, format!("[parameters]\nshop = \"{SHOP}\"\n")).unwrap();
    let mut trying = Command::new(program);
    trying.current_dir(folder.path()).arg("--config-file").arg(&config);
    trying.args(["run", &format!("{address}/openapi.json"), "--checks", CHECKS, "--max-time", SECONDS]);
    trying.args([
        "--header",
        &format!("authorization: {}", till.token),
        "--header",
        &format!("origin: {ORIGIN}"),
    ]);
    // A stream of events does not end; `api_streams` tests it.
    trying.args([
        "--exclude-path-regex",
        "events",
        "--phases",
        "examples,coverage,fuzzing",
        "--continue-on-failure",
    ]);
    let said = trying.output().await.unwrap();
    let text = String::from_utf8_lossy(&said.stdout);
    println!("{text}");
    assert!(said.status.success(), "{}", String::from_utf8_lossy(&said.stderr));
    assert!(!text.contains("Rate limited"), "what is behind the limits was not tried");
}
