//! What a store keeps beside the logs of shops: devices, invites, values and mails.

use endpoint::store::{Device, Fault, Invite, Mail, Store};
use sync::wire::MailState;

use crate::stores::{device, found};

pub async fn devices_invites_and_values_are_kept(store: &dyn Store) {
    for shop in ["s1", "s2"] {
        found(store, shop).await;
    }
    let (till, reader) = (device("d1", Some("A")), device("d0", None));
    let invite = Invite { code: [4; 32], role: "clerk".into(), until: 9, used_by: None };
    let (put, made) = ((till.clone(), reader.clone()), invite.clone());
    let all = move |tx: &mut dyn endpoint::store::Write| {
        tx.put_device(&put.0)?;
        tx.put_device(&put.1)?;
        tx.put_invite(&made)?;
        tx.put_value("key", b"\0secret")
    };
    store.writing("s1", all).await.unwrap();
    let read = store.reading(|tx| Ok((tx.devices("s1")?, tx.devices("s2")?, tx.device("s2", "d1")?)));
    assert_eq!(read.await.unwrap(), (vec![reader, till.clone()], vec![], None));
    let read = store.reading(|tx| Ok((tx.invite(&[4; 32])?, tx.invite(&[5; 32])?, tx.value("key")?)));
    assert_eq!(read.await.unwrap(), (Some(("s1".into(), invite.clone())), None, Some(b"\0secret".to_vec())));

    let revoked = Device { revoked: Some(8), ..till };
    let used = Invite { used_by: Some("d2".into()), ..invite };
    let (put, made) = (revoked.clone(), used.clone());
    let again = move |tx: &mut dyn endpoint::store::Write| {
        tx.put_device(&put)?;
        tx.put_invite(&made)?;
        tx.put_value("key", b"2")
    };
    store.writing("s1", again).await.unwrap();
    let read = store.reading(|tx| Ok((tx.device("s1", "d1")?, tx.invite(&[4; 32])?, tx.value("key")?)));
    assert_eq!(read.await.unwrap(), (Some(revoked), Some(("s1".into(), used)), Some(b"2".to_vec())));
}

/// What would end a statement and begin another one, if texts were put into statements.
const HOSTILE: [&str; 4] = [
    "'); DROP TABLE record; --",
    "\"; DELETE FROM device; --",
    "$1 \\' OR 1=1 /*",
    "Robert\u{2019}s %s {0} ?1",
];

pub async fn texts_are_values_and_never_statements(store: &dyn Store) {
    found(store, "s1").await;
    let named = |at: usize, text: &str| Device { name: text.into(), ..device(&format!("d{at}"), None) };
    let devices: Vec<_> = (0..).zip(HOSTILE).map(|(at, text)| named(at, text)).collect();
    let mails: Vec<_> = (0..).zip(HOSTILE).map(|(at, text)| mail(at, text, Some(5))).collect();
    let put = (devices.clone(), mails.clone());
    let all = move |tx: &mut dyn endpoint::store::Write| {
        put.0.iter().try_for_each(|device| tx.put_device(device))?;
        put.1.iter().try_for_each(|mail| tx.put_mail(mail))
    };
    store.writing("s1", all).await.unwrap();
    assert_eq!(store.reading(|tx| tx.devices("s1")).await.unwrap(), devices);
    for (text, mail) in HOSTILE.into_iter().zip(&mails) {
        let found = store.reading(move |tx| Ok((tx.mails("s1", Some(text))?, tx.devices(text)?)));
        assert_eq!(found.await.unwrap(), (vec![listed(mail)], vec![]), "{text}");
    }
}

fn mail(id: u8, customer: &str, due: Option<u64>) -> Mail {
    Mail {
        id: [id; 16],
        customer: customer.into(),
        document: format!("document-{id}"),
        nth: 2,
        to: "mira@example.net".into(),
        state: MailState::Queued,
        reason: Some("451 läuft voll".into()),
        asked: 1_772_442_000_000 - u64::from(id),
        at: 1_772_442_000_001,
        tries: 3,
        due,
        content: vec![id; 1_000],
    }
}

fn listed(mail: &Mail) -> Mail {
    Mail { content: Vec::new(), ..mail.clone() }
}

pub async fn mails_are_found_by_customer_and_by_when_they_are_due(store: &dyn Store) {
    for shop in ["s1", "s2"] {
        found(store, shop).await;
    }
    let all = [
        mail(1, "mira", Some(70)),
        mail(2, "mira", None),
        mail(3, "otto", Some(60)),
        mail(4, "mira", Some(60)),
    ];
    let put = all.clone();
    store.writing("s1", move |tx| put.iter().try_for_each(|mail| tx.put_mail(mail))).await.unwrap();
    let other = mail(1, "mira", Some(65));
    let put = other.clone();
    store.writing("s2", move |tx| tx.put_mail(&put)).await.unwrap();

    let read = store
        .reading(|tx| Ok((tx.mail("s1", &[1; 16])?, tx.mail("s2", &[2; 16])?, tx.mail("s3", &[1; 16])?)));
    assert_eq!(read.await.unwrap(), (Some(all[0].clone()), None, None));
    // The one that was asked for first has the highest number here.
    let read =
        store.reading(|tx| Ok((tx.mails("s1", Some("mira"))?, tx.mails("s1", None)?, tx.mails("s3", None)?)));
    let (of_mira, of_all, none) = read.await.unwrap();
    assert_eq!(of_mira, [listed(&all[3]), listed(&all[1]), listed(&all[0])]);
    assert_eq!(of_all, [listed(&all[3]), listed(&all[2]), listed(&all[1]), listed(&all[0])]);
    assert_eq!(none, []);
    let read =
        store.reading(|tx| Ok((tx.waiting_mails("s1")?, tx.waiting_mails("s2")?, tx.waiting_mails("s3")?)));
    assert_eq!(read.await.unwrap(), (3, 1, 0));
    let due = |most| store.reading(move |tx| tx.due_mails(most));
    let first = [(60, "s1".to_owned(), [3; 16]), (60, "s1".into(), [4; 16]), (65, "s2".into(), [1; 16])];
    assert_eq!(due(3).await.unwrap(), first);
    assert_eq!(due(9).await.unwrap().len(), 4);

    let done = Mail {
        state: MailState::Sent,
        reason: None,
        due: None,
        content: vec![],
        at: 9,
        tries: 4,
        ..all[0].clone()
    };
    let put = done.clone();
    store.writing("s1", move |tx| tx.put_mail(&put)).await.unwrap();
    let read =
        store.reading(|tx| Ok((tx.mail("s1", &[1; 16])?, tx.mail("s2", &[1; 16])?, tx.waiting_mails("s1")?)));
    assert_eq!(read.await.unwrap(), (Some(done), Some(other), 2));
    assert!(store.writing("s3", |tx| tx.put_mail(&mail(1, "mira", None))).await.is_err());
}

pub async fn mails_that_are_written_are_read_at_once(store: &dyn Store) {
    found(store, "s1").await;
    store.writing("s1", |tx| tx.put_mail(&mail(1, "mira", Some(5)))).await.unwrap();
    let read = store.writing("s1", |tx| {
        tx.put_mail(&mail(2, "mira", Some(6)))?;
        tx.put_mail(&mail(1, "mira", None))?;
        tx.put_mail(&mail(3, "otto", Some(6)))?;
        Ok((tx.mail("s1", &[2; 16])?, tx.mails("s1", Some("mira"))?, tx.waiting_mails("s1")?))
    });
    let expected = [mail(2, "mira", Some(6)), mail(1, "mira", None)];
    assert_eq!(read.await.unwrap(), (Some(expected[0].clone()), expected.iter().map(listed).collect(), 2));
    // Work that fails leaves none.
    let failed = store.writing("s1", |tx| {
        tx.put_mail(&mail(9, "mira", Some(6)))?;
        Err::<(), _>(Fault::broken("on purpose"))
    });
    assert!(failed.await.is_err());
    let read = store.reading(|tx| Ok((tx.mail("s1", &[9; 16])?, tx.waiting_mails("s1")?)));
    assert_eq!(read.await.unwrap(), (None, 2));
}
