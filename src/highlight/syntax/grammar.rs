//! The rules of all syntaxes; each syntax is unpacked on first use.

use std::sync::{Arc, OnceLock};

use flate2::read::ZlibDecoder;
use serde::Deserialize;
use syntect::parsing::{ClearAmount, Scope, SyntaxSet};

use super::pattern::Pattern;
use super::rules::Rules;

/// All syntaxes.
#[derive(Debug, Default)]
pub(crate) struct Grammars {
    list: Vec<Grammar>,
}

/// A syntax.
#[derive(Debug, Deserialize)]
pub(crate) struct Grammar {
    name: String,
    extensions: Vec<String>,
    _scope: Scope,
    _first_line: Option<String>,
    _is_hidden: bool,
    _variables: Vec<(String, String)>,
    #[serde(deserialize_with = "all_at_once")]
    packed: Vec<u8>,
    #[serde(skip)]
    unpacked: OnceLock<UnpackedGrammar>,
}

/// The contexts of a syntax.
#[derive(Debug, Default, Deserialize)]
struct UnpackedGrammar {
    names: Vec<(String, ContextKey)>,
    contexts: Vec<Context>,
}

/// Identifies a context by the indexes of its syntax and of the context in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub(super) struct ContextKey {
    syntax: usize,
    context: usize,
}

/// A context: the rules in effect, and the scopes of its text.
#[derive(Debug, Deserialize)]
pub(super) struct Context {
    pub(super) meta_scope: Vec<Scope>,
    pub(super) meta_content_scope: Vec<Scope>,
    _includes_prototype: bool,
    pub(super) clear: Option<ClearAmount>,
    /// Rules in effect in every context of the syntax, which precede those of this context.
    pub(super) prototype: Option<ContextKey>,
    pub(super) uses_groups: bool,
    parts: Vec<Part>,
    #[serde(skip)]
    rules: OnceLock<Rules>,
}

#[derive(Debug, Deserialize)]
enum Part {
    Rule(Arc<Rule>),
    Include(Reference),
}

/// A regular expression with the effect of its match.
#[derive(Debug, Deserialize)]
pub(super) struct Rule {
    pub(super) has_groups: bool,
    pub(super) pattern: Pattern,
    pub(super) scope: Vec<Scope>,
    pub(super) groups: Option<Vec<(usize, Vec<Scope>)>>,
    pub(super) operation: Operation,
    with_prototype: Option<Reference>,
}

/// The effect of a rule on the stack of contexts.
#[derive(Debug, Deserialize)]
pub(super) enum Operation {
    Push(Vec<Reference>),
    Set(Vec<Reference>),
    Pop,
    Nothing,
}

/// A reference to a context; in a linked set of syntaxes, all references are direct.
#[derive(Debug, Deserialize)]
pub(super) enum Reference {
    Named(#[expect(dead_code, reason = "part of the packed form")] String),
    ByScope(#[expect(dead_code, reason = "part of the packed form")] (Scope, Option<String>, bool)),
    File(#[expect(dead_code, reason = "part of the packed form")] (String, Option<String>, bool)),
    Inline(#[expect(dead_code, reason = "part of the packed form")] String),
    Direct(ContextKey),
}

impl Reference {
    pub(super) fn key(&self) -> Option<ContextKey> {
        match self {
            Reference::Direct(key) => Some(*key),
            _ => None,
        }
    }
}

impl Rule {
    /// Rules that remain in effect in the context that this rule pushes.
    pub(super) fn prototype(&self) -> Option<ContextKey> {
        self.with_prototype.as_ref().and_then(Reference::key)
    }

    pub(super) fn is_pop(&self) -> bool {
        matches!(self.operation, Operation::Pop)
    }

    /// Whether the match depends on where the search started, or on text from another match.
    pub(super) fn is_searched(&self) -> bool {
        self.has_groups || self.pattern.is_bound_to_start()
    }

    /// Whether the groups of a match may be needed.
    pub(super) fn uses_groups(&self) -> bool {
        self.groups.is_some() || matches!(self.operation, Operation::Push(_) | Operation::Set(_))
    }
}

impl Grammars {
    /// Extracts the syntaxes from a set of syntect; empty if this version of syntect packs them differently.
    pub(crate) fn from_set(set: &SyntaxSet) -> Grammars {
        #[derive(Deserialize)]
        struct Set {
            list: Vec<Grammar>,
            _paths: Vec<(String, usize)>,
        }
        let packed = bincode::serialize(set);
        let unpacked = packed.and_then(|packed| bincode::deserialize::<Set>(&packed));
        unpacked.map(|set| Grammars { list: set.list }).unwrap_or_default()
    }

    /// The syntax for a file extension or name; as in syntect, the last match wins.
    pub(crate) fn find(&self, word: &str) -> Option<&Grammar> {
        let matches_word = |name: &String| name.eq_ignore_ascii_case(word);
        let by_extension = self.list.iter().rev().find(|grammar| grammar.extensions.iter().any(matches_word));
        by_extension.or_else(|| self.list.iter().rev().find(|grammar| matches_word(&grammar.name)))
    }

    /// All syntaxes.
    #[cfg(test)]
    pub(super) fn iter(&self) -> impl Iterator<Item = &Grammar> {
        self.list.iter()
    }

    pub(super) fn context(&self, key: ContextKey) -> Option<&Context> {
        self.list.get(key.syntax)?.unpacked().contexts.get(key.context)
    }

    /// The rules of a context, with those of included contexts in place.
    pub(super) fn rules(&self, key: ContextKey) -> Option<&Rules> {
        let context = self.context(key)?;
        Some(context.rules.get_or_init(|| {
            let mut rules = Vec::new();
            self.collect(context, &mut Vec::new(), &mut rules);
            Rules::new(rules)
        }))
    }

    /// Collects rules; `above` are the enclosing contexts, which are skipped to avoid infinite recursion.
    fn collect(&self, context: &Context, above: &mut Vec<ContextKey>, rules: &mut Vec<Arc<Rule>>) {
        for part in &context.parts {
            let included = match part {
                Part::Rule(rule) => {
                    rules.push(rule.clone());
                    continue;
                }
                Part::Include(reference) => reference.key().filter(|key| !above.contains(key)),
            };
            if let Some((key, context)) = included.and_then(|key| Some((key, self.context(key)?))) {
                above.push(key);
                self.collect(context, above, rules);
                above.pop();
            }
        }
    }
}

impl Grammar {
    /// The name of the syntax.
    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    /// The initial context.
    pub(super) fn start(&self) -> Option<ContextKey> {
        self.unpacked().names.iter().find(|(name, _)| name == "__start").map(|(_, key)| *key)
    }

    fn unpacked(&self) -> &UnpackedGrammar {
        self.unpacked.get_or_init(|| bincode::deserialize_from(ZlibDecoder::new(&*self.packed)).unwrap_or_default())
    }
}

/// Deserializes bytes as a slice; serde's default, one byte at a time, would take milliseconds per million bytes.
fn all_at_once<'de, D: serde::Deserializer<'de>>(packed: D) -> Result<Vec<u8>, D::Error> {
    struct Bytes;

    impl serde::de::Visitor<'_> for Bytes {
        type Value = Vec<u8>;

        fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            f.write_str("bytes")
        }

        fn visit_byte_buf<E>(self, bytes: Vec<u8>) -> Result<Vec<u8>, E> {
            Ok(bytes)
        }

        fn visit_bytes<E>(self, bytes: &[u8]) -> Result<Vec<u8>, E> {
            Ok(bytes.to_vec())
        }
    }
    packed.deserialize_byte_buf(Bytes)
}
