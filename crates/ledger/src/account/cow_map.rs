//! Copy-on-write maps and lists: copies share an immutable base, so a copy costs only what changed since the last
//! `compact`, however long the account is. Previews and commits work on copies.

use crate::account::map::Map;
use crate::id::Id;
use indexmap::map::Entry;
use serde::{Serialize, Serializer};
use std::iter::{Chain, Flatten};
use std::sync::Arc;
use std::{option, slice};

/// A copy-on-write map by id, in insertion order.
#[derive(Debug, Clone)]
pub struct CowMap<V> {
    /// The entries at the last `compact`. Copies share it, so it is never modified.
    base: Option<Arc<Map<V>>>,
    /// Values that replace those of the base.
    changed: Map<V>,
    /// Entries that were inserted after the base.
    added: Map<V>,
}

impl<V> Default for CowMap<V> {
    fn default() -> Self {
        Self { base: None, changed: Map::default(), added: Map::default() }
    }
}

impl<V> CowMap<V> {
    /// The value of an id.
    pub fn get(&self, id: &Id) -> Option<&V> {
        let Some(base) = &self.base else { return self.added.get(id) };
        base.get(id).map(|value| self.changed.get(id).unwrap_or(value)).or_else(|| self.added.get(id))
    }

    /// Whether it has no entry.
    pub fn is_empty(&self) -> bool {
        self.added.is_empty() && self.base.as_ref().is_none_or(|base| base.is_empty())
    }

    /// Reserves capacity for more entries.
    pub fn reserve(&mut self, more: usize) {
        self.added.reserve(more);
    }

    /// Whether the map contains the id.
    pub fn contains_key(&self, id: &Id) -> bool {
        self.base.as_ref().is_some_and(|base| base.contains_key(id)) || self.added.contains_key(id)
    }

    /// The entry at an index, from 0, in insertion order.
    pub fn get_index(&self, place: usize) -> Option<(&Id, &V)> {
        let base = self.base();
        match base.and_then(|base| base.get_index(place)) {
            Some((id, value)) => Some((id, self.changed.get(id).unwrap_or(value))),
            None => self.added.get_index(place.checked_sub(base.map_or(0, Map::len))?),
        }
    }

    /// All entries, in insertion order.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = (&Id, &V)> {
        let base = self.base().into_iter().flatten();
        let base = base.map(|(id, value)| (id, self.changed.get(id).unwrap_or(value)));
        base.chain(&self.added)
    }

    /// All ids, in insertion order.
    pub fn keys(&self) -> impl DoubleEndedIterator<Item = &Id> {
        self.base().into_iter().flat_map(Map::keys).chain(self.added.keys())
    }

    /// All values, in insertion order.
    pub fn values(&self) -> impl DoubleEndedIterator<Item = &V> {
        self.iter().map(|(_, value)| value)
    }

    /// The ids whose values were inserted or changed since the last `compact`, and perhaps earlier ones.
    pub fn touched(&self) -> impl Iterator<Item = &Id> {
        self.changed.keys().chain(self.added.keys())
    }

    fn base(&self) -> Option<&Map<V>> {
        self.base.as_deref()
    }
}

impl<V: Clone> CowMap<V> {
    /// The index and the mutable value of an id.
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

    /// The mutable value of an id.
    pub fn get_mut(&mut self, id: &Id) -> Option<&mut V> {
        self.get_full_mut(id).map(|(_, value)| value)
    }

    /// The mutable value at an index.
    pub fn get_index_mut(&mut self, place: usize) -> Option<&mut V> {
        let Some(base) = &self.base else { return self.added.get_index_mut(place).map(|(_, value)| value) };
        if let Some((id, value)) = base.get_index(place) {
            return Some(self.changed.entry(id.clone()).or_insert_with(|| value.clone()));
        }
        self.added.get_index_mut(place - base.len()).map(|(_, value)| value)
    }

    /// Replaces the value of an id, or inserts it at the end; returns its index.
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

    /// The index and the mutable value of an id; inserts a value at the end if there is none.
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

    /// Inserts a value at the end and returns `None`; if the id already has a value, returns that value instead.
    pub fn insert_or_get(&mut self, id: &Id, make: impl FnOnce() -> V) -> Option<&mut V> {
        if let Some(value) = self.base.as_ref().and_then(|base| base.get(id)) {
            return Some(self.changed.entry(id.clone()).or_insert_with(|| value.clone()));
        }
        match self.added.entry(id.clone()) {
            Entry::Occupied(found) => Some(found.into_mut()),
            Entry::Vacant(free) => {
                free.insert(make());
                None
            }
        }
    }

    /// Moves the changes into the base, so that the next copies are cheap. The cost is proportional to the changes
    /// since the last call. If an older copy still shares the base, nothing happens until the next call.
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

/// A copy-on-write list that grows at its end.
#[derive(Debug, Clone)]
pub struct CowVec<T> {
    base: Option<Arc<Vec<T>>>,
    added: Vec<T>,
}

/// The double-ended iterator of a [`CowVec`].
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
    /// The number of items.
    pub fn len(&self) -> usize {
        self.base.as_ref().map_or(0, |base| base.len()) + self.added.len()
    }

    /// Whether the list is empty.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The item at an index, from 0.
    pub fn get(&self, at: usize) -> Option<&T> {
        let base = self.base.as_deref().map_or(&[][..], Vec::as_slice);
        base.get(at).or_else(|| self.added.get(at.checked_sub(base.len())?))
    }

    /// The first item.
    pub fn first(&self) -> Option<&T> {
        self.get(0)
    }

    /// The last item.
    pub fn last(&self) -> Option<&T> {
        self.added.last().or_else(|| self.base.as_ref()?.last())
    }

    /// All items.
    pub fn iter(&self) -> Iter<'_, T> {
        let base = self.base.as_deref().map(Vec::as_slice);
        base.into_iter().flatten().chain(&self.added)
    }

    /// Appends an item.
    pub fn push(&mut self, one: T) {
        self.added.push(one);
    }

    /// The index of an item in a sorted list, or where it would be inserted, as in `slice::binary_search_by`.
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
    /// The items as one list that no copy shares. Costs the whole length if copies share the base.
    pub fn make_owned(&mut self) -> &mut Vec<T> {
        if let Some(base) = self.base.take() {
            let mut all = Arc::unwrap_or_clone(base);
            all.append(&mut self.added);
            self.added = all;
        }
        &mut self.added
    }

    /// Moves the changes into the base, as `CowMap::compact`.
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

    /// Applies the same operations to a `CowMap` and to a plain map, with `compact` and copies in between.
    #[test]
    fn a_cow_map_behaves_as_a_map_in_insertion_order() {
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
    fn a_cow_vec_behaves_as_a_list() {
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
        log.make_owned().insert(1, 1);
        assert_eq!((log.len(), log.get(1), copy.get(1)), (41, Some(&1), Some(&2)));
    }
}
