//! Which records an account holds, by who wrote them: the same record may come again with another place or verdict.

use crate::account::map::FastHasher;
use crate::entry::record::Place;
use crate::id::Id;
use std::collections::HashMap;
use std::hash::BuildHasherDefault;

/// How far each chain is held. Most records follow the one before them in their chain, and are new for that reason
/// alone; a table of all of them is made when the first does not.
#[derive(Debug, Clone, Default)]
pub struct KnownRecords {
    ends: Vec<(Id, u32, u64)>,
    places: Option<Places>,
}

/// The place of every record by device, chain and number.
type Places = HashMap<(Id, u32, u64), Place, BuildHasherDefault<FastHasher>>;

impl KnownRecords {
    /// Notes records in order, and leaves out each that was there before with another place.
    pub fn note_all<T>(&mut self, held: &mut Vec<T>, place: impl Fn(&T) -> &Place) {
        if held.iter().all(|each| self.extends_chain(place(each))) {
            return;
        }
        let mut places = Places::default();
        held.retain(|each| places.insert(key(place(each)), place(each).clone()).is_none());
        self.places = Some(held.iter().map(|each| (key(place(each)), place(each).clone())).collect());
    }

    /// Where the same record stands already, if it does. `held` gives all places in case somebody has to look.
    pub fn find<'a>(&mut self, place: &Place, held: impl Iterator<Item = &'a Place>) -> Option<Place> {
        if self.places.is_none() && self.is_new_in_chain(place) {
            return None;
        }
        let places =
            self.places.get_or_insert_with(|| held.map(|place| (key(place), place.clone())).collect());
        places.get(&key(place)).cloned()
    }

    /// Notes a record, or that it has another place now.
    pub fn note(&mut self, place: &Place) {
        self.extends_chain(place);
        if let Some(places) = &mut self.places {
            places.insert(key(place), place.clone());
        }
    }

    /// Whether the chain ended before the record; it ends with it now.
    fn extends_chain(&mut self, place: &Place) -> bool {
        match self.ends.iter_mut().find(|(device, chain, _)| *chain == place.chain && *device == place.device)
        {
            Some((_, _, end)) => {
                let beyond = *end < place.seq;
                *end = place.seq.max(*end);
                beyond
            }
            None => {
                self.ends.push((place.device.clone(), place.chain, place.seq));
                true
            }
        }
    }

    /// Whether its chain is held up to somewhere before it: then it is new.
    pub fn is_new_in_chain(&self, place: &Place) -> bool {
        let of_chain =
            |(device, chain, _): &&(Id, u32, u64)| *chain == place.chain && *device == place.device;
        self.ends.iter().find(of_chain).is_none_or(|(_, _, end)| *end < place.seq)
    }
}

fn key(place: &Place) -> (Id, u32, u64) {
    (place.device.clone(), place.chain, place.seq)
}
