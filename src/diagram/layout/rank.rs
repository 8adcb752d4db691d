//! Which way each link counts, and in which rank each item stands.

/// A link within a level, between two of its items.
#[derive(Clone, Debug)]
pub(super) struct Arc {
    pub(crate) link: usize,
    /// The items that it leads from and to, as it counts.
    pub(crate) from: usize,
    pub(crate) to: usize,
    /// Whether it counts the other way than it is drawn, so that there is no circle.
    pub(crate) is_turned: bool,
    /// Over how many ranks it goes at least.
    pub(crate) length: usize,
}

/// Turns arcs until they form no circle: those that lead back to where a walk
/// through the graph, in the order of the text, came from.
pub(super) fn turn(count: usize, arcs: &mut [Arc]) {
    let mut leaving = vec![Vec::new(); count];
    for (at, arc) in arcs.iter().enumerate() {
        leaving[arc.from].push(at);
    }
    let mut entered = vec![false; count];
    let mut is_open = vec![false; count];
    let mut turned = vec![false; arcs.len()];
    for start in 0..count {
        if entered[start] {
            continue;
        }
        entered[start] = true;
        is_open[start] = true;
        let mut walk = vec![(start, 0)];
        while let Some((item, next)) = walk.last_mut() {
            let Some(&arc) = leaving[*item].get(*next) else {
                is_open[*item] = false;
                walk.pop();
                continue;
            };
            *next += 1;
            let to = arcs[arc].to;
            if is_open[to] {
                turned[arc] = true;
            } else if !entered[to] {
                (entered[to], is_open[to]) = (true, true);
                walk.push((to, 0));
            }
        }
    }
    for arc in arcs.iter_mut().zip(turned).filter(|(_, turned)| *turned).map(|(arc, _)| arc) {
        std::mem::swap(&mut arc.from, &mut arc.to);
        arc.is_turned = true;
    }
}

/// The rank of each item, from 0. Arcs must form no circle.
pub(super) fn ranks(count: usize, arcs: &[Arc]) -> Vec<usize> {
    let mut entering = vec![Vec::new(); count];
    let mut leaving = vec![Vec::new(); count];
    for (at, arc) in arcs.iter().enumerate() {
        leaving[arc.from].push(at);
        entering[arc.to].push(at);
    }
    let sorted = sorted(arcs, &entering, &leaving);
    let mut ranks = vec![0; count];
    for item in &sorted {
        let after = entering[*item].iter().map(|at| ranks[arcs[*at].from] + arcs[*at].length).max();
        ranks[*item] = after.unwrap_or(0);
    }
    // What more links leave than enter moves down to what it leads to.
    for item in sorted.iter().rev().filter(|item| leaving[**item].len() > entering[**item].len()) {
        let before = leaving[*item].iter().map(|at| ranks[arcs[*at].to].saturating_sub(arcs[*at].length)).min();
        ranks[*item] = before.unwrap_or(ranks[*item]).max(ranks[*item]);
    }
    let first = ranks.iter().min().copied().unwrap_or(0);
    ranks.iter().map(|rank| rank - first).collect()
}

/// Items, each after those that lead to it.
fn sorted(arcs: &[Arc], entering: &[Vec<usize>], leaving: &[Vec<usize>]) -> Vec<usize> {
    let mut waiting: Vec<usize> = entering.iter().map(Vec::len).collect();
    let mut sorted: Vec<usize> = (0..entering.len()).filter(|item| waiting[*item] == 0).collect();
    let mut done = 0;
    while let Some(item) = sorted.get(done).copied() {
        done += 1;
        for at in &leaving[item] {
            let to = arcs[*at].to;
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

    fn arcs(pairs: &[(usize, usize)]) -> Vec<Arc> {
        let arc = |(link, (from, to)): (usize, &(usize, usize))| Arc {
            link,
            from: *from,
            to: *to,
            is_turned: false,
            length: 1,
        };
        pairs.iter().enumerate().map(arc).collect()
    }

    #[test]
    fn the_link_that_closes_a_circle_is_turned() {
        let mut arcs = arcs(&[(0, 1), (1, 2), (2, 0), (2, 3)]);
        turn(4, &mut arcs);
        assert_eq!(arcs.iter().map(|arc| arc.is_turned).collect::<Vec<_>>(), [false, false, true, false]);
        assert_eq!(ranks(4, &arcs), [0, 1, 2, 3]);
    }

    #[test]
    fn what_nothing_leads_to_stands_right_before_what_it_leads_to() {
        let arcs = arcs(&[(0, 1), (1, 2), (3, 2)]);
        assert_eq!(ranks(4, &arcs), [0, 1, 2, 1]);
    }
}
