//! Tests texts that have no content, and texts that certainly have some.

use super::sentences::REMINDERS;
use super::*;

fn says(text: &str, lang: &str) -> bool {
    Placeholders::new(["fnord"]).has_enough_words(1, text, lang)
}

#[test]
fn placeholders_in_any_form_say_nothing() {
    for text in [
        "",
        " ",
        "...",
        "…",
        "—",
        "- - -",
        "TODO",
        "todo",
        "ToDo:",
        "TBD.",
        "(TBC)",
        "T.B.D.",
        "N/A",
        "n. a.",
        "n.a.",
        "Not applicable.",
        "To be written",
        "To be defined, to be confirmed",
        "[insert text here]",
        "[insert <your name> here]",
        "<your [Name]> [Date]",
        "{{owner}}",
        "<your text>",
        "TODO: ask the supplier",
        "TODO describe the process",
        "FIXME (TM): which?",
        "Todo: describe the process",
        "ToDos: everything",
        "Some text.",
        "Hier kommt Text",
        "Rellenar",
        "記入してください",
        "First step",
        "Page not found",
        "Siehe unten.",
        "Voir ci-dessous.",
        "Nicht relevant.",
        "Wird noch beschrieben.",
        "Lorem ipsum dolor sit amet, consectetur adipiscing elit.",
        "\u{200b}",
        "\u{2060} \u{a0}",
        "\u{301}",
        "\u{3164}",
        "ＴＯＤＯ",
        "T\u{200b}BD",
        "fnord",
        "Fnord!",
        "entfällt",
        "Noch zu ergänzen",
        "à compléter",
        "S.O.",
        "pendiente",
        "n.v.t.",
        "待定",
        "該当なし",
        "☐",
        "?",
        "xxx",
        "TBD\nTBD\nn/a",
        "This section is intentionally left blank.",
        "Coming soon!",
        "To be completed by the owner.",
        "To be defined in the next version.",
        "tbd by the third quarter",
        "To do: everything",
        "${text}",
        "<%= title %>",
        "<<text>>",
        "[^1]",
        "[Name], [Date]",
        "See below.",
        "ditto",
        "🚧",
        "T. B. D.",
        "N. A.",
        "k. A.",
        "S. O.",
        "Not applicable to us.",
        "This clause does not apply.",
        "Does not apply to us",
        "Out of scope.",
        "Not in scope.",
        "Not needed.",
        "Not required.",
        "Excluded",
        "TODOs",
        "todo later",
        "Will be written by May.",
        "is to be written",
        "This section will be written later.",
        "This section is to be described by the owner.",
        "Content to follow.",
        "Reserved.",
        "Stub",
        "Text folgt.",
        "keine Angabe",
        "未完成",
        "작성중",
        "ТОДО",
        "A compléter",
        "Click or tap here to enter text.",
        "[Provide a description of the process.]",
        "[List the roles here]",
        "[insert]",
        "<Company Name>",
        "[name]",
        "[date]",
        "<role>",
        "{Describe the process}",
    ] {
        assert!(!says(text, "en"), "{text}");
    }
}

#[test]
fn a_text_that_certainly_says_something_does() {
    let placeholders = Placeholders::new(["fnord"]);
    let first_words =
        PHRASES.iter().chain(&REMINDERS).chain(&FIRST_WORDS).chain(&["fnord", "Server", "No", "N", "Lorem"]);
    for (first, rest) in first_words.flat_map(|first| {
        let rests = ["", ": x", " be defined by", " ipsum", "_x", ". [x]", "\nx", " <your name>", "é", "\u{301}", ";"];
        rests.map(|rest| (first, rest))
    }) {
        let text = format!("{first}{rest}");
        for text in [text.to_uppercase(), text.replace(' ', "-"), text] {
            let is_certain = placeholders.starts_with_plain_word(&text);
            assert!(!is_certain || placeholders.has_enough_in_sentences(1, &text, "en"), "{text}");
            assert!(!is_certain || placeholders.has_enough_in_sentences(1, &text, "es"), "{text}");
        }
    }
    assert!(placeholders.starts_with_plain_word("Servers are patched. TODO"));
}

#[test]
fn a_sentence_says_something_even_beside_a_placeholder() {
    for text in [
        "The desk restores the service within four hours.",
        "サーバーの変更を記録する。",
        "変更を記録する。TBD。",
        "Not applicable to email; the desk restores everything else.",
        "TODO: ask the supplier. The desk restores the service.",
        "Rollback",
        "4 hours",
        "P1: 4",
        "恢复服务",
        "هل",
        "See the incident procedure.",
        "To be written down within a day: each call.",
        "To be approved by the Change Manager.",
        "To do this, call the desk.",
        "Tbdx is a tool.",
        "Will be completed by the requester within a day.",
        "The form is to be completed by the requester.",
        "This section is described in the plan.",
        "The service will be written off after five years.",
        "The change will be described in the ticket by the requester.",
        "Reserved seats are kept for visitors.",
        "[The server is restarted by night]",
        "[Listed] parts",
        "Plan B. Call the carrier.",
        "Excluded parties are listed by the desk.",
    ] {
        assert!(says(text, "en"), "{text}");
    }
    assert!(says("TODO EL PERSONAL registra las llamadas.", "es"));
    assert!(!says("TODO", "es-MX"));
    assert!(has_content("TODO EL PERSONAL ESTABA DE VACACIONES.") && has_content("TODO SE REGISTRA DE NUEVO."));
    assert!(names_only_persons_or_roles("TODO EL EQUIPO") && is_reason("TODO EL ARCHIVO ESTÁ EN EL SISTEMA"));
    assert!(!has_content("TODO ASK THE SUPPLIER") && !has_content("TODO: EL"));
}

#[test]
fn a_value_that_is_still_to_be_found_out_says_nothing() {
    for text in [
        "open",
        "Open.",
        "not yet known",
        "Under investigation",
        "The root cause is still under investigation.",
        "Cause not yet known",
        "wird noch ermittelt",
        "Die Ursache wird noch untersucht.",
        "Ursache: unklar",
    ] {
        assert!(!has_content(text), "{text}");
    }
    for text in [
        "The list showed open changes only.",
        "Open door",
        "Investigation found a loose plug",
        "Die Ursache ist ein loser Stecker",
        "Root cause: no test after the change",
    ] {
        assert!(has_content(text), "{text}");
    }
}

#[test]
fn a_reason_can_be_asked_for_more_than_one_word() {
    let reason = |text| Placeholders::new([]).has_enough_words(2, text, "en");
    assert!(reason("No plan has been invoked."));
    for text in ["unnecessary", "TBD", "n/a because", "not applicable", "x y"] {
        assert!(!reason(text), "{text}");
    }
}
