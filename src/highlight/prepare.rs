//! Highlights blocks before the pages that contain them are built.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::Highlighter;

/// Maximum amount of code that is highlighted ahead, in bytes, because the HTML is kept until the pages are built.
const MAX_BYTES: usize = 512 * 1024;

impl Highlighter {
    /// Highlights blocks, given by language and code, that are going to be written, grouped by language.
    ///
    /// A thread never highlights the same line twice. Therefore each language is assigned to one thread, or to several
    /// if it exceeds a thread's share; pages, in contrast, would spread the blocks of each language over all threads.
    /// For larger amounts of code this does nothing, because every thread soon encounters most lines of all languages
    /// anyway.
    pub(crate) fn prepare<'a>(&self, blocks: impl Iterator<Item = (&'a str, &'a str)>) {
        let mut languages: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        let mut total = 0;
        for (language, code) in blocks.filter(|(language, code)| super::is_highlighted(language, code)) {
            total += code.len();
            if total > MAX_BYTES {
                return;
            }
            languages.entry(language).or_default().push(code);
        }
        let share = total.div_ceil(rayon::current_num_threads()).max(1);
        let mut parts: Vec<(usize, &str, &[&str])> = Vec::new();
        for (language, blocks) in &languages {
            parts.extend(split(blocks, share).map(|part| (part.iter().map(|code| code.len()).sum(), *language, part)));
        }
        parts.sort_by(|a, b| b.cmp(a));
        parts.par_iter().with_max_len(1).for_each(|(_, language, blocks)| {
            blocks.iter().for_each(|code| drop(self.block(language, code)));
        });
    }
}

/// Splits blocks into groups of about `bytes` bytes each.
fn split<'b, 'a>(blocks: &'b [&'a str], bytes: usize) -> impl Iterator<Item = &'b [&'a str]> {
    let mut rest = blocks;
    std::iter::from_fn(move || {
        let mut sum = 0;
        let fits = rest.iter().take_while(|code| {
            let fits = sum < bytes;
            sum += code.len();
            fits
        });
        let (part, after) = rest.split_at(fits.count());
        rest = after;
        (!part.is_empty()).then_some(part)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_block_is_in_one_part_and_parts_are_about_as_large_as_asked() {
        let blocks: Vec<String> = (1..40).map(|length| "x".repeat(length)).collect();
        let blocks: Vec<&str> = blocks.iter().map(String::as_str).collect();
        let parts: Vec<&[&str]> = split(&blocks, 100).collect();
        assert_eq!(parts.concat(), blocks);
        let bytes = |part: &&[&str]| part.iter().map(|code| code.len()).sum::<usize>();
        assert!(parts.iter().map(bytes).all(|bytes| bytes < 140), "{parts:?}");
        assert!(parts[..parts.len() - 1].iter().map(bytes).all(|bytes| bytes >= 100), "{parts:?}");
        assert_eq!(split(&[], 1).count(), 0);
    }

    #[test]
    fn prepared_code_is_highlighted_like_unprepared_code() {
        let blocks = [("yaml", "ahead: 1\n"), ("sh", "echo ahead\n"), ("", "ahead\n"), ("yaml", "b: [ahead]\n")];
        let highlighter = Highlighter::default();
        highlighter.prepare(blocks.into_iter());
        for (language, code) in blocks {
            let (mut written, mut painted) = (String::new(), String::new());
            highlighter.write(&mut written, language, code);
            if !crate::highlight::paint::paint(&mut painted, language, code) {
                painted = code.to_owned();
            }
            assert_eq!(written, painted, "{language}");
        }
    }
}
