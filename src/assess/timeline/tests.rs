//! Checks that a timeline agrees with an assessment of the same day.

use std::fmt::Write;
use std::fs;

use proptest::prelude::*;

use super::*;
use crate::assess::coverage::Coverage;
use crate::assess::{Forecast, assess};
use crate::handbook::Reading;
use crate::project::Project;

/// The day on which the handbooks are assessed.
const AS_OF: &str = "2026-11-22";
/// A standard with units above parts, groups above units, a clause without a duty, and clauses that may be excluded.
const CATALOGUE: &str = "id: own\ntitle: Our rules\nclauses:\n- {id: '1', title: One}\n\
    - {id: '1.1', title: Unit, parent: '1', coverage_unit: true, documented_information: [{id: plan, name: Plan, keep: maintain, basis: required, conditional: true}]}\n\
    - {id: 1.1.1, title: Part, parent: '1.1'}\n- {id: 1.1.2, title: Part, parent: '1.1'}\n\
    - {id: '1.2', title: Unit, parent: '1', coverage_unit: true, documented_information: [{id: log, name: Log, keep: retain, basis: required}]}\n\
    - {id: '2', title: Two, excludable: true}\n- {id: '2.1', title: Unit, parent: '2', coverage_unit: true}\n\
    - {id: '2.2', title: Unit, parent: '2', coverage_unit: true}\n- {id: '2.3', title: Background, parent: '2', informative: true}\n";

/// A document as described by its front matter.
#[derive(Clone, Debug)]
struct Draft {
    kind: &'static str,
    status: &'static str,
    /// Days from the day of the assessment.
    approved: Option<i32>,
    effective: Option<i32>,
    date: Option<i32>,
    review: Option<String>,
    reviews: Vec<i32>,
    claims: Vec<(usize, bool)>,
    provides: Vec<usize>,
    supersedes: Option<usize>,
}

const CLAUSES: [&str; 9] = ["1", "1.1", "1.1.1", "1.1.2", "1.2", "2", "2.1", "2.2", "2.3"];
const ITEMS: [&str; 2] = ["plan", "log"];

fn draft() -> impl Strategy<Value = Draft> {
    let kinds = prop::sample::select(vec!["policy", "process", "procedure", "record", "report", "template", "page"]);
    let status =
        prop::sample::select(vec!["approved", "approved", "approved", "approved", "draft", "in-review", "retired"]);
    let day = || prop::option::weighted(0.9, -500_i32..200);
    let rare_day = || prop::option::weighted(0.3, -300_i32..300);
    let review = prop::option::weighted(
        0.7,
        prop_oneof![
            (1_i32..400).prop_map(|days| format!("{days} days")),
            (1_i32..30).prop_map(|months| format!("{months} months")),
            (-50_i32..400).prop_map(|days| format!("{{next: {}}}", day_after(days))),
        ],
    );
    let claims = prop::collection::vec((0..CLAUSES.len(), any::<bool>()), 0..4);
    let provides = prop::collection::vec(0..ITEMS.len(), 0..2);
    let life = (day(), rare_day(), rare_day(), review, prop::collection::vec(-400_i32..100, 0..3));
    let says = (claims, provides, prop::option::weighted(0.3, 0_usize..8));
    (kinds, status, life, says).prop_map(|(kind, status, life, says)| {
        let (approved, effective, date, review, reviews) = life;
        let (claims, provides, supersedes) = says;
        Draft { kind, status, approved, effective, date, review, reviews, claims, provides, supersedes }
    })
}

fn day_after(days: i32) -> Date {
    AS_OF.parse::<Date>().unwrap().plus_days(days)
}

impl Draft {
    fn text(&self, at: usize) -> String {
        let mut text = format!("---\nid: DOC-{at:03}\ntitle: Document {at}\ntype: {}\n", self.kind);
        let _ = write!(text, "version: \"1\"\nstatus: {}\nowner: Desk\napprover: Board\n", self.status);
        for (key, days) in [("approved", self.approved), ("effective", self.effective), ("date", self.date)] {
            if let Some(days) = days {
                let _ = writeln!(text, "{key}: {}", day_after(days));
            }
        }
        self.review.iter().for_each(|review| text.push_str(&format!("review: {review}\n")));
        let list = |items: Vec<String>| items.join(", ");
        let reviews = self.reviews.iter().map(|days| format!("{{date: {}, by: Auditor}}", day_after(*days)));
        let _ = writeln!(text, "reviews: [{}]", list(reviews.map(|review| review.replace("date:", "on:")).collect()));
        let claims = self.claims.iter().map(|(clause, full)| {
            format!("{{clause: \"{}\", extent: {}}}", CLAUSES[*clause], if *full { "full" } else { "partial" })
        });
        let _ = writeln!(text, "clauses: [{}]", list(claims.collect()));
        let _ =
            writeln!(text, "provides: [{}]", list(self.provides.iter().map(|item| ITEMS[*item].to_owned()).collect()));
        if let Some(other) = self.supersedes.filter(|other| *other != at) {
            let _ = writeln!(text, "supersedes: [DOC-{other:03}]");
        }
        text + "---\n\nThe desk answers within four hours.\n"
    }
}

fn read(documents: &[Draft], excluded: Option<usize>) -> Reading {
    let folder = tempfile::tempdir().unwrap();
    let write = |path: &str, text: &str| {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    };
    let mut settings =
        "title: Test\nstandards: [own]\nnot_needed: [{item: plan, reason: Nothing was planned yet}]\n".to_owned();
    if let Some(clause) = excluded {
        let _ = writeln!(settings, "excluded: [{{clause: \"{}\", reason: We do not sell anything}}]", CLAUSES[clause]);
    }
    write("clausebook.yaml", &settings);
    write("standards/own.yaml", CATALOGUE);
    for (at, document) in documents.iter().enumerate() {
        write(&format!("content/{at:03}.md"), &document.text(at));
    }
    Project::find(Some(folder.path()), &[]).unwrap().read(&[]).unwrap()
}

/// The value of a series on a day.
fn value_on<T: Copy>(series: &Series<T>, day: Date) -> Option<T> {
    series.iter().take_while(|(from, _)| *from <= day).last().map(|(_, value)| *value)
}

/// Compares a timeline with the assessment of a single day.
fn compare(reading: &Reading, now: &Assessment, timeline: &Timeline, day: Date) {
    let subject = &reading;
    let then = assess(subject, Clock { as_of: day, ..now.clock });
    for (index, document) in subject.handbook.indexed() {
        let projected = value_on(&timeline.states[index.at()], day).unwrap_or(now.state(index));
        assert_eq!(projected, then.state(index), "{} on {day}", document.path());
    }
    for assessed_clause in then.clauses.iter().flatten() {
        let key = assessed_clause.clause;
        let before = now.clause(key);
        let projected = value_on(&timeline.clauses[key.standard.at()][key.clause.at()], day);
        let verdict = projected.map_or(before.verdict, |said| before.verdict.map(|_| said.verdict));
        assert_eq!(verdict, assessed_clause.verdict, "clause {} on {day}", subject.standards.clause(key).id);
        if assessed_clause.part_of.is_none() {
            let covered = projected.map_or(before.units_covered, |said| said.units_covered);
            let rolled_up = projected.map_or(before.rolled_up, |said| said.rolled_up);
            assert_eq!(
                (covered, rolled_up),
                (assessed_clause.units_covered, assessed_clause.rolled_up),
                "{key:?} on {day}"
            );
        }
    }
    for assessed_item in then.items.iter().flatten() {
        let projected = value_on(&timeline.items[assessed_item.item.standard.at()][assessed_item.item.item.at()], day);
        assert_eq!(
            projected.unwrap_or(now.item(assessed_item.item).verdict),
            assessed_item.verdict,
            "{:?} on {day}",
            assessed_item.item
        );
    }
    compare_figures(subject, now, timeline, &then);
}

fn compare_figures(subject: &Reading, now: &Assessment, timeline: &Timeline, then: &Assessment) {
    let main = subject.standards.main().unwrap();
    let clauses: Vec<ClauseKey> = subject.standards.clauses(main).collect();
    let items: Vec<ItemKey> = subject.standards.items(main).collect();
    let (counts, series) =
        Coverage::over_time(Assessed { reading: subject, assessment: now }, timeline, &clauses, &items);
    let projected = value_on(&series, then.clock.as_of).unwrap_or(counts);
    let figures = (projected.covered(), projected.units(), projected.provided, projected.needed);
    let actual = then.figures;
    let expected = (actual.units_covered, actual.units, actual.required_items_provided, actual.required_items);
    assert_eq!(figures, expected, "figures on {}", then.clock.as_of);
    let forecast = Forecast::new(subject, now, timeline);
    if forecast.until.is_some_and(|until| then.clock.as_of <= until) {
        assert_eq!(forecast.coverage_on(then.clock.as_of), projected);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn a_later_day_is_what_an_assessment_of_that_day_finds(
        documents in prop::collection::vec(draft(), 1..8),
        excluded in prop::option::weighted(0.3, 5_usize..8),
        days in prop::collection::vec(1_i32..900, 40),
    ) {
        let reading = read(&documents, excluded);
        let now = assess(&reading, Clock { as_of: day_after(0), warning_days: 30 });
        let timeline = compute_timeline(&reading, &now);
        let turns = timeline.states.iter().flatten().map(|(day, _)| *day);
        let adjacent_days = turns.flat_map(|day| [day.plus_days(-1), day, day.plus_days(1)]).filter(|day| *day > day_after(0));
        let wanted: BTreeSet<Date> = days.iter().map(|days| day_after(*days)).chain(adjacent_days).collect();
        wanted.into_iter().for_each(|day| compare(&reading, &now, &timeline, day));
    }
}
