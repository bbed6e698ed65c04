//! `counterfoil journal pull` from a real endpoint in this process.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod common;
#[path = "../../endpoint/tests/devices/mod.rs"]
mod devices;

use std::path::PathBuf;
use std::sync::{Arc, RwLock};

use axum::Router;
use axum::body::Body;
use axum::http::{Request, Response, StatusCode, header::CONTENT_TYPE};
use common::{Outcome, counterfoil};
use devices::{Device, NOW, ORIGIN, SHOP, Shop};
use endpoint::store::{self, Sqlite, Store};
use endpoint::{Endpoint, Settings, api};
use journal::SideVerdict;
use tempfile::TempDir;
use tower::ServiceExt;

/// An address at which one endpoint after the other answers, and a folder for their data and for copies.
struct Place {
    folder: TempDir,
    origin: String,
    answers: Arc<RwLock<Router>>,
}

impl Place {
    async fn new() -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let origin = format!("http://{}", listener.local_addr().unwrap());
        let answers = Arc::new(RwLock::new(Router::new()));
        let now_there = Arc::clone(&answers);
        let all = Router::new().fallback(move |request: Request<Body>| {
            let router = now_there.read().unwrap().clone();
            async move { router.oneshot(request).await.unwrap() }
        });
        tokio::spawn(async move { axum::serve(listener, all).await.unwrap() });
        Self { folder: TempDir::new().unwrap(), origin, answers }
    }

    fn at(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Opens the endpoint on a data directory; from now on it is the one that answers.
    async fn open(&self, data: &str) -> Shop {
        let store: Arc<dyn Store> = Arc::new(Sqlite::open(&self.at(data)).unwrap());
        let settings = Settings { origins: vec![ORIGIN.into(), self.origin.clone()] };
        let endpoint = Endpoint::open_at(store, settings, || NOW).await.unwrap();
        let router = api(endpoint.clone());
        *self.answers.write().unwrap() = router.clone();
        Shop { endpoint, router }
    }

    async fn with_shop(&self) -> (Shop, Device) {
        let shop = self.open("data").await;
        let till = shop.first_device().await;
        (shop, till)
    }

    /// The link of an invite for a reader, which the till makes.
    async fn invite(&self, shop: &Shop, till: &mut Device) -> String {
        let code = till.invite("ana", true);
        till.push(shop).await;
        format!("{}/setup#{code}", self.origin)
    }

    async fn pull(&self, book: &str, words: &[&str]) -> Outcome {
        let mut all: Vec<String> =
            vec!["journal".into(), "pull".into(), self.at(book).to_str().unwrap().into()];
        all.extend(words.iter().map(|word| (*word).to_owned()));
        tokio::task::spawn_blocking(move || counterfoil(&all.iter().map(String::as_str).collect::<Vec<_>>()))
            .await
            .unwrap()
    }

    fn verify(&self, book: &str) -> Outcome {
        counterfoil(&["journal", "verify", self.at(book).to_str().unwrap()])
    }

    fn lines(&self, book: &str) -> Vec<String> {
        let text = std::fs::read_to_string(self.at(book)).unwrap();
        text.lines().filter(|line| !line.starts_with("{\"side\":")).map(String::from).collect()
    }
}

fn done(outcome: &Outcome, says: &str) {
    assert_eq!((outcome.code, outcome.err.as_str()), (0, ""), "{}", outcome.out);
    assert_eq!(outcome.out.trim_end(), says);
}

fn refused(outcome: &Outcome, says: &str) {
    assert!(outcome.code == 2 && outcome.err.contains(says), "{outcome:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bookkeeper_copies_the_book_and_then_what_is_new() {
    let place = Place::new().await;
    let (shop, mut till) = place.with_shop().await;
    let mut other = shop.join("d2", "clerk").await;
    till.credit("ana", "25.00", None);
    till.push(&shop).await;
    let link = place.invite(&shop, &mut till).await;
    done(&place.pull("book.jsonl", &["--invite", &link]).await, "6 lines, 6 of them new");
    assert_eq!(place.lines("book.jsonl"), till.lines);

    // A person without the right to it: the entry is there with its verdict, and verified like all others.
    other.credit("bob", "9.00", None);
    let pushed = other.push(&shop).await;
    assert_eq!(pushed.refused[0].code, SideVerdict::RefusedRole);
    done(&place.pull("book.jsonl", &[]).await, "8 lines, 2 of them new");
    done(&place.pull("book.jsonl", &[]).await, "8 lines, 0 of them new");
    let text = std::fs::read_to_string(place.at("book.jsonl")).unwrap();
    assert!(text.contains(r#""verdict":"refused-role","lseq":8"#), "{text}");
    let verified = place.verify("book.jsonl");
    assert!(verified.code == 0 && verified.out.starts_with("6 entries, every line"), "{verified:?}");
    let heads: Vec<String> = [&till, &other].map(|device| device.head().hash.to_string()).into();
    assert!(heads.iter().all(|head| verified.out.contains(head)), "{}", verified.out);
    assert!(verified.out.contains("8 lines count as the server has signed"), "{}", verified.out);

    // In the copy the refused credit moves nothing; without the link nothing proves that it was refused.
    let credit = |book: &str| {
        let shown = counterfoil(&["journal", "balances", place.at(book).to_str().unwrap()]);
        assert_eq!((shown.code, shown.err.as_str()), (0, ""));
        shown.out
    };
    std::fs::copy(place.at("book.jsonl"), place.at("alone.jsonl")).unwrap();
    let (copied, alone) = (credit("book.jsonl"), credit("alone.jsonl"));
    assert!(copied.contains("25.00") && !copied.contains("34.00"), "{copied}");
    assert!(alone.contains("34.00"), "{alone}");
    // A verdict that was changed by hand, and a side record that was taken away.
    std::fs::copy(place.at("book.jsonl.link"), place.at("changed.jsonl.link")).unwrap();
    let changed = text.replace(r#""verdict":"refused-role""#, r#""verdict":"ok""#);
    let cut: String =
        text.lines().filter(|line| !line.contains(r#""lseq":3,"#)).map(|line| format!("{line}\n")).collect();
    for wrong in [changed, cut] {
        assert_ne!(wrong, text);
        std::fs::write(place.at("changed.jsonl"), wrong).unwrap();
        let verified = place.verify("changed.jsonl");
        assert!(
            verified.code == 1 && verified.err.contains("not those that the server signed"),
            "{verified:?}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_key_of_a_copy_is_its_users_alone_and_an_invite_works_once() {
    let place = Place::new().await;
    let (shop, mut till) = place.with_shop().await;
    let link = place.invite(&shop, &mut till).await;
    refused(&place.pull("book.jsonl", &[]).await, "--invite");
    assert!(!place.at("book.jsonl").exists());
    done(&place.pull("book.jsonl", &["--invite", &link]).await, "5 lines, 5 of them new");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = std::fs::metadata(place.at("book.jsonl.link")).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }
    refused(&place.pull("other.jsonl", &["--invite", &link]).await, "wrong, used or too old");
    assert!(!place.at("other.jsonl").exists() && !place.at("other.jsonl.link").exists());
    // The copy reads, and does not write.
    let device: serde_json::Value =
        serde_json::from_str(&std::fs::read_to_string(place.at("book.jsonl.link")).unwrap()).unwrap();
    assert!(shop.endpoint.revoke(SHOP, device["device"].as_str().unwrap()).await.unwrap());
    let before = std::fs::read(place.at("book.jsonl")).unwrap();
    refused(&place.pull("book.jsonl", &[]).await, "taken out of the shop");
    assert_eq!(std::fs::read(place.at("book.jsonl")).unwrap(), before);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_restored_server_lost_is_handed_back_by_the_copy() {
    let place = Place::new().await;
    let (shop, mut till) = place.with_shop().await;
    let link = place.invite(&shop, &mut till).await;
    place.pull("book.jsonl", &["--invite", &link]).await;
    store::backup(&place.at("data"), &place.at("old.sqlite")).unwrap();
    till.credit("ana", "25.00", None);
    till.push(&shop).await;
    done(&place.pull("book.jsonl", &[]).await, "6 lines, 1 of them new");

    store::restore(&place.at("old.sqlite"), &place.at("restored"), || [9; 16]).unwrap();
    let restored = place.open("restored").await;
    done(&place.pull("book.jsonl", &[]).await, "6 lines, 0 of them new");
    assert_eq!(place.verify("book.jsonl").code, 0);
    // The till is never asked: the copy had it all.
    let mut reader = restored.join("d3", "reader").await;
    let (items, _) = reader.pull(&restored, 100).await;
    let lines: Vec<String> = items.into_iter().map(|(_, line, _)| line).collect();
    assert_eq!(lines, till.lines);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_login_page_is_no_server_and_changes_nothing() {
    let place = Place::new().await;
    let (shop, mut till) = place.with_shop().await;
    let link = place.invite(&shop, &mut till).await;
    place.pull("book.jsonl", &["--invite", &link]).await;
    let before = std::fs::read(place.at("book.jsonl")).unwrap();
    let page = || async {
        let answer = Response::builder().status(StatusCode::OK).header(CONTENT_TYPE, "text/html");
        answer.body(Body::from("<html>Welcome to our network</html>")).unwrap()
    };
    *place.answers.write().unwrap() = Router::new().fallback(page);
    refused(&place.pull("book.jsonl", &[]).await, "does not answer");
    assert_eq!(std::fs::read(place.at("book.jsonl")).unwrap(), before);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_copy_of_a_shop_that_was_moved_says_where_the_shop_is() {
    let place = Place::new().await;
    let (shop, mut till) = place.with_shop().await;
    let link = place.invite(&shop, &mut till).await;
    done(&place.pull("book.jsonl", &["--invite", &link]).await, "5 lines, 5 of them new");
    till.of_shop("ana", "shop.moved", serde_json::json!({"address": "https://new.example"}));
    till.push(&shop).await;
    for new in [1, 0] {
        let moved = place.pull("book.jsonl", &[]).await;
        assert_eq!((moved.code, moved.out.trim_end()), (1, format!("6 lines, {new} of them new").as_str()));
        assert!(moved.err.contains("to https://new.example: begin another copy of it there"), "{moved:?}");
    }
    // The owner has put it right: the shop is where it was.
    till.of_shop("ana", "shop.moved", serde_json::json!({"address": place.origin}));
    till.push(&shop).await;
    done(&place.pull("book.jsonl", &[]).await, "7 lines, 1 of them new");
    assert_eq!(place.verify("book.jsonl").code, 0);
}
