//! The records that an account holds, by device, chain, number and branch: the same record may arrive again with another
//! place or verdict.

use crate::account::map::FastHasher;
use crate::entry::record::Place;
use crate::id::Id;
use std::collections::HashMap;
use std::hash::BuildHasherDefault;

/// The highest number held of each chain. Most records follow the previous one of their chain and are therefore new;
/// a table of all records is built when the first one does not.
#[derive(Debug, Clone, Default)]
pub struct KnownRecords {
    ends: Vec<(Id, u32, u64)>,
    places: Option<Places>,
}

/// The place of every record, by device, chain, number and branch.
type Places = HashMap<(Id, u32, u64, u128), Place, BuildHasherDefault<FastHasher>>;

impl KnownRecords {
    /// Registers records in order, and removes each that is a repetition of an earlier one with another place.
    pub fn register_all<T>(&mut self, held: &mut Vec<T>, place: impl Fn(&T) -> &Place) {
        if held.iter().all(|each| self.extends_chain(place(each))) {
            return;
        }
        let mut places = Places::default();
        held.retain(|each| places.insert(key(place(each)), place(each).clone()).is_none());
        self.places = Some(held.iter().map(|each| (key(place(each)), place(each).clone())).collect());
    }

    /// The place of the same record, if it is already held. `held` yields all places, in case the table has to be
    /// built.
    pub fn find<'a>(&mut self, place: &Place, held: impl Iterator<Item = &'a Place>) -> Option<Place> {
        if self.places.is_none() && self.is_new_in_chain(place) {
            return None;
        }
        let places =
            self.places.get_or_insert_with(|| held.map(|place| (key(place), place.clone())).collect());
        places.get(&key(place)).cloned()
    }

    /// Registers a record, or its new place.
    pub fn register(&mut self, place: &Place) {
        self.extends_chain(place);
        if let Some(places) = &mut self.places {
            places.insert(key(place), place.clone());
        }
    }

    /// Extends the chain to the record; returns whether the chain ended before it.
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

    /// Whether the number is higher than all that are held of the chain; then the record is new.
    pub fn is_new_in_chain(&self, place: &Place) -> bool {
        let of_chain =
            |(device, chain, _): &&(Id, u32, u64)| *chain == place.chain && *device == place.device;
        self.ends.iter().find(of_chain).is_none_or(|(_, _, end)| *end < place.seq)
    }
}

fn key(place: &Place) -> (Id, u32, u64, u128) {
    (place.device.clone(), place.chain, place.seq, place.branch)
}
