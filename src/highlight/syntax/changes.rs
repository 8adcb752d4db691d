//! Changes to the stack of scopes caused by a match.

use syntect::parsing::{Scope, ScopeStackOp};

use super::grammar::{Context, Grammars, Operation, Reference, Rule};
use super::pattern::Match;

/// Changes to the stack of scopes, each with the byte of the line before which it takes effect.
pub(crate) type Changes = Vec<(usize, ScopeStackOp)>;

/// The scopes of the line being parsed.
pub(super) struct Scopes<'a> {
    pub(super) grammars: &'a Grammars,
    /// The changes so far.
    pub(super) changes: Changes,
}

impl<'a> Scopes<'a> {
    /// Records the changes caused by a match; `level` is the current context.
    pub(super) fn apply(&mut self, rule: &Rule, found: &Match, level: &Context) {
        self.apply_before(&rule.operation, level, found.start);
        rule.scope.iter().for_each(|scope| self.push(found.start, *scope));
        self.apply_groups(rule, found);
        self.pop(found.end, rule.scope.len());
        self.apply_after(&rule.operation, level, found.end);
    }

    fn apply_groups(&mut self, rule: &Rule, found: &Match) {
        let mut changes: Vec<((usize, i64), ScopeStackOp)> = Vec::new();
        for (group, scopes) in rule.groups.iter().flatten() {
            let Some((start, end)) = found.group(*group).filter(|(start, end)| start < end) else { continue };
            // If groups start together, the longest is the outermost; groups end before others start.
            changes.extend(scopes.iter().map(|scope| ((start, -((end - start) as i64)), ScopeStackOp::Push(*scope))));
            changes.push(((end, i64::MIN), ScopeStackOp::Pop(scopes.len())));
        }
        changes.sort_by_key(|(order, _)| *order);
        self.changes.extend(changes.into_iter().map(|((at, _), change)| (at, change)));
    }

    /// Changes before the text of a match.
    fn apply_before(&mut self, operation: &Operation, level: &Context, at: usize) {
        let (contexts, is_set) = match operation {
            Operation::Nothing => return,
            Operation::Pop => return self.pop(at, level.meta_content_scope.len()),
            Operation::Push(references) => (self.contexts(references), false),
            Operation::Set(references) => (self.contexts(references), true),
        };
        if is_set && level.clear.is_some() {
            self.changes.push((at, ScopeStackOp::Restore));
        }
        for context in contexts {
            if let Some(amount) = context.clear.filter(|_| !is_set) {
                self.changes.push((at, ScopeStackOp::Clear(amount)));
            }
            context.meta_scope.iter().for_each(|scope| self.push(at, *scope));
        }
    }

    /// Changes after the text of a match.
    fn apply_after(&mut self, operation: &Operation, level: &Context, at: usize) {
        let (contexts, left) = match operation {
            Operation::Nothing => return,
            Operation::Pop => {
                self.pop(at, level.meta_scope.len());
                if level.clear.is_some() {
                    self.changes.push((at, ScopeStackOp::Restore));
                }
                return;
            }
            Operation::Push(references) => (self.contexts(references), None),
            Operation::Set(references) => {
                (self.contexts(references), Some(level.meta_content_scope.len() + level.meta_scope.len()))
            }
        };
        let has_content =
            |context: &&Context| !context.meta_content_scope.is_empty() || (context.clear.is_some() && left.is_some());
        if left.is_none_or(|left| left == 0) && !contexts.iter().any(has_content) {
            return;
        }
        // Remove the scopes of the contexts left and entered, so that the scopes for the content can be pushed in
        // order.
        let entered: usize = contexts.iter().map(|context| context.meta_scope.len()).sum();
        self.pop(at, entered + left.unwrap_or(0));
        for context in contexts {
            if let Some(amount) = context.clear.filter(|_| left.is_some()) {
                self.changes.push((at, ScopeStackOp::Clear(amount)));
            }
            context.meta_scope.iter().chain(&context.meta_content_scope).for_each(|scope| self.push(at, *scope));
        }
    }

    fn push(&mut self, at: usize, scope: Scope) {
        self.changes.push((at, ScopeStackOp::Push(scope)));
    }

    fn pop(&mut self, at: usize, count: usize) {
        if count > 0 {
            self.changes.push((at, ScopeStackOp::Pop(count)));
        }
    }

    fn contexts(&self, references: &[Reference]) -> Vec<&'a Context> {
        references.iter().filter_map(|reference| self.grammars.context(reference.key()?)).collect()
    }
}
