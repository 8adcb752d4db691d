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
const PER_LINE: usize = 128;
/// Maximum number of states cached per syntax; embedded documents can lead to any number.
const MAX_STATES: usize = 48;

thread_local! {
    static MEMORY: RefCell<Memory> = RefCell::default();
}

/// The end of a stretch within its line, in bytes, and its class.
type StyledSpan = (u32, Option<Class>);

/// The cache of a thread. It never affects results: a line has the same stretches with and without it.
#[derive(Default)]
struct Memory {
    /// The states of each syntax by name; the first one is the initial state.
    syntaxes: AHashMap<String, Vec<CachedLines>>,
    /// The class of each scope.
    classes: AHashMap<Scope, Option<Class>>,
    bytes: usize,
}

/// A state, with the lines parsed in it.
struct CachedLines {
    state: State,
    lines: AHashMap<Box<str>, Line>,
}

/// The stretches of a line, the state after it, and its cost, which is charged even on a cache hit so that budgets do
/// not depend on the cache.
struct Line {
    stretches: Box<[StyledSpan]>,
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
    Kept(usize),
    Loose(Box<State>),
}

impl CurrentState {
    /// The state, with its index if it is cached.
    fn state(self, known: &[CachedLines]) -> (Option<usize>, Box<State>) {
        match self {
            CurrentState::Kept(at) => (Some(at), Box::new(known[at].state.clone())),
            CurrentState::Loose(state) => (None, state),
        }
    }
}

/// Passes every stretch of a block to `take`, line by line; `None` if the syntax fails or the block exceeds its budget.
pub(super) fn stretches(
    grammars: &Grammars,
    grammar: &Grammar,
    code: &str,
    mut take: impl FnMut(&str, Option<Class>),
) -> Option<()> {
    let mut budget = Budget::of(code.len());
    MEMORY.with_borrow_mut(|memory| {
        memory.clear_if_full();
        let Memory { syntaxes: known, classes, bytes } = memory;
        if !known.contains_key(grammar.name()) {
            known.insert(grammar.name().to_owned(), vec![CachedLines::new(State::first(grammar)?)]);
        }
        let known = known.get_mut(grammar.name())?;
        let mut here = CurrentState::Kept(0);
        for line in LinesWithEndings::from(code) {
            if let CurrentState::Kept(at) = here
                && let Some(met) = known[at].lines.get(line)
            {
                budget.take(met.cost).ok()?;
                emit(line, &met.stretches, &mut take)?;
                here = CurrentState::Kept(met.next);
                continue;
            }
            let (from, mut state) = here.state(known);
            let before = budget.left();
            let found = state.line(line, (grammars, &mut budget), classes)?;
            emit(line, &found, &mut take)?;
            here = number(known, state);
            if let (Some(from), CurrentState::Kept(next)) = (from, &here) {
                *bytes += line.len() + PER_LINE + found.len() * size_of::<StyledSpan>();
                known[from]
                    .lines
                    .insert(line.into(), Line { stretches: found.into(), next: *next, cost: before - budget.left() });
            }
        }
        Some(())
    })
}

/// Clears the cache of this thread.
pub(super) fn forget() {
    MEMORY.with_borrow_mut(|memory| *memory = Memory::default());
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
fn number(known: &mut Vec<CachedLines>, state: Box<State>) -> CurrentState {
    match known.iter().position(|known| known.state == *state) {
        Some(at) => CurrentState::Kept(at),
        None if known.len() < MAX_STATES => {
            known.push(CachedLines::new(*state));
            CurrentState::Kept(known.len() - 1)
        }
        None => CurrentState::Loose(state),
    }
}

impl Memory {
    /// Clears the cache if it has grown too large.
    fn clear_if_full(&mut self) {
        if self.bytes > MAX_BYTES {
            *self = Memory::default();
        }
    }
}

impl CachedLines {
    fn new(state: State) -> CachedLines {
        CachedLines { state, lines: AHashMap::new() }
    }
}

impl State {
    fn first(grammar: &Grammar) -> Option<State> {
        Some(State { parse: Parser::new(grammar)?, scopes: ScopeStack::new() })
    }

    /// The stretches of the next line; advances the state past it.
    fn line(
        &mut self,
        line: &str,
        (grammars, budget): (&Grammars, &mut Budget),
        classes: &mut AHashMap<Scope, Option<Class>>,
    ) -> Option<Vec<StyledSpan>> {
        let mut found: Vec<StyledSpan> = Vec::new();
        let mut own = |scope| *classes.entry(scope).or_insert_with(|| class::own(scope));
        let mut done = 0;
        for (at, operation) in self.parse.line(line, grammars, budget).ok()? {
            if at > done {
                found.push((at as u32, class::of(self.scopes.as_slice(), &mut own)));
                done = at;
            }
            self.scopes.apply(&operation).ok()?;
        }
        if done < line.len() {
            found.push((line.len() as u32, class::of(self.scopes.as_slice(), &mut own)));
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
        std::sync::LazyLock::new(|| Grammars::of(&two_face::syntax::extra_newlines()));

    /// Every stretch of a block, with its class.
    fn all(language: &str, code: &str) -> Vec<(String, Option<Class>)> {
        let grammar = GRAMMARS.find(language).expect("the language is known");
        let mut found = Vec::new();
        stretches(&GRAMMARS, grammar, code, |text, class| found.push((text.to_owned(), class))).expect("no problem");
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
        MEMORY.with_borrow(|memory| assert!(memory.syntaxes.values().all(|known| known.len() <= MAX_STATES)));
    }

    #[test]
    fn the_cache_is_bounded() {
        for number in 0..20_000 {
            all("yaml", &format!("key{number}: {}\n", "value ".repeat(20)));
        }
        MEMORY.with_borrow(|memory| assert!(memory.bytes <= MAX_BYTES + 64 * 1024));
    }
}
