//! Lines kept in memory until their account is folded, less what nobody asks for again: half of a line is its chain.

use journal::{Clock, Envelope};

/// How much text is kept in one piece.
const PIECE: usize = 1 << 20;

/// The texts of kept lines.
#[derive(Default)]
pub struct Texts(Vec<String>);

/// A kept line: its numbers, and where its words stand.
pub struct Kept {
    /// Its number in the file, from 1.
    pub line: u32,
    kv: u32,
    chain: u32,
    piece: u32,
    at: u32,
    /// How many bytes before the body the line had.
    before: u16,
    body: u16,
    seq: u64,
    clock: Clock,
    /// Device, id, number, who acted, date, kind.
    words: [u8; 6],
}

impl Texts {
    /// Keeps a line of so many bytes.
    pub fn keep(&mut self, line: u32, length: usize, envelope: &Envelope<'_>) -> Kept {
        let words = [
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
            words.into_iter().chain([envelope.body]).for_each(|word| text.push_str(word));
        }
        // A line has at most 16 KiB, and a word of an envelope 64 bytes.
        Kept {
            line,
            kv: envelope.kv,
            chain: envelope.chain,
            piece: piece as u32,
            at: at as u32,
            before: (length - 1).saturating_sub(envelope.body.len()) as u16,
            body: envelope.body.len() as u16,
            seq: envelope.seq,
            clock: envelope.clock,
            words: words.map(|word| word.len() as u8),
        }
    }

    /// What is left of the line, and how many bytes stood before its body: its shop, its zone, its customer and the
    /// line before it are not asked for again.
    pub fn envelope(&self, kept: &Kept) -> (Envelope<'_>, usize) {
        let piece = self.0.get(kept.piece as usize).map_or("", String::as_str);
        let mut rest = piece.get(kept.at as usize..).unwrap_or_default();
        let mut word = |length: usize| {
            let (word, after) = rest.split_at_checked(length).unwrap_or_default();
            rest = after;
            word
        };
        let [device, id, no, actor, on, kind] = kept.words.map(|length| word(length.into()));
        let no = (!no.is_empty()).then_some(no);
        let body = word(kept.body.into());
        let (chain, seq, clock, kv) = (kept.chain, kept.seq, kept.clock, kept.kv);
        let (shop, zone, prev, account) = ("", "", None, None);
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
            account,
            kind,
            kv,
            body,
        };
        (envelope, kept.before.into())
    }
}
