//! The classes of code, and the scopes of a syntax that belong to each.

use std::sync::LazyLock;

use syntect::parsing::Scope;

/// A class of code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Class {
    /// A keyword.
    Keyword,
    /// A string.
    String,
    /// A comment.
    Comment,
    /// A number or another constant.
    Constant,
    /// A function.
    Function,
    /// A type, or a tag of markup.
    Type,
    /// An attribute or a key.
    Attribute,
    /// A variable.
    Variable,
    /// An operator or punctuation.
    Operator,
    /// An inserted line.
    Inserted,
    /// A deleted line.
    Deleted,
    /// A heading.
    Heading,
    /// Emphasis in markup.
    Emphasis,
    /// Text that is invalid in the language.
    Invalid,
}

/// Every class with its name in HTML.
pub(crate) const CLASSES: [(Class, &str); 14] = [
    (Class::Keyword, "k"),
    (Class::String, "s"),
    (Class::Comment, "c"),
    (Class::Constant, "n"),
    (Class::Function, "f"),
    (Class::Type, "t"),
    (Class::Attribute, "a"),
    (Class::Variable, "v"),
    (Class::Operator, "o"),
    (Class::Inserted, "i"),
    (Class::Deleted, "d"),
    (Class::Heading, "h"),
    (Class::Emphasis, "e"),
    (Class::Invalid, "x"),
];

impl Class {
    /// The name in HTML.
    pub(crate) fn name(self) -> &'static str {
        CLASSES.iter().find(|(class, _)| *class == self).map_or("", |(_, name)| name)
    }
}

/// Scopes and their classes. The first match applies, so a specific scope comes before a general one. `None` marks
/// scopes without a meaning, for which the enclosing scope applies.
const SCOPES: [(&str, Option<Class>); 42] = [
    ("comment", Some(Class::Comment)),
    ("punctuation.definition.comment", Some(Class::Comment)),
    ("string.unquoted.plain.out.yaml", None),
    ("string.unquoted.plain.in.yaml", None),
    ("string", Some(Class::String)),
    ("punctuation.definition.string", Some(Class::String)),
    ("constant.character.escape", Some(Class::Constant)),
    ("constant", Some(Class::Constant)),
    ("entity.name.function", Some(Class::Function)),
    ("support.function", Some(Class::Function)),
    ("variable.function", Some(Class::Function)),
    ("entity.name.tag.yaml", Some(Class::Attribute)),
    ("entity.name.tag", Some(Class::Type)),
    ("entity.name.section", Some(Class::Heading)),
    ("entity.name", Some(Class::Type)),
    ("entity.other.attribute-name", Some(Class::Attribute)),
    ("entity.other.inherited-class", Some(Class::Type)),
    ("support.type.property-name", Some(Class::Attribute)),
    ("support.class", Some(Class::Type)),
    ("support.type", Some(Class::Type)),
    ("support.constant", Some(Class::Constant)),
    ("meta.mapping.key.json", Some(Class::Attribute)),
    ("meta.structure.dictionary.key", Some(Class::Attribute)),
    ("meta.property-name", Some(Class::Attribute)),
    ("storage.type.numeric", Some(Class::Constant)),
    ("storage.type", Some(Class::Keyword)),
    ("storage", Some(Class::Keyword)),
    ("keyword.operator.word", Some(Class::Keyword)),
    ("keyword.operator.logical", Some(Class::Keyword)),
    ("keyword.operator", Some(Class::Operator)),
    ("keyword", Some(Class::Keyword)),
    ("variable.language", Some(Class::Keyword)),
    ("variable.parameter", Some(Class::Variable)),
    ("variable.other.constant", Some(Class::Constant)),
    ("variable", Some(Class::Variable)),
    ("punctuation", Some(Class::Operator)),
    ("markup.inserted", Some(Class::Inserted)),
    ("markup.deleted", Some(Class::Deleted)),
    ("markup.heading", Some(Class::Heading)),
    ("markup.bold", Some(Class::Emphasis)),
    ("markup.italic", Some(Class::Emphasis)),
    ("invalid", Some(Class::Invalid)),
];

static TABLE: LazyLock<Vec<(Scope, Option<Class>)>> =
    LazyLock::new(|| SCOPES.iter().filter_map(|(name, class)| Some((Scope::new(name).ok()?, *class))).collect());

/// Classes that apply to everything inside their scope: punctuation in a deleted line is also deleted.
const OVERRIDING: [Class; 6] =
    [Class::Comment, Class::Inserted, Class::Deleted, Class::Heading, Class::Attribute, Class::Invalid];

/// The class of a stack of scopes: that of the innermost meaningful scope, unless an enclosing one overrides it. `own`
/// gives the class of a single scope, as the function [`for_scope`] does.
pub(super) fn from_scopes(scopes: &[Scope], own: impl FnMut(Scope) -> Option<Class>) -> Option<Class> {
    let mut innermost = None;
    for class in scopes.iter().rev().copied().filter_map(own) {
        if OVERRIDING.contains(&class) {
            return Some(class);
        }
        innermost = innermost.or(Some(class));
    }
    innermost
}

/// The class of a single scope.
pub(super) fn for_scope(scope: Scope) -> Option<Class> {
    TABLE.iter().find(|(prefix, _)| prefix.is_prefix_of(scope)).and_then(|(_, class)| *class)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_scope_of_the_table_is_one() {
        assert_eq!(TABLE.len(), SCOPES.len());
    }

    #[test]
    fn class_names_are_short_and_differ() {
        let mut names: Vec<&str> = CLASSES.iter().map(|(_, name)| *name).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), CLASSES.len());
        assert!(names.iter().all(|name| name.len() == 1));
    }
}
