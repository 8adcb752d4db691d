//! The first day on which a document applies, as its text gives it.

use super::sentence::without_subject;
use crate::date::Date;
pub(in crate::rules) use crate::date::{later_day, written_day, year_in};
use crate::name::fold_case;

/// Labels of the first day on which a document applies, separated by commas; of several that fit, the longest counts.
const START_LABELS: &str = "effective from,effective as of,effective date,effective,valid from,in force from,gültig ab,in kraft ab,\
     en vigueur depuis le,vigente desde,vigente a partir de,in vigore dal,geldig vanaf,obowiązuje od,\
     comes into force on,takes effect on,applies from,gilt ab,gilt ab dem,tritt am,entre en vigueur le,\
     applicable à compter du,entra en vigor el,entra in vigore il,treedt in werking op,施行日,applies as of,\
     valid as of,in force as of,date of entry into force,entry into force,enters into force on,\
     comes into effect on,effective on,applicable from,applicable as of,gültigkeitsbeginn,inkrafttreten,\
     gilt vom,date d'entrée en vigueur,fecha de entrada en vigor,data di entrata in vigore,\
     datum inwerkingtreding,data wejścia w życie,発効日,適用開始日,not effective until,not valid until,\
     not in force until,vigencia,inicio de vigencia,vigente a partir del,en vigor desde,ingangsdatum,\
     date d'application,date d’application,applicable depuis le,en vigueur à partir du,en vigueur le,\
     entrée en vigueur,entrée en vigueur le,entra en vigencia el,entrada en vigor,decorrenza,geldig per,\
     wchodzi w życie,wejście w życie,生效日期";
/// The longest line with such a label and a date, in bytes.
const MAX_START_BYTES: usize = 60;

/// The first day that a line gives for its document, if it is later than another one: `Effective from 2027-01-01`.
pub(in crate::rules) fn later_first_day(line: &str, start: Date) -> Option<Option<Date>> {
    if line.len() > MAX_START_BYTES || !line.contains(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let folded = fold_case(line);
    // `2027年1月1日施行`
    if let Some(day) = folded.trim_end_matches('。').strip_suffix("施行").filter(|day| day.starts_with("20")) {
        return later_day(day, start);
    }
    let statement = without_subject(&folded);
    let day = START_LABELS.split(',').filter_map(|label| statement.strip_prefix(label)).min_by_key(|day| day.len())?;
    let day = day.trim_matches([':', '：', ' ', '.']);
    // `Effective from 2027-01-01, the desk also answers by chat` is about something else.
    let goes_on =
        day.split_once(',').is_some_and(|(_, rest)| !rest.trim_start().starts_with(|c: char| c.is_ascii_digit()));
    if goes_on { None } else { later_day(day, start) }
}
