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

    pub(crate) fn contains(&self, id: i64) -> bool {
        let Ok(id) = usize::try_from(id) else {
            return false;
        };
        self.0
            .get(id / 64)
            .is_some_and(|word| word & (1 << (id % 64)) != 0)
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
        let of = |ids: &[i64]| {
            let mut rows = RowSet::default();
            ids.iter().for_each(|id| rows.insert(*id));
            rows
        };
        let mut both = of(&[1, 64, 500]);
        both.intersect(&of(&[64, 65]));
        assert_eq!(
            (both.len(), both.contains(64), both.is_empty()),
            (1, true, false)
        );
        both.intersect(&of(&[]));
        assert!(both.is_empty());
    }
}
