//! A cache of highlighted lines.
//!
//! Code is repetitive: braces, keys, the same first lines of every script. The result for a line depends only on the
//! line and the state at its start, so a line is parsed only once per state.

use std::cell::RefCell;

use ahash::AHashMap;
use syntect::parsing::{Scope, ScopeStack};
use syntect::util::LinesWithEndings;

use super::class::{self, Class};
use super::syntax::{Budget, Grammar, Grammars, Parser};

/// Maximum size of the lines cached per thread, in bytes.
const MAX_BYTES: usize = 2 * 1024 * 1024;
/// Approximate overhead of a cached line, in bytes.
const LINE_OVERHEAD_BYTES: usize = 128;
/// Maximum number of states cached per syntax; embedded documents can lead to any number.
const MAX_STATES: usize = 48;

thread_local! {
    static LINE_CACHE: RefCell<LineCache> = RefCell::default();
}

/// The end of a stretch within its line, in bytes, and its class.
type StyledSpan = (u32, Option<Class>);

/// The cache of a thread. It never affects results: a line has the same stretches with and without it.
#[derive(Default)]
struct LineCache {
    /// The states of each syntax by name; the first one is the initial state.
    syntaxes: AHashMap<String, Vec<CachedState>>,
    /// The class of each scope.
    classes: AHashMap<Scope, Option<Class>>,
    bytes: usize,
}

/// A state, with the lines parsed in it.
struct CachedState {
    state: State,
    lines: AHashMap<Box<str>, CachedLine>,
}

/// The stretches of a line, the state after it, and its cost, which is charged even on a cache hit so that budgets do
/// not depend on the cache.
struct CachedLine {
    spans: Box<[StyledSpan]>,
    next: usize,
    cost: u64,
}

/// The state of a syntax between two lines.
#[derive(Clone, PartialEq)]
struct State {
    parse: Parser,
    scopes: ScopeStack,
}

/// A cached state by its index, or one that is not cached.
enum CurrentState {
    Cached(usize),
    Uncached(Box<State>),
}

impl CurrentState {
    /// The state, with its index if it is cached.
    fn state(self, cached_states: &[CachedState]) -> (Option<usize>, Box<State>) {
        match self {
            CurrentState::Cached(at) => (Some(at), Box::new(cached_states[at].state.clone())),
            CurrentState::Uncached(state) => (None, state),
        }
    }
}

/// Passes every stretch of a block to `take`, line by line; `None` if the syntax fails or the block exceeds its budget.
pub(super) fn highlight_spans(
    grammars: &Grammars,
    grammar: &Grammar,
    code: &str,
    mut take: impl FnMut(&str, Option<Class>),
) -> Option<()> {
    let mut budget = Budget::for_bytes(code.len());
    LINE_CACHE.with_borrow_mut(|memory| {
        memory.clear_if_full();
        let LineCache { syntaxes, classes, bytes } = memory;
        if !syntaxes.contains_key(grammar.name()) {
            syntaxes.insert(grammar.name().to_owned(), vec![CachedState::new(State::initial(grammar)?)]);
        }
        let states = syntaxes.get_mut(grammar.name())?;
        let mut current = CurrentState::Cached(0);
        for line in LinesWithEndings::from(code) {
            if let CurrentState::Cached(at) = current
                && let Some(met) = states[at].lines.get(line)
            {
                budget.charge_units(met.cost).ok()?;
                emit(line, &met.spans, &mut take)?;
                current = CurrentState::Cached(met.next);
                continue;
            }
            let (from, mut state) = current.state(states);
            let before = budget.remaining();
            let spans = state.parse_line(line, grammars, &mut budget, classes)?;
            emit(line, &spans, &mut take)?;
            current = cache_state(states, state);
            if let (Some(from), CurrentState::Cached(next)) = (from, &current) {
                *bytes += line.len() + LINE_OVERHEAD_BYTES + spans.len() * size_of::<StyledSpan>();
                states[from].lines.insert(
                    line.into(),
                    CachedLine { spans: spans.into(), next: *next, cost: before - budget.remaining() },
                );
            }
        }
        Some(())
    })
}

/// Clears the cache of this thread.
pub(super) fn clear_cache() {
    LINE_CACHE.with_borrow_mut(|memory| *memory = LineCache::default());
}

fn emit(line: &str, stretches: &[StyledSpan], take: &mut impl FnMut(&str, Option<Class>)) -> Option<()> {
    let mut start = 0;
    for (end, class) in stretches {
        let end = *end as usize;
        take(line.get(start..end)?, *class);
        start = end;
    }
    Some(())
}

/// The index of a state, which is added to the cache if there is room.
fn cache_state(states: &mut Vec<CachedState>, state: Box<State>) -> CurrentState {
    match states.iter().position(|known| known.state == *state) {
        Some(at) => CurrentState::Cached(at),
        None if states.len() < MAX_STATES => {
            states.push(CachedState::new(*state));
            CurrentState::Cached(states.len() - 1)
        }
        None => CurrentState::Uncached(state),
    }
}

impl LineCache {
    /// Clears the cache if it has grown too large.
    fn clear_if_full(&mut self) {
        if self.bytes > MAX_BYTES {
            *self = LineCache::default();
        }
    }
}

impl CachedState {
    fn new(state: State) -> CachedState {
        CachedState { state, lines: AHashMap::new() }
    }
}

impl State {
    fn initial(grammar: &Grammar) -> Option<State> {
        Some(State { parse: Parser::new(grammar)?, scopes: ScopeStack::new() })
    }

    /// The stretches of the next line; advances the state past it.
    fn parse_line(
        &mut self,
        line: &str,
        grammars: &Grammars,
        budget: &mut Budget,
        classes: &mut AHashMap<Scope, Option<Class>>,
    ) -> Option<Vec<StyledSpan>> {
        let mut found: Vec<StyledSpan> = Vec::new();
        let mut class_of = |scope| *classes.entry(scope).or_insert_with(|| class::for_scope(scope));
        let mut start = 0;
        for (at, operation) in self.parse.parse_line(line, grammars, budget).ok()? {
            if at > start {
                found.push((at as u32, class::from_scopes(self.scopes.as_slice(), &mut class_of)));
                start = at;
            }
            self.scopes.apply(&operation).ok()?;
        }
        if start < line.len() {
            found.push((line.len() as u32, class::from_scopes(self.scopes.as_slice(), &mut class_of)));
        }
        found.dedup_by(|next, last| {
            let same = next.1 == last.1;
            if same {
                last.0 = next.0;
            }
            same
        });
        Some(found)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    static GRAMMARS: std::sync::LazyLock<Grammars> =
        std::sync::LazyLock::new(|| Grammars::from_set(&two_face::syntax::extra_newlines()));

    /// Every stretch of a block, with its class.
    fn all(language: &str, code: &str) -> Vec<(String, Option<Class>)> {
        let grammar = GRAMMARS.find(language).expect("the language is known");
        let mut found = Vec::new();
        highlight_spans(&GRAMMARS, grammar, code, |text, class| found.push((text.to_owned(), class)))
            .expect("no problem");
        found
    }

    /// Like `all`, on a new thread with an empty cache.
    fn alone(language: &'static str, code: &'static str) -> Vec<(String, Option<Class>)> {
        std::thread::spawn(move || all(language, code)).join().expect("no panic")
    }

    #[test]
    fn a_line_that_was_met_in_another_block_reads_as_if_it_was_not() {
        let blocks = [
            ("bash", "cat <<END\nset -e\nEND\nset -e\n"),
            ("bash", "set -e\necho \"begun\nset -e\nended\"\nset -e\n"),
            ("yaml", "a: |\n  key: value\nkey: value\n"),
            ("yaml", "key: value\nlist:\n  - key: value\n"),
            ("python", "\"\"\"\nfor x in y:\n\"\"\"\nfor x in y:\n    pass"),
            ("html", "<script>\nif (a < b) c();\n</script>\nif (a < b) c();\n"),
        ];
        for _ in 0..2 {
            for (language, code) in blocks {
                assert_eq!(all(language, code), alone(language, code), "{code}");
            }
        }
    }

    #[test]
    fn more_states_than_are_kept_read_as_well() {
        let opened: String = (0..80).map(|depth| format!("{}[\n", " ".repeat(depth))).collect();
        let code: &'static str = Box::leak(format!("{opened}1\n").into_boxed_str());
        assert_eq!(all("json", code), alone("json", code));
        assert_eq!(all("json", code).iter().map(|(text, _)| text.as_str()).collect::<String>(), code);
        LINE_CACHE.with_borrow(|memory| assert!(memory.syntaxes.values().all(|known| known.len() <= MAX_STATES)));
    }

    #[test]
    fn the_cache_is_bounded() {
        for number in 0..20_000 {
            all("yaml", &format!("key{number}: {}\n", "value ".repeat(20)));
        }
        LINE_CACHE.with_borrow(|memory| assert!(memory.bytes <= MAX_BYTES + 64 * 1024));
    }
}
