//! Applies the rules of a syntax to a line.

use std::sync::Arc;

use ahash::AHashMap;
use syntect::parsing::ScopeStackOp;

use super::budget::{Budget, BudgetError};
use super::changes::{Changes, Scopes};
use super::grammar::{Context, ContextKey, Grammar, Grammars, Operation, Reference, Rule};
use super::match_start::TextPosition;
use super::pattern::{LineRest, Match, MatchEffort};
use super::rules::Rules;

/// Maximum depth of the stack of contexts.
const MAX_DEPTH: usize = 100;

/// The state of a syntax between two lines.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Parser {
    stack: Vec<Level>,
    is_first_line: bool,
    /// Stack heights at which a prototype rule was the last to match; prototypes below do not apply.
    prototypes_from: Vec<usize>,
}

/// A context on the stack.
#[derive(Clone, Debug, PartialEq)]
struct Level {
    context: ContextKey,
    /// Prototype rules in effect here and in all contexts pushed above.
    prototypes: Vec<ContextKey>,
    /// The groups of the match that pushed the context, for rules that refer to them.
    groups: Option<Arc<[Option<Box<str>>]>>,
}

/// The best match so far.
struct BestMatch {
    rule: Arc<Rule>,
    found: Match,
    is_of_prototype: bool,
    /// Whether the match would only undo the previous step without consuming any text.
    is_loop: bool,
}

/// The rules in effect from one context.
struct Source<'a> {
    rules: &'a Rules,
    is_of_prototype: bool,
    groups: Option<&'a [Option<Box<str>>]>,
}

/// The state of the search for the next match.
#[derive(Default)]
struct Search {
    /// The first match of each searched rule, with the indexes of its source and of the rule.
    found: Vec<((usize, usize), Match)>,
    /// Rules whose first match has no effect; their later matches are ignored.
    idle: Vec<*const Rule>,
}

/// The line being parsed.
struct Line<'a> {
    text: &'a str,
    effort: MatchEffort<'a>,
    /// Upcoming matches of searched rules; `None` for rules without a match in the rest of the line.
    upcoming: AHashMap<*const Rule, Option<Match>>,
    /// The next byte to parse.
    at: usize,
    /// The position at which contexts were last pushed without consuming text, and the stack height afterwards.
    pushed: (usize, usize),
    /// Stacks from which a context was replaced at this position without consuming text, each with the value of
    /// `pushed`.
    replaced_stacks: Vec<(Vec<ContextKey>, (usize, usize))>,
    scopes: Scopes<'a>,
}

impl Parser {
    /// Creates a parser at the start of a text.
    pub(crate) fn new(grammar: &Grammar) -> Option<Parser> {
        let start = Level { context: grammar.start()?, prototypes: Vec::new(), groups: None };
        Some(Parser { stack: vec![start], is_first_line: true, prototypes_from: Vec::new() })
    }

    /// Parses the next line, including its line end.
    ///
    /// # Errors
    /// If the line would exceed the budget; the state of the parser is then unspecified.
    pub(crate) fn parse_line(
        &mut self,
        text: &str,
        grammars: &Grammars,
        budget: &mut Budget,
    ) -> Result<Changes, BudgetError> {
        let scopes = Scopes { grammars, changes: Vec::new() };
        let (effort, upcoming, replaced_stacks) = (MatchEffort::new(budget), AHashMap::default(), Vec::new());
        let mut line = Line { text, scopes, effort, upcoming, at: 0, pushed: (0, 0), replaced_stacks };
        if std::mem::take(&mut self.is_first_line)
            && let Some(scope) = self.top(grammars).and_then(|context| context.meta_content_scope.first())
        {
            line.scopes.changes.push((0, ScopeStackOp::Push(*scope)));
        }
        while self.parse_token(&mut line)? {}
        Ok(line.scopes.changes)
    }

    fn top<'g>(&self, grammars: &'g Grammars) -> Option<&'g Context> {
        grammars.context(self.stack.last()?.context)
    }

    /// Parses up to the next matching rule; returns false at the end of the line.
    fn parse_token(&mut self, line: &mut Line<'_>) -> Result<bool, BudgetError> {
        line.effort.budget.charge_step()?;
        while self.prototypes_from.last().is_some_and(|height| *height >= self.stack.len()) {
            self.prototypes_from.pop();
        }
        let Some(winner) = self.find_best_match(line)? else { return Ok(false) };
        if winner.is_loop || self.is_looping(&winner, line) {
            return Ok(line.advance());
        }
        self.advance_past(&winner, line);
        let Some(level) = self.top(line.scopes.grammars) else { return Ok(false) };
        line.scopes.apply(&winner.rule, &winner.found, level);
        self.apply_operation(&winner, line);
        Ok(!self.stack.is_empty())
    }

    /// The rules in effect, in the order in which they are tried.
    fn sources<'a>(&'a self, grammars: &'a Grammars) -> Vec<Source<'a>> {
        let Some((level, context)) =
            self.stack.last().and_then(|level| Some((level, grammars.context(level.context)?)))
        else {
            return Vec::new();
        };
        let mut sources = Vec::with_capacity(2);
        let mut add = |is_of_prototype, key, groups| {
            sources.extend(grammars.rules(key).map(|rules| Source { rules, is_of_prototype, groups }));
        };
        let from = self.prototypes_from.last().copied().unwrap_or(0);
        for level in self.stack.get(from..).unwrap_or_default() {
            level.prototypes.iter().for_each(|key| add(true, *key, level.groups.as_deref()));
        }
        if let Some(key) = context.prototype {
            add(false, key, None);
        }
        add(false, level.context, level.groups.as_deref());
        sources
    }

    /// The rule with the earliest match; if several match at the same position, the first rule.
    fn find_best_match(&self, line: &mut Line<'_>) -> Result<Option<BestMatch>, BudgetError> {
        let sources = self.sources(line.scopes.grammars);
        let mut search = Search::default();
        for (number, source) in sources.iter().enumerate() {
            for (place, rule) in source.rules.searched() {
                if let Some(found) = line.find(rule, source.groups, self.stack.len())? {
                    search.found.push(((number, place), found));
                }
            }
        }
        let last = search.found.iter().map(|(_, found)| found.start).min().unwrap_or(line.text.len());
        for at in line.at..=last {
            if line.text.is_char_boundary(at)
                && let Some(winner) = self.best_match_at(at, &sources, &mut search, line)?
            {
                return Ok(Some(winner));
            }
        }
        line.effort.budget.charge_skip(last - line.at)?;
        Ok(None)
    }

    /// The winning rule at a position: the first one that matches there, except rules that would only undo the previous
    /// step.
    fn best_match_at(
        &self,
        at: usize,
        sources: &[Source<'_>],
        search: &mut Search,
        line: &mut Line<'_>,
    ) -> Result<Option<BestMatch>, BudgetError> {
        let is_just_pushed = at == line.at && line.pushed == (line.at, self.stack.len());
        let place = TextPosition::at(line.text, at);
        let mut best: Option<BestMatch> = None;
        for (number, source) in sources.iter().enumerate() {
            for (index, candidate) in source.rules.candidates_at(place) {
                let rule = &candidate.rule;
                let found = if candidate.is_searched {
                    let cached = search.found.iter().find(|(is, found)| *is == (number, index) && found.start == at);
                    cached.map(|(_, found)| found.clone())
                } else {
                    line.match_at(rule, at, self.stack.len(), search)?
                };
                let Some(found) = found else { continue };
                let would_loop = is_just_pushed && found.end <= at && rule.is_pop();
                best = Some(BestMatch {
                    rule: rule.clone(),
                    found,
                    is_of_prototype: source.is_of_prototype,
                    is_loop: would_loop,
                });
                if !would_loop {
                    return Ok(best);
                }
            }
        }
        Ok(best)
    }

    /// Whether contexts replace each other in a cycle without consuming text.
    fn is_looping(&self, winner: &BestMatch, line: &mut Line<'_>) -> bool {
        let is_exchange = matches!(winner.rule.operation, Operation::Set(_)) && winner.found.end <= line.at;
        if !is_exchange {
            return false;
        }
        let state = (self.stack.iter().map(|level| level.context).collect(), line.pushed);
        let was_here = line.replaced_stacks.contains(&state);
        line.replaced_stacks.push(state);
        was_here
    }

    /// Advances past a match, and records information for later rules.
    fn advance_past(&mut self, winner: &BestMatch, line: &mut Line<'_>) {
        let end = winner.found.end;
        if end > line.at {
            line.replaced_stacks.clear();
        } else if matches!(winner.rule.operation, Operation::Push(_)) {
            line.pushed = (end, self.stack.len() + 1);
        }
        line.at = end;
        if winner.is_of_prototype {
            self.prototypes_from.push(self.stack.len());
        }
    }

    /// Applies the operation to the stack of contexts.
    fn apply_operation(&mut self, winner: &BestMatch, line: &Line<'_>) {
        let (references, kept) = match &winner.rule.operation {
            Operation::Nothing => return,
            Operation::Pop => {
                self.stack.pop();
                return;
            }
            Operation::Push(references) => (references, Vec::new()),
            // Prototype rules stay in effect until their own level is removed.
            Operation::Set(references) => {
                (references, self.stack.pop().map(|level| level.prototypes).unwrap_or_default())
            }
        };
        let mut prototypes = kept;
        let keys: Vec<ContextKey> = references.iter().filter_map(Reference::key).collect();
        for (at, key) in keys.iter().enumerate() {
            if at + 1 == keys.len() {
                prototypes.extend(winner.rule.prototype());
            }
            let is_asked =
                |key: &ContextKey| line.scopes.grammars.context(*key).is_some_and(|context| context.uses_groups);
            let groups =
                (is_asked(key) || prototypes.iter().any(is_asked)).then(|| winner.found.escaped(line.text).into());
            self.stack.push(Level { context: *key, prototypes: std::mem::take(&mut prototypes), groups });
        }
    }
}

impl<'a> Line<'a> {
    /// Advances by one character; returns false at the end.
    fn advance(&mut self) -> bool {
        self.replaced_stacks.clear();
        let mut places = self.text[self.at..].char_indices();
        match places.nth(1) {
            Some((bytes, _)) => {
                self.at += bytes;
                true
            }
            None => false,
        }
    }

    fn rest(&self) -> LineRest<'a> {
        LineRest { line: self.text, start: self.at }
    }

    /// The match of a rule at a position, if it has an effect.
    fn match_at(
        &mut self,
        rule: &Arc<Rule>,
        at: usize,
        height: usize,
        search: &mut Search,
    ) -> Result<Option<Match>, BudgetError> {
        if search.idle.contains(&Arc::as_ptr(rule)) {
            return Ok(None);
        }
        let found = rule.pattern.match_at(at, self.rest(), rule.uses_groups(), &mut self.effort)?;
        if found.as_ref().is_some_and(|found| !rule.has_effect(found, height)) {
            search.idle.push(Arc::as_ptr(rule));
            return Ok(None);
        }
        Ok(found)
    }

    /// The next match of a searched rule, if it has an effect.
    fn find(
        &mut self,
        rule: &Arc<Rule>,
        groups: Option<&[Option<Box<str>>]>,
        height: usize,
    ) -> Result<Option<Match>, BudgetError> {
        match self.upcoming.get(&Arc::as_ptr(rule)) {
            Some(None) => return Ok(None),
            Some(Some(found)) if found.start >= self.at => return Ok(Some(found.clone())),
            _ => {}
        }
        let groups = groups.filter(|_| rule.has_groups);
        let found = match groups {
            Some(groups) => rule.pattern.find_with(groups, self.rest(), &mut self.effort)?,
            None => rule.pattern.find(self.rest(), &mut self.effort)?,
        };
        let is_effective = found.as_ref().is_none_or(|found| rule.has_effect(found, height));
        if groups.is_none() && is_effective {
            self.upcoming.insert(Arc::as_ptr(rule), found.clone());
        }
        Ok(found.filter(|_| is_effective))
    }
}

impl Rule {
    /// Whether a match has an effect on a stack of this height.
    fn has_effect(&self, found: &Match, height: usize) -> bool {
        match self.operation {
            Operation::Nothing => found.start != found.end,
            Operation::Push(_) => height < MAX_DEPTH,
            _ => true,
        }
    }
}
