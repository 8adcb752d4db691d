//! The rules of all syntaxes, unpacked one syntax at a time.

use std::sync::{Arc, OnceLock};

use flate2::read::ZlibDecoder;
use serde::Deserialize;
use syntect::parsing::{ClearAmount, Scope, SyntaxSet};

use super::pattern::Pattern;
use super::rules::Rules;

/// Every syntax.
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

/// A context by the syntax that it is of, and its place there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub(super) struct ContextKey {
    syntax: usize,
    context: usize,
}

/// A context: which rules hold, and what its text is.
#[derive(Debug, Deserialize)]
pub(super) struct Context {
    pub(super) meta_scope: Vec<Scope>,
    pub(super) meta_content_scope: Vec<Scope>,
    _includes_prototype: bool,
    pub(super) clear: Option<ClearAmount>,
    /// Rules that hold in every context of the syntax, before those of this one.
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

/// What happens where a regular expression matches.
#[derive(Debug, Deserialize)]
pub(super) struct Rule {
    pub(super) has_groups: bool,
    pub(super) pattern: Pattern,
    pub(super) scope: Vec<Scope>,
    pub(super) groups: Option<Vec<(usize, Vec<Scope>)>>,
    pub(super) operation: Operation,
    with_prototype: Option<Reference>,
}

/// What a rule does to the stack of contexts.
#[derive(Debug, Deserialize)]
pub(super) enum Operation {
    Push(Vec<Reference>),
    Set(Vec<Reference>),
    Pop,
    Nothing,
}

/// Names a context; in syntaxes that are linked to each other all references are direct.
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
    /// Rules that hold in what it pushes, whatever is pushed there.
    pub(super) fn prototype(&self) -> Option<ContextKey> {
        self.with_prototype.as_ref().and_then(Reference::key)
    }

    pub(super) fn is_pop(&self) -> bool {
        matches!(self.operation, Operation::Pop)
    }

    /// Whether its match depends on where the search for it began, or on texts of another match.
    pub(super) fn is_searched(&self) -> bool {
        self.has_groups || self.pattern.is_bound_to_start()
    }

    /// Whether the groups of its match may be asked for.
    pub(super) fn uses_groups(&self) -> bool {
        self.groups.is_some() || matches!(self.operation, Operation::Push(_) | Operation::Set(_))
    }
}

impl Grammars {
    /// The syntaxes of a set of syntect's; none when this version packs them in another way.
    pub(crate) fn of(set: &SyntaxSet) -> Grammars {
        #[derive(Deserialize)]
        struct Set {
            list: Vec<Grammar>,
            _paths: Vec<(String, usize)>,
        }
        let packed = bincode::serialize(set);
        let unpacked = packed.and_then(|packed| bincode::deserialize::<Set>(&packed));
        unpacked.map(|set| Grammars { list: set.list }).unwrap_or_default()
    }

    /// The syntax of a language by its file extension or its name; the last that fits, as syntect has it.
    pub(crate) fn find(&self, word: &str) -> Option<&Grammar> {
        let is_it = |name: &String| name.eq_ignore_ascii_case(word);
        let by_extension = self.list.iter().rev().find(|grammar| grammar.extensions.iter().any(is_it));
        by_extension.or_else(|| self.list.iter().rev().find(|grammar| is_it(&grammar.name)))
    }

    /// All of them.
    #[cfg(test)]
    pub(super) fn iter(&self) -> impl Iterator<Item = &Grammar> {
        self.list.iter()
    }

    pub(super) fn context(&self, key: ContextKey) -> Option<&Context> {
        self.list.get(key.syntax)?.unpacked().contexts.get(key.context)
    }

    /// The rules of a context, with those of the contexts that it includes where it includes them.
    pub(super) fn rules(&self, key: ContextKey) -> Option<&Rules> {
        let context = self.context(key)?;
        Some(context.rules.get_or_init(|| {
            let mut rules = Vec::new();
            self.collect(context, &mut Vec::new(), &mut rules);
            Rules::of(rules)
        }))
    }

    /// `above` are the contexts on the way: one that includes itself adds nothing.
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
    /// Its name.
    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    /// The context that a text begins in.
    pub(super) fn start(&self) -> Option<ContextKey> {
        self.unpacked().names.iter().find(|(name, _)| name == "__start").map(|(_, key)| *key)
    }

    fn unpacked(&self) -> &UnpackedGrammar {
        self.unpacked.get_or_init(|| bincode::deserialize_from(ZlibDecoder::new(&*self.packed)).unwrap_or_default())
    }
}

/// Reads bytes as bytes: taken one by one, as serde does without this, a million of them cost milliseconds.
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
