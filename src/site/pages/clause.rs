//! Pages about the clauses of a standard.

use super::open_entries;
use crate::assess::{ClaimRef, ClauseAssessment, State, Verdict};
use crate::id::{ClauseId, ClauseKey, StandardIndex};
use crate::site::job::Job;
use crate::site::layout;
use crate::site::model::{
    ClauseClaim, ClauseIndexPage, ClausePage, ClauseSection, CrosswalkGroup, Frame, ItemRow, LaterReason, Link, Pager,
    StepLink,
};
use crate::site::portal::Portal;

/// The maximum number of claims and mentions of each kind on a clause's page; the matrix contains all.
const MAX_CLAIMS: usize = 200;

/// A page for each clause of each standard, and a list of clauses for each standard.
pub(super) fn jobs(portal: &Portal<'_>) -> Vec<Job> {
    let standards = &portal.reading.standards;
    let mut jobs = Vec::new();
    for standard in standards.indexes() {
        jobs.push(Job::page(layout::clauses(standards, standard), move |portal| index(portal, standard)));
        for key in standards.clauses(standard) {
            jobs.push(Job::page(portal.clause_path(key), move |portal| clause(portal, key)));
        }
    }
    jobs
}

fn clause(portal: &Portal<'_>, key: ClauseKey) -> ClausePage {
    let facts = portal.reading.standards.clause(key);
    let assessed = portal.assessment.clause(key);
    let mentions = &portal.mentioned_by[key.standard.at()][key.clause.at()];
    let claims =
        |list: &[ClaimRef]| sort_claims(list).take(MAX_CLAIMS).map(|claim| claim_row(portal, &claim)).collect();
    ClausePage {
        frame: frame(portal, key),
        standard: portal.standard_link(key.standard),
        number: facts.id.to_string(),
        title: facts.title.clone().unwrap_or_default(),
        summary: facts.summary.clone(),
        unit: portal.reading.standards.is_unit(key),
        facts: clause_notes(portal, key),
        verdict: assessed.verdict.filter(|_| portal.shows_figures()),
        reason: if portal.shows_figures() { reason(portal, assessed) } else { String::new() },
        later_reason: later_reason(portal, assessed),
        claims: claims(&assessed.claims),
        no_claims: portal.labels.text(no_claims(portal, assessed)).to_owned(),
        inherited: claims(&assessed.mentions),
        inherited_hint: inherited_hint(portal, assessed),
        mentioned_by: portal.document_links(&mentions[..mentions.len().min(MAX_CLAIMS)]),
        items: items(portal, key),
        planned_interval: facts.planned_interval.clone(),
        triggers: facts.triggers.clone(),
        crosswalk: crosswalk(portal, key),
        from_2011: facts.from_2011.clone(),
        parent: portal.reading.standards.parent(key).map(|parent| portal.bare_clause_link(parent)),
        children: portal.reading.standards.children(key).iter().map(|child| portal.bare_clause_link(*child)).collect(),
        audited: open_entries::of_clause(portal, key),
        pager: pager(portal, key),
    }
}

fn frame(portal: &Portal<'_>, key: ClauseKey) -> Frame {
    let facts = portal.reading.standards.clause(key);
    let path = portal.clause_path(key);
    let title = format!("{} {}", facts.id, facts.title.as_deref().unwrap_or_default());
    let group = portal.groups.group_of_clause(&portal.reading.standards, key);
    let list = portal.standard_link(key.standard);
    let detail = Some(list.title.clone());
    let mut crumbs = vec![StepLink { text: list.title, url: list.url, lang: None }];
    let parent_group = |group: usize| portal.groups.get(group).filter(|group| group.clause != Some(key));
    crumbs.extend(group.and_then(parent_group).map(|group| portal.crumb(group)));
    let base = match group {
        Some(group) => portal.group_frame(&path, title.trim(), group),
        None => portal.frame(&path, title.trim(), "matrix"),
    };
    let registers = portal.unit_audit(key).is_some();
    let lang = portal.clause_lang(key).map(str::to_owned);
    let notices = if registers { portal.page_notices("matrix") } else { Vec::new() };
    Frame { detail, description: facts.summary.clone(), crumbs, registers, lang, notices, ..base }
}

/// The items that a clause requires; for a standard that is only guidance, those that documents provide.
fn items(portal: &Portal<'_>, key: ClauseKey) -> Vec<ItemRow> {
    let is_guide = portal.reading.standards.is_guide(key.standard);
    let items = portal.reading.standards.items_of(key).map(|item| portal.assessment.item(item));
    let shows_all = !is_guide && portal.shows_figures();
    items
        .filter(|item| shows_all || !item.providers.is_empty())
        .map(|item| portal.item_row_with_lacking(item))
        .collect()
}

/// Amendments of a clause, and a notice if its title is known from one source only.
fn clause_notes(portal: &Portal<'_>, key: ClauseKey) -> Vec<String> {
    let standards = &portal.reading.standards;
    let clause = standards.clause(key);
    let amends_clause = |amendment: &&crate::standard::Amendment| amendment.clauses.contains(&clause.id);
    let amendments = standards.catalogue(key.standard).amendments.iter().filter(amends_clause);
    let sentence = |amendment: &crate::standard::Amendment| {
        portal.labels.fill("say.amended", &[("id", &amendment.id), ("subject", &amendment.subject)])
    };
    let unverified = clause.title_unverified.then(|| portal.labels.text("say.title_unverified").to_owned());
    amendments.map(sentence).chain(unverified).collect()
}

/// The label shown if there are no claims.
fn no_claims(portal: &Portal<'_>, assessed: &ClauseAssessment) -> &'static str {
    let is_excluded = assessed.reason.is_some();
    match portal.reading.handbook.withheld {
        0 if assessed.part_of.is_some() && !assessed.mentions.is_empty() => "say.no_claims_part",
        0 if is_excluded => "say.no_claims",
        0 if assessed.rolled_up && assessed.units_covered > 0 || assessed.own_verdict > Verdict::Missing => {
            "say.no_claims_here"
        }
        0 => "say.no_claims",
        _ => "say.no_claims_shown",
    }
}

/// The explanation of claims on clauses above.
fn inherited_hint(portal: &Portal<'_>, assessed: &ClauseAssessment) -> String {
    match assessed.part_of {
        Some(unit) => {
            let number = portal.reading.standards.clause(unit).id.to_string();
            portal.labels.fill("clause.inherited_part", &[("clause", &number)])
        }
        None => portal.labels.text("clause.inherited_hint").to_owned(),
    }
}

/// Claims in an order that is the same every day: full claims first, then by document.
fn sort_claims(claims: &[ClaimRef]) -> impl Iterator<Item = ClaimRef> + use<> {
    let mut claims = claims.to_vec();
    claims.sort_by_key(|claim| (std::cmp::Reverse(claim.extent), claim.document, claim.claim));
    claims.into_iter()
}

/// The reason for a clause's verdict, in one sentence.
pub(super) fn reason(portal: &Portal<'_>, assessed: &ClauseAssessment) -> String {
    let say = |key: &str| portal.labels.text(&format!("say.reason.{key}")).to_owned();
    let fill = |key: &str, values: &[(&str, &str)]| portal.labels.fill(&format!("say.reason.{key}"), values);
    let Some(verdict) = assessed.verdict else {
        return say(if portal.reading.standards.is_guide(assessed.clause.standard) { "guide" } else { "informative" });
    };
    if let Some(reason) = &assessed.reason {
        return fill("not-applicable", &[("reason", reason)]);
    }
    if let Some(unit) = assessed.part_of {
        return fill("part", &[("clause", &portal.reading.standards.clause(unit).id.to_string())]);
    }
    if assessed.rolled_up {
        let [covered, units] = [assessed.units_covered, assessed.units].map(|count| count.to_string());
        return fill("rolled_up", &[("covered", &covered), ("units", &units)]);
    }
    if has_withheld_source(portal, assessed, verdict) {
        return say(&format!("unseen.{}", verdict.as_str()));
    }
    say(match verdict {
        Verdict::Missing => missing_reason_key(assessed),
        Verdict::Draft => draft_reason_key(portal, assessed),
        _ => verdict.as_str(),
    })
}

/// Why a clause has only drafts, as the end of a label's key: no document is in force, or those in force are empty or
/// unclear.
pub(super) fn draft_reason_key(portal: &Portal<'_>, assessed: &ClauseAssessment) -> &'static str {
    let is_vain = |claim: &&ClaimRef| claim.verdict() == Verdict::Draft && !claim.is_backed;
    let in_force = |claim: &&ClaimRef| Verdict::from_claim(claim.state, claim.extent) > Verdict::Draft;
    assessed.claims.iter().filter(is_vain).find(in_force).map_or("draft", |claim| match is_empty(portal, claim) {
        true => "draft_empty",
        false => "draft_unclear",
    })
}

/// Whether the document or section that makes a claim has no content.
fn is_empty(portal: &Portal<'_>, claim: &ClaimRef) -> bool {
    portal.document(claim.document).claims.get(claim.claim as usize).is_some_and(|claim| !claim.has_content)
}

/// Whether a verdict comes from a document that this edition does not show.
fn has_withheld_source(portal: &Portal<'_>, assessed: &ClauseAssessment, verdict: Verdict) -> bool {
    let best = assessed.claims.iter().map(ClaimRef::verdict).max().unwrap_or(Verdict::Missing);
    portal.reading.full_handbook.is_some() && verdict > best
}

/// The parts of the reason on later days; `None` if the reason does not depend on the day, or if the portal shows only
/// one day.
fn later_reason(portal: &Portal<'_>, assessed: &ClauseAssessment) -> Option<LaterReason> {
    let stays = assessed.verdict.is_none() || assessed.reason.is_some() || assessed.part_of.is_some();
    let missing = missing_reason_key(assessed).to_owned();
    let draft = draft_reason_key(portal, assessed).to_owned();
    (!stays && portal.has_later_days()).then_some(LaterReason { missing, draft, units: assessed.units })
}

/// Why a clause is missing, as the end of a label's key. Documents that an edition leaves out are not considered.
fn missing_reason_key(assessed: &ClauseAssessment) -> &'static str {
    match assessed {
        ClauseAssessment { claims, .. } if !claims.is_empty() => "missing_discounted",
        ClauseAssessment { mentions, .. } if !mentions.is_empty() => "missing_mentioned",
        _ => "missing",
    }
}

fn claim_row(portal: &Portal<'_>, claim: &ClaimRef) -> ClauseClaim {
    let document = portal.document(claim.document);
    let note = document.claims.get(claim.claim as usize).and_then(|claim| claim.note.clone());
    ClauseClaim {
        document: portal.document_link_to(claim.document, portal.claim_url(claim)),
        section: portal.claim_section(claim),
        extent: claim.extent,
        note,
        discounted: not_counted_reason(portal, claim),
        by_state: portal.has_later_days() && claim.is_backed && can_count(portal, claim),
    }
}

/// Whether a claim can count once its document is in force.
fn can_count(portal: &Portal<'_>, claim: &ClaimRef) -> bool {
    let document = portal.document(claim.document);
    document.is_controlled() && &*document.doc_type != "template"
}

/// Why a claim does not count at present; `None` if it does.
fn not_counted_reason(portal: &Portal<'_>, claim: &ClaimRef) -> Option<String> {
    if !portal.shows_figures() {
        return None;
    }
    let document = portal.document(claim.document);
    let key = match claim.state {
        _ if !document.is_controlled() => "page",
        _ if &*document.doc_type == "template" => "template",
        State::Retired => "retired",
        _ if !claim.is_backed && is_empty(portal, claim) => "empty",
        _ if !claim.is_backed => "unclear",
        State::DueSoon | State::Current => return None,
        other => other.as_str(),
    };
    Some(portal.labels.text(&format!("say.discounted.{key}")).to_owned())
}

/// Related clauses of other standards, with links to those that have a page in the portal.
fn crosswalk(portal: &Portal<'_>, key: ClauseKey) -> Vec<CrosswalkGroup> {
    let facts = portal.reading.standards.clause(key);
    let group = |(name, entries): (&String, &Vec<String>)| CrosswalkGroup {
        title: standard_name(portal, name),
        entries: entries.iter().map(|entry| related_link(portal, name, entry)).collect(),
    };
    facts.crosswalk.iter().map(group).collect()
}

/// The name of another standard or body of knowledge.
pub(super) fn standard_name(portal: &Portal<'_>, name: &str) -> String {
    let known_name = name.parse().ok().and_then(|id| {
        let configured = portal
            .reading
            .standards
            .find_standard(&id)
            .map(|standard| portal.reading.standards.catalogue(standard).title.clone());
        configured.or_else(|| crate::standard::built_in(&id).map(|catalogue| catalogue.title.clone()))
    });
    known_name.unwrap_or_else(|| match name {
        "itil4" => "ITIL 4".to_owned(),
        other => other.to_owned(),
    })
}

/// A related clause, with its title if a catalogue contains one.
pub(super) fn related_link(portal: &Portal<'_>, name: &str, entry: &str) -> Link {
    let (Ok(standard), Ok(clause)) = (name.parse(), entry.parse::<ClauseId>()) else {
        return Link { text: entry.to_owned(), url: String::new() };
    };
    if let Some(key) = portal
        .reading
        .standards
        .find_standard(&standard)
        .and_then(|index| portal.reading.standards.find(index, &clause))
    {
        return portal.clause_as_link(key);
    }
    let catalogue = crate::standard::built_in(&standard);
    let title = catalogue
        .as_ref()
        .and_then(|catalogue| catalogue.clauses.iter().find(|candidate| candidate.id == clause))
        .and_then(|related_clause| related_clause.title.clone());
    Link { text: format!("{entry} {}", title.unwrap_or_default()).trim().to_owned(), url: String::new() }
}

fn pager(portal: &Portal<'_>, key: ClauseKey) -> Pager {
    let keys: Vec<ClauseKey> = portal.reading.standards.clauses(key.standard).collect();
    let at = key.clause.at();
    let lang = |key| portal.clause_lang(key).map(str::to_owned);
    let link = |key: &ClauseKey| StepLink { lang: lang(*key), ..portal.clause_as_link(*key).into() };
    Pager { previous: at.checked_sub(1).and_then(|at| keys.get(at)).map(link), next: keys.get(at + 1).map(link) }
}

fn index(portal: &Portal<'_>, standard: StandardIndex) -> ClauseIndexPage {
    let catalogue = portal.reading.standards.catalogue(standard);
    let path = layout::clauses(&portal.reading.standards, standard);
    let amendment = |entry: &crate::standard::Amendment| {
        let clauses: Vec<String> = entry.clauses.iter().map(ToString::to_string).collect();
        portal
            .labels
            .fill("say.amendment", &[("id", &entry.id), ("subject", &entry.subject), ("clauses", &clauses.join(", "))])
    };
    ClauseIndexPage {
        frame: portal.frame(&path, catalogue.title.clone(), "matrix"),
        standard: portal.standard_link(standard),
        about: catalogue.name.clone(),
        amendments: catalogue.amendments.iter().map(amendment).collect(),
        figures: portal.shows_figures().then(|| portal.figures(standard)),
        crosswalks: if portal.is_main(standard) { super::crosswalk::links(portal) } else { Vec::new() },
        sections: sections(portal, standard),
    }
}

fn sections(portal: &Portal<'_>, standard: StandardIndex) -> Vec<ClauseSection> {
    let standards = &portal.reading.standards;
    let roots = standards.clauses(standard).filter(|key| standards.parent(*key).is_none());
    let section = |root: ClauseKey| {
        let below = standards.clauses(standard).filter(|key| standards.ancestors(*key).any(|above| above == root));
        let depth = |key| standards.ancestors(key).count();
        ClauseSection {
            clause: portal.bare_clause_link(root),
            rows: below.map(|key| (depth(key), portal.bare_clause_link(key))).collect(),
        }
    };
    roots.map(section).collect()
}
