//! Lines in memory until their account is folded, without the fields that only the verification of chains needs: half of
//! a line.

use journal::{Clock, Envelope, Hash};

/// The size of a piece of text in bytes.
const PIECE: usize = 1 << 20;

/// The texts of stored lines.
#[derive(Default)]
pub struct LineTexts(Vec<String>);

/// A stored line: its numbers, and the position of its texts.
pub struct StoredLine {
    /// Its number in the file, from 1.
    pub line: u32,
    kv: u32,
    chain: u32,
    piece: u32,
    at: u32,
    /// The number of bytes before the body.
    body_at: u16,
    body: u16,
    seq: u64,
    clock: Clock,
    /// The branch, big-endian: as a number it would be aligned to 16 bytes.
    branch: [u8; 16],
    /// The lengths of device, id, document number, actor, date and kind.
    texts: [u8; 6],
}

impl StoredLine {
    /// What tells the line apart from another with the same device, chain and number.
    pub const fn branch(&self) -> u128 {
        u128::from_be_bytes(self.branch)
    }
}

impl LineTexts {
    /// Stores a line; `length` is its length in bytes.
    pub fn store(&mut self, line: u32, length: usize, envelope: &Envelope<'_>, hash: &Hash) -> StoredLine {
        let texts = [
            envelope.device,
            envelope.id,
            envelope.no.unwrap_or_default(),
            envelope.actor,
            envelope.on,
            envelope.kind,
        ];
        if self.0.last().is_none_or(|piece| piece.capacity() - piece.len() < length) {
            self.0.push(String::with_capacity(PIECE.max(length)));
        }
        let piece = self.0.len() - 1;
        let mut at = 0;
        if let Some(text) = self.0.last_mut() {
            at = text.len();
            texts.into_iter().chain([envelope.body]).for_each(|each| text.push_str(each));
        }
        // A line has at most 16 KiB, and a text of an envelope at most 64.
        StoredLine {
            line,
            kv: envelope.kv,
            chain: envelope.chain,
            piece: piece as u32,
            at: at as u32,
            body_at: (length - 1).saturating_sub(envelope.body.len()) as u16,
            body: envelope.body.len() as u16,
            seq: envelope.seq,
            clock: envelope.clock,
            branch: hash.first_half().to_be_bytes(),
            texts: texts.map(|text| text.len() as u8),
        }
    }

    /// The stored fields of a line and the number of bytes before its body. Shop, time zone, press, customer and
    /// previous hash are not stored.
    pub fn envelope(&self, stored: &StoredLine) -> (Envelope<'_>, usize) {
        let piece = self.0.get(stored.piece as usize).map_or("", String::as_str);
        let mut rest = piece.get(stored.at as usize..).unwrap_or_default();
        let mut text_of = |length: usize| {
            let (text, after) = rest.split_at_checked(length).unwrap_or_default();
            rest = after;
            text
        };
        let [device, id, no, actor, on, kind] = stored.texts.map(|length| text_of(length.into()));
        let no = (!no.is_empty()).then_some(no);
        let body = text_of(stored.body.into());
        let (chain, seq, clock, kv) = (stored.chain, stored.seq, stored.clock, stored.kv);
        let (shop, zone, prev, press, account) = ("", "", None, None, None);
        let envelope = Envelope {
            shop,
            device,
            chain,
            seq,
            prev,
            clock,
            id,
            no,
            actor,
            on,
            zone,
            press,
            account,
            kind,
            kv,
            body,
        };
        (envelope, stored.body_at.into())
    }
}
