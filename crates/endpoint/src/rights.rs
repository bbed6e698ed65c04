//! Who may record what in a shop, as the entries say that its log has. The ledger is asked one question: may this person
//! record an entry of this kind and amount?

use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;
use std::sync::Arc;

use journal::{ChainOpened, Clock, Line, OPENED, SideVerdict};
use ledger::date::Date;
use ledger::entry::{Body, Entry, EntryKind, Place, Record, Verdict};
use ledger::fold::ShopBook;
use ledger::id::Id;
use ledger::money::Money;
use sync::PublicKey;
use sync::admit::{CheckedLine, LogEnd, Rights};

use crate::membership::{self, body};
use crate::shop_log::Shared;
use crate::store::{Bytes32, Fault, Logged, Read};

/// The staff of a shop and their rights, up to a record of its log.
#[derive(Clone, Debug, Default)]
pub struct Staff {
    lseq: u64,
    /// The hash of the log up to that record: a log that was put back in its place may have others.
    log_hash: Option<Bytes32>,
    book: Arc<ShopBook>,
}

/// Rights in a writing transaction.
pub struct ShopRights<'a, 't> {
    tx: &'a Shared<'t>,
    shop: &'a str,
    /// With what the transaction has admitted.
    staff: Arc<Staff>,
    /// Whether something about rights was admitted.
    is_changed: bool,
    /// The amounts of the lines, if they were read before the transaction.
    stated: Option<&'a Stated>,
    /// Whether devices are revoked, of those that were looked up.
    revoked: BTreeMap<String, bool>,
}

/// The amounts that lines of one chain state, which follow each other: read from their bodies before the transaction, so that others
/// do not wait for it.
#[derive(Debug)]
pub struct Stated {
    /// The number of the first line in its chain.
    first: u64,
    amounts: Vec<Option<Money>>,
}

impl Stated {
    /// Reads the bodies of the lines of a push.
    ///
    /// # Errors
    /// The place of a line whose kind is known and whose body cannot be read: it would be an error on every device.
    pub fn read(lines: &[CheckedLine<'_>]) -> Result<Self, usize> {
        let first = lines.first().map_or(0, |line| line.line.seq);
        let amount = |(at, checked): (usize, &CheckedLine<'_>)| match &checked.line {
            line if line.kind == OPENED => Ok(None),
            line => body(line).map(|body| body.stated_amount()).ok_or(at),
        };
        Ok(Self { first, amounts: lines.iter().enumerate().map(amount).collect::<Result<_, _>>()? })
    }

    fn of(&self, line: &Line<'_>) -> Option<Option<Money>> {
        let at = usize::try_from(line.seq.checked_sub(self.first)?).ok()?;
        self.amounts.get(at).copied()
    }
}

impl Staff {
    /// What the log says, going on from what was known before.
    ///
    /// # Errors
    /// Of the store.
    pub fn read(known: Arc<Self>, tx: &dyn Read, shop: &str) -> Result<Arc<Self>, Fault> {
        let Some(end) = tx.end(shop)? else { return Ok(Arc::default()) };
        if (known.lseq, known.log_hash) == (end.lseq, Some(end.log_hash)) {
            return Ok(known);
        }
        let is_of_this_log = known.log_hash.is_none() || tx.log_hash(shop, known.lseq)? == known.log_hash;
        let mut staff = if is_of_this_log { Arc::unwrap_or_clone(known) } else { Self::default() };
        tx.records_of_shop(shop, staff.lseq, &mut |record| {
            staff.take_logged(&record);
            ControlFlow::Continue(())
        })?;
        (staff.lseq, staff.log_hash) = (end.lseq, Some(end.log_hash));
        Ok(Arc::new(staff))
    }

    /// The verdict of the right to one line with this amount. A kind of a newer version is not judged.
    fn judge(&self, line: &Line<'_>, stated: Option<Option<Money>>) -> SideVerdict {
        if line.kind == OPENED {
            return SideVerdict::Ok;
        }
        let Some((actor, stated)) = Id::new(line.actor).ok().zip(stated) else {
            return SideVerdict::RefusedRole;
        };
        let shop = self.book.shop();
        let may = |amount| shop.may(&actor, line.kind, amount);
        match stated {
            _ if !shop.admits(&actor) || !may(Money::ZERO) => SideVerdict::RefusedRole,
            Some(amount) if !may(amount) => SideVerdict::RefusedLimit,
            Some(_) | None => SideVerdict::Ok,
        }
    }

    /// Where an entry has moved the shop to; `None` for nowhere, and where none has.
    pub fn address(&self) -> Option<String> {
        Some(self.book.shop().moved.as_ref()?.address.as_ref()?.as_str().to_owned())
    }

    /// Whether the log goes on elsewhere: an entry has moved the shop to an address that is none of these. A shop that was moved to
    /// none at all still takes what its devices hand in before they hear of it, and when they come back.
    pub fn has_moved_from(&self, origins: &[String]) -> bool {
        self.address().is_some_and(|to| !origins.contains(&to))
    }

    /// Whether a line is an entry of the owner that moves the shop.
    pub fn moves_shop(&self, line: &Line<'_>) -> bool {
        let stated = || body(line).map(|body| body.stated_amount());
        line.kind == EntryKind::ShopMoved.name() && self.judge(line, stated()).is_ok()
    }

    /// The devices that entries took out of the shop.
    fn revoked(&self) -> &BTreeSet<Id> {
        &self.book.shop().revoked_devices
    }

    fn take_logged(&mut self, record: &Logged) {
        // A line that is in the log was parsed before.
        if let Ok(line) = Line::parse(&record.entry) {
            self.take(&line, record.order, record.verdict);
        }
    }

    /// Notes what an entry says about staff and rights.
    fn take(&mut self, line: &Line<'_>, order: Clock, verdict: SideVerdict) {
        if RIGHTS.contains(&line.kind)
            && let Some(record) = record(line, order, verdict)
        {
            // The sums are not needed here.
            let _moved = Arc::make_mut(&mut self.book).add(record);
        }
    }
}

impl<'a, 't> ShopRights<'a, 't> {
    /// The rights in this shop as the staff has them.
    pub fn new(tx: &'a Shared<'t>, shop: &'a str, staff: Arc<Staff>) -> Self {
        Self { tx, shop, staff, is_changed: false, stated: None, revoked: BTreeMap::new() }
    }

    /// With the amounts of the lines that will be judged.
    pub fn stating(self, stated: &'a Stated) -> Self {
        Self { stated: Some(stated), ..self }
    }

    /// The staff at the end of the log after the transaction; `None` where something about rights was admitted, so that it has to be
    /// read with the orders that the log gave.
    pub fn staff_at(self, end: &LogEnd) -> Option<Arc<Staff>> {
        let (lseq, log_hash) = (end.lseq, Some(*end.log_hash.bytes()));
        (!self.is_changed).then(|| Arc::new(Staff { lseq, log_hash, book: Arc::clone(&self.staff.book) }))
    }

    fn is_revoked(&mut self, id: &str) -> Result<bool, Fault> {
        if let Some(known) = self.revoked.get(id) {
            return Ok(*known);
        }
        let device = self.tx.borrow().device(self.shop, id)?;
        let is_revoked = device.is_some_and(|device| device.revoked.is_some());
        self.revoked.insert(id.to_owned(), is_revoked);
        Ok(is_revoked)
    }

    fn stated(&self, line: &Line<'_>) -> Option<Option<Money>> {
        let known = self.stated.and_then(|stated| stated.of(line));
        known.or_else(|| body(line).map(|body| body.stated_amount()))
    }
}

impl Rights for ShopRights<'_, '_> {
    type Error = Fault;

    fn judge(&mut self, press: &[CheckedLine<'_>]) -> Result<SideVerdict, Fault> {
        if let Some(first) = press.first()
            && self.is_revoked(first.line.device)?
        {
            return Ok(SideVerdict::RefusedRevoked);
        }
        if press.iter().any(|line| revokes_itself(&line.line)) {
            return Ok(SideVerdict::RefusedRole);
        }
        let mut verdicts = press.iter().map(|line| self.staff.judge(&line.line, self.stated(&line.line)));
        Ok(verdicts.find(|verdict| !verdict.is_ok()).unwrap_or_default())
    }

    fn admitted(
        &mut self,
        press: &[CheckedLine<'_>],
        verdict: SideVerdict,
        received: u64,
    ) -> Result<(), Fault> {
        let mut tx = self.tx.borrow_mut();
        for line in press {
            if verdict.is_ok() {
                membership::carry_out(&mut **tx, self.shop, &line.line, received)?;
            }
            if !RIGHTS.contains(&line.line.kind) {
                continue;
            }
            self.is_changed = true;
            // A device may be revoked now.
            self.revoked.clear();
            let before = self.staff.revoked().clone();
            Arc::make_mut(&mut self.staff).take(&line.line, line.line.clock, verdict);
            // What an adoption lets count is carried out, too.
            for device in self.staff.revoked().difference(&before) {
                membership::revoke(&mut **tx, self.shop, device, received)?;
            }
        }
        Ok(())
    }

    fn keys(&mut self, device: &str, chain: u32) -> Result<Vec<PublicKey>, Fault> {
        keys(&**self.tx.borrow(), self.shop, device, chain)
    }
}

/// Whether a device takes itself out: one that does has no way back, and the last one would leave the shop to no device.
fn revokes_itself(line: &Line<'_>) -> bool {
    line.kind == EntryKind::DeviceRevoked.name()
        && matches!(body(line), Some(Body::DeviceRevoked(revoked)) if revoked.device.as_str() == line.device)
}

/// The keys of a chain: those of its first lines, of which each branch can have its own, or the one that the device enrolled
/// with.
///
/// # Errors
/// Of the store.
pub fn keys(tx: &dyn Read, shop: &str, device: &str, chain: u32) -> Result<Vec<PublicKey>, Fault> {
    let opened = opened_keys(tx, shop, device, chain)?;
    if !opened.is_empty() {
        return Ok(opened);
    }
    let device = tx.device(shop, device)?;
    Ok(device.and_then(|device| PublicKey::parse(&device.key).ok()).into_iter().collect())
}

/// The keys that the first lines of a chain gave to it.
///
/// # Errors
/// Of the store.
pub fn opened_keys(tx: &dyn Read, shop: &str, device: &str, chain: u32) -> Result<Vec<PublicKey>, Fault> {
    Ok(tx.lines(shop, device, chain, 1)?.iter().filter_map(opened_key).collect())
}

/// The key that a record gives to its chain, if it opens one.
pub fn opened_key(record: &Logged) -> Option<PublicKey> {
    let line = Line::envelope(&record.entry).ok().filter(|line| line.kind == OPENED)?;
    PublicKey::parse(&ChainOpened::parse(line.kv, line.body).ok()?.key?).ok()
}

/// The kinds that say who has which right, and which devices are the shop's no more, and where the shop is.
const RIGHTS: [&str; 7] = [
    "shop.opened",
    "shop.moved",
    "staff.added",
    "staff.changed",
    "right.granted",
    "device.revoked",
    "entry.adopted",
];

fn record(line: &Line<'_>, order: Clock, verdict: SideVerdict) -> Option<Record> {
    let id = |text: &str| Id::new(text).ok();
    let place = Place {
        order: (order.0, order.1),
        device: id(line.device)?,
        chain: line.chain,
        seq: line.seq,
        branch: 0,
    };
    let entry = Entry {
        id: id(line.id)?,
        no: line.no.map(Into::into),
        actor: id(line.actor)?,
        on: Date::parse(line.on)?,
        customer: line.account.map(Id::new).transpose().ok()?,
        body: body(line)?,
    };
    let verdict = if verdict.is_ok() { Verdict::Ok } else { Verdict::Refused };
    Some(Record { place, verdict, entry })
}
