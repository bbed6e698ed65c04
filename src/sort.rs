//! Sorts lists. The standard sort is compiled for every type and order, 4 kB each; this one is compiled once, and moves each
//! item once, however large it is.

use std::cmp::Ordering;

/// Sorts by a comparison; the sort is stable.
pub fn sort_by<T>(items: &mut Vec<T>, order: impl Fn(&T, &T) -> Ordering) {
    let sequence = sequence(items.len(), &|one, other| match (items.get(one), items.get(other)) {
        (Some(one), Some(other)) => order(one, other),
        _ => Ordering::Equal,
    });
    let mut taken: Vec<Option<T>> = std::mem::take(items).into_iter().map(Some).collect();
    items.extend(sequence.into_iter().filter_map(|at| taken.get_mut(at)?.take()));
}

/// Sorts by a key; the sort is stable.
pub fn sort_by_key<T, K: Ord>(items: &mut Vec<T>, key: impl Fn(&T) -> K) {
    sort_by(items, |one, other| key(one).cmp(&key(other)));
}

fn sequence(length: usize, order: &dyn Fn(usize, usize) -> Ordering) -> Vec<usize> {
    let mut sequence: Vec<usize> = (0..length).collect();
    sequence.sort_by(|one, other| order(*one, *other));
    sequence
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sort_is_stable() {
        let mut words = vec!["pear", "fig", "apple", "kiwi", "nut"];
        sort_by_key(&mut words, |word| word.len());
        assert_eq!(words, ["fig", "nut", "pear", "kiwi", "apple"]);
        sort_by(&mut words, |one, other| other.cmp(one));
        assert_eq!(words, ["pear", "nut", "kiwi", "fig", "apple"]);
    }
}
