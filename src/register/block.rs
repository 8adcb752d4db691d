//! The block in a document that shows a register: which entries, and which of their keys.

use super::decode::Terms;
use super::key::ValueType;
use super::kinds::{self, KINDS, Kind};
use crate::id::DocumentId;
use crate::spelling::nearest;
use crate::text::is_invisible;

/// The content of a block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum BlockContent {
    /// Entries of a kind.
    Kind(Kind),
    /// Actions of all entries.
    Actions,
    /// Decisions of management reviews.
    Decisions,
}

/// A parsed block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Block {
    /// The content that it shows.
    pub(crate) content: BlockContent,
    /// The columns, each of them a key or `state`.
    pub(crate) columns: Vec<&'static str>,
    /// The conditions that each row must meet.
    pub(crate) conditions: Vec<Condition>,
    /// The document that owns the register, if it is not the one that contains the block.
    pub(crate) owner: Option<DocumentId>,
}

/// A condition that a row must meet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Condition {
    /// The column.
    pub(crate) column: &'static str,
    /// The accepted values, separated by commas; any of them is sufficient.
    pub(crate) accepted: String,
    /// The zero-based line in the block's content.
    pub(crate) line: u32,
}

impl Condition {
    /// The accepted values: first the whole text, because a name may contain a comma, then the parts between commas.
    pub(crate) fn values(&self) -> impl Iterator<Item = &str> + Clone {
        let parts = self.accepted.contains(',').then(|| self.accepted.split(',').map(str::trim));
        std::iter::once(self.accepted.as_str()).chain(parts.into_iter().flatten())
    }
}

/// A reason why a block shows no table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct BlockProblem {
    /// A message for the author.
    pub(crate) message: String,
    /// The zero-based line in the block's content; `None` for the words after the fence.
    pub(crate) line: Option<u32>,
    /// A suggestion how to fix it.
    pub(crate) help: Option<String>,
}

/// The error for a block that cannot be shown as written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct BlockError {
    /// All problems.
    pub(crate) problems: Vec<BlockProblem>,
    /// The part that could be read, provided that it names what it shows.
    pub(crate) block: Option<Block>,
}

/// The name of the column with the state of an entry, an action or a decision.
pub(crate) const STATE_COLUMN: &str = "state";

/// The column with the stage that the author of an improvement writes under `state`.
const STAGE_COLUMN: &str = "stage";

/// The key whose value a column shows.
pub(crate) fn column_key(column: &str) -> &str {
    if column == STAGE_COLUMN { STATE_COLUMN } else { column }
}

/// The possible states of an entry, an action or a decision.
pub(crate) const STATES: [&str; 21] = [
    "overdue",
    "reopened",
    "due-soon",
    "open",
    "planned",
    "waits-for-effect",
    "effective",
    "held",
    "done",
    "rejected",
    "closed",
    "live",
    "retired",
    "current",
    "met",
    "missed",
    "no-value",
    "accepted",
    "untreated",
    "treated",
    "recorded",
];

/// The column with the entry that an action belongs to.
pub(crate) const ENTRY_COLUMN: &str = "entry";

const ACTION_COLUMNS: [&str; 6] = [ENTRY_COLUMN, "what", "who", "due", "done", STATE_COLUMN];
const DECISION_COLUMNS: [&str; 7] = ["id", ENTRY_COLUMN, "what", "who", "due", "done", STATE_COLUMN];

impl BlockContent {
    /// The content with a name.
    fn from_name(name: &str) -> Option<BlockContent> {
        match name {
            "actions" => Some(BlockContent::Actions),
            "decisions" => Some(BlockContent::Decisions),
            name => Kind::from_name(name).map(BlockContent::Kind),
        }
    }

    /// Its name in a block.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            BlockContent::Kind(kind) => kind.row().name,
            BlockContent::Actions => "actions",
            BlockContent::Decisions => "decisions",
        }
    }

    /// The columns that its table can have.
    fn columns(self) -> Vec<&'static str> {
        match self {
            BlockContent::Kind(kind) => {
                let keys = kind.keys().map(|key| key.name).filter(|name| *name != STATE_COLUMN);
                let stage = (kind == Kind::Improvements).then_some(STAGE_COLUMN);
                keys.chain(stage).chain([STATE_COLUMN]).collect()
            }
            BlockContent::Actions => ACTION_COLUMNS.iter().copied().chain(["proof"]).collect(),
            BlockContent::Decisions => DECISION_COLUMNS.iter().copied().chain(["proof"]).collect(),
        }
    }

    /// The permitted words of a column, if it is limited to certain words.
    fn words<'t>(self, column: &str, terms: Terms<'t>) -> Option<Vec<&'t str>> {
        if column == STATE_COLUMN { Some(STATES.to_vec()) } else { terms.words(self.value_type(column)?) }
    }

    /// The type of a column; `None` for a derived one.
    pub(crate) fn value_type(self, column: &str) -> Option<ValueType> {
        match self {
            _ if column == STATE_COLUMN => None,
            _ if column == ENTRY_COLUMN => Some(ValueType::Ids),
            BlockContent::Kind(kind) => {
                kind.keys().find(|key| key.name == column_key(column)).map(|key| key.value_type)
            }
            _ => kinds::DECISION.iter().find(|key| key.name == column).map(|key| key.value_type),
        }
    }

    /// The default columns of its table.
    pub(crate) fn default_columns(self) -> Vec<&'static str> {
        match self {
            BlockContent::Kind(kind) => kind.row().columns.to_vec(),
            BlockContent::Actions => ACTION_COLUMNS.to_vec(),
            BlockContent::Decisions => DECISION_COLUMNS.into_iter().filter(|column| *column != ENTRY_COLUMN).collect(),
        }
    }
}

/// Parses a block from the words after `register` on the fence and the lines inside.
///
/// # Errors
/// If the block does not name anything that can be shown, or a line is not an option; returns all problems.
pub(crate) fn read_block(arguments: &str, content: &str, terms: Terms<'_>) -> Result<Block, BlockError> {
    let block_content =
        find_content(arguments.trim()).map_err(|wrong| BlockError { problems: vec![wrong], block: None })?;
    let mut block = Block::with_defaults(block_content);
    let (mut wrong, mut seen_keys) = (Vec::new(), Vec::new());
    for (at, line) in (0..).zip(content.lines()).filter(|(_, line)| !line.trim().is_empty()) {
        let read = refuse_repeated(line, &mut seen_keys).and_then(|()| block.read_option(at, line, terms));
        if let Err((message, help)) = read {
            wrong.push(BlockProblem { message, line: Some(at), help: Some(help) });
        }
    }
    if wrong.is_empty() { Ok(block) } else { Err(BlockError { problems: wrong, block: Some(block) }) }
}

/// Refuses a repeated line for an option that may appear only once.
fn refuse_repeated<'l>(line: &'l str, seen_keys: &mut Vec<&'l str>) -> Result<(), (String, String)> {
    let key = line.split_once(':').map_or(line, |(key, _)| key).trim();
    let is_again = matches!(key, "of" | "columns") && seen_keys.contains(&key);
    seen_keys.push(key);
    if is_again { Err((format!("`{key}` is written twice"), "keep one of the two lines".to_owned())) } else { Ok(()) }
}

/// The IDs that a block may name, even if the block is invalid.
pub(crate) fn named_ids<'a>(arguments: &'a str, content: &'a str) -> impl Iterator<Item = DocumentId> + 'a {
    let is_end = |c: char| !c.is_alphanumeric() && !"-_.".contains(c) && !is_invisible(c);
    let words = [arguments, content].into_iter().flat_map(move |text| text.split(is_end));
    let bare = |word: &'a str| [word, word.trim_matches(['-', '_', '.'])];
    words.flat_map(bare).filter_map(|word| word.parse().ok())
}

/// Whether the words after a fence name a register, but the language is only similar to `register`.
pub(crate) fn is_misspelt_block(language: &str, arguments: &str) -> bool {
    let is_near = language.eq_ignore_ascii_case("register") || language.eq_ignore_ascii_case("registers");
    is_near && language != "register" && BlockContent::from_name(arguments.trim()).is_some()
}

/// The content with a name, or the problem if there is none.
fn find_content(name: &str) -> Result<BlockContent, BlockProblem> {
    BlockContent::from_name(name).ok_or_else(|| {
        let known_names = || KINDS.iter().map(|row| row.name).chain(["actions", "decisions"]);
        let list = known_names().collect::<Vec<_>>().join("`, `");
        let help = nearest(name, known_names())
            .map_or_else(|| format!("write one of `{list}`"), |suggestion| format!("did you mean `{suggestion}`?"));
        let message = if name.is_empty() {
            "this block does not say which register it shows".to_owned()
        } else {
            format!("`{name}` is not a kind of register")
        };
        BlockProblem { message, line: None, help: Some(help) }
    })
}

impl Block {
    /// A block without options.
    pub(crate) fn with_defaults(block_content: BlockContent) -> Block {
        Block { content: block_content, columns: block_content.default_columns(), conditions: Vec::new(), owner: None }
    }

    fn read_option(&mut self, at: u32, line: &str, terms: Terms<'_>) -> Result<(), (String, String)> {
        let (key, value) = line.split_once(':').map_or((line.trim(), ""), |(key, value)| (key.trim(), value.trim()));
        match key {
            "columns" => {
                let names = value.trim_matches(['[', ']']).split(',').map(str::trim).filter(|name| !name.is_empty());
                self.columns = names.map(|name| self.column(name)).collect::<Result<_, _>>()?;
                self.refuse_duplicate_columns()?;
                match self.columns.is_empty() {
                    true => Err(("`columns` names no column".to_owned(), self.known_columns())),
                    false => Ok(()),
                }
            }
            "where" => {
                let wrong = || (format!("`{value}` is not a condition"), "write one such as `state = open`".to_owned());
                let (column, wanted_value) = value.split_once('=').ok_or_else(wrong)?;
                let column = self.column(column.trim())?;
                let wanted_value = wanted_value.trim().trim_matches('"').trim();
                if wanted_value.is_empty() {
                    return Err(wrong());
                }
                self.refuse_unknown(column, wanted_value, terms)?;
                self.conditions.push(Condition { column, accepted: wanted_value.to_owned(), line: at });
                Ok(())
            }
            "of" => {
                let help = "write the ID of the document that owns the register".to_owned();
                self.owner = Some(value.parse().map_err(|_| (format!("`{value}` is not a document ID"), help))?);
                Ok(())
            }
            _ => {
                let help = "write `columns: id, title`, `where: state = open` or `of: PLN-OBJ-001`".to_owned();
                Err((format!("`{key}` is not an option of this block"), help))
            }
        }
    }

    /// Refuses a value that no row can have, because the table would always be empty.
    fn refuse_unknown(&self, column: &str, wanted_value: &str, terms: Terms<'_>) -> Result<(), (String, String)> {
        let Some(words) = self.content.words(column, terms) else { return Ok(()) };
        let values = wanted_value.split(',').map(str::trim);
        let Some(unknown) = values.into_iter().find(|value| !words.contains(value)) else { return Ok(()) };
        let help = match nearest(unknown, words.iter().copied()) {
            Some(suggestion) => format!("did you mean `{suggestion}`?"),
            None => format!("write one of `{}`", words.join("`, `")),
        };
        Err((format!("`{unknown}` is not a value of `{column}`"), help))
    }

    /// Refuses a column that is named twice.
    fn refuse_duplicate_columns(&self) -> Result<(), (String, String)> {
        let is_again = |(at, name): &(usize, &&str)| self.columns[..*at].contains(name);
        let Some((_, name)) = self.columns.iter().enumerate().find(is_again) else { return Ok(()) };
        Err((format!("column `{name}` appears twice"), "name each column once".to_owned()))
    }

    fn column(&self, name: &str) -> Result<&'static str, (String, String)> {
        let known_columns = self.content.columns();
        known_columns.iter().copied().find(|column| *column == name).ok_or_else(|| {
            if name.contains(char::is_whitespace) {
                let names = name.split_whitespace().collect::<Vec<_>>().join(", ");
                return (
                    format!("`{name}` is not a key of {}", self.content.as_str()),
                    format!("separate names with commas: `{names}`"),
                );
            }
            let help = nearest(name, known_columns.iter().copied());
            let help = help.map_or_else(|| self.known_columns(), |suggestion| format!("did you mean `{suggestion}`?"));
            (format!("`{name}` is not a key of {}", self.content.as_str()), help)
        })
    }

    fn known_columns(&self) -> String {
        format!("write one of `{}`", self.content.columns().join("`, `"))
    }
}
