//! Reading code by the rules of a syntax, with an end that is certain.
//!
//! The syntaxes are Sublime Text's, as two-face packs them for syntect; their rules, scopes and stacks of scopes are
//! syntect's too. Only what applies the rules to a line ([`parser`]) is our own, for syntect's has no limit: two rules that
//! take nothing and put each other's context in place go on for ever, and a single regular expression can try so many ways
//! that it takes minutes. Here
//!
//! - a context that is entered a second time at one place without anything being read moves on by one character;
//! - each block has a [`Budget`], counted in steps and tries and never by a clock, so that a page is the same on every machine;
//! - a regular expression that tries too many ways ends the block.
//!
//! A block that ends so is shown plain. For all others the result is that of syntect, as far as contexts are not stacked a
//! hundred deep, and a test holds it against that.

mod begin;
mod budget;
mod changes;
mod expression;
mod grammar;
mod need;
mod needed;
mod parser;
mod pattern;
mod rules;
mod set;
#[cfg(test)]
mod tests;

pub(super) use budget::Budget;
pub(super) use grammar::{Grammar, Grammars};
pub(super) use parser::Parser;
