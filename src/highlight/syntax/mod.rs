//! Parses code by the rules of a syntax, with guaranteed termination.
//!
//! The syntaxes are Sublime Text's, as packed by two-face for syntect; their rules, scopes and scope stacks are also
//! syntect's. Only the code that applies the rules to a line ([`parser`]) is our own, because syntect's is unbounded:
//! two rules that match nothing and set each other's context loop forever, and a single regular expression can
//! backtrack for minutes. Here
//!
//! - a context that is entered again at the same position, without any text being consumed, advances by one character;
//! - each block has a [`Budget`], counted in steps and attempts instead of time, so that a page is the same on every
//!   machine;
//! - a regular expression that backtracks too much ends the block.
//!
//! A block that ends in this way is shown without highlighting. For all other blocks the result equals syntect's, as
//! long as the stack of contexts is less than a hundred deep; a test compares the two.

mod budget;
mod byte_set;
mod changes;
mod expression;
mod find_requirement;
mod grammar;
mod match_start;
mod parser;
mod pattern;
mod requirement;
mod rules;
#[cfg(test)]
mod tests;

pub(super) use budget::Budget;
pub(super) use grammar::{Grammar, Grammars};
pub(super) use parser::Parser;
