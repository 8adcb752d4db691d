//! Removes cycles from the links of a level, and assigns a rank to each item.

/// A link between two items of a level.
#[derive(Clone, Debug)]
pub(super) struct Edge {
    pub(crate) link: usize,
    /// The start and end items, after any reversal.
    pub(crate) from: usize,
    pub(crate) to: usize,
    /// Whether the edge is reversed relative to the link, to avoid a cycle.
    pub(crate) is_reversed: bool,
    /// The minimum number of ranks that the edge spans.
    pub(crate) length: usize,
}

/// Reverses edges that close a cycle, that is, lead back to an item on the path of a depth-first search in text order.
pub(super) fn break_cycles(count: usize, edges: &mut [Edge]) {
    let mut leaving = vec![Vec::new(); count];
    for (at, edge) in edges.iter().enumerate() {
        leaving[edge.from].push(at);
    }
    let mut entered = vec![false; count];
    let mut is_open = vec![false; count];
    let mut turned = vec![false; edges.len()];
    for start in 0..count {
        if entered[start] {
            continue;
        }
        entered[start] = true;
        is_open[start] = true;
        let mut walk = vec![(start, 0)];
        while let Some((item, next)) = walk.last_mut() {
            let Some(&edge) = leaving[*item].get(*next) else {
                is_open[*item] = false;
                walk.pop();
                continue;
            };
            *next += 1;
            let to = edges[edge].to;
            if is_open[to] {
                turned[edge] = true;
            } else if !entered[to] {
                (entered[to], is_open[to]) = (true, true);
                walk.push((to, 0));
            }
        }
    }
    for edge in edges.iter_mut().zip(turned).filter(|(_, turned)| *turned).map(|(edge, _)| edge) {
        std::mem::swap(&mut edge.from, &mut edge.to);
        edge.is_reversed = true;
    }
}

/// The rank of each item, starting at 0. The edges must not form a cycle.
pub(super) fn assign_ranks(count: usize, edges: &[Edge]) -> Vec<usize> {
    let mut entering = vec![Vec::new(); count];
    let mut leaving = vec![Vec::new(); count];
    for (at, edge) in edges.iter().enumerate() {
        leaving[edge.from].push(at);
        entering[edge.to].push(at);
    }
    let sorted = topological_order(edges, &entering, &leaving);
    let mut ranks = vec![0; count];
    for item in &sorted {
        let after = entering[*item].iter().map(|at| ranks[edges[*at].from] + edges[*at].length).max();
        ranks[*item] = after.unwrap_or(0);
    }
    // An item with more outgoing than incoming links moves down towards its targets.
    for item in sorted.iter().rev().filter(|item| leaving[**item].len() > entering[**item].len()) {
        let before = leaving[*item].iter().map(|at| ranks[edges[*at].to].saturating_sub(edges[*at].length)).min();
        ranks[*item] = before.unwrap_or(ranks[*item]).max(ranks[*item]);
    }
    let first = ranks.iter().min().copied().unwrap_or(0);
    ranks.iter().map(|rank| rank - first).collect()
}

/// The items in topological order.
fn topological_order(edges: &[Edge], entering: &[Vec<usize>], leaving: &[Vec<usize>]) -> Vec<usize> {
    let mut waiting: Vec<usize> = entering.iter().map(Vec::len).collect();
    let mut sorted: Vec<usize> = (0..entering.len()).filter(|item| waiting[*item] == 0).collect();
    let mut processed = 0;
    while let Some(item) = sorted.get(processed).copied() {
        processed += 1;
        for at in &leaving[item] {
            let to = edges[*at].to;
            waiting[to] -= 1;
            if waiting[to] == 0 {
                sorted.push(to);
            }
        }
    }
    sorted
}

#[cfg(test)]
mod tests {
    use super::*;

    fn edges(pairs: &[(usize, usize)]) -> Vec<Edge> {
        let edge = |(link, (from, to)): (usize, &(usize, usize))| Edge {
            link,
            from: *from,
            to: *to,
            is_reversed: false,
            length: 1,
        };
        pairs.iter().enumerate().map(edge).collect()
    }

    #[test]
    fn the_link_that_closes_a_circle_is_turned() {
        let mut edges = edges(&[(0, 1), (1, 2), (2, 0), (2, 3)]);
        break_cycles(4, &mut edges);
        assert_eq!(edges.iter().map(|edge| edge.is_reversed).collect::<Vec<_>>(), [false, false, true, false]);
        assert_eq!(assign_ranks(4, &edges), [0, 1, 2, 3]);
    }

    #[test]
    fn nodes_without_predecessors_precede_their_targets() {
        let edges = edges(&[(0, 1), (1, 2), (3, 2)]);
        assert_eq!(assign_ranks(4, &edges), [0, 1, 2, 1]);
    }
}
