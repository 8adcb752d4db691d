//! Days as people write them in texts: `31.10.2026`, `31 October 2026`, `2026年10月31日`, `10/2026`.

use super::{Date, YEARS_IN_TEXTS};

/// The first letters of the months' names in the languages of handbooks.
const MONTHS: [&str; 12] = [
    "jan,jän,ene,gen,sty",
    "feb,fév,fev,lut",
    "mar,mär,mrt,maart",
    "apr,avr,abr,kwi",
    "may,mai,mag,mei,maj",
    "jun,juin,giu,cze",
    "jul,juil,lug,lip",
    "aug,aoû,ago,sie",
    "sep,set,wrz",
    "oct,okt,ott,out,paź",
    "nov,lis",
    "dec,dez,déc,dic,gru",
];

/// Words before or between the parts of a date that say nothing about the day: `31st of October`, `end of 2026`.
const FILLERS: &str =
    "of,the,de,del,di,st,nd,rd,th,er,end,ende,fin,fine,finales,eind,koniec,le,el,il,am,on,to,zum,dem,al,au,the,year";

/// Maximum number of words and numbers that are read for one date.
const MAX_TOKENS: usize = 6;

/// Signs between the parts of a date.
const SIGNS: [char; 9] = ['.', '-', '/', ',', ' ', '\u{a0}', '年', '月', '日'];

/// The parts of a date that have been read so far.
#[derive(Default)]
struct DateParts {
    year: Option<i16>,
    /// The number of a month that is written as a word or with its sign.
    month: Option<i8>,
    /// Other numbers: days, and months in figures.
    numbers: Vec<i8>,
    /// Whether the year is first, and the day last.
    is_year_first: bool,
    /// Whether the day is certainly before the month.
    is_dotted: bool,
}

/// The last day that a date at the start of a text, in lower case, may mean, and the text behind it. A month or a year
/// means its last day.
pub(crate) fn last_day_at(text: &str) -> Option<(Date, &str)> {
    let mut parts = DateParts::default();
    let (mut rest, mut behind) = (text.trim_start(), text);
    for _ in 0..MAX_TOKENS {
        let (token, after) = next_token(rest);
        let is_filler = FILLERS.split(',').any(|filler| filler == token);
        if !is_filler && !parts.add(token, after) {
            break;
        }
        behind = if is_filler { behind } else { after };
        rest = after.trim_start_matches(SIGNS);
        if parts.is_complete() || !parts.may_go_on(after[..after.len() - rest.len()].trim()) {
            break;
        }
    }
    Some((parts.last_day()?, behind.strip_prefix(['年', '月', '日']).unwrap_or(behind)))
}

/// A number or a word at the start of a text, and the rest.
fn next_token(text: &str) -> (&str, &str) {
    let is_number = text.starts_with(|c: char| c.is_ascii_digit());
    let is_other = |c: char| {
        if is_number { !c.is_ascii_digit() } else { !c.is_alphabetic() || matches!(c, '年' | '月' | '日') }
    };
    text.split_at(text.find(is_other).unwrap_or(text.len()))
}

impl DateParts {
    /// Adds a number or a word, unless it cannot be part of the date.
    fn add(&mut self, token: &str, after: &str) -> bool {
        if let Ok(number) = token.parse::<i16>() {
            return self.add_number(number, token.len(), after);
        }
        let month = MONTHS.iter().zip(1..).find(|(stems, _)| stems.split(',').any(|stem| token.starts_with(stem)));
        let is_new = self.month.is_none();
        self.month = self.month.or(month.map(|(_, month)| month));
        is_new && self.month.is_some()
    }

    fn add_number(&mut self, number: i16, digits: usize, after: &str) -> bool {
        let day = i8::try_from(number).ok().filter(|number| (1..=31).contains(number));
        match (digits, day) {
            (4, _) if self.year.is_none() && YEARS_IN_TEXTS.contains(&number) => {
                self.is_year_first = self.numbers.is_empty() && self.month.is_none();
                self.year = Some(number);
            }
            // `31.10.26`
            (2, _) if self.year.is_none() && self.has_day_and_month() => self.year = Some(2000 + number),
            (1 | 2, Some(day)) if self.numbers.len() < 2 => {
                self.is_dotted |= after.starts_with('.');
                self.numbers.push(day);
            }
            _ => return false,
        }
        true
    }

    /// Whether another part of the date may follow these signs.
    fn may_go_on(&self, signs: &str) -> bool {
        match signs {
            "-" | "/" | "." | "年" | "月" => true,
            "" | "," => !self.is_year_first,
            _ => false,
        }
    }

    fn has_day_and_month(&self) -> bool {
        self.numbers.len() + usize::from(self.month.is_some()) == 2
    }

    fn is_complete(&self) -> bool {
        self.year.is_some() && self.has_day_and_month()
    }

    /// The last day that the parts may mean.
    fn last_day(&self) -> Option<Date> {
        let year = self.year?;
        let day = |month: i8, day: i8| format!("{year:04}-{month:02}-{day:02}").parse::<Date>().ok();
        match (self.month, self.numbers.as_slice()) {
            (Some(month), [number]) => day(month, *number),
            (Some(month), []) => Some(Date::month(year, month)?.1),
            (None, [month]) => Some(Date::month(year, *month)?.1),
            (None, [month, number]) if self.is_year_first => day(*month, *number),
            (None, [number, month]) if self.is_dotted => day(*month, *number),
            // `5/6/2026` is a day in May or in June.
            (None, [one, other]) => day(*other, *one).max(day(*one, *other)),
            (None, []) => Some(Date::end_of_year(year)),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_read_as_people_write_them() {
        for (text, expected, rest) in [
            ("2026-10-31", "2026-10-31", ""),
            ("2026/10/31.", "2026-10-31", "."),
            ("31.10.2026, 12 months", "2026-10-31", ", 12 months"),
            ("31.10.26", "2026-10-31", ""),
            ("31/10/2026", "2026-10-31", ""),
            ("05/06/2026", "2026-06-05", ""),
            ("31 october 2026 (next)", "2026-10-31", " (next)"),
            ("31st of october 2026", "2026-10-31", ""),
            ("october 31, 2026", "2026-10-31", ""),
            ("31. oktober 2026", "2026-10-31", ""),
            ("31-oct-2026", "2026-10-31", ""),
            ("le 1er mars 2026", "2026-03-01", ""),
            ("31 de octubre de 2026", "2026-10-31", ""),
            ("2026年10月31日です", "2026-10-31", "です"),
            ("end of october 2026", "2026-10-31", ""),
            ("ende 2026", "2026-12-31", ""),
            ("02/2026", "2026-02-28", ""),
            ("2026-02", "2026-02-28", ""),
            ("2026-05-06", "2026-05-06", ""),
            ("05.06.2026", "2026-06-05", ""),
            ("2026, 12 months", "2026-12-31", ", 12 months"),
            ("october 2026, the desk", "2026-10-31", ", the desk"),
            ("2026", "2026-12-31", ""),
        ] {
            let (day, behind) = last_day_at(text).expect(text);
            assert_eq!((day.to_string().as_str(), behind), (expected, rest), "{text}");
        }
        for text in ["further notice", "12 months", "31 october", "2026-13-40", "", "5", "the next review", "10:30"] {
            assert_eq!(last_day_at(text), None, "{text}");
        }
    }
}
