//! An endpoint that is killed while it sends a mail, at each point where the outcome differs: afterwards the mail is there once or twice,
//! under one `Message-ID`, and is called sent.
#![cfg(unix)]
#![allow(clippy::expect_used, clippy::indexing_slicing, clippy::panic, clippy::unwrap_used, missing_docs)]

mod apart;
mod cluster;
mod devices;
mod mailbox;

use std::fs::{self, File};
use std::path::Path;
use std::process::Stdio;
use std::sync::mpsc::{Sender, channel};

use apart::{MAIL_PORT, Served, open};
use devices::{Device, NOW, SHOP, reply, request};
use endpoint::store::{Postgres, Store};
use mailbox::{Mailbox, ask, field, until};
use rusqlite::Connection;
use sync::wire::{MailState, Mails};
use tempfile::TempDir;

/// How far the clock of the started server is ahead, in milliseconds.
const AHEAD: &str = "COUNTERFOIL_TEST_AHEAD";

/// Longer than a claim lasts.
const LATER: &str = "180000";

const AS_SERVER: [&str; 4] = ["--exact", "serves_until_it_is_killed", "--ignored", "--nocapture"];

fn ahead() -> u64 {
    NOW + std::env::var(AHEAD).ok().map_or(0, |millis| millis.parse().unwrap())
}

/// A point at which the endpoint is killed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Point {
    /// M1: after the claim, before the text is sent.
    BeforeText,
    /// M2: after the text, before the answer.
    BeforeAnswer,
    /// M3: after the answer, before it is recorded.
    BeforeRecord,
    /// M4: the outcome could not be recorded, because the store was not to be had.
    NotRecorded,
}

impl Point {
    /// What the mail server is made to do.
    const fn receiver(self) -> &'static str {
        match self {
            Self::BeforeText => "hold-early",
            Self::BeforeAnswer | Self::BeforeRecord | Self::NotRecorded => "hold",
        }
    }

    /// How many copies arrive in the end.
    const fn copies(self) -> usize {
        match self {
            Self::BeforeText => 1,
            Self::BeforeAnswer | Self::BeforeRecord | Self::NotRecorded => 2,
        }
    }
}

const POINTS: [Point; 4] = [Point::BeforeText, Point::BeforeAnswer, Point::BeforeRecord, Point::NotRecorded];

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs aiosmtpd"]
async fn a_mail_survives_the_death_of_an_endpoint_over_sqlite() {
    for point in POINTS {
        let folder = TempDir::new().unwrap();
        dies(folder.path().to_str().unwrap(), point).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs aiosmtpd"]
async fn a_mail_survives_the_death_of_an_endpoint_over_postgresql() {
    for point in POINTS {
        dies(&cluster::shared().database(), point).await;
    }
}

async fn dies(place: &str, point: Point) {
    let (mailbox, said) = (Mailbox::open(), TempDir::new().unwrap());
    let said = said.path().join("said");
    let till = {
        let shop = open(place, ahead).await;
        shop.first_device().await
    };
    let port = mailbox.port.to_string();
    let serve = |millis: &str, said: &Path| {
        let said = Stdio::from(File::create(said).unwrap());
        Served::start_with(place, &AS_SERVER, &[(MAIL_PORT, &port), (AHEAD, millis)], said)
    };
    let mut first = serve("0", &said);
    post(&first, &till, point).await;
    until("the mail server", async || {
        let name = if point == Point::BeforeText { "asked-hold-early" } else { "0000.eml" };
        mailbox.file(name).exists().then_some(())
    })
    .await;
    if matches!(point, Point::BeforeRecord | Point::NotRecorded) {
        let lock = Lock::of(place).await;
        mailbox.go();
        until("the answer", async || mailbox.file("answered").exists().then_some(())).await;
        if point == Point::NotRecorded {
            until("the failure", async || {
                fs::read_to_string(&said).unwrap().contains("mails wait").then_some(())
            })
            .await;
        }
        first.kill();
        lock.end().await;
    } else {
        first.kill();
        mailbox.go();
    }
    let second = serve(LATER, &said);
    let state = until("the second attempt", async || {
        let mails = told(&second, &till).await;
        (mails.mails[0].state != MailState::Queued).then_some(mails.mails[0].state)
    })
    .await;
    let mails = mailbox.mails();
    assert_eq!((state, mails.len()), (MailState::Sent, point.copies()), "{point:?}");
    let first = field(&mails[0], "Message-ID");
    assert!(!first.is_empty() && mails.iter().all(|mail| field(mail, "Message-ID") == first), "{point:?}");
}

async fn post(served: &Served, till: &Device, point: Point) {
    let asked = request("POST", &format!("/v1/shops/{SHOP}/mails"), &[("authorization", &till.token)]);
    let asked = asked.body(ask("p-1", point.receiver()).to_string().into()).unwrap();
    reply(&served.router(), asked).await.ok::<Mails>();
}

async fn told(served: &Served, till: &Device) -> Mails {
    let asked =
        request("GET", &format!("/v1/shops/{SHOP}/mails?customer=mira"), &[("authorization", &till.token)]);
    reply(&served.router(), asked.body(axum::body::Body::empty()).unwrap()).await.ok()
}

/// Keeps others from writing to the store.
enum Lock {
    Sqlite(Connection),
    Postgres(Sender<()>, tokio::task::JoinHandle<()>),
}

impl Lock {
    async fn of(place: &str) -> Self {
        if !place.starts_with("postgresql://") {
            let connection = Connection::open(Path::new(place).join("journal.sqlite")).unwrap();
            connection.execute_batch("BEGIN IMMEDIATE").unwrap();
            return Self::Sqlite(connection);
        }
        let store = Postgres::open(&cluster::address(place)).await.unwrap();
        let ((began, begins), (ends, end)) = (channel(), channel());
        let task = tokio::spawn(async move {
            let hold = (&store as &dyn Store).writing(SHOP, move |_| {
                began.send(()).unwrap();
                end.recv().unwrap();
                Ok(())
            });
            hold.await.unwrap();
        });
        tokio::task::spawn_blocking(move || begins.recv().unwrap()).await.unwrap();
        Self::Postgres(ends, task)
    }

    async fn end(self) {
        match self {
            Self::Sqlite(connection) => connection.execute_batch("ROLLBACK").unwrap(),
            Self::Postgres(ends, task) => {
                ends.send(()).unwrap();
                task.await.unwrap();
            }
        }
    }
}

/// Not a test: the program that is killed.
#[tokio::test(flavor = "multi_thread")]
#[ignore = "serves until it is killed"]
async fn serves_until_it_is_killed() {
    apart::serve_if_asked(ahead).await;
}
