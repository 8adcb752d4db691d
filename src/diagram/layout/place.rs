//! Computes horizontal positions: each vertex close to its neighbours in adjacent ranks, without overlaps within its
//! rank.

/// Number of passes downwards and upwards, and then of passes that consider both directions.
const ROUNDS: usize = 8;
const LAST_ROUNDS: usize = 6;

/// A vertex to be positioned.
#[derive(Clone, Debug)]
pub(super) struct Vertex {
    pub(crate) width: f64,
    /// Minimum distance to the border of an adjacent vertex.
    pub(crate) gap: f64,
    /// The horizontal centre.
    pub(crate) x: f64,
}

/// A connection between a vertex and one in the next rank.
#[derive(Clone, Copy, Debug)]
pub(super) struct Joint {
    pub(crate) above: usize,
    pub(crate) below: usize,
    /// Offset of the joint from the centre of each vertex.
    pub(crate) aside: [f64; 2],
    /// Importance of keeping the joint straight.
    pub(crate) weight: f64,
}

/// Positions all vertices; `rows` are the vertices of each rank, in order.
pub(super) fn place_vertices(vertices: &mut [Vertex], rows: &[Vec<usize>], joints: &[Joint]) {
    let mut neighbours = vec![[Vec::new(), Vec::new()]; vertices.len()];
    for joint in joints {
        let shift = joint.aside[0] - joint.aside[1];
        neighbours[joint.below][0].push((joint.above, shift, joint.weight));
        neighbours[joint.above][1].push((joint.below, -shift, joint.weight));
    }
    for row in rows {
        let mut edge = 0.0;
        for at in row {
            let vertex = &mut vertices[*at];
            vertex.x = edge + vertex.width / 2.0;
            edge += vertex.width + vertex.gap;
        }
        // Start with centred rows instead of left-aligned ones.
        row.iter().for_each(|at| vertices[*at].x -= edge / 2.0);
    }
    for _ in 0..ROUNDS {
        rows.iter().for_each(|row| place_row(vertices, row, &neighbours, [1.0, 0.05]));
        rows.iter().rev().for_each(|row| place_row(vertices, row, &neighbours, [0.05, 1.0]));
    }
    for _ in 0..LAST_ROUNDS {
        rows.iter().for_each(|row| place_row(vertices, row, &neighbours, [1.0, 1.0]));
        rows.iter().rev().for_each(|row| place_row(vertices, row, &neighbours, [1.0, 1.0]));
    }
    align_chains(vertices, rows, joints);
    let left = vertices.iter().map(|vertex| vertex.x - vertex.width / 2.0).fold(f64::INFINITY, f64::min);
    if left.is_finite() {
        vertices.iter_mut().for_each(|vertex| vertex.x -= left);
    }
}

/// Aligns chains without branches on a vertical line, as far as adjacent vertices permit.
fn align_chains(vertices: &mut [Vertex], rows: &[Vec<usize>], joints: &[Joint]) {
    let neighbours = neighbours(vertices.len(), rows);
    for line in branchless_chains(vertices.len(), joints) {
        let mut run: Vec<usize> = Vec::new();
        let mut range = (f64::NEG_INFINITY, f64::INFINITY);
        for vertex in line {
            let allowed = allowed_range(vertices, vertex, neighbours[vertex]);
            let both = (range.0.max(allowed.0), range.1.min(allowed.1));
            if both.0 > both.1 {
                align(vertices, &run, range.0, range.1);
                run.clear();
                range = allowed;
            } else {
                range = both;
            }
            run.push(vertex);
        }
        align(vertices, &run, range.0, range.1);
    }
}

fn align(vertices: &mut [Vertex], run: &[usize], from: f64, to: f64) {
    let mean = run.iter().map(|vertex| vertices[*vertex].x).sum::<f64>() / run.len().max(1) as f64;
    if from <= to {
        run.iter().for_each(|vertex| vertices[*vertex].x = mean.max(from).min(to));
    }
}

/// The left and right neighbour of each vertex.
fn neighbours(count: usize, rows: &[Vec<usize>]) -> Vec<[Option<usize>; 2]> {
    let mut neighbours = vec![[None; 2]; count];
    for pair in rows.iter().flat_map(|row| row.windows(2)) {
        neighbours[pair[0]][1] = Some(pair[1]);
        neighbours[pair[1]][0] = Some(pair[0]);
    }
    neighbours
}

/// The minimum and maximum position of a vertex between its neighbours.
fn allowed_range(vertices: &[Vertex], vertex: usize, [left, right]: [Option<usize>; 2]) -> (f64, f64) {
    let own = &vertices[vertex];
    let distance = |other: &Vertex| (own.width + other.width) / 2.0 + own.gap.max(other.gap);
    (
        left.map_or(f64::NEG_INFINITY, |left| vertices[left].x + distance(&vertices[left])),
        right.map_or(f64::INFINITY, |right| vertices[right].x - distance(&vertices[right])),
    )
}

/// Chains of vertices without branches, the longest first.
fn branchless_chains(count: usize, joints: &[Joint]) -> Vec<Vec<usize>> {
    let (mut below, mut above) = (vec![Vec::new(); count], vec![Vec::new(); count]);
    for joint in joints {
        below[joint.above].push(joint);
        above[joint.below].push(joint);
    }
    let next = |vertex: usize| match below[vertex][..] {
        [joint] if above[joint.below].len() == 1 && joint.aside == [0.0; 2] => Some(joint.below),
        _ => None,
    };
    let mut is_later = vec![false; count];
    (0..count).filter_map(next).for_each(|vertex| is_later[vertex] = true);
    let line = |start| std::iter::successors(Some(start), |vertex| next(*vertex)).collect();
    let mut lines: Vec<Vec<usize>> = (0..count).filter(|vertex| !is_later[*vertex]).map(line).collect();
    lines.retain(|line| line.len() > 1);
    lines.sort_by_key(|line| std::cmp::Reverse(line.len()));
    lines
}

/// The vertices above and below, each with the desired offset from it and its weight.
type Neighbours = [Vec<(usize, f64, f64)>; 2];

/// Moves the vertices of a row as close as possible to their desired positions.
fn place_row(vertices: &mut [Vertex], row: &[usize], neighbours: &[Neighbours], share: [f64; 2]) {
    let mut blocks: Vec<Block> = Vec::with_capacity(row.len());
    let mut edges = Vec::with_capacity(row.len());
    let mut edge = 0.0;
    for (at, index) in row.iter().enumerate() {
        let vertex = &vertices[*index];
        if let Some(before) = at.checked_sub(1).map(|before| &vertices[row[before]]) {
            edge += (before.width + vertex.width) / 2.0 + before.gap.max(vertex.gap);
        }
        edges.push(edge);
        let (desired, weight) = desired_position(vertices, *index, &neighbours[*index], share);
        push_block(&mut blocks, Block { sum: (desired - edge) * weight, weight, count: 1 });
    }
    let mut at = 0;
    for block in &blocks {
        for _ in 0..block.count {
            vertices[row[at]].x = block.sum / block.weight + edges[at];
            at += 1;
        }
    }
}

fn desired_position(vertices: &[Vertex], index: usize, neighbours: &Neighbours, share: [f64; 2]) -> (f64, f64) {
    // A small weight for the current position keeps unconnected vertices in place.
    let mut sum = vertices[index].x * 0.01;
    let mut weight = 0.01;
    for (list, share) in neighbours.iter().zip(share) {
        for (other, shift, link_weight) in list {
            sum += (vertices[*other].x + shift) * link_weight * share;
            weight += link_weight * share;
        }
    }
    (sum / weight, weight)
}

/// Adjacent vertices that would overlap at their desired positions; they share the mean of those positions.
struct Block {
    sum: f64,
    weight: f64,
    count: usize,
}

fn push_block(blocks: &mut Vec<Block>, mut block: Block) {
    while let Some(before) = blocks.pop_if(|before| before.sum / before.weight > block.sum / block.weight) {
        block = Block {
            sum: before.sum + block.sum,
            weight: before.weight + block.weight,
            count: before.count + block.count,
        };
    }
    blocks.push(block);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neighbours_keep_their_distance_and_a_lone_parent_stands_in_their_middle() {
        let vertex = |width| Vertex { width, gap: 10.0, x: 0.0 };
        let mut vertices = vec![vertex(40.0), vertex(100.0), vertex(60.0)];
        let joint = |below| Joint { above: 0, below, aside: [0.0; 2], weight: 1.0 };
        place_vertices(&mut vertices, &[vec![0], vec![1, 2]], &[joint(1), joint(2)]);
        assert!(vertices[2].x - vertices[1].x >= 89.9, "{vertices:?}");
        let middle = (vertices[1].x + vertices[2].x) / 2.0;
        assert!((vertices[0].x - middle).abs() < 1.0, "{vertices:?}");
    }
}
