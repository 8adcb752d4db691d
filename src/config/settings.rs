//! A handbook's settings, as typed values.

use std::sync::Arc;

use super::editions::{Edition, Editions};
use super::navigation::Navigation;
use super::pattern::UrlPattern;
use super::registers::{CertificateSettings, RegisterSettings};
use super::types::TypeInfo;
use crate::date::{Date, DateFormat, Interval};
use crate::finding::{RuleId, Severity};
use crate::id::{ClauseRef, ItemRef, StandardId};
use crate::path::RelativePath;
use crate::place::{Located, Place, SourceText, Span};
use crate::placeholder::is_reason;
use crate::register::Terms;
use crate::source::{Defaults, DefaultsTable, Includes, KeyPattern, Permalinks, Vocabulary};
use crate::standard::StandardUse;
use crate::url::is_web;

/// The content of `clausebook.yaml`; docs/settings.md describes each key.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The handbook's title.
    pub(crate) title: String,
    /// Name of the organization.
    pub(crate) organization: Option<String>,
    /// A one-sentence description of the handbook.
    pub(crate) description: Option<String>,
    /// The portal's language, as a BCP 47 tag.
    pub lang: String,
    /// The standards it uses, the main one first.
    pub standards: Vec<Located<StandardId>>,
    /// The standards among these that are only guidance.
    pub(crate) guides: Vec<StandardId>,
    /// The folder of its documents.
    pub content: String,
    /// The folder that the portal is written to.
    pub output: String,
    /// The theme's name.
    pub theme: String,
    /// The portal's address, if it has one.
    pub base_url: Option<String>,
    /// Whether search engines may list it.
    pub search_engines: bool,
    /// The optional parts of the portal.
    pub(crate) portal: PortalParts,
    /// Whether browsers may run active content in attachments.
    pub(crate) active_attachments: bool,
    /// The day of the assessment, unless the command line sets one.
    pub as_of: Option<Date>,
    /// The number of days before a review when warnings start.
    pub warning_days: u16,
    /// The default review interval, if neither a document nor its type sets one.
    pub review: Interval,
    /// Document types, the built-in ones first.
    pub types: Vec<TypeInfo>,
    /// The classifications, lowest first.
    pub classifications: Vec<String>,
    /// The edition to build; `None` to show everything.
    pub(crate) edition: Option<Edition>,
    /// All editions.
    pub(crate) editions: Editions,
    /// Conditional items whose condition has not arisen.
    pub(crate) not_needed: Vec<UnneededItem>,
    /// Requested exclusions of clauses.
    pub(crate) excluded: Vec<Exclusion>,
    /// Severities of rules; `None` if a rule is off.
    pub(crate) rules: Vec<(Located<String>, Option<Severity>)>,
    /// Accepted findings.
    pub waivers: Vec<Waiver>,
    /// How the files of documents are read.
    pub(crate) documents: DocumentSettings,
    /// Defaults for values that documents do not set.
    pub defaults: Vec<DefaultRule>,
    /// The pattern that IDs must match.
    pub id_pattern: Option<IdPattern>,
    /// Whether a review by the owner or the author of a document does not count.
    pub(crate) reviews_by_another: bool,
    /// Whether an approval without a digest of the approved text does not count.
    pub(crate) approvals_bound: bool,
    /// The number of documents attested by one person on one day above which they are suspicious.
    pub bulk_review: u32,
    /// When `check` fails.
    pub gates: Gates,
    /// Colours and logo.
    pub(crate) brand: BrandSettings,
    /// The certificate of conformity, if there is one.
    pub(crate) certificate: Option<CertificateSettings>,
    /// The criteria for assessing registers.
    pub(crate) registers: RegisterSettings,
    /// A line at the foot of every page.
    pub(crate) footer: Option<String>,
    /// Additional placeholder words and vague words.
    pub(crate) words: CustomWords,
    pub(super) source: Option<Arc<SourceText>>,
    pub(super) standards_span: Option<Span>,
}

/// How the files of documents are read.
#[derive(Clone, Debug, Default)]
pub(crate) struct DocumentSettings {
    /// Foreign keys of front matter and their meanings.
    pub(crate) key_map: Vec<(Located<String>, &'static str)>,
    /// Foreign keys of front matter that are ignored.
    pub(crate) ignored_keys: Vec<Located<String>>,
    /// Keys with an alias for one of their values, and that value.
    pub(crate) value_map: Vec<(&'static str, String, String)>,
    /// Date formats allowed in addition to year-month-day.
    pub(crate) date_formats: Vec<DateFormat>,
    /// Paths below the content folder, in the order of documents.
    pub(crate) order: Vec<Located<String>>,
    /// Paths below the content folder that are not read.
    pub(crate) exclude: Vec<String>,
    /// Files and folders in these settings that must exist.
    pub(crate) named_paths: Vec<NamedPath>,
    /// Address prefixes such as `/docs/`, each with the folder, relative to the handbook's, that it leads to; the
    /// longest first.
    pub(crate) addresses: Vec<(String, String)>,
    /// The patterns of addresses on the former site, by folder.
    pub(crate) permalinks: Permalinks,
    /// Files that documents may include.
    pub(crate) includes: Includes,
}

/// A conditional item that is not needed.
#[derive(Clone, Debug)]
pub(crate) struct UnneededItem {
    /// The item.
    pub(crate) item: Located<ItemRef>,
    /// Why not; an entry without a reason does not count.
    pub(crate) reason: Option<Located<String>>,
}

/// A request to exclude a clause.
#[derive(Clone, Debug)]
pub(crate) struct Exclusion {
    /// The clause.
    pub(crate) clause: Located<ClauseRef>,
    /// Why.
    pub(crate) reason: Option<Located<String>>,
}

/// An accepted finding, for a limited time.
#[derive(Clone, Debug)]
pub struct Waiver {
    /// The rule.
    pub rule: Located<String>,
    /// A file, a folder ending in `/`, a document ID, or a clause.
    pub(crate) place: Option<Located<String>>,
    /// Why.
    pub(crate) reason: Located<String>,
    /// Who is accountable for it.
    pub(crate) accepted_by: Located<String>,
    /// The last day of its validity.
    pub(crate) until: Located<Date>,
}

/// A file or a folder in the settings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct NamedPath {
    /// The key that names it.
    pub(crate) key: &'static str,
    /// Its path relative to the content folder, or to the handbook's folder.
    pub(crate) path: Located<String>,
    /// Whether the path is relative to the content folder.
    pub(crate) in_content: bool,
}

/// Default values for documents of a folder or type.
#[derive(Clone, Debug, Default)]
pub struct DefaultRule {
    /// The documents that it applies to, and the values filled into their front matter.
    pub(crate) defaults: Defaults,
    /// Owner.
    pub(crate) owner: Option<String>,
    /// Approver.
    pub(crate) approver: Option<String>,
    /// Classification.
    pub(crate) classification: Option<String>,
    /// Review interval.
    pub(crate) review: Option<Interval>,
    /// Audience.
    pub(crate) audience: Vec<String>,
}

/// A pattern that IDs must match.
#[derive(Clone, Debug)]
pub struct IdPattern {
    /// The pattern as written.
    pub(crate) text: String,
    /// The pattern, anchored at both ends.
    pub regex: regex_lite::Regex,
}

/// When `check` fails.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Gates {
    /// Minimum share of coverage units that must be covered, in per cent.
    pub(crate) min_coverage: Option<u32>,
    /// Minimum number of documents.
    pub(crate) min_documents: Option<u32>,
    /// The lowest severity of findings that fails the check.
    pub fail_on: Option<Severity>,
}

/// Colours and logo.
#[derive(Clone, Debug, Default)]
pub(crate) struct BrandSettings {
    /// The accent colour on a light background, `#rrggbb`.
    pub(crate) accent: Option<Located<String>>,
    /// The accent colour on a dark background, `#rrggbb`.
    pub(crate) accent_dark: Option<Located<String>>,
    /// The logo's path in the handbook's folder.
    pub(crate) logo: Option<Located<String>>,
}

/// Words to find in documents, in addition to the built-in ones.
#[derive(Clone, Debug, Default)]
pub(crate) struct CustomWords {
    /// Words that must not be left in a document.
    pub(crate) placeholders: Vec<String>,
    /// Vague words, each with the reason why it is vague.
    pub(crate) vague: Vec<(String, String)>,
}

/// Optional parts of a portal.
#[derive(Clone, Debug)]
pub(crate) struct PortalParts {
    /// Whether it has a search.
    pub(crate) search: bool,
    /// Whether it shows versions of documents and past coverage.
    pub(crate) history: bool,
    /// The place of the theme in the settings.
    pub(crate) theme_span: Option<Span>,
    /// The address at which the source of a document can be seen.
    pub(crate) source_url: Option<UrlPattern>,
    /// The address of a document as a PDF.
    pub(crate) pdf_url: Option<UrlPattern>,
    /// The address at which a problem with a document is reported.
    pub(crate) issue_url: Option<UrlPattern>,
    /// The sidebar.
    pub(crate) navigation: Navigation,
}

impl Default for PortalParts {
    fn default() -> PortalParts {
        PortalParts {
            search: true,
            history: false,
            theme_span: None,
            source_url: None,
            pdf_url: None,
            issue_url: None,
            navigation: Navigation::default(),
        }
    }
}

impl Default for Settings {
    fn default() -> Settings {
        Settings {
            title: "Handbook".to_owned(),
            organization: None,
            description: None,
            lang: "en".to_owned(),
            standards: Vec::new(),
            guides: Vec::new(),
            content: "content".to_owned(),
            output: "site".to_owned(),
            theme: "default".to_owned(),
            base_url: None,
            search_engines: false,
            portal: PortalParts::default(),
            active_attachments: false,
            as_of: None,
            warning_days: 30,
            review: Interval::Months(12),
            types: super::types::built_in_types(),
            classifications: ["public", "internal", "confidential", "restricted"].map(str::to_owned).into(),
            edition: None,
            editions: Editions::default(),
            not_needed: Vec::new(),
            excluded: Vec::new(),
            rules: Vec::new(),
            waivers: Vec::new(),
            documents: DocumentSettings::default(),
            defaults: Vec::new(),
            id_pattern: None,
            reviews_by_another: false,
            approvals_bound: false,
            bulk_review: 10,
            gates: Gates::default(),
            brand: BrandSettings::default(),
            certificate: None,
            registers: RegisterSettings::default(),
            footer: None,
            words: CustomWords::default(),
            source: None,
            standards_span: None,
        }
    }
}

impl Settings {
    /// The keys and values that front matter may contain in this handbook.
    pub fn vocabulary(&self) -> Vocabulary {
        let types = self.types.iter().map(|kind| kind.name.clone()).collect();
        let mut vocabulary = Vocabulary::new(types, self.classifications.clone());
        let documents = &self.documents;
        for (key, meaning) in &documents.key_map {
            vocabulary = vocabulary.with_key(key.value.as_str(), meaning);
        }
        for pattern in &documents.ignored_keys {
            vocabulary = vocabulary.with_ignored(KeyPattern::new(pattern.value.as_str()));
        }
        for (key, value, meaning) in &documents.value_map {
            vocabulary = vocabulary.with_value(key, value, meaning);
        }
        let defaults = self.defaults.iter().map(|rule| rule.defaults.clone());
        let order = documents.order.iter().map(|path| path.value.clone()).collect();
        vocabulary.with_dates(&documents.date_formats).with_defaults(DefaultsTable::new(&self.content, defaults, order))
    }

    /// Folders other than that of the documents from which images and attachments are read.
    pub(crate) fn asset_folders(&self) -> impl Iterator<Item = &str> {
        let is_content = |folder: &str| {
            let below = folder.strip_prefix(self.content.as_str());
            self.content == "." || below.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        let mut folders: Vec<&str> = self.documents.addresses.iter().map(|(_, folder)| folder.as_str()).collect();
        folders.sort_unstable();
        folders.dedup();
        folders.into_iter().filter(move |folder| *folder != "." && !is_web(folder) && !is_content(folder))
    }

    /// The words that registers may contain in this handbook.
    pub(crate) fn register_terms(&self) -> Terms<'_> {
        Terms { grades: &self.registers.nonconformities.grades, levels: &self.classifications }
    }

    /// A document type by its name.
    pub fn find_type(&self, name: &str) -> Option<&TypeInfo> {
        self.types.iter().find(|kind| kind.name == name)
    }

    /// The rank of a classification, 0 for the lowest.
    pub fn classification_rank(&self, name: &str) -> Option<usize> {
        self.classifications.iter().position(|step| step == name)
    }

    /// The reason in the settings why an item is not needed, if there is one; `is_meant` selects its entry.
    pub fn reason_not_needed(&self, is_meant: impl Fn(&ItemRef) -> bool) -> Option<&str> {
        let entry = self.not_needed.iter().find(|entry| is_meant(&entry.item.value))?;
        entry.reason.as_ref().map(|reason| reason.value.trim()).filter(|reason| is_reason(reason))
    }

    /// How a standard is used.
    pub(crate) fn standard_use(&self, standard: &StandardId) -> StandardUse {
        if self.guides.contains(standard) { StandardUse::Guide } else { StandardUse::Cover }
    }

    /// The severity of a rule, `default` unless the settings change it; `None` if it is off.
    pub fn severity(&self, rule: RuleId, default: Severity) -> Option<Severity> {
        let configured = self.rules.iter().find(|(name, _)| name.value == rule.0);
        configured.map_or(Some(default), |(_, severity)| *severity)
    }

    /// The place of the standards in the settings, at which problems with the handbook as a whole are reported.
    pub fn standards_place(&self) -> Place {
        self.standards_span.map_or_else(|| Place::file(crate::config::SETTINGS_FILE), |span| self.place(span))
    }

    /// The source text of the settings; empty if there is no file.
    pub(crate) fn text(&self) -> &str {
        self.source.as_ref().map_or("", |source| source.as_str())
    }

    /// The place of a byte range of the settings.
    pub fn place(&self, span: Span) -> Place {
        match &self.source {
            Some(source) => source.place(span),
            None => Place::file(crate::config::SETTINGS_FILE),
        }
    }
}

/// A path as a string.
pub(super) fn path_text(path: RelativePath) -> String {
    path.as_str().to_owned()
}
