//! Tests of the addresses that Clausebook reserves.

use super::*;

const TABLE: &[OwnPlace] = &[
    OwnPlace::Free("index.html"),
    OwnPlace::Parts("matrix"),
    OwnPlace::Parts("gaps"),
    OwnPlace::Parts("register"),
    OwnPlace::Data("assessment"),
    OwnPlace::Folder("calendar"),
    OwnPlace::Names("calendar", &["review", "edition-check"]),
    OwnPlace::Page("map"),
    OwnPlace::Page("ages"),
    OwnPlace::Page("search"),
    OwnPlace::Page("404"),
    OwnPlace::File("feed.xml"),
    OwnPlace::Parts("changes"),
    OwnPlace::Folder("changes"),
    OwnPlace::Parts("risks"),
    OwnPlace::Folder("audits"),
    OwnPlace::Folder("services"),
    OwnPlace::Folder("assets"),
    OwnPlace::Folder("clauses"),
    OwnPlace::Folder("crosswalk"),
    OwnPlace::Folder("find"),
    OwnPlace::Folder("groups"),
    OwnPlace::Folder("owners"),
    OwnPlace::Folder("previews"),
    OwnPlace::Folder("print"),
    OwnPlace::Folder("roles"),
    OwnPlace::Folder("types"),
    OwnPlace::Folder("versions"),
];

fn places() -> ReservedPlaces<'static> {
    let mut reserved = ReservedPlaces::new(TABLE, ["iso20000-1", "iso27001"].into_iter(), ["logo.png"].into_iter());
    reserved.reserve("owners", "Service Director");
    reserved.reserve("types", "policy");
    reserved.reserve("services", "SVC-1");
    reserved.reserve("clauses/iso27001", "A.5");
    reserved.reserve_unlisted("crosswalk", "itil4");
    reserved.release("risks");
    reserved.release("audits");
    reserved
}

fn path(text: &str) -> SitePath {
    SitePath::parse(text).expect("a path")
}

#[test]
fn own_places_are_kept_and_the_home_page_is_free() {
    let reserved = places();
    for text in [
        "matrix.html",
        "Matrix.html",
        "register-2.html",
        "gaps-iso27001.csv",
        "matrix-iso27001-2.html",
        "changes.html",
        "changes-2.html",
        "changes/2026-q4.html",
        "changes/2026-q4-2.html",
        "changes/undated.html",
        "versions/POL-CHG-001/index.html",
        "map.html",
        "ages.html",
        "assessment.json",
        "assessment.schema.json",
        "calendar/2026-11.html",
        "calendar/2026-11-2.html",
        "calendar/edition-check.html",
        "calendar/edition-check-2.html",
        "crosswalk/itil4.html",
        "feed.xml",
        "clauses/iso27001/A.5.html",
        "assets",
        "owners/index.html",
        "owners/service-director.html",
        "owners/service-director-2.html",
        "owners/service-director.ics",
        "types/policy.html",
        "groups/8.6.html",
        "print/8.6-2.html",
        "groups/other.html",
        "assets/portal.css",
        "assets/logo.png",
        "find/t/1.js",
        "previews/3.js",
        "print/index.html",
        "services/index.html",
        "services/index-2.html",
        "services/svc-1.html",
    ] {
        assert!(reserved.is_reserved(&path(text)), "{text}");
    }
}

#[test]
fn names_that_the_portal_does_not_have_are_free() {
    let reserved = places();
    for text in [
        "index.html",
        "matrices.html",
        "search-team.html",
        "8.6/clauses/x.html",
        "feed.html",
        "versions/index.html",
        "versions/POL-CHG-001/other.html",
        "changes/register.html",
        "changes/2026-q5.html",
        "changes/q1.html",
        "register-team.html",
        "gaps-iso9001.csv",
        "calendar-2027.html",
        "calendar/index.html",
        "calendar/2026.html",
        "calendar/reviews.html",
        "assessment.html",
        "assessment-2.json",
        "crosswalk/index.html",
        "roles/desk.html",
        "roles/index.html",
        "types/mail.html",
        "owners/desk.html",
        "assets/flow.png",
        "clauses/x.html",
        "clauses/iso20000-1/notes.html",
        "risks.html",
        "risks-2.html",
        "audits/index.html",
        "services/mail.html",
        "groups/service-desk.html",
        "print/forms.html",
        "map/sites.html",
        "previews/plan.html",
        "find/x.html",
        "crosswalk/x.html",
    ] {
        assert!(!reserved.is_reserved(&path(text)), "{text}");
    }
}

#[test]
fn a_place_beside_a_kept_one_is_free() {
    let reserved = places();
    for text in ["matrix.html", "register-2.html", "clauses/iso27001/a.5.html", "404.html", "owners/index.html"] {
        assert!(!reserved.is_reserved(&path(text).outside_reserved()), "{text}");
    }
}

#[test]
fn a_numbered_place_keeps_its_ending() {
    let path = path("8.6-resolution/incident.html");
    assert_eq!(path.numbered(2).as_str(), "8.6-resolution/incident-2.html");
    assert_eq!(path.with_fragment("größe"), "8.6-resolution/incident.html#gr%C3%B6%C3%9Fe");
}
