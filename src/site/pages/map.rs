//! Pictures of references between documents: a document with its neighbours, and the handbook by group of clauses.

use std::borrow::Cow;
use std::cmp::Reverse;
use std::fmt::Write;

use crate::handbook::DocumentIndex;
use crate::html::escape;
use crate::site::groups::Group;
use crate::site::job::Job;
use crate::site::layout;
use crate::site::links::url;
use crate::site::model::{Frame, Html, MapCell, MapGroup, MapLine, MapPage, NeighbourDiagram};
use crate::site::portal::Portal;
use crate::site::relations::{Neighbours, outgoing};
use crate::text::shorten;

/// The distance between names, and the space above the first.
const NAME_SPACING: u32 = 22;
/// The maximum length of a name in a picture, in characters.
const MAX_NAME_CHARS: usize = 30;
/// The horizontal start and end of lines: from the names on the left to the document's box, and from there to the
/// right.
const LEFT_LINES_X: [u32; 2] = [240, 290];
const RIGHT_LINES_X: [u32; 2] = [430, 480];
/// The width of a character of a name, as most fonts draw it.
const CHAR_WIDTH: f64 = 6.8;
/// The centre of the circle of groups, which is that of the picture, and its radius.
const CENTRE: (f64, f64) = (400.0, 270.0);
const RADIUS: f64 = 190.0;
/// The number of most referenced documents in the list.
const MAX_MOST_REFERENCED: usize = 12;
/// The number of levels for counts.
const LEVELS: usize = 5;

/// The map of the handbook. It is always made, since links in the content of documents are not known in advance.
pub(super) fn jobs(_: &Portal<'_>) -> Vec<Job> {
    vec![Job::page(layout::own_path("map.html"), map)]
}

/// The diagram of a document and its neighbours; `None` if it has fewer than two.
pub(super) fn neighbour_diagram(portal: &Portal<'_>, index: DocumentIndex) -> Option<NeighbourDiagram> {
    let vicinity = Neighbours::new(index, portal.document(index));
    if vicinity.count() < 2 {
        return None;
    }
    let (before, after) = (vicinity.incoming.len(), vicinity.outgoing.len());
    let rows = before.max(after) as u32;
    let height = (rows + 3) * NAME_SPACING;
    let middle = height / 2;
    // The shorter side is centred vertically.
    let top = |count: usize| NAME_SPACING / 2 + (rows - count as u32) * NAME_SPACING / 2 + NAME_SPACING;
    let (top_before, top_after) = (top(before), top(after));
    Some(NeighbourDiagram {
        height,
        middle,
        lines_before: draw_lines(before, top_before, middle, LEFT_LINES_X, false),
        lines_after: draw_lines(after, top_after, middle, RIGHT_LINES_X, true),
        before: write_names(portal, index, 232, vicinity.incoming.iter().map(|other| (*other, false))),
        top_before,
        before_more: vicinity.incoming_more,
        after: write_names(portal, index, 488, vicinity.outgoing.iter().copied()),
        top_after,
        after_more: vicinity.outgoing_more,
    })
}

/// A column of document names with links, at a horizontal position; `⇄` marks mutual references.
fn write_names(
    portal: &Portal<'_>,
    index: DocumentIndex,
    across: u32,
    documents: impl Iterator<Item = (DocumentIndex, bool)>,
) -> Html {
    let page = &portal.document(index).url;
    let mut markup = String::with_capacity(1024);
    for (other, is_mutual) in documents {
        let other = portal.document(other);
        markup.push_str("<a href=\"");
        escape(&mut markup, &other.url.relative_to(page));
        // Writing to a string cannot fail.
        let _ = write!(markup, "\"><tspan x=\"{across}\" dy=\"{NAME_SPACING}\">{}", if is_mutual { "⇄ " } else { "" });
        escape(&mut markup, &shorten_name(&other.title));
        markup.push_str("</tspan></a>");
    }
    Html::new(&markup)
}

/// Curves between names and the document's box. `leads_away` is set for those on the right.
fn draw_lines(count: usize, top: u32, middle: u32, [from, to]: [u32; 2], leads_away: bool) -> String {
    let (across, half) = (to - from, (to - from) / 2);
    let mut path = String::with_capacity(32 * count);
    for row in 1..=count as u32 {
        let name = top + row * NAME_SPACING - 4;
        let (start, end) = if leads_away { (middle, name) } else { (name, middle) };
        let down = i64::from(end) - i64::from(start);
        let numbers = [from, start, half, 0, half].map(i64::from).into_iter().chain([down, across.into(), down]);
        for (command, number) in ['M', ' ', 'c', ' ', ' ', ' ', ' ', ' '].into_iter().zip(numbers) {
            path.push(command);
            push_number(&mut path, number);
        }
    }
    path
}

/// Writes a number digit by digit. The pictures of a handbook contain thousands of numbers, and formatting takes
/// several times as long.
fn push_number(out: &mut String, number: i64) {
    if number < 0 {
        out.push('-');
    }
    let number = number.unsigned_abs();
    let mut power = 10_u64.pow(number.checked_ilog10().unwrap_or(0));
    while power > 0 {
        out.push(char::from(b'0' + (number / power % 10) as u8));
        power /= 10;
    }
}

/// Shortens a title to the maximum length of a name.
fn shorten_name(title: &str) -> Cow<'_, str> {
    shorten_to(title, MAX_NAME_CHARS)
}

fn shorten_to(title: &str, max: usize) -> Cow<'_, str> {
    if title.chars().count() <= max { Cow::Borrowed(title) } else { shorten(title, max.saturating_sub(1)) }
}

fn map(portal: &Portal<'_>) -> MapPage {
    let shown: Vec<(usize, &Group)> =
        portal.groups.iter().enumerate().filter(|(_, group)| !group.documents.is_empty()).collect();
    let counts = count_references(portal, &shown);
    let max_count = counts.iter().flatten().copied().max().unwrap_or(0);
    let groups: Vec<MapGroup> = shown
        .iter()
        .enumerate()
        .map(|(at, (_, group))| MapGroup {
            to: cells(&counts[at], at, max_count),
            total: counts[at].iter().sum(),
            ..place_group(portal, group, at, shown.len())
        })
        .collect();
    let path = layout::own_path("map.html");
    MapPage {
        frame: Frame { pictures: true, ..portal.frame(&path, portal.labels.text("pages.map"), "map") },
        lines: draw_group_lines(&groups, &counts),
        references: counts.iter().flatten().sum(),
        within: counts.iter().enumerate().map(|(at, row)| row[at]).sum(),
        groups,
        most_referenced: most_referenced(portal),
    }
}

/// The number of references between each pair of groups.
fn count_references(portal: &Portal<'_>, groups: &[(usize, &Group)]) -> Vec<Vec<usize>> {
    let mut ranks = vec![0; portal.groups.iter().count()];
    groups.iter().enumerate().for_each(|(rank, (group, _))| ranks[*group] = rank);
    let rank = |index: DocumentIndex| ranks[portal.groups.position(index).0];
    let mut counts = vec![vec![0; groups.len()]; groups.len()];
    for (index, document) in portal.reading.handbook.indexed() {
        for other in outgoing(index, document) {
            counts[rank(index)][rank(other)] += 1;
        }
    }
    counts
}

fn cells(row: &[usize], own_rank: usize, max_count: usize) -> Vec<MapCell> {
    let cell =
        |(at, count): (usize, &usize)| MapCell { count: *count, level: level(*count, max_count), own: at == own_rank };
    row.iter().enumerate().map(cell).collect()
}

/// The level of a count relative to the largest: 0 for none, then 1 to 5.
fn level(count: usize, max_count: usize) -> usize {
    if max_count == 0 { 0 } else { (count * LEVELS).div_ceil(max_count).min(LEVELS) }
}

/// A group at its position on the circle, starting at the top.
fn place_group(portal: &Portal<'_>, group: &Group, index: usize, count: usize) -> MapGroup {
    let angle = std::f64::consts::TAU * (index as f64 / count.max(1) as f64 - 0.25);
    let (across, down) = (angle.cos(), angle.sin());
    let documents = group.documents.len();
    let radius = round_to_tenths((10.0 + (documents as f64).sqrt() * 1.6).min(26.0));
    let side = if across.abs() < 0.2 {
        "center"
    } else if across < 0.0 {
        "before"
    } else {
        "after"
    };
    let beyond = RADIUS + radius + 10.0;
    // Move the names above and below the circle clear of the groups' circles.
    let below = if side == "center" { down * 8.0 } else { 0.0 };
    let name_x = round_to_tenths(CENTRE.0 + beyond * across);
    let name = format!("{} {}", group.number, group.title);
    MapGroup {
        number: group.number.clone(),
        title: group.title.clone(),
        lang: portal.group_lang(group),
        name: shorten_to(name.trim(), chars_beside(side, name_x)).into_owned(),
        url: url(&group.path),
        documents,
        x: round_to_tenths(CENTRE.0 + RADIUS * across),
        y: round_to_tenths(CENTRE.1 + RADIUS * down),
        radius,
        name_x,
        name_y: round_to_tenths(CENTRE.1 + beyond * down + below + 4.5),
        side,
        ..MapGroup::default()
    }
}

/// The number of characters for which a name has room at a position, up to the edge of the picture.
fn chars_beside(side: &str, x: f64) -> usize {
    let width = match side {
        "before" => x,
        "after" => 2.0 * CENTRE.0 - x,
        _ => f64::INFINITY,
    };
    ((width / CHAR_WIDTH) as usize).min(MAX_NAME_CHARS)
}

fn round_to_tenths(value: f64) -> f64 {
    (value * 10.0).round() / 10.0
}

/// Lines between groups, curved towards the centre of the circle.
fn draw_group_lines(groups: &[MapGroup], counts: &[Vec<usize>]) -> Vec<MapLine> {
    let pairs = (0..groups.len()).flat_map(|one| (0..one).map(move |other| (other, one)));
    let both: Vec<_> = pairs.map(|(a, b)| (a, b, counts[a][b] + counts[b][a])).collect();
    let max_count = both.iter().map(|(.., count)| *count).max().unwrap_or(0);
    let bend = |one: f64, other: f64, middle: f64| round_to_tenths(middle + ((one + other) / 2.0 - middle) * 0.25);
    let line = |(one, other, count): &(usize, usize, usize)| {
        let (from, to) = (&groups[*one], &groups[*other]);
        let (x, y) = (bend(from.x, to.x, CENTRE.0), bend(from.y, to.y, CENTRE.1));
        MapLine {
            path: format!("M{} {}Q{x} {y} {} {}", from.x, from.y, to.x, to.y),
            level: level(*count, max_count),
            from: if from.number.is_empty() { from.title.clone() } else { from.number.clone() },
            to: if to.number.is_empty() { to.title.clone() } else { to.number.clone() },
            count: *count,
        }
    };
    let mut lines: Vec<MapLine> = both.iter().filter(|(.., count)| *count > 0).map(line).collect();
    lines.sort_by_key(|line| line.count);
    lines
}

fn most_referenced(portal: &Portal<'_>) -> Vec<(crate::site::model::Shared<crate::site::model::DocumentLink>, usize)> {
    let mut ranked: Vec<(Reverse<usize>, DocumentIndex)> = portal
        .reading
        .handbook
        .controlled()
        .filter(|(_, document)| !document.referenced_by.is_empty())
        .map(|(index, document)| (Reverse(document.referenced_by.len()), index))
        .collect();
    ranked.sort_unstable();
    ranked.truncate(MAX_MOST_REFERENCED);
    ranked.into_iter().map(|(Reverse(count), index)| (portal.document_link(index), count)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn levels_tell_none_from_few_and_the_most_from_less() {
        assert_eq!([0, 1, 20, 21, 99, 100].map(|count| level(count, 100)), [0, 1, 1, 2, 5, 5]);
        assert_eq!(level(0, 0), 0);
    }

    #[test]
    fn lines_lead_from_names_to_the_box_and_from_it_to_names() {
        assert_eq!(draw_lines(1, 11, 55, LEFT_LINES_X, false), "M240 29c25 0 25 26 50 26");
        assert_eq!(draw_lines(2, 100, 55, RIGHT_LINES_X, true), "M430 55c25 0 25 63 50 63M430 55c25 0 25 85 50 85");
        let mut numbers = String::new();
        [0, 7, 10, -90, i64::MIN].into_iter().for_each(|number| push_number(&mut numbers, number));
        assert_eq!(numbers, "0710-90-9223372036854775808");
    }

    #[test]
    fn long_titles_are_cut_at_characters() {
        assert_eq!(shorten_name("Änderungen"), "Änderungen");
        assert_eq!(shorten_name(&"é".repeat(40)).chars().count(), MAX_NAME_CHARS);
    }
}
