//! Tests of whose clause a mention is.

use super::{find_owner, fold};
use crate::markdown::body::ClauseOwner;

fn of(line: &str) -> String {
    let line = &*fold(line, &mut []);
    let keyword = line.to_lowercase().find("clause").expect("the word");
    let first = line[keyword..].find(|c: char| c.is_ascii_digit()).expect("a number") + keyword;
    let letters = line[first..].find(|c: char| !(c.is_ascii_digit() || c == '.')).unwrap_or(line.len() - first);
    let number = line[first..first + letters].trim_end_matches('.');
    name(find_owner(line, keyword, first..first + number.len()))
}

fn name(belonging: Option<ClauseOwner>) -> String {
    match belonging {
        None | Some(ClauseOwner::Main) => "main".to_owned(),
        Some(ClauseOwner::Named(name)) => name,
        Some(ClauseOwner::Foreign) => "foreign".to_owned(),
    }
}

#[test]
fn a_standard_beside_the_number_decides() {
    for (line, expected) in [
        ("See clause 9.2, and more.", "main"),
        ("See clause 9.2 in detail", "main"),
        ("Clause 9.2 of the standard asks for audits", "main"),
        ("Clause 9.2 of this International Standard", "main"),
        ("See ISO/IEC 20000-1 clause 9.2 for audits.", "ISO/IEC 20000-1"),
        ("ISO 20000-1 clause 9.2, ISO 27001 clause 9.2, ISO 9001 clause 9.2", "ISO 20000-1"),
        ("Clause 9.2, GDPR clause 9.3, ISO 9001 clause 9.4", "main"),
        ("See ISO/IEC 27001 clause 9.2 for audits.", "ISO/IEC 27001"),
        ("Clause 9.2 of ISO/IEC 27001 asks for audits.", "ISO/IEC 27001"),
        ("See ISO/IEC 27001:2022, clause 9.2, for audits.", "ISO/IEC 27001:2022"),
        ("See clause 9.2 (ISO/IEC 27001) for audits.", "ISO/IEC 27001"),
        ("See clause 9.2, ISO/IEC 27001, for audits.", "ISO/IEC 27001"),
        ("clause 9.2 in ISO 9001:2015", "ISO 9001:2015"),
        ("clause 9.2(b) of the ISO 9001 standard", "ISO 9001"),
        ("DIN EN ISO 9001, clause 9.2", "ISO 9001"),
        ("ISO/IEC\u{a0}27001 requires audits in clause 9.2", "ISO/IEC 27001"),
        ("We hold ISO 9001. See clause 9.2.", "main"),
        ("BSI IT-Grundschutz clause 9.2", "foreign"),
        ("the code of conduct, clause 9.2", "foreign"),
        ("the insurance policy, clause 9.2", "foreign"),
        ("GDPR requires it in clause 9.2", "foreign"),
        ("As the agreement puts it in clause 9.2, we act", "foreign"),
        ("The contract (see its clause 9.2) ends", "foreign"),
        ("As our policy puts it in clause 9.2, we act", "main"),
        ("The standard and its clause 9.2", "main"),
        ("ISO 22301 (clause 8.4) for plans", "ISO 22301"),
        ("ISO 9001 and clause 9.2 of ISO/IEC 20000-1", "ISO/IEC 20000-1"),
        ("See clause 9.2 (of ISO 27001) here", "ISO 27001"),
        ("See clause 9.2 (see ISO 9001) here", "ISO 9001"),
        ("See clause 9.2 a) of ISO 9001 here", "ISO 9001"),
        ("See clause 9.2, paragraph 2, of ISO 9001 here", "ISO 9001"),
        ("See clause 9.2 ISO 9001 here", "ISO 9001"),
        ("See clause 9.2, item b), and more", "main"),
        ("See clause 9.2 (see below)", "main"),
        ("See clause 9.2, of course", "main"),
        ("ISO/IEC 27001 has Annex A, but clause 9.2 of our standard has none.", "main"),
        ("Unlike ISO/IEC 27001, our standard asks for it in clause 9.2.", "main"),
        ("Clause 9.2 (Internal audit) of ISO/IEC 27001", "ISO/IEC 27001"),
        ("Clause 9.2 “Internal audit” of ISO/IEC 27001", "ISO/IEC 27001"),
        ("Clause 9.2, Internal audit, of ISO/IEC 27001", "ISO/IEC 27001"),
        ("Clause 9.2 Internal audit of ISO/IEC 27001", "ISO/IEC 27001"),
        ("Clause 9.2 – Internal audit – of ISO/IEC 27001", "ISO/IEC 27001"),
        ("Clause 9.2 and clause 9.3 of ISO 9001", "ISO 9001"),
        ("clause 9.2 in the security standard ISO/IEC 27001", "ISO/IEC 27001"),
        ("clause 9.2 of our ISMS standard ISO/IEC 27001", "ISO/IEC 27001"),
        ("clause 9.2 according to ISO 9001", "ISO 9001"),
        ("clause 9.2, as required by ISO 9001", "ISO 9001"),
        ("clause 9.2: ISO 9001", "ISO 9001"),
        ("iso27001 clause 9.2", "ISO 27001"),
        ("ISO 9001 Ed. 5, clause 9.2", "ISO 9001"),
        ("ISO 9001; clause 9.2", "ISO 9001"),
        ("ISO/IEC 20000-1 : 2011 clause 9.2", "ISO/IEC 20000-1:2011"),
        ("ISO/IEC 27001's clause 9.2", "ISO/IEC 27001"),
        ("ISO/IEC 27001 (ISMS) clause 9.2", "ISO/IEC 27001"),
        ("PCI DSS clause 9.2", "PCI DSS"),
        ("In the change process, clause 9.2 is met.", "main"),
        ("Supplier (clause 9.2)", "main"),
        ("SLA: clause 8.3.3", "main"),
        ("By the CAB, clause 9.2 is met.", "main"),
        ("Clause 9.2 in every document", "main"),
        ("Clause 9.2 of the service management standard", "main"),
        ("Each contract is reviewed once a year, as clause 8.3.4 requires.", "main"),
        ("For every contract, clause 8.3.4 applies.", "main"),
        ("See clause 9.2 (Internal audit) of the standard", "main"),
        ("Clause 9.2 SMS audits", "main"),
        ("See BSI-Standard 200-4, clause 9.2", "BSI 200-4"),
        ("JIS Q 27001 clause 9.2", "JIS 27001"),
        ("ISO® 9001 clause 9.2", "ISO 9001"),
        ("ANSI/TIA-942, clause 9.2", "ANSI/TIA 942"),
        ("27001 clause 9.2", "ISO 27001"),
        ("20000-1, clause 9.2", "ISO 20000-1"),
        ("In 2026, clause 9.2 was audited", "main"),
        ("For a penalty of EUR 5000 (clause 8.3.3)", "main"),
        ("In Q3 clause 9.2 was audited", "main"),
        ("Clause 9.2, Management review, of our standard", "main"),
        ("RFC 4711 was refused. Clause 9.2 says why.", "main"),
    ] {
        assert_eq!(of(line), expected, "{line}");
    }
}

#[test]
fn a_clause_of_another_document_belongs_to_no_standard() {
    for line in [
        "Clause 9.2 of the contract names the credits.",
        "contract clause 9.2",
        "the contract's clause 9.2",
        "Under the agreement, clause 9.2 applies",
        "In the supplier’s contract (clause 9.2)",
        "clause 9.2 of the framework agreement",
        "clause 9.2 in the supplier's contract",
        "GDPR clause 9.2",
        "clause 9.2 of POL-CHG-001",
        "Annex A, clause 8.1",
        "clause 9.2 under the Act",
        "clause 9.2 GDPR",
        "clause 9.2 (of the contract)",
        "clause 9.2, paragraph 2, of the agreement",
        "The contract names the credits in clause 9.2.",
        "In the contract with Northwind, clause 9.2 says so",
        "Under contract 4711, clause 9.2",
        "Contractual clause 9.2",
        "The supplier may end the contract under clause 9.2",
        "the agreement dated 1 March 2024, clause 9.2",
        "Contract (Northwind): clause 9.2",
        "The Data Protection Act 2018, clause 9.2",
        "Regulation (EU) 2016/679, clause 9.2",
        "Code of Conduct clause 9.2",
        "T&Cs clause 9.2",
        "Clause 9.2 (the contract with Northwind)",
        "Clause 9.2 – contract with Northwind",
        "Clause 9.2 (Termination) of the contract",
        "Clause 9.2 as agreed in the contract",
        "Clause 9.2 in the statement of work",
        "PRO-INC-001, clause 9.2",
        "Clause 9.2 (PRO-INC-001)",
        "Clause 9.2 of the quality standard",
        "the 2011 edition of the standard, clause 9.2",
        "PO 4711, clause 9.2",
        "Standard Contractual Clauses, clause 9.2",
        "EU SCCs clause 9.2",
        "Model Clause 9.2",
        "clause 9.2 of the Standard contract",
        "clause 9.2, Master Agreement",
        "clause 9.2 hereof",
    ] {
        assert_eq!(of(line), "foreign", "{line}");
    }
}

#[test]
fn a_cell_has_its_own_standard_or_that_of_its_row_or_column() {
    for (table, expected) in [
        ("| clause 9.2 | ISO/IEC 27001 clause 9.3 |", "main"),
        ("| x | y |\n|-|-|\n| ISO/IEC 27001 clause 9.3 | clause 9.2 |", "ISO/IEC 27001"),
        ("| x | y |\n|-|-|\n| clause 9.2 | ISO/IEC 27001 clause 9.3 |", "main"),
        ("| x | y |\n|-|-|\n| ISO/IEC 27001 | clause 9.3 |", "ISO/IEC 27001"),
        ("| ISO 9001 | y |\n|-|-|\n| clause 9.3 | x |", "ISO 9001"),
        ("| x | ISO 9001 |\n|-|-|\n| clause 9.3 | x |", "main"),
        ("| x | y |\n|-|-|\n| CAB | clause 9.3 |", "main"),
        ("ISO\u{a0}90\u{ad}01, clause 9.2", "ISO 9001"),
        ("## ISO 9001\n\nSee clause 9.2.", "ISO 9001"),
        ("## ISO 9001\n\nText.\n\nSee clause 9.2.", "main"),
        ("- ISO 9001:\n  - audits\n- clause 9.2", "main"),
        ("ISO 9001\n: clause 9.2", "ISO 9001"),
        ("The criteria of ISO 9001:\n\n- clause 9.2", "ISO 9001"),
        ("The contract says so in:\n\n- clause 9.2", "foreign"),
        ("We check:\n\n- clause 9.2", "main"),
        ("## Contract with Northwind\n\n- clause 9.2", "foreign"),
        ("## Audit Schedule 2026\n\nSee clause 9.2.", "main"),
        ("## Clauses of ISO 9001\n\n- clause 9.2", "ISO 9001"),
    ] {
        let body = crate::markdown::parse(&crate::place::SourceText::new("a.md", table), 0).body;
        let first = body.mentions.first().map(|mention| mention.owner.clone());
        assert_eq!(name(first), expected, "{table}");
    }
}

/// The owners of all mentions of a text, in order.
fn owners(text: &str) -> Vec<String> {
    let body = crate::markdown::parse(&crate::place::SourceText::new("a.md", text), 0).body;
    body.mentions.iter().map(|mention| name(Some(mention.owner.clone()))).collect()
}

#[test]
fn the_header_of_a_crosswalk_names_the_standard_of_its_column() {
    for (header, expected) in [
        ("ISO 9001:2015 clause", "ISO 9001:2015"),
        ("Clause of ISO 9001", "ISO 9001"),
        ("ISO 9001 reference", "ISO 9001"),
        ("Corresponding requirement in ISO/IEC 27001", "ISO/IEC 27001"),
        ("Quality management (ISO 9001)", "ISO 9001"),
        ("ISO 9001 and ISO/IEC 27001", "foreign"),
        ("Contract clause", "foreign"),
        ("Contract", "foreign"),
        ("Clause of the agreement", "foreign"),
        ("QMS clause", "foreign"),
        ("Clause", "main"),
        ("ISO clause", "main"),
        ("Act", "main"),
        ("Contract management", "main"),
    ] {
        let table = format!("| Topic | {header} | x |\n|-|-|-|\n| Audits | clause 9.2 | y |");
        assert_eq!(owners(&table), [expected], "{table}");
        let html = table_in_html(header);
        assert_eq!(owners(&html), [expected], "{html}");
    }
}

fn table_in_html(header: &str) -> String {
    format!("<table><tr><th>Topic</th><th>{header}</th></tr>\n<tr><td>Audits</td><td>clause 9.2</td></tr></table>")
}

#[test]
fn clauses_in_a_table_of_contracts_are_theirs() {
    let rows = "| Wrenwire | clause 9.2 |\n| Northwind | ISO/IEC 20000-1 clause 9.3 |";
    assert_eq!(owners(&format!("| Contract | Clause |\n|-|-|\n{rows}")), ["foreign", "ISO/IEC 20000-1"]);
    assert_eq!(owners(&format!("| Supplier | Clause |\n|-|-|\n{rows}")), ["main", "ISO/IEC 20000-1"]);
}

#[test]
fn columns_of_a_crosswalk_are_distinguished() {
    for (header, row, expected) in [
        (
            "| 9001 | 20000 | 27001 |",
            "| clause 9.2 | clause 9.2 | clause 9.2 |",
            &["ISO 9001", "ISO 20000", "ISO 27001"][..],
        ),
        ("| QMS (9001) | SMS (20000-1) |", "| clause 9.2 | clause 9.2 |", &["ISO 9001", "ISO 20000-1"]),
        ("| SMS | ISMS | QMS |", "| clause 9.2 | clause 9.2 | clause 9.2 |", &["main", "foreign", "foreign"]),
        ("| Norm | Kapitel |", "| 27001 | clause 9.2 |", &["ISO 27001"]),
        ("| Room | Kapitel |", "| 27001 | clause 9.2 |", &["main"]),
        ("| Vertragsklausel | Normkapitel |", "| clause 9.2 | clause 8.3.4.1 |", &["foreign", "main"]),
        ("| Contract clause | Standard clause |", "| clause 9.2 | clause 8.3.4.1 |", &["foreign", "main"]),
        ("| Contract | Clause of the standard |", "| C-12 | clause 8.3.4.1 |", &["main"]),
        ("| Contract | Standard contract clause |", "| C-12 | clause 8.3.4.1 |", &["foreign"]),
        ("| Topic | Quality standard |", "| Audits | clause 9.2 |", &["foreign"]),
        ("| Supplier | Contract | Clause |", "| Owl | C-12 | clause 9.2 |", &["foreign"]),
        ("| Clause (2018) | Clause (2011) |", "| clause 8.6.1 | clause 8.1 |", &["main", "foreign"]),
        ("| 2011 edition | 2018 edition |", "| clause 8.1 | clause 8.6.1 |", &["foreign", "main"]),
        ("| Audit 2025 | Audit 2026 |", "| clause 8.1 | clause 8.6.1 |", &["main", "main"]),
        ("| Clause | Evidence |", "| clause 9.2 | ISO 19011 audit plan |", &["main"]),
        ("| Clause | Evidence |", "| clause 8.3.4.1 | Contract with Owl |", &["main"]),
        ("| Clause | Standard |", "| clause 9.2 | ISO 9001 |", &["ISO 9001"]),
    ] {
        let rule = "|-".repeat(header.matches('|').count() - 1);
        assert_eq!(owners(&format!("{header}\n{rule}|\n{row}")), expected, "{header}");
    }
}

#[test]
fn a_label_in_a_row_applies_to_the_nearest_clause_and_to_rows_that_repeat_it() {
    let head = "| a | b | c | d |\n|-|-|-|-|\n";
    for (rows, expected) in [
        ("| ISO 9001 | clause 9.2 | ISO/IEC 27001 | clause 9.2 |", &["ISO 9001", "ISO/IEC 27001"][..]),
        ("| clause 9.2 | ISO 9001 | clause 9.3 | ISO/IEC 27001 |", &["ISO 9001", "foreign"]),
        ("| ISO 9001 | clause 9.2 |\n| | clause 9.3 |\n| dito | clause 10 |", &["ISO 9001"; 3]),
        ("| ISO 9001 | clause 9.2 |\n| Ours | clause 9.3 |", &["ISO 9001", "main"]),
        ("| ISO 9001 | x |\n| clause 9.2 | y |", &["main"]),
        ("| Relationship and agreement | clause 8.3 |\n| Contract | clause 8.3.4.1 |", &["main"; 2]),
        ("| Supplier agreement | 8.3.4: clause 8.3.4.1 |", &["main"]),
        ("| PRO-INC-001 Incident Management | clause 8.6.1 |", &["main"]),
        ("| Contract 4711 | clause 9.2 |\n| Agreement with Northwind | clause 9.3 |", &["foreign"; 2]),
        ("| Data Protection Act | clause 9.2 |\n| Northwind MSA | clause 9.3 |", &["foreign"; 2]),
    ] {
        assert_eq!(owners(&format!("{head}{rows}")), expected, "{rows}");
    }
    let table =
        "| Topic | ISO/IEC 20000-1 clause |\n|-|-|\n| ISO 9001 certificate | clause 9.2 |\n| ISO 9001 | clause 9.3 |";
    assert_eq!(owners(table), ["ISO/IEC 20000-1", "foreign"]);
}

#[test]
fn cells_of_html_tables_may_span_rows_and_columns() {
    let rows = "<tr><td rowspan=\"2\">ISO 9001</td><td>clause 9.2</td></tr><tr><td>clause 9.3</td></tr>\
                <tr><td>Ours</td><td>clause 10</td></tr>";
    let table = format!("<table><tr><th>a</th><th>b</th></tr>{rows}</table>\n\nSee clause 4.");
    assert_eq!(owners(&table), ["ISO 9001", "ISO 9001", "main", "main"]);
    let wide = "<table><tr><th>Topic</th><th colspan=\"2\">ISO 9001</th></tr>\n\
                <tr><td>x</td><td>clause 9.2</td><td>clause 9.3</td></tr></table>";
    assert_eq!(owners(wide), ["ISO 9001"; 2]);
    let nested = "<table><tr><td>ISO 9001<table><tr><td>clause 9.2</td></tr></table></td></tr></table>\n\nclause 4";
    assert_eq!(owners(nested).len(), 2);
}

#[test]
fn standards_of_other_publishers_are_not_ours() {
    for line in [
        "VdS 3473, clause 9.2",
        "ÖNORM S 2450 clause 9.2",
        "NF X50-100 clause 9.2",
        "PAS 99, clause 9.2",
        "SSAE 18 clause 9.2",
        "RFC 2119, clause 9.2",
        "UL 2900, clause 9.2",
        "DO-178C clause 9.2",
        "GOST R 57580, clause 9.2",
        "C5 clause 9.2",
        "MaRisk clause 9.2",
        "ISO 27k clause 9.2",
        "GB/T 24405, clause 9.2",
        "IS 15700 clause 9.2",
        "TIA 942, clause 9.2",
        "NFPA 75 clause 9.2",
        "ISAE 3402, clause 9.2",
        "clause 9.2 (VdS 3473)",
    ] {
        assert_ne!(of(line), "main", "{line}");
    }
}
