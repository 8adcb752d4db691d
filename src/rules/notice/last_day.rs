//! The last day on which a document applies, and the day of its next review, as its text gives them.

use super::sentence::{DEMONSTRATIVES, NOUNS};
use crate::date::{Date, last_day_at};
use crate::handbook::WrittenDayKind;
use crate::name::fold_case;
use crate::placeholder::normalize_words;
use crate::text::{is_listed, is_unspaced};

/// Labels of the last day on which a document applies; of several that fit, the longest counts.
const END_LABELS: &str = "valid until,valid to,valid till,valid through,valid up to,validity until,validity ends,validity end,end of validity,\
     expires,expiry,expiry date,date of expiry,expiration,expiration date,in force until,effective until,effective to,applies until,applicable until,\
     remains in force until,remains valid until,end date,gültig bis,gültig bis zum,gilt bis,gilt bis zum,in kraft bis,gültigkeit bis,gültigkeitsende,\
     ende der gültigkeit,ablaufdatum,läuft ab,läuft ab am,befristet bis,befristet bis zum,valable jusqu au,valide jusqu au,en vigueur jusqu au,\
     applicable jusqu au,date d expiration,fin de validité,date de fin de validité,expire le,válido hasta,válida hasta,vigente hasta,vigente hasta el,\
     en vigor hasta,fecha de caducidad,fecha de vencimiento,caduca el,vence el,fin de vigencia,válido até,válida até,em vigor até,vigente até,\
     data de validade,valido fino al,valida fino al,in vigore fino al,data di scadenza,scadenza,scade il,geldig tot,geldig tot en met,geldig t/m,\
     vervaldatum,vervalt op,ważne do,ważny do,ważna do,obowiązuje do,data ważności,有効期限,失効日,有效期至";
/// Labels of the day of the next review.
const REVIEW_LABELS: &str = "review due,review due on,review due by,review due date,next review,next review due,next review on,next review by,\
     next review date,date of next review,date of the next review,due for review,due for review on,due for review by,to be reviewed by,must be reviewed by,\
     review by,review before,next revision,next revision date,nächste prüfung,nächste prüfung am,nächste überprüfung,nächste überprüfung am,\
     nächstes review,nächste revision,zu überprüfen bis,überprüfung fällig,überprüfung fällig am,überprüfung bis,prüfung fällig am,wiedervorlage,\
     prochaine révision,prochaine revue,date de prochaine révision,date de la prochaine révision,à réviser avant le,próxima revisión,\
     fecha de próxima revisión,fecha de la próxima revisión,próxima revisão,data da próxima revisão,prossima revisione,prossimo riesame,\
     data della prossima revisione,volgende beoordeling,volgende herziening,volgende review,następny przegląd,data następnego przeglądu,\
     次回見直し,次回見直し日,次回レビュー,次回レビュー日,下次评审日期";
/// Labels of a period in which a document applies.
const PERIOD_LABELS: &str = "valid,valid from,validity,validity period,period of validity,effective from,in force from,gültig,gültig von,gültig vom,\
     gültigkeit,gültigkeitsdauer,gültigkeitszeitraum,geltungsdauer,validité,période de validité,valable du,vigencia,período de vigencia,vigente del,\
     validità,valido dal,periodo di validità,geldigheid,geldigheidsduur,有効期間";
/// Words between the first and the last day of a period.
const TO: [&str; 13] =
    [" to ", " until ", " bis ", " through ", " au ", " al ", " a ", " tot ", " do ", " - ", "–", "~", "から"];

/// Parts of all these labels. Most lines contain none of them.
const LABEL_PARTS: &str = "vali,valable,expir,until,force,effective,applies,applicable,review,revisi,end date,gült,gilt,kraft,ablauf,läuft,befristet,prüf,\
     wiedervorlage,gelt,jusqu,vigueur,révis,revue,vigen,vigor,váli,caduc,venc,fino,scad,riesame,geldig,verva,verloop,beoordel,herzien,waż,\
     obowiązuje,przegląd,revisã,有効,失効,見直,レビュー,有效,下次";

/// Nouns for documents that state how long they apply, apart from those in other notices.
const MORE_NOUNS: &str = "agreement,contract,catalogue,catalog,manual,handbook,guide,standard,form,list,sla,ola,vereinbarung,vertrag,konzept,\
     handbuch,leitfaden,liste,formular,plan,accord,contrat,manuel,guide,acuerdo,contrato,manual,plan,accordo,contratto,piano,overeenkomst,handleiding";
/// Words between such a subject and the statement about it.
const COPULAS: &str = "is,remains,shall,be,ist,bleibt,est,reste,es,é,è,is,jest";
/// Subjects in languages without spaces.
const UNSPACED_SUBJECTS: [&str; 8] =
    ["本書", "本文書", "本手順書", "本手順", "この文書", "この手順書", "本文件", "本规程"];

/// Maximum length of a line that is read as a whole, in bytes.
const MAX_LINE_BYTES: usize = 160;

/// What a text says about the time of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct StatedDay {
    /// What happens on the day.
    pub(super) kind: WrittenDayKind,
    /// The day.
    pub(super) day: Date,
    /// Whether the text names the document as its subject: `this policy is valid until …`.
    pub(super) names_subject: bool,
}

/// The day in a line such as `Version 1.0 | Valid until 2026-10-31`.
pub(super) fn day_in_line(line: &str) -> Option<StatedDay> {
    let line = &line[..line.floor_char_boundary(MAX_LINE_BYTES)];
    if !line.contains(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let folded = fold_statement(line);
    if !contains_label_part(&folded) {
        return None;
    }
    let parts = folded.split(['|', ';', '·', '(', ')', '—', '–']);
    let is_sentence = folded.trim_end().ends_with(['.', '。']);
    // `Valid until 2026-10-31, the form …` goes on about something else.
    let items = folded.split(", ").filter(|_| !is_sentence);
    let next_sentences = folded.split(". ").skip(1);
    let in_sentence = next_sentences.filter_map(day_in_statement).find(|stated| stated.names_subject);
    day_in_statement(&folded).or_else(|| parts.chain(items).find_map(day_in_statement)).or(in_sentence)
}

/// The day in a label and its value: `Valid until`, `31.10.2026`.
pub(super) fn day_in_cells(label: &str, value: &str) -> Option<StatedDay> {
    if !value.contains(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let (label, value) = (normalize_words(label), fold_statement(value));
    let stated = |kind, day| Some(StatedDay { kind, day, names_subject: false });
    if is_listed(PERIOD_LABELS, &label) {
        return stated(WrittenDayKind::LastDay, end_of_period(&value)?);
    }
    let kind = kind_of(&label)?;
    let day = end_of_period(&value).or_else(|| Some(last_day_at(&value)?.0))?;
    stated(kind, day)
}

/// Whether the heading of a section says that it is about a last day or the next review: `Validity`.
pub(super) fn is_time_heading(heading: &str) -> bool {
    let label = normalize_words(heading);
    contains_label_part(&label) && (is_listed(PERIOD_LABELS, &label) || kind_of(&label).is_some())
}

fn contains_label_part(folded: &str) -> bool {
    LABEL_PARTS.split(',').any(|part| folded.contains(part))
}

/// A text in lower case, with spaces for the signs that other keyboards write differently.
fn fold_statement(text: &str) -> String {
    fold_case(text).replace(['\'', '’', '\u{a0}'], " ")
}

/// What a label announces.
fn kind_of(label: &str) -> Option<WrittenDayKind> {
    let is_review = || is_listed(REVIEW_LABELS, label).then_some(WrittenDayKind::NextReview);
    is_listed(END_LABELS, label).then_some(WrittenDayKind::LastDay).or_else(is_review)
}

/// The day in a statement such as `valid until 2026-10-31`, with nothing behind it.
fn day_in_statement(statement: &str) -> Option<StatedDay> {
    let statement = statement.trim_matches(|c: char| !c.is_alphanumeric());
    let subject_end = subject_length(statement);
    let rest = without_copulas(statement[subject_end..].trim_start_matches(['の', 'は', ' ']));
    let stated = |kind, day| Some(StatedDay { kind, day, names_subject: subject_end > 0 });
    if let Some(day) = day_before_state(rest) {
        return stated(WrittenDayKind::LastDay, day);
    }
    let is_period = |label: &&str| rest.strip_prefix(label).is_some_and(ends_label);
    if let Some(day) =
        PERIOD_LABELS.split(',').filter(is_period).find_map(|label| end_of_period(value_of(&rest[label.len()..])))
    {
        return stated(WrittenDayKind::LastDay, day);
    }
    let labels = END_LABELS.split(',').chain(REVIEW_LABELS.split(','));
    let label = labels.filter(|label| rest.strip_prefix(label).is_some_and(ends_label)).max_by_key(|label| label.len());
    let label = label?;
    let (day, behind) = last_day_at(value_of(&rest[label.len()..]))?;
    ends_statement(behind).then(|| stated(kind_of(label)?, day)).flatten()
}

/// The length of a subject that means the document at hand: `this policy`, `dieses Dokument`.
fn subject_length(statement: &str) -> usize {
    if let Some(subject) = UNSPACED_SUBJECTS.iter().find(|subject| statement.starts_with(**subject)) {
        return subject.len();
    }
    let mut words = statement.splitn(3, ' ');
    let (Some(article), Some(noun), Some(_)) = (words.next(), words.next(), words.next()) else { return 0 };
    let is_noun = NOUNS.contains(&noun) || is_listed(MORE_NOUNS, noun);
    if DEMONSTRATIVES.contains(&article) && is_noun { article.len() + 1 + noun.len() } else { 0 }
}

fn without_copulas(statement: &str) -> &str {
    let mut rest = statement;
    while let Some((_, after)) = rest.split_once(' ').filter(|(word, _)| is_listed(COPULAS, word)) {
        rest = after;
    }
    rest
}

/// The day in `bis 31.10.2026 gültig` or `2026年10月31日まで有効です`.
fn day_before_state(statement: &str) -> Option<Date> {
    const FRAMES: [(&str, &str); 4] =
        [("bis zum ", "gültig"), ("bis ", "gültig"), ("bis ", "in kraft"), ("tot ", "geldig")];
    let of_frame = |(before, state): &(&str, &str)| statement.strip_prefix(before)?.strip_suffix(state);
    let framed = FRAMES.iter().find_map(of_frame);
    let day = framed.or_else(|| statement.split_once("まで有効").map(|(day, _)| day))?;
    last_day_at(day).filter(|(_, behind)| behind.trim().is_empty()).map(|(day, _)| day)
}

/// Whether a label ends where this text begins.
fn ends_label(rest: &str) -> bool {
    rest.starts_with(|c: char| !c.is_alphanumeric() || c.is_ascii_digit() || is_unspaced(c))
}

/// The value behind a label.
fn value_of(rest: &str) -> &str {
    rest.trim_start_matches(['は', 'が']).trim_start_matches(|c: char| !c.is_alphanumeric())
}

/// Whether a statement is at its end, or goes on with another sentence.
fn ends_statement(behind: &str) -> bool {
    let behind = behind.trim_start();
    let is_sign = !behind.contains(char::is_alphanumeric);
    is_sign || behind.starts_with(['.', '(']) || matches!(behind, "です" | "です。" | "まで" | "まで。")
}

/// The last day of a period: `2025-11-01 to 2026-10-31`.
fn end_of_period(period: &str) -> Option<Date> {
    let halves = TO.iter().filter_map(|to| period.split_once(to));
    let both = halves.filter_map(|(first, last)| Some((last_day_at(first)?, last_day_at(last.trim_start())?)));
    both.filter(|((_, behind), _)| behind.trim().is_empty()).map(|(_, (day, _))| day).next()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_label_has_one_of_the_parts_that_are_looked_for_first() {
        let labels = [END_LABELS, REVIEW_LABELS, PERIOD_LABELS].into_iter().flat_map(|list| list.split(','));
        for label in labels {
            assert!(contains_label_part(label), "{label}");
        }
    }

    #[test]
    fn lines_state_the_last_day_of_a_document() {
        for line in [
            "Valid until 2026-10-31",
            "Valid until: 31 October 2026.",
            "Valid until October 31, 2026",
            "Version 1.0 | Valid until 2026-10-31 | Owner: Desk",
            "Version 1.0, valid until 31.10.2026",
            "Version 1.0 – valid until 31.10.2026",
            "Version 1.0 (valid until 31/10/2026)",
            "Validity: 2025-11-01 to 2026-10-31",
            "Valid from 1 November 2025 to 31 October 2026",
            "Expires: 2026-10-31",
            "This policy expires on 2026-10-31.",
            "This document is valid until the end of October 2026. It replaces PRO-X-000.",
            "It replaces PRO-X-000. This document is valid until 2026-10-31.",
            "This agreement remains in force until 2026-10-31",
            "Gültig bis 31.10.2026",
            "Dieses Dokument ist gültig bis zum 31. Oktober 2026.",
            "Dieses Dokument ist bis 31.10.2026 gültig.",
            "Gültigkeit: 01.11.2025 – 31.10.2026",
            "Valable jusqu’au 31 octobre 2026",
            "Vigente hasta el 31 de octubre de 2026",
            "Geldig tot en met 31 oktober 2026",
            "有効期限：2026年10月31日",
            "本書の有効期限は2026年10月31日です。",
            "この文書は2026年10月31日まで有効です。",
        ] {
            let stated = day_in_line(line).unwrap_or_else(|| panic!("{line}"));
            assert_eq!(
                (stated.day.to_string().as_str(), stated.kind),
                ("2026-10-31", WrittenDayKind::LastDay),
                "{line}"
            );
        }
        for line in [
            "Review due: 2026-10-31",
            "Next review 31.10.2026",
            "Nächste Prüfung: Oktober 2026",
            "Review by October 2026",
        ] {
            assert_eq!(day_in_line(line).map(|stated| stated.kind), Some(WrittenDayKind::NextReview), "{line}");
        }
        for line in [
            "The certificate is valid until 2026-10-31.",
            "Valid until 2026-10-31, the old form may still be used.",
            "Valid until further notice",
            "Valid until the next version",
            "Valid from 2026-10-31",
            "Expires 30 days after it was issued",
            "Next review: every 12 months, last 2026",
            "Next review 3 months after the audit of 2026",
            "A password expires after 2026 hours of use",
            "This contract ends on 2026-10-31.",
        ] {
            assert_eq!(day_in_line(line), None, "{line}");
        }
    }

    #[test]
    fn cells_state_the_last_day_of_a_document() {
        for (label, value) in [
            ("Valid until", "2026-10-31"),
            ("Valid until:", "31.10.2026 (then PRO-X-002)"),
            ("Gültigkeit", "01.11.2025 bis 31.10.2026"),
            ("Date of expiry", "October 2026"),
            ("Next review", "10/2026"),
        ] {
            assert_eq!(day_in_cells(label, value).map(|stated| stated.day), "2026-10-31".parse().ok(), "{label}");
        }
        for (label, value) in [
            ("Valid until", "revoked"),
            ("Valid", "2026-10-31"),
            ("Certificate valid until", "2026-10-31"),
            ("Version", "2026"),
        ] {
            assert_eq!(day_in_cells(label, value), None, "{label}");
        }
    }
}
