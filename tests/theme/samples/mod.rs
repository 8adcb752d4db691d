//! A small portal of a fictional organization, with every kind of page.

mod coverage;
mod documents;
mod facts;
mod home;
mod lists;
mod past;
mod registers;

use clausebook::testing::site::model::*;
use clausebook::testing::site::pages::{ListedPage, navigation_pages};
use clausebook::testing::standard::{Catalogue, Clause};

use facts::*;

const CATALOGUE: &str = include_str!("../../../standards/iso20000-1-2018.yaml");

/// The sections of the sidebar.
const SECTIONS: [&str; 5] = ["chapters", "coverage", "reviews", "records", "lists"];

/// The sample's data.
pub struct Sample {
    catalogue: Catalogue,
}

impl Sample {
    pub fn new() -> Sample {
        Sample { catalogue: serde_yaml::from_str(CATALOGUE).expect("the catalogue") }
    }

    fn clause(&self, number: &str) -> &Clause {
        self.catalogue.clauses.iter().find(|clause| clause.id.to_string() == number).expect("a clause")
    }

    fn clause_link(&self, clause: &Clause) -> ClauseLink {
        let number = clause.id.to_string();
        ClauseLink {
            title: clause.title.clone().unwrap_or_default(),
            url: format!("clauses/iso20000-1/{number}.html"),
            verdict: clause.coverage_unit.then(|| verdict(&number)),
            number,
            lang: None,
        }
    }

    fn clause_link_by_number(&self, number: &str) -> ClauseLink {
        self.clause_link(self.clause(number))
    }

    fn units(&self, group: &str) -> Vec<ClauseLink> {
        let index = group_of(group);
        let within = |clause: &&Clause| clause.coverage_unit && group_of(&clause.id.to_string()) == index;
        self.catalogue.clauses.iter().filter(within).map(|clause| self.clause_link(clause)).collect()
    }

    fn standard(&self) -> StandardLink {
        StandardLink {
            id: "iso20000-1".into(),
            title: self.catalogue.title.clone(),
            url: "clauses/iso20000-1/index.html".into(),
            guide: false,
            applicability: Some("applicability-iso20000-1.html".into()),
        }
    }

    pub fn site(&self, lang: &str) -> Site {
        let listed = navigation_pages();
        let page = |page: &ListedPage| NavigationPage {
            key: page.key.into(),
            url: page.path.clone(),
            counted: page.key == "gaps",
        };
        let group = |number: &&str| NavigationGroup {
            number: (*number).into(),
            title: self.clause_link_by_number(number).title,
            lang: None,
            url: format!("groups/{number}.html"),
        };
        let section = |key: &str| {
            let pages: Vec<usize> = (0..listed.len()).filter(|at| listed[*at].section == key).collect();
            let links = pages.iter().map(|at| navigation_link(&listed[*at], *at)).collect();
            NavigationSection { key: key.into(), links, pages }
        };
        let words = clausebook::testing::site::theme::Labels::load(lang, &Default::default()).expect("words");
        Site {
            figures: true,
            edition: false,
            title: "Service management handbook".into(),
            organization: Some("Gullwhistle Managed Services".into()),
            lang: lang.into(),
            names_english: lang != "en",
            labels_lang: None,
            as_of: date("2026-11-22"),
            standing: words.as_of_sentence(date("2026-11-22")),
            built: words.as_built_sentence(date("2026-11-22")),
            days: Some("0123456789ab".into()),
            warning_days: 30,
            indexed: false,
            pages: listed.iter().map(page).collect(),
            groups: GROUPS.iter().map(group).collect(),
            sections: SECTIONS.into_iter().map(section).collect(),
            standards: vec![self.standard()],
            searchable: true,
            whole: "days/whole.js".into(),
            previews: 4,
            feed: "feed.xml".into(),
            brand: Brand::default(),
            preview: None,
            note: Some("Copies on paper are not controlled.".into()),
            footer: vec![link("assessment.json", "assessment.json"), link("Print the handbook", "print/index.html")],
        }
    }

    pub fn not_found(&self) -> NotFoundPage {
        NotFoundPage { frame: frame("404.html", "Nothing here", None) }
    }

    pub fn search(&self) -> SearchPage {
        SearchPage { frame: frame("search.html", "Search", None) }
    }

    pub fn redirect(&self) -> RedirectPage {
        RedirectPage {
            frame: frame("old/major-incidents.html", "Major incidents", None),
            target: "documents/pro-inc-001.html".into(),
        }
    }

    pub fn document_ids(&self) -> impl Iterator<Item = &'static str> {
        DOCUMENTS.iter().map(|row| row.id)
    }

    pub fn clause_numbers(&self) -> Vec<String> {
        self.catalogue.clauses.iter().map(|clause| clause.id.to_string()).collect()
    }
}

fn navigation_link(page: &ListedPage, at: usize) -> NavigationLink {
    NavigationLink {
        text: page.key.into(),
        url: page.path.clone(),
        outside: false,
        counted: (page.key == "gaps").then(|| "gaps".into()),
        page: Some(at),
    }
}

pub(super) fn frame(path: &str, title: &str, area: Option<Area>) -> Frame {
    Frame {
        path: path.into(),
        root: "../".repeat(path.matches('/').count()),
        title: title.into(),
        area,
        notices: vec!["Some entries cannot be read and are missing here: Risks.".into()],
        ..Frame::default()
    }
}
