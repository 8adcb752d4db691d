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

/// What `clausebook.yaml` says; docs/settings.md describes each key.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The handbook's title.
    pub(crate) title: String,
    /// Name of the organization.
    pub(crate) organization: Option<String>,
    /// One sentence about it.
    pub(crate) description: Option<String>,
    /// The portal's language, as a BCP 47 tag.
    pub lang: String,
    /// The standards it uses, the main one first.
    pub standards: Vec<Located<StandardId>>,
    /// Which of these only guide.
    pub(crate) guides: Vec<StandardId>,
    /// The folder of its documents.
    pub content: String,
    /// The folder that the portal is written to.
    pub output: String,
    /// The theme's name.
    pub theme: String,
    /// The portal's address, when it has one.
    pub base_url: Option<String>,
    /// Whether search engines may list it.
    pub search_engines: bool,
    /// Which parts the portal has.
    pub(crate) portal: PortalParts,
    /// Whether attachments may run in a reader's browser.
    pub(crate) active_attachments: bool,
    /// The day to assess, unless the command line names one.
    pub as_of: Option<Date>,
    /// How many days before a review the warning begins.
    pub warning_days: u16,
    /// How often documents are reviewed when neither they nor their type say so.
    pub review: Interval,
    /// Document types, those that come with Clausebook first.
    pub types: Vec<TypeInfo>,
    /// The ladder of classifications, the lowest first.
    pub classifications: Vec<String>,
    /// The edition that is made; without one everything is shown.
    pub(crate) edition: Option<Edition>,
    /// Editions by their names.
    pub(crate) editions: Editions,
    /// Conditional items whose condition has not arisen.
    pub(crate) not_needed: Vec<UnneededItem>,
    /// Clauses that somebody would like to leave out.
    pub(crate) excluded: Vec<Exclusion>,
    /// What rules weigh here: nothing for one that is off.
    pub(crate) rules: Vec<(Located<String>, Option<Severity>)>,
    /// Findings that somebody answers for.
    pub waivers: Vec<Waiver>,
    /// How the files of documents are read.
    pub(crate) documents: DocumentSettings,
    /// What documents need not say themselves.
    pub defaults: Vec<DefaultRule>,
    /// What an id must look like.
    pub id_pattern: Option<IdPattern>,
    /// Whether a review by the owner or the author of a document does not count.
    pub(crate) reviews_by_another: bool,
    /// Whether an approval that does not say which text it was of counts as none.
    pub(crate) approvals_bound: bool,
    /// More documents attested on one day by one person than this are suspicious.
    pub bulk_review: u32,
    /// When `check` fails.
    pub gates: Gates,
    /// Colours and logo.
    pub(crate) brand: BrandSettings,
    /// The certificate of conformity, when there is one.
    pub(crate) certificate: Option<CertificateSettings>,
    /// What registers are judged by.
    pub(crate) registers: RegisterSettings,
    /// A line at the foot of every page.
    pub(crate) footer: Option<String>,
    /// Words that the handbook adds to those that the program finds.
    pub(crate) words: CustomWords,
    pub(super) source: Option<Arc<SourceText>>,
    pub(super) standards_span: Option<Span>,
}

/// How the files of documents are read.
#[derive(Clone, Debug, Default)]
pub(crate) struct DocumentSettings {
    /// Foreign keys of front matter and what they mean.
    pub(crate) key_map: Vec<(Located<String>, &'static str)>,
    /// Foreign keys of front matter that are passed over.
    pub(crate) ignored_keys: Vec<Located<String>>,
    /// Keys, a value of each that authors write, and the value that it stands for.
    pub(crate) value_map: Vec<(&'static str, String, String)>,
    /// Forms in which authors write dates beside year-month-day.
    pub(crate) date_formats: Vec<DateFormat>,
    /// Paths below the content folder in the order in which documents are read.
    pub(crate) order: Vec<Located<String>>,
    /// Paths below the content folder that are not read.
    pub(crate) exclude: Vec<String>,
    /// Files and folders that these settings name and that must be there.
    pub(crate) named: Vec<NamedPath>,
    /// Beginnings of addresses such as `/docs/`, each with the folder, below the handbook's, that it leads to; the longest first.
    pub(crate) addresses: Vec<(String, String)>,
    /// What the former site made addresses of, by folder.
    pub(crate) permalinks: Permalinks,
    /// Files that documents may insert.
    pub(crate) includes: Includes,
}

/// A conditional item that is not needed.
#[derive(Clone, Debug)]
pub(crate) struct UnneededItem {
    /// The item.
    pub(crate) item: Located<ItemRef>,
    /// Why not; an entry without a reason counts for nothing.
    pub(crate) reason: Option<Located<String>>,
}

/// A clause that somebody would like to leave out.
#[derive(Clone, Debug)]
pub(crate) struct Exclusion {
    /// The clause.
    pub(crate) clause: Located<ClauseRef>,
    /// Why.
    pub(crate) reason: Option<Located<String>>,
}

/// A finding that somebody answers for, for a time.
#[derive(Clone, Debug)]
pub struct Waiver {
    /// The rule.
    pub rule: Located<String>,
    /// A file, a folder ending in `/`, a document id, or a clause.
    pub(crate) place: Option<Located<String>>,
    /// Why.
    pub(crate) reason: Located<String>,
    /// Who answers for it.
    pub(crate) who: Located<String>,
    /// The last day on which it holds.
    pub(crate) until: Located<Date>,
}

/// A file or a folder that the settings name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct NamedPath {
    /// The key under which it stands.
    pub(crate) key: &'static str,
    /// Its path below the content folder, or below the handbook's.
    pub(crate) path: Located<String>,
    /// Whether it is below the content folder.
    pub(crate) in_content: bool,
}

/// Values for documents of a folder or type that do not say them.
#[derive(Clone, Debug, Default)]
pub struct DefaultRule {
    /// Which documents, and what is filled into their front matter.
    pub(crate) given: Defaults,
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

/// A pattern for ids.
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
    /// The least share of coverage units that must be covered, in per cent.
    pub(crate) min_coverage: Option<u32>,
    /// The least number of documents.
    pub(crate) min_documents: Option<u32>,
    /// The severity from which findings fail the check.
    pub fail_on: Option<Severity>,
}

/// Colours and logo.
#[derive(Clone, Debug, Default)]
pub(crate) struct BrandSettings {
    /// The accent on a light ground, `#rrggbb`.
    pub(crate) accent: Option<Located<String>>,
    /// The accent on a dark ground, `#rrggbb`.
    pub(crate) accent_dark: Option<Located<String>>,
    /// The logo's path in the handbook's folder.
    pub(crate) logo: Option<Located<String>>,
}

/// Words that a handbook adds to those that the program finds.
#[derive(Clone, Debug, Default)]
pub(crate) struct CustomWords {
    /// Words that must not be left in a document.
    pub(crate) placeholder: Vec<String>,
    /// Vague words, each with why it is vague.
    pub(crate) vague: Vec<(String, String)>,
}

/// Parts that a portal can have.
#[derive(Clone, Debug)]
pub(crate) struct PortalParts {
    /// Whether it can be searched.
    pub(crate) search: bool,
    /// Whether it shows versions of documents and past coverage.
    pub(crate) history: bool,
    /// Where the settings name the theme.
    pub(crate) theme_span: Option<Span>,
    /// Where the source of a document can be seen.
    pub(crate) source_url: Option<UrlPattern>,
    /// Where a document is as a PDF.
    pub(crate) pdf_url: Option<UrlPattern>,
    /// Where a problem with a document is reported.
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
            types: super::types::built_in(),
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
    /// What front matter may say in this handbook.
    pub fn vocabulary(&self) -> Vocabulary {
        let types = self.types.iter().map(|kind| kind.name.clone()).collect();
        let mut vocabulary = Vocabulary::new(types, self.classifications.clone());
        let documents = &self.documents;
        for (key, meaning) in &documents.key_map {
            vocabulary = vocabulary.with_key(key.value.as_str(), meaning);
        }
        for pattern in &documents.ignored_keys {
            vocabulary = vocabulary.ignoring(KeyPattern::new(pattern.value.as_str()));
        }
        for (key, value, meaning) in &documents.value_map {
            vocabulary = vocabulary.with_value(key, value, meaning);
        }
        let given = self.defaults.iter().map(|rule| rule.given.clone());
        let order = documents.order.iter().map(|path| path.value.clone()).collect();
        vocabulary.with_dates(&documents.date_formats).with_defaults(DefaultsTable::new(&self.content, given, order))
    }

    /// Folders beside that of the documents whose images and attachments are read.
    pub(crate) fn folders_of_assets(&self) -> impl Iterator<Item = &str> {
        let is_content = |folder: &str| {
            let below = folder.strip_prefix(self.content.as_str());
            self.content == "." || below.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        let mut folders: Vec<&str> = self.documents.addresses.iter().map(|(_, folder)| folder.as_str()).collect();
        folders.sort_unstable();
        folders.dedup();
        folders.into_iter().filter(move |folder| *folder != "." && !is_web(folder) && !is_content(folder))
    }

    /// What registers may say in this handbook.
    pub(crate) fn register_terms(&self) -> Terms<'_> {
        Terms { grades: &self.registers.nonconformities.grades, levels: &self.classifications }
    }

    /// A document type by its name.
    pub fn type_named(&self, name: &str) -> Option<&TypeInfo> {
        self.types.iter().find(|kind| kind.name == name)
    }

    /// The rank of a classification in the ladder, 0 for the lowest.
    pub fn classification_rank(&self, name: &str) -> Option<usize> {
        self.classifications.iter().position(|step| step == name)
    }

    /// Why an item is not needed, when the settings give a reason for it; `is_meant` says whether an entry names it.
    pub fn reason_not_needed(&self, is_meant: impl Fn(&ItemRef) -> bool) -> Option<&str> {
        let entry = self.not_needed.iter().find(|entry| is_meant(&entry.item.value))?;
        entry.reason.as_ref().map(|reason| reason.value.trim()).filter(|reason| is_reason(reason))
    }

    /// What a standard is used for.
    pub(crate) fn use_of(&self, standard: &StandardId) -> StandardUse {
        if self.guides.contains(standard) { StandardUse::Guide } else { StandardUse::Cover }
    }

    /// What a rule weighs here, `default` unless the settings say otherwise; nothing when it is off.
    pub fn severity(&self, rule: RuleId, default: Severity) -> Option<Severity> {
        let own = self.rules.iter().find(|(name, _)| name.value == rule.0);
        own.map_or(Some(default), |(_, severity)| *severity)
    }

    /// Where the settings name the standards: the place of what the handbook lacks as a whole.
    pub fn standards_place(&self) -> Place {
        self.standards_span.map_or_else(|| Place::file(crate::config::SETTINGS_FILE), |span| self.place(span))
    }

    /// The text of the settings.
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

/// A path as text.
pub(super) fn path_text(path: RelativePath) -> String {
    path.as_str().to_owned()
}
