//! What tests do to a store behind the back of the book.

use super::Memory;
use crate::store::Fault;
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

impl Memory {
    /// Another store with the same content, as when a browser's files are copied.
    pub fn copied(&self) -> Self {
        Self { contents: Rc::new(RefCell::new(self.contents.borrow().clone())) }
    }

    /// Makes the append after the next one fail with this fault.
    pub fn fail_second(&self, fault: Fault) {
        let mut contents = self.contents.borrow_mut();
        (contents.next_fault, contents.before_fault) = (Some(fault), 1);
    }

    /// Takes back [`Memory::fail_next`] if nothing was written since.
    pub fn no_fault(&self) {
        self.contents.borrow_mut().next_fault = None;
    }

    /// Every sum that is not zero.
    pub fn sums(&self) -> BTreeMap<(u16, String, String), i64> {
        self.contents.borrow().totals.clone().into_iter().filter(|(_, sum)| *sum != 0).collect()
    }

    /// Damages an entry, as a failing disk might.
    pub fn damage(&self, id: &str, from: &str, to: &str) {
        let contents = &mut *self.contents.borrow_mut();
        let damaged =
            contents.entries.values_mut().filter(|stored| stored.bytes.contains(&format!(r#""id":"{id}""#)));
        damaged.for_each(|stored| stored.bytes = stored.bytes.replace(from, to));
    }

    /// Removes an entry, as a failing disk might.
    pub fn remove(&self, id: &str) {
        let contents = &mut *self.contents.borrow_mut();
        let at: Vec<_> =
            contents.ids.iter().filter(|(each, _)| each == id).map(|(_, at)| at.clone()).collect();
        contents.ids.retain(|(each, _)| each != id);
        contents.entries.retain(|place, _| !at.contains(place));
        contents.places.retain(|_, place| !at.contains(place));
        contents.words.retain(|(_, place)| !at.contains(place));
    }
}
