//! Writing in a transaction: what is written is collected.

use super::{Work, no_shop};
use crate::store::model::{Bytes16, Bytes32, Device, Invite, LogEnd, Logged, Mail, StoredOperation};
use crate::store::postgres::rows::Shop;
use crate::store::{Fault, Read, Write};

impl Write for Work<'_> {
    fn found(&mut self, epoch: Bytes16, log_hash: Bytes32) -> Result<(), Fault> {
        let known = self.known.get_mut();
        if known.row.is_some() {
            return Err(Fault::broken("a shop that is here already"));
        }
        let end = LogEnd { epoch, lseq: 0, log_hash };
        // The number is given by the database.
        known.row = Some(Shop { number: 0, empty: log_hash, end, chains: 0, device_changes: 0 });
        known.is_new = true;
        known.epochs.push((0, epoch));
        Ok(())
    }

    fn append(&mut self, records: &[Logged]) -> Result<(), Fault> {
        if self.known.get_mut().row.is_none() {
            return Err(no_shop());
        }
        let follows = |one: &Logged, next: &Logged| {
            (next.lseq, next.seq) == (one.lseq + 1, one.seq + 1)
                && (&next.device, next.chain) == (&one.device, one.chain)
        };
        records.chunk_by(follows).try_for_each(|run| self.append_run(run))
    }

    fn begin_epoch(&mut self, epoch: Bytes16) -> Result<(), Fault> {
        let known = self.known.get_mut();
        let row = known.row.as_mut().ok_or_else(no_shop)?;
        row.end.epoch = epoch;
        known.epochs.push((row.end.lseq, epoch));
        Ok(())
    }

    fn put_device(&mut self, device: &Device) -> Result<(), Fault> {
        if self.known.get_mut().row.is_none() {
            return Err(no_shop());
        }
        let has_letter = |other: &Device| other.id != device.id && other.letter == device.letter;
        let known = self.device(self.shop, &device.id)?;
        let is_new_letter =
            device.letter.is_some() && known.is_none_or(|known| known.letter != device.letter);
        if is_new_letter && self.devices(self.shop)?.iter().any(has_letter) {
            return Err(Fault::broken("a letter that another device has"));
        }
        let known = self.known.get_mut();
        known.devices.insert(device.id.clone(), Some(device.clone()));
        known.put_devices.insert(device.id.clone());
        Ok(())
    }

    fn put_invite(&mut self, invite: &Invite) -> Result<(), Fault> {
        if self.known.get_mut().row.is_none() {
            return Err(no_shop());
        }
        if self.invite(&invite.code)?.is_some_and(|(shop, _)| shop != self.shop) {
            return Err(Fault::broken("an invite of another shop"));
        }
        self.known.get_mut().invites.insert(invite.code, invite.clone());
        Ok(())
    }

    fn put_operation(&mut self, operation: &StoredOperation) -> Result<(), Fault> {
        if self.known.get_mut().row.is_none() {
            return Err(no_shop());
        }
        self.known.get_mut().operations.insert(operation.id.clone(), operation.clone());
        Ok(())
    }

    fn put_mail(&mut self, mail: &Mail) -> Result<(), Fault> {
        if self.known.get_mut().row.is_none() {
            return Err(no_shop());
        }
        self.known.get_mut().mails.insert(mail.id, mail.clone());
        Ok(())
    }

    fn put_value(&mut self, name: &str, value: &[u8]) -> Result<(), Fault> {
        self.known.get_mut().values.insert(name.to_owned(), value.to_owned());
        Ok(())
    }
}
