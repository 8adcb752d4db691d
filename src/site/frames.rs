//! Page frames: everything around a page's own content.

use std::collections::BTreeSet;

use super::blocks::MAX_NEIGHBOURS;
use super::groups::Group;
use super::links::url;
use super::model::{Area, Frame, Link, NavigationDocument, Neighbourhood, Pager, Pagination, StepLink};
use super::portal::Portal;
use crate::assess::State;
use crate::handbook::DocumentIndex;
use crate::url::SitePath;

/// If a list has more parts than this, each part links only to some of the others.
const MAX_LINKED_PARTS: usize = 20;

impl Portal<'_> {
    /// The frame of an own page with the navigation key `key`.
    pub(crate) fn frame(&self, path: &SitePath, title: impl Into<String>, key: &str) -> Frame {
        let title = title.into();
        let is_label = |_: &&str| self.labels.get(&format!("pages.{key}")) == Some(&*title);
        let lang = self.labels_lang().filter(is_label).map(str::to_owned);
        let area = self.navigation_pages.iter().position(|page| page.key == key).map(Area::Page);
        let notices = self.page_notices(key);
        Frame { path: url(path), root: path.to_top(), title, lang, area, notices, ..Frame::default() }
    }

    /// The frame of a part of a list whose first part is at `first`.
    pub(super) fn part_frame(&self, part: &ListSlice, first: &SitePath, title: impl Into<String>, key: &str) -> Frame {
        Frame { detail: self.part_detail(part.number), ..self.frame(&part.path(first), title, key) }
    }

    /// What a part's title says besides the title of the list: nothing for the first part.
    pub(super) fn part_detail(&self, number: usize) -> Option<String> {
        (number > 1).then(|| self.labels.fill("say.part", &[("n", &number.to_string())]))
    }

    /// The frame of a group's page, with its documents in the navigation.
    pub(crate) fn group_frame(&self, path: &SitePath, title: impl Into<String>, group: usize) -> Frame {
        Frame {
            path: url(path),
            root: path.to_top(),
            title: title.into(),
            area: Some(Area::Group(group)),
            neighbourhood: self.neighbourhood(group, None),
            ..Frame::default()
        }
    }

    /// The frame of a document or page.
    pub(crate) fn document_frame(&self, index: DocumentIndex) -> Frame {
        let document = self.document(index);
        let (group, _) = self.groups.position(index);
        Frame {
            path: url(&document.url),
            root: document.url.to_top(),
            title: document.title.to_string(),
            detail: None,
            description: Some(document.summary().to_owned()).filter(|text| !text.is_empty()),
            lang: document.front().and_then(|front| front.lang.as_ref()).map(|lang| lang.value.clone()),
            crumbs: self.groups.get(group).map(|group| self.crumb(group)).into_iter().collect(),
            area: Some(Area::Group(group)),
            neighbourhood: self.neighbourhood(group, Some(index)),
            pictures: document.file.body.has_diagrams(),
            registers: self.has_entries(index),
            notices: Vec::new(),
        }
    }

    /// The block of a group that contains a document; the first block for the page of the group.
    fn neighbourhood(&self, group: usize, current: Option<DocumentIndex>) -> Option<Neighbourhood> {
        let documents = &self.groups.get(group)?.documents;
        let rank = current.map(|index| self.groups.position(index).1);
        let block = rank.unwrap_or(0) / MAX_NEIGHBOURS;
        let start = block * MAX_NEIGHBOURS;
        let visible = documents.get(start..documents.len().min(start + MAX_NEIGHBOURS))?;
        Some(Neighbourhood {
            block,
            documents: self
                .blocks
                .get(group, block, || visible.iter().map(|index| self.navigation_document(*index)).collect()),
            current: rank.map(|rank| rank - start),
            more: documents.len() - visible.len(),
        })
    }

    /// A document as the navigation shows it, with a badge unless its state is current.
    pub(super) fn navigation_document(&self, index: DocumentIndex) -> NavigationDocument {
        let document = self.document(index);
        let badge = document
            .id()
            .map(|_| self.badge(index))
            .filter(|badge| badge.state.is_some_and(|state| state != State::Current));
        NavigationDocument { title: document.title.to_string(), url: url(&document.url), badge }
    }

    /// Links to the previous and next document in clause order.
    pub(crate) fn pager(&self, index: DocumentIndex) -> Pager {
        let (previous, next) = self.groups.neighbours(index);
        let link = |index: DocumentIndex| {
            let document = self.document(index);
            let lang = document.front().and_then(|front| front.lang.as_ref()).map(|lang| lang.value.clone());
            StepLink { text: document.title.to_string(), url: url(&document.url), lang }
        };
        Pager { previous: previous.map(link), next: next.map(link) }
    }

    /// A group as a breadcrumb.
    pub(super) fn crumb(&self, group: &Group) -> StepLink {
        StepLink {
            text: format!("{} {}", group.number, group.title).trim().to_owned(),
            url: url(&group.path),
            lang: self.group_lang(group).map(str::to_owned),
        }
    }
}

/// One part of a long list.
#[derive(Clone, Debug)]
pub(super) struct ListSlice {
    /// The number of the part, from 1.
    pub(crate) number: usize,
    /// The number of parts.
    pub(crate) count: usize,
    /// The positions in the whole list that this part shows.
    pub(crate) range: std::ops::Range<usize>,
    /// The length of the whole list.
    pub(crate) total: usize,
}

impl ListSlice {
    /// Splits a list into parts of up to `max_rows` items; an empty list becomes one empty part.
    pub(super) fn split(total: usize, max_rows: usize) -> Vec<ListSlice> {
        let count = total.div_ceil(max_rows).max(1);
        let part =
            |number| ListSlice { number, count, range: (number - 1) * max_rows..(number * max_rows).min(total), total };
        (1..=count).map(part).collect()
    }

    /// The address of this part, given the address of the first part.
    pub(super) fn path(&self, first: &SitePath) -> SitePath {
        super::layout::part_path(first, self.number)
    }

    /// Links to the other parts; `None` if there is only one.
    pub(super) fn pagination(&self, first: &SitePath) -> Option<Pagination> {
        let link =
            |number: usize| Link { text: number.to_string(), url: url(&super::layout::part_path(first, number)) };
        let linked = self.linked_parts();
        (self.count > 1).then(|| Pagination {
            number: self.number,
            of: self.count,
            first: self.range.start + 1,
            last: self.range.end,
            total: self.total,
            current: linked.iter().position(|number| *number == self.number).map_or(0, |at| at + 1),
            parts: linked.into_iter().map(link).collect(),
        })
    }

    /// The numbers of the parts to link to: all parts if there are few. If there are many, the first, the last and
    /// those 1, 2, 10, 20, 100 … parts away: the total number of links does not grow with the square of the list's
    /// length, and every part is within a few clicks.
    fn linked_parts(&self) -> Vec<usize> {
        if self.count <= MAX_LINKED_PARTS {
            return (1..=self.count).collect();
        }
        let steps = std::iter::successors(Some(1), |step| Some(step * 10).filter(|step| *step < self.count));
        let around = steps.flat_map(|step| [step, 2 * step]);
        let both =
            around.flat_map(|distance| [self.number.checked_sub(distance), Some(self.number + distance)]).flatten();
        let all =
            [1, self.number, self.count].into_iter().chain(both.filter(|number| (1..=self.count).contains(number)));
        all.collect::<BTreeSet<_>>().into_iter().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_of_many_links_to_few_and_the_whole_list_is_a_few_clicks_away() {
        for total in [1, 20, 21, 862, 5_000] {
            let parts = ListSlice::split(total, 1);
            let linked: Vec<Vec<usize>> = parts.iter().map(ListSlice::linked_parts).collect();
            assert!(linked.iter().all(|numbers| numbers.len() <= 20 && numbers.is_sorted()), "{total}");
            let mut reached = BTreeSet::from([1]);
            let clicks = (0..).take_while(|_| {
                let before = reached.len();
                let next: Vec<usize> = reached.iter().flat_map(|number| linked[number - 1].clone()).collect();
                reached.extend(next);
                reached.len() > before
            });
            assert!(clicks.count() <= 12, "{total}");
            assert_eq!(reached.len(), total);
        }
        let pagination = ListSlice::split(862, 1)[99].pagination(&SitePath::page("findings.md")).unwrap();
        assert_eq!(pagination.parts[pagination.current - 1].text, "100");
        assert_eq!(pagination.parts.last().map(|part| part.text.as_str()), Some("862"));
    }
}
