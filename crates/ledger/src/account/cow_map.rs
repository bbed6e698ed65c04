//! Maps and lists whose copies share what they do not change: a copy costs what was changed since it was settled,
//! however long the account is. Previews and presses work on copies.

use crate::account::map::Map;
use crate::id::Id;
use indexmap::map::Entry;
use serde::{Serialize, Serializer};
use std::iter::{Chain, Flatten};
use std::sync::Arc;
use std::{option, slice};

/// A map by id in the order of arrival.
#[derive(Debug, Clone)]
pub struct CowMap<V> {
    /// What was there when it was last settled. Copies share it, so it is never written to.
    base: Option<Arc<Map<V>>>,
    /// Values of the base that are different here.
    changed: Map<V>,
    /// What came after the base.
    added: Map<V>,
}

impl<V> Default for CowMap<V> {
    fn default() -> Self {
        Self { base: None, changed: Map::default(), added: Map::default() }
    }
}

impl<V> CowMap<V> {
    /// A value.
    pub fn get(&self, id: &Id) -> Option<&V> {
        let Some(base) = &self.base else { return self.added.get(id) };
        base.get(id).map(|value| self.changed.get(id).unwrap_or(value)).or_else(|| self.added.get(id))
    }

    /// Makes room for more.
    pub fn reserve(&mut self, more: usize) {
        self.added.reserve(more);
    }

    /// Whether there is one.
    pub fn contains_key(&self, id: &Id) -> bool {
        self.base.as_ref().is_some_and(|base| base.contains_key(id)) || self.added.contains_key(id)
    }

    /// What came as the nth, from 0.
    pub fn get_index(&self, place: usize) -> Option<(&Id, &V)> {
        let base = self.base();
        match base.and_then(|base| base.get_index(place)) {
            Some((id, value)) => Some((id, self.changed.get(id).unwrap_or(value))),
            None => self.added.get_index(place.checked_sub(base.map_or(0, Map::len))?),
        }
    }

    /// All, in the order of arrival.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = (&Id, &V)> {
        let base = self.base().into_iter().flatten();
        let base = base.map(|(id, value)| (id, self.changed.get(id).unwrap_or(value)));
        base.chain(&self.added)
    }

    /// All ids, in the order of arrival.
    pub fn keys(&self) -> impl DoubleEndedIterator<Item = &Id> {
        self.base().into_iter().flat_map(Map::keys).chain(self.added.keys())
    }

    /// All values, in the order of arrival.
    pub fn values(&self) -> impl DoubleEndedIterator<Item = &V> {
        self.iter().map(|(_, value)| value)
    }

    fn base(&self) -> Option<&Map<V>> {
        self.base.as_deref()
    }
}

impl<V: Clone> CowMap<V> {
    /// A value to change, and as which it came.
    pub fn get_full_mut(&mut self, id: &Id) -> Option<(usize, &mut V)> {
        let Some(base) = &self.base else {
            return self.added.get_full_mut(id).map(|(place, _, value)| (place, value));
        };
        if let Some((place, _, value)) = base.get_full(id) {
            return Some((place, self.changed.entry(id.clone()).or_insert_with(|| value.clone())));
        }
        let before = base.len();
        self.added.get_full_mut(id).map(|(place, _, value)| (before + place, value))
    }

    /// A value to change.
    pub fn get_mut(&mut self, id: &Id) -> Option<&mut V> {
        self.get_full_mut(id).map(|(_, value)| value)
    }

    /// What came as the nth, to change.
    pub fn get_index_mut(&mut self, place: usize) -> Option<&mut V> {
        let Some(base) = &self.base else { return self.added.get_index_mut(place).map(|(_, value)| value) };
        if let Some((id, value)) = base.get_index(place) {
            return Some(self.changed.entry(id.clone()).or_insert_with(|| value.clone()));
        }
        self.added.get_index_mut(place - base.len()).map(|(_, value)| value)
    }

    /// Puts a value in its place, or at the end; says as which it came.
    pub fn insert(&mut self, id: Id, value: V) -> usize {
        let Some(base) = &self.base else { return self.added.insert_full(id, value).0 };
        match base.get_index_of(&id) {
            Some(place) => {
                self.changed.insert(id, value);
                place
            }
            None => base.len() + self.added.insert_full(id, value).0,
        }
    }

    /// The value of an id, made at the end where there is none; and as which it came.
    pub fn or_insert_with(&mut self, id: &Id, make: impl FnOnce() -> V) -> (usize, &mut V) {
        let before = match &self.base {
            Some(base) => match base.get_full(id) {
                Some((place, _, value)) => {
                    let changed = self.changed.entry(id.clone());
                    return (place, changed.or_insert_with(|| value.clone()));
                }
                None => base.len(),
            },
            None => 0,
        };
        let entry = self.added.entry(id.clone());
        (before + entry.index(), entry.or_insert_with(make))
    }

    /// Puts a value at the end, unless there is one: then gives that.
    pub fn insert_or_get(&mut self, id: &Id, make: impl FnOnce() -> V) -> Option<&mut V> {
        if let Some(value) = self.base.as_ref().and_then(|base| base.get(id)) {
            return Some(self.changed.entry(id.clone()).or_insert_with(|| value.clone()));
        }
        match self.added.entry(id.clone()) {
            Entry::Occupied(known) => Some(known.into_mut()),
            Entry::Vacant(free) => {
                free.insert(make());
                None
            }
        }
    }

    /// Makes the next copies cheap. Costs what was changed since it was last settled, unless an older copy still
    /// shares the base: then it waits for the next time.
    pub fn compact(&mut self) {
        let Some(base) = &mut self.base else {
            if !self.added.is_empty() {
                self.base = Some(Arc::new(std::mem::take(&mut self.added)));
            }
            return;
        };
        if let Some(base) = Arc::get_mut(base) {
            base.extend(self.changed.drain(..));
            base.extend(self.added.drain(..));
        }
    }
}

impl<V: Serialize> Serialize for CowMap<V> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.iter())
    }
}

/// A list that grows at its end.
#[derive(Debug, Clone)]
pub struct CowVec<T> {
    base: Option<Arc<Vec<T>>>,
    added: Vec<T>,
}

/// Goes through a [`CowVec`] from its beginning, or from its end.
pub type Iter<'a, T> = Chain<Flatten<option::IntoIter<&'a [T]>>, slice::Iter<'a, T>>;

impl<T> Default for CowVec<T> {
    fn default() -> Self {
        Self::from(Vec::new())
    }
}

impl<T> From<Vec<T>> for CowVec<T> {
    fn from(added: Vec<T>) -> Self {
        Self { base: None, added }
    }
}

impl<T> CowVec<T> {
    /// How many there are.
    pub fn len(&self) -> usize {
        self.base.as_ref().map_or(0, |base| base.len()) + self.added.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The nth, from 0.
    pub fn get(&self, at: usize) -> Option<&T> {
        let base = self.base.as_deref().map_or(&[][..], Vec::as_slice);
        base.get(at).or_else(|| self.added.get(at.checked_sub(base.len())?))
    }

    /// The first.
    pub fn first(&self) -> Option<&T> {
        self.get(0)
    }

    /// The last.
    pub fn last(&self) -> Option<&T> {
        self.added.last().or_else(|| self.base.as_ref()?.last())
    }

    /// All of them.
    pub fn iter(&self) -> Iter<'_, T> {
        let base = self.base.as_deref().map(Vec::as_slice);
        base.into_iter().flatten().chain(&self.added)
    }

    /// Adds one at the end.
    pub fn push(&mut self, one: T) {
        self.added.push(one);
    }

    /// Where something stands in a sorted list, or would.
    pub fn binary_search_by(&self, mut by: impl FnMut(&T) -> std::cmp::Ordering) -> Result<usize, usize> {
        let base = self.base.as_deref().map_or(&[][..], Vec::as_slice);
        if self.added.first().is_none_or(|first| by(first).is_gt()) {
            return base.binary_search_by(by);
        }
        let found = self.added.binary_search_by(by);
        found.map(|at| base.len() + at).map_err(|at| base.len() + at)
    }
}

impl<T: Clone> CowVec<T> {
    /// All of it as one list that belongs to nobody else. Costs the whole length where copies share it.
    pub fn own(&mut self) -> &mut Vec<T> {
        if let Some(base) = self.base.take() {
            let mut all = Arc::unwrap_or_clone(base);
            all.append(&mut self.added);
            self.added = all;
        }
        &mut self.added
    }

    /// As [`CowMap::compact`].
    pub fn compact(&mut self) {
        let Some(base) = &mut self.base else {
            self.base = Some(Arc::new(std::mem::take(&mut self.added)));
            return;
        };
        if let Some(base) = Arc::get_mut(base) {
            base.append(&mut self.added);
        }
    }
}

impl<'a, T> IntoIterator for &'a CowVec<T> {
    type Item = &'a T;
    type IntoIter = Iter<'a, T>;

    fn into_iter(self) -> Iter<'a, T> {
        self.iter()
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn id(n: u128) -> Id {
        Id::from_bits(n)
    }

    /// Does the same to a cow map and to a plain one, settling and copying in between.
    #[test]
    fn is_a_map_in_the_order_of_arrival_whatever_was_settled_when() {
        let (mut cow, mut plain) = (CowMap::default(), Map::default());
        let mut copies = Vec::new();
        for step in 0..400_u128 {
            let key = id(step * 7919 % 61);
            match step % 5 {
                0 => {
                    let place = cow.insert(key.clone(), step);
                    assert_eq!(place, plain.insert_full(key, step).0);
                }
                1 => {
                    let (place, value) = cow.or_insert_with(&key, || 1);
                    *value += step;
                    let entry = plain.entry(key);
                    assert_eq!(place, entry.index());
                    *entry.or_insert(1) += step;
                }
                2 => {
                    let found = cow.get_full_mut(&key).map(|(place, value)| {
                        *value += 3;
                        place
                    });
                    let due = plain.get_full_mut(&key).map(|(place, _, value)| {
                        *value += 3;
                        place
                    });
                    assert_eq!(found, due);
                }
                3 if step % 3 == 0 => cow.compact(),
                _ if step % 4 == 0 => copies.push((cow.clone(), plain.clone())),
                _ => copies.truncate(1),
            }
            copies.push((cow.clone(), plain.clone()));
            copies.drain(..copies.len().saturating_sub(3));
        }
        copies.push((cow, plain));
        for (cow, plain) in copies {
            assert!(cow.iter().eq(plain.iter()) && cow.keys().eq(plain.keys()));
            assert!(cow.values().rev().eq(plain.values().rev()));
            for (place, (key, value)) in plain.iter().enumerate() {
                assert_eq!((cow.get(key), cow.get_index(place)), (Some(value), Some((key, value))));
                assert!(cow.contains_key(key));
            }
            assert_eq!(cow.get(&id(999)), None);
            assert_eq!(serde_json::to_string(&cow).unwrap(), serde_json::to_string(&plain).unwrap());
        }
    }

    #[test]
    fn a_list_is_one_list_whatever_was_settled_when() {
        let mut log = CowVec::default();
        for n in 0..40_u32 {
            log.push(n * 2);
            if n % 7 == 3 {
                log.compact();
            }
        }
        let copy = log.clone();
        assert!(copy.iter().copied().eq((0..40).map(|n| n * 2)));
        assert_eq!(
            (copy.len(), copy.first(), copy.last(), copy.get(39)),
            (40, Some(&0), Some(&78), Some(&78))
        );
        for n in 0..81 {
            let due = (0..40).map(|n| n * 2).collect::<Vec<u32>>().binary_search(&n);
            assert_eq!(copy.binary_search_by(|at| at.cmp(&n)), due, "{n}");
        }
        log.own().insert(1, 1);
        assert_eq!((log.len(), log.get(1), copy.get(1)), (41, Some(&1), Some(&2)));
    }
}
