//! Orders the vertices of each rank so that few links cross.

/// Number of passes over the ranks, alternately downwards and upwards.
const SWEEPS: usize = 16;

/// Vertices by rank, and the joints between adjacent ranks.
#[derive(Debug)]
pub(super) struct Ranks {
    /// The vertices of each rank, in order.
    pub(crate) rows: Vec<Vec<usize>>,
    /// For each vertex, its neighbours in the rank above and in the rank below.
    pub(crate) above: Vec<Vec<usize>>,
    pub(crate) below: Vec<Vec<usize>>,
}

impl Ranks {
    /// Orders the vertices of every rank.
    pub(super) fn arrange(&mut self) {
        let mut best = self.rows.clone();
        let mut fewest = self.crossings();
        for sweep in 0..SWEEPS {
            if fewest == 0 {
                break;
            }
            self.sweep(sweep % 2 == 0, sweep % 4 < 2);
            let crossings = self.crossings();
            if crossings < fewest {
                fewest = crossings;
                best.clone_from(&self.rows);
            }
        }
        self.rows = best;
    }

    /// Sorts each rank by the average position of the neighbours in the previous rank. Ties keep their order, or are
    /// reversed.
    fn sweep(&mut self, downwards: bool, keep_equals: bool) {
        let count = self.rows.len();
        let rows: Vec<usize> =
            if downwards { (1..count).collect() } else { (0..count.saturating_sub(1)).rev().collect() };
        for row in rows {
            let (fixed, neighbours) = if downwards { (row - 1, &self.above) } else { (row + 1, &self.below) };
            let places = self.places(fixed);
            let mut keys: Vec<(f64, usize)> = Vec::with_capacity(self.rows[row].len());
            for (at, vertex) in self.rows[row].iter().enumerate() {
                let adjacent = &neighbours[*vertex];
                let sum: f64 = adjacent.iter().map(|other| places[*other]).sum();
                keys.push((if adjacent.is_empty() { at as f64 } else { sum / adjacent.len() as f64 }, *vertex));
            }
            if !keep_equals {
                keys.reverse();
            }
            keys.sort_by(|a, b| a.0.total_cmp(&b.0));
            self.rows[row] = keys.into_iter().map(|(_, vertex)| vertex).collect();
        }
    }

    /// The position of each vertex within its row.
    fn places(&self, row: usize) -> Vec<f64> {
        let mut places = vec![0.0; self.above.len()];
        self.rows[row].iter().enumerate().for_each(|(at, vertex)| places[*vertex] = at as f64);
        places
    }

    /// The number of crossings between joints.
    fn crossings(&self) -> usize {
        (1..self.rows.len()).map(|row| self.crossings_above(row)).sum()
    }

    fn crossings_above(&self, row: usize) -> usize {
        let places = self.places(row);
        let mut ends: Vec<usize> = Vec::new();
        for vertex in &self.rows[row - 1] {
            let mut own: Vec<usize> = self.below[*vertex].iter().map(|other| places[*other] as usize).collect();
            own.sort_unstable();
            ends.extend(own);
        }
        inversions(&ends, self.rows[row].len())
    }
}

/// The number of inversions, computed with a Fenwick tree in O(n log n).
fn inversions(values: &[usize], max_value: usize) -> usize {
    let mut tree = vec![0_usize; max_value + 1];
    let mut count = 0;
    for (seen, value) in values.iter().enumerate() {
        let mut not_above = 0;
        let mut at = value + 1;
        while at > 0 {
            not_above += tree[at];
            at &= at - 1;
        }
        count += seen - not_above;
        let mut at = value + 1;
        while at <= max_value {
            tree[at] += 1;
            at += at & at.wrapping_neg();
        }
    }
    count
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn crossings_are_counted_and_undone() {
        assert_eq!(inversions(&[2, 1, 0], 3), 3);
        assert_eq!(inversions(&[0, 1, 1, 2], 3), 0);
        let mut ranks = Ranks {
            rows: vec![vec![0, 1], vec![2, 3]],
            above: vec![vec![], vec![], vec![1], vec![0]],
            below: vec![vec![3], vec![2], vec![], vec![]],
        };
        assert_eq!(ranks.crossings(), 1);
        ranks.arrange();
        assert_eq!(ranks.crossings(), 0);
    }
}
