//! A set of row ids: a bit for each id up to the highest, since ids are dense. A million rows take 125 kB.

/// A set of row ids.
#[derive(Clone, Debug, Default)]
pub(crate) struct RowSet(Vec<u64>);

impl RowSet {
    pub(crate) fn insert(&mut self, id: i64) {
        let Ok(id) = usize::try_from(id) else { return };
        let word = id / 64;
        if self.0.len() <= word {
            self.0.resize(word + 1, 0);
        }
        self.0[word] |= 1 << (id % 64);
    }

    pub(crate) fn remove(&mut self, id: i64) {
        let word = usize::try_from(id).ok().map(|id| id / 64);
        if let Some(word) = word.and_then(|word| self.0.get_mut(word)) {
            *word &= !(1 << (id % 64));
        }
    }

    pub(crate) fn contains(&self, id: i64) -> bool {
        let Ok(id) = usize::try_from(id) else {
            return false;
        };
        self.0
            .get(id / 64)
            .is_some_and(|word| word & (1 << (id % 64)) != 0)
    }

    /// Adds what is in the other set.
    pub(crate) fn unite(&mut self, other: &Self) {
        if self.0.len() < other.0.len() {
            self.0.resize(other.0.len(), 0);
        }
        for (word, others) in self.0.iter_mut().zip(&other.0) {
            *word |= others;
        }
    }

    /// How many of its rows are in one set, if one is given, and not in the other.
    pub(crate) fn count_within(&self, only: Option<&Self>, except: &Self) -> u64 {
        let words = self.0.iter().enumerate().map(|(place, word)| {
            let only = only.map_or(u64::MAX, |only| only.word(place));
            word & only & !except.word(place)
        });
        words.map(|word| u64::from(word.count_ones())).sum()
    }

    fn word(&self, place: usize) -> u64 {
        self.0.get(place).copied().unwrap_or_default()
    }

    pub(crate) fn len(&self) -> usize {
        self.0.iter().map(|word| word.count_ones() as usize).sum()
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.iter().all(|word| *word == 0)
    }

    /// Keeps what is in the other set too.
    pub(crate) fn intersect(&mut self, other: &Self) {
        self.0.truncate(other.0.len());
        for (word, others) in self.0.iter_mut().zip(&other.0) {
            *word &= others;
        }
    }

    /// The ids, lowest first.
    pub(crate) fn iter(&self) -> impl Iterator<Item = i64> {
        let words = self.0.iter().enumerate().filter(|(_, word)| **word != 0);
        words.flat_map(|(place, word)| {
            let bits = (0..64_usize).filter(move |bit| word & (1 << bit) != 0);
            bits.map(move |bit| (place * 64 + bit) as i64)
        })
    }

    /// How many ids there are up to one, itself included.
    pub(crate) fn count_to(&self, last_id: i64) -> u64 {
        let beyond = usize::try_from(last_id).map_or(0, |last| last + 1);
        let whole = self.0.iter().take(beyond / 64);
        let rest = self.0.get(beyond / 64).map_or(0, |word| {
            (word & ((1_u64 << (beyond % 64)) - 1)).count_ones()
        });
        whole.map(|word| u64::from(word.count_ones())).sum::<u64>() + u64::from(rest)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(ids: &[i64]) -> RowSet {
        let mut rows = RowSet::default();
        ids.iter().for_each(|id| rows.insert(*id));
        rows
    }

    #[test]
    fn a_row_set_counts_each_row_once_and_none_beyond() {
        let mut rows = RowSet::default();
        for id in [1, 1, 63, 64, 65, 1000, -5] {
            rows.insert(id);
        }
        for (last_id, count) in [
            (0, 0),
            (1, 1),
            (63, 2),
            (64, 3),
            (127, 4),
            (999, 4),
            (1000, 5),
        ] {
            assert_eq!(rows.count_to(last_id), count, "{last_id}");
        }
        assert_eq!(rows.iter().collect::<Vec<_>>(), [1, 63, 64, 65, 1000]);
        assert!(rows.contains(64) && !rows.contains(66) && !rows.contains(-5));
    }

    #[test]
    fn an_intersection_has_what_both_have() {
        let mut both = of(&[1, 64, 500]);
        both.intersect(&of(&[64, 65]));
        assert_eq!(
            (both.len(), both.contains(64), both.is_empty()),
            (1, true, false)
        );
        both.intersect(&of(&[]));
        assert!(both.is_empty());
    }

    #[test]
    fn a_union_has_what_either_has() {
        for (one, other) in [(&[1][..], &[1, 64, 500][..]), (&[64, 500], &[1])] {
            let mut either = of(one);
            either.unite(&of(other));
            assert_eq!(either.iter().collect::<Vec<_>>(), [1, 64, 500]);
        }
    }

    #[test]
    fn what_is_removed_is_not_contained_and_what_never_was_does_no_harm() {
        let mut rows = of(&[1, 64, 65, 500]);
        for id in [64, 64, 2, 9000, -1] {
            rows.remove(id);
        }
        assert_eq!(rows.iter().collect::<Vec<_>>(), [1, 65, 500]);
    }

    #[test]
    fn rows_are_counted_that_are_in_one_set_and_not_in_another() {
        let rows = of(&[1, 2, 64, 500]);
        assert_eq!(rows.count_within(None, &of(&[])), 4);
        assert_eq!(rows.count_within(None, &of(&[2, 3, 900])), 3);
        assert_eq!(rows.count_within(Some(&of(&[1, 2, 64])), &of(&[2])), 2);
        assert_eq!(rows.count_within(Some(&of(&[])), &of(&[])), 0);
    }
}
