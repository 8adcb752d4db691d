//! Designations of standards: `ISO/IEC 27001:2022`, `DIN EN ISO 9001`, `NIST SP 800-53`, `PCI DSS`.

/// Publishers of standards, including those that adopt standards of others.
const PUBLISHERS: [&str; 57] = [
    "BSI", "IATF", "NBR", "GOST", "ISO", "IEC", "IEEE", "CEN", "DIN", "BS", "EN", "NEN", "NF", "UNI", "SN", "ÖNORM",
    "UNE", "SS", "DS", "PN", "VDI", "VDE", "AS", "NZS", "ETSI", "ITU-T", "NIST", "ANSI", "ASTM", "ASME", "SAE", "API",
    "CSA", "JIS", "GB", "IDW", "CENELEC", "PAS", "ISAE", "SSAE", "SAS", "TIA", "EIA", "NFPA", "VdS", "CNS", "SANS",
    "SABS", "SIST", "ČSN", "CSN", "STN", "MSZ", "SFS", "NTC", "TCVN", "ABNT",
];

/// Publishers that cannot be mistaken for a word in lower case.
const LOWER_CASE_PUBLISHERS: [&str; 6] = ["ISO", "IEC", "IEEE", "DIN", "NIST", "ETSI"];

/// Document types that may appear between a publisher and a number.
const KINDS: [&str; 22] = [
    "TS", "TR", "DIS", "FDIS", "CD", "PAS", "Guide", "IWA", "IS", "SP", "Std", "PS", "CWA", "prEN", "Standard",
    "standard", "Norm", "Q", "R", "S", "T", "X",
];

/// Publishers whose standards have numbers of two digits too.
const SHORT_NUMBERS: [&str; 4] = ["PAS", "SSAE", "SAS", "NFPA"];

/// Standards known by name.
const NAMES: [&str; 21] = [
    "PCI DSS", "SOC 1", "SOC 2", "SOC 3", "COBIT", "TISAX", "BSI C5", "NIS2", "NIS 2", "DORA", "CMMI", "HIPAA",
    "NIST CSF", "NERC CIP", "FedRAMP", "FitSM", "VDA ISA", "BAIT", "VAIT", "KRITIS", "MaRisk",
];

/// Every designation of a standard in a text, each with its start and end.
pub(super) fn designations(text: &str) -> Vec<(usize, usize, String)> {
    let mut designations = Vec::new();
    let mut done = 0;
    let mut before = ' ';
    for (at, c) in text.char_indices() {
        let begins = c.is_alphabetic() && !before.is_alphanumeric() && !matches!(before, '-' | '_');
        before = c;
        if at < done || !begins {
            continue;
        }
        if let Some((length, name)) = designation(&text[at..]) {
            done = at + length;
            designations.push((at, done, name));
        }
    }
    designations
}

/// The designation at the start of a text: its length and its canonical form.
pub(super) fn designation(text: &str) -> Option<(usize, String)> {
    // The first letter is enough to exclude most words.
    if !text.starts_with(|first: char| first.is_uppercase() || "iden".contains(first)) {
        return None;
    }
    if let Some(name) = NAMES.iter().find(|name| begins_with_name(text, name)) {
        let (year, length) = year(&text[name.len()..]);
        return Some((name.len() + length, format!("{name}{year}")));
    }
    let mut rest = text;
    let mut publishers: Vec<&str> = Vec::new();
    while let Some(publisher) = PUBLISHERS.iter().find(|name| begins_with_publisher(rest, name)) {
        publishers.push(publisher);
        rest = rest[publisher.len()..].trim_start_matches(['/', ' ', '-']);
    }
    let kind = KINDS.iter().find(|kind| rest.strip_prefix(**kind).is_some_and(|rest| rest.starts_with([' ', '-'])));
    rest = kind.map_or(rest, |kind| rest[kind.len()..].trim_start_matches([' ', '-']));
    let (number, length) = number(rest, kind.copied(), &publishers)?;
    let (year, year_length) = year(&rest[length..]);
    let family: Vec<&str> = publishers.iter().copied().filter(|name| matches!(*name, "ISO" | "IEC" | "IEEE")).collect();
    let publisher = if family.is_empty() { publishers.join("/") } else { family.join("/") };
    (!publishers.is_empty())
        .then(|| (text.len() - rest.len() + length + year_length, format!("{publisher} {number}{year}")))
}

/// Whether a text starts with a name as a whole word.
fn begins_with_name(text: &str, name: &str) -> bool {
    text.strip_prefix(name).is_some_and(|rest| !rest.starts_with(|next: char| next.is_alphanumeric() || next == '-'))
}

/// Whether a text starts with a publisher, followed by something that may come after one.
fn begins_with_publisher(text: &str, name: &str) -> bool {
    let Some(start) = text.get(..name.len()) else { return false };
    let is_same = start == name || LOWER_CASE_PUBLISHERS.contains(&name) && start.eq_ignore_ascii_case(name);
    is_same && text[name.len()..].starts_with(|next: char| " /-".contains(next) || next.is_ascii_digit())
}

/// The number at the start of a text, including its part, and the length of both.
fn number(text: &str, kind: Option<&str>, publishers: &[&str]) -> Option<(String, usize)> {
    // Recommendations of the ITU start with a letter: `X.1051`.
    let series = if publishers == ["ITU-T"] { text.find('.').filter(|at| *at == 1).map_or(0, |at| at + 1) } else { 0 };
    let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    let first = digits(&text[series..]);
    let is_short = publishers.iter().any(|name| SHORT_NUMBERS.contains(name));
    let least = if kind == Some("Guide") || is_short { 2 } else { 3 };
    if first < least {
        return None;
    }
    let mut end = series + first;
    while let Some(part) = text[end..].strip_prefix('-').map(digits).filter(|part| *part > 0) {
        end += 1 + part;
    }
    let base = &text[..end];
    let after = text[end..].trim_start_matches([',', ' ']);
    let part = after.get(..5).filter(|word| word.eq_ignore_ascii_case("part ") && !base.contains('-'));
    let part = part.map(|_| &after[5..5 + digits(&after[5..])]).filter(|part| !part.is_empty());
    match part {
        Some(part) => Some((format!("{base}-{part}"), text.len() - after.len() + 5 + part.len())),
        None => Some((base.to_owned(), end)),
    }
}

/// The year of an edition after a number, `:2022` or ` (2022)`, and the length of that text. The date of a national
/// edition, `:2024-01`, says nothing about the year of the standard itself.
fn year(text: &str) -> (String, usize) {
    let trimmed = text.trim_start();
    let Some(body) = trimmed.strip_prefix(':').or_else(|| trimmed.strip_prefix('(')) else { return (String::new(), 0) };
    let is_bracket = text.trim_start().starts_with('(');
    let body = body.trim_start();
    let digits = body.bytes().take_while(u8::is_ascii_digit).count();
    let rest = &body[digits..];
    if digits != 4 || is_bracket && !rest.starts_with(')') {
        return (String::new(), 0);
    }
    let month = rest.strip_prefix('-').map_or(0, |rest| 1 + rest.bytes().take_while(u8::is_ascii_digit).count());
    let year = if month > 1 { String::new() } else { format!(":{}", &body[..digits]) };
    let length = text.len() - rest.len() + usize::from(is_bracket) + if month > 1 { month } else { 0 };
    (year, length)
}

#[cfg(test)]
mod tests {
    use super::designation;

    #[test]
    fn designations_are_read_as_people_write_them() {
        for (text, length, name) in [
            ("ISO/IEC 27001:2022 is", 18, "ISO/IEC 27001:2022"),
            ("ISO 9001", 8, "ISO 9001"),
            ("iso27001 x", 8, "ISO 27001"),
            ("DIN EN ISO/IEC 27001:2024-01 x", 28, "ISO/IEC 27001"),
            ("ISO/IEC DIS 27001", 17, "ISO/IEC 27001"),
            ("ISO Guide 73", 12, "ISO 73"),
            ("ISO/IEC 20000 part 2", 20, "ISO/IEC 20000-2"),
            ("ISO/IEC 20000-1 (2011) x", 22, "ISO/IEC 20000-1:2011"),
            ("ISO/IEC 20000-1 : 2011", 22, "ISO/IEC 20000-1:2011"),
            ("BS 25999", 8, "BS 25999"),
            ("AS/NZS 4360", 11, "AS/NZS 4360"),
            ("ITU-T X.1051", 12, "ITU-T X.1051"),
            ("NIST SP 800-53", 14, "NIST 800-53"),
            ("PCI DSS x", 7, "PCI DSS"),
            ("BSI C5:2020 x", 11, "BSI C5:2020"),
        ] {
            assert_eq!(designation(text), Some((length, name.to_owned())), "{text}");
        }
        for text in ["ISO 12", "isolated 123", "en 50600", "SOC 25", "AS 5", "ISO", "the ISO 9001"] {
            assert_eq!(designation(text), None, "{text}");
        }
    }
}
