//! Languages as BCP 47 tags.

/// Two-letter language codes (ISO 639-1).
const TWO_LETTERS: &str = "aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee el en eo \
    es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it iu iw ja ji jv jw ka kg ki kj kk kl \
    km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mo mr ms mt my na nb nd ne ng nl nn no nr nv ny oc oj om or os pa \
    pi pl ps pt qu rm rn ro ru rw sa sc sd se sg sh si sk sl sm sn so sq sr ss st su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk \
    ur uz ve vi vo wa wo xh yi yo za zh zu";

/// Three-letter language codes, terminological and bibliographic (ISO 639-2), with the two-letter codes that tags use
/// instead; placeholders such as `tbd` have none.
const THREE_LETTER_CODES: [(&str, &str); 46] = [
    ("ara", "ar"),
    ("bul", "bg"),
    ("ces", "cs"),
    ("chi", "zh"),
    ("cze", "cs"),
    ("dan", "da"),
    ("deu", "de"),
    ("dut", "nl"),
    ("ell", "el"),
    ("eng", "en"),
    ("est", "et"),
    ("fin", "fi"),
    ("fra", "fr"),
    ("fre", "fr"),
    ("ger", "de"),
    ("gre", "el"),
    ("heb", "he"),
    ("hin", "hi"),
    ("hrv", "hr"),
    ("hun", "hu"),
    ("ice", "is"),
    ("isl", "is"),
    ("ita", "it"),
    ("jpn", "ja"),
    ("kor", "ko"),
    ("lav", "lv"),
    ("lit", "lt"),
    ("nld", "nl"),
    ("nor", "no"),
    ("per", "fa"),
    ("pol", "pl"),
    ("por", "pt"),
    ("ron", "ro"),
    ("rum", "ro"),
    ("rus", "ru"),
    ("slk", "sk"),
    ("slo", "sk"),
    ("slv", "sl"),
    ("spa", "es"),
    ("srp", "sr"),
    ("swe", "sv"),
    ("tbd", ""),
    ("tur", "tr"),
    ("ukr", "uk"),
    ("xxx", ""),
    ("zho", "zh"),
];

/// Names of languages, and other codes that people write for them, with the code that tags use.
const LANGUAGE_NAMES: [(&str, &str); 27] = [
    ("chinese", "zh"),
    ("cn", "zh"),
    ("cz", "cs"),
    ("czech", "cs"),
    ("deutsch", "de"),
    ("dk", "da"),
    ("dutch", "nl"),
    ("english", "en"),
    ("español", "es"),
    ("français", "fr"),
    ("french", "fr"),
    ("gb", "en-GB"),
    ("german", "de"),
    ("gr", "el"),
    ("italian", "it"),
    ("italiano", "it"),
    ("japanese", "ja"),
    ("jp", "ja"),
    ("kr", "ko"),
    ("nederlands", "nl"),
    ("polish", "pl"),
    ("polski", "pl"),
    ("portuguese", "pt"),
    ("português", "pt"),
    ("russian", "ru"),
    ("spanish", "es"),
    ("us", "en-US"),
];

/// Country codes (ISO 3166-1), and `EU`, `AC`, `CP`, `DG`, `EA`, `IC`, `TA`, `XK` and `ZZ`, which tags may also
/// contain.
const REGIONS: &str = "AC AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ CA CC CD \
    CF CG CH CI CK CL CM CN CO CP CR CU CV CW CX CY CZ DE DG DJ DK DM DO DZ EA EC EE EG EH ER ES ET EU FI FJ FK FM FO FR GA GB GD GE GF \
    GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU IC ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW \
    KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO \
    NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX \
    SY SZ TA TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS XK YE YT ZA ZM ZW ZZ";

/// Languages written from right to left unless their tag names another script.
const RIGHT_TO_LEFT: &str = "ar arc ckb dv fa he iw ji ks nqo prs ps sd syr ug ur yi azb arz ary apc acm afb aeb arq ars ajp pes pbt pnb skr mzn \
    glk lrc bal bqi sdh khw hno trw haz ota hbo ydd jpr jrb aii tmr sam myz mid bgn bft";

/// Languages written from right to left in some countries.
const RIGHT_TO_LEFT_IN: [(&str, &str); 5] = [("pa", "pk"), ("ku", "iq"), ("ku", "ir"), ("uz", "af"), ("az", "ir")];

/// Scripts written from right to left.
const RIGHT_TO_LEFT_SCRIPTS: [&str; 10] =
    ["adlm", "arab", "hebr", "mand", "nkoo", "rohg", "samr", "syrc", "thaa", "aran"];

/// Whether a string is a language tag: a language, then an optional script, region, variants and extensions. A language
/// of two letters must exist.
pub(crate) fn is_language_tag(text: &str) -> bool {
    let mut parts = text.split('-').peekable();
    let language = parts.next().unwrap_or_default().to_ascii_lowercase();
    let is_known = match language.len() {
        2 => TWO_LETTERS.split_whitespace().any(|code| code == language),
        3 => language.bytes().all(|byte| byte.is_ascii_lowercase()) && two_letter_code(&language).is_none(),
        _ => false,
    };
    for _ in 0..3 {
        parts.next_if(|part| part.len() == 3 && is_alphabetic(part));
    }
    parts.next_if(|part| is_script(part));
    let region = parts.next_if(|part| is_region(part)).is_none_or(is_known_region);
    while parts.next_if(|part| is_variant(part)).is_some() {}
    is_known && region && (parts.peek().is_none() || is_extension(&parts.collect::<Vec<_>>()))
}

/// The tag to write instead of a faulty one; `None` if it is not known.
pub(crate) fn nearest_tag(text: &str) -> Option<String> {
    let tag = text.trim().split('.').next().unwrap_or_default().replace(['_', ' '], "-");
    let (language, rest) = tag.split_once('-').map_or((&*tag, None), |(language, rest)| (language, Some(rest)));
    let by_name = || LANGUAGE_NAMES.iter().find(|(name, _)| name.eq_ignore_ascii_case(language)).map(|(_, code)| *code);
    let language = two_letter_code(&language.to_ascii_lowercase()).or_else(by_name).unwrap_or(language).to_owned();
    let region = rest.map(|rest| if rest.eq_ignore_ascii_case("uk") && language == "en" { "GB" } else { rest });
    let tag = region.map_or_else(|| language.clone(), |region| format!("{language}-{region}"));
    is_language_tag(&tag).then_some(tag)
}

/// The two-letter code for a three-letter one; empty for a placeholder.
fn two_letter_code(code: &str) -> Option<&'static str> {
    THREE_LETTER_CODES.iter().find(|(longer, _)| *longer == code).map(|(_, code)| *code)
}

fn is_known_region(region: &str) -> bool {
    let region = region.to_ascii_uppercase();
    region.len() == 3 || REGIONS.as_bytes().chunks(3).any(|code| code.starts_with(region.as_bytes()))
}

fn is_alphabetic(part: &str) -> bool {
    part.bytes().all(|byte| byte.is_ascii_alphabetic())
}

fn is_script(part: &str) -> bool {
    part.len() == 4 && is_alphabetic(part)
}

fn is_region(part: &str) -> bool {
    (part.len() == 2 && is_alphabetic(part)) || (part.len() == 3 && part.bytes().all(|digit| digit.is_ascii_digit()))
}

fn is_variant(part: &str) -> bool {
    let fits = part.bytes().all(|byte| byte.is_ascii_alphanumeric());
    fits && ((5..=8).contains(&part.len()) || (part.len() == 4 && part.starts_with(|c: char| c.is_ascii_digit())))
}

/// Whether subtags are an extension or private use: a single letter or digit, followed by more subtags.
fn is_extension(parts: &[&str]) -> bool {
    let fits = |part: &&str| (1..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric());
    parts.len() > 1 && parts[0].len() == 1 && parts.iter().all(fits) && parts[1].len() > 1
}

/// The writing direction of a language, as a value for HTML.
pub(crate) fn direction(tag: &str) -> &'static str {
    let tag = tag.to_ascii_lowercase();
    // A subtag of one letter begins an extension, which is not relevant here.
    let mut parts = tag.split('-').take_while(|part| part.len() > 1);
    let language = parts.next().unwrap_or_default();
    let (mut script, mut region) = (None, None);
    for part in parts {
        match part {
            _ if is_script(part) => script = script.or(Some(part)),
            _ if is_region(part) && part.len() == 2 => region = region.or(Some(part)),
            _ => {}
        }
    }
    let is_rtl = match script {
        Some(script) => RIGHT_TO_LEFT_SCRIPTS.contains(&script),
        None => {
            RIGHT_TO_LEFT.split_whitespace().any(|code| code == language)
                || region.is_some_and(|region| RIGHT_TO_LEFT_IN.contains(&(language, region)))
        }
    };
    if is_rtl { "rtl" } else { "ltr" }
}

#[cfg(test)]
mod tests {
    use super::{direction, is_language_tag, nearest_tag};

    #[test]
    fn a_tag_names_a_language_that_exists() {
        for tag in [
            "en",
            "de",
            "pt-BR",
            "zh-Hant-TW",
            "sr-Latn",
            "es-419",
            "de-CH-1996",
            "gsw",
            "en-GB-oxendict",
            "ar-u-nu-latn",
            "DE",
        ] {
            assert!(is_language_tag(tag), "{tag}");
        }
        for tag in [
            "",
            "e",
            "xx",
            "english",
            "en_GB",
            "en-",
            "xx-yy-zz-nonsense",
            "de-DE-AT",
            "en-x",
            "e1",
            "de-nonsenses",
            "en-UK",
            "en-XX",
            "ger",
            "deu",
            "tbd",
        ] {
            assert!(!is_language_tag(tag), "{tag}");
        }
    }

    #[test]
    fn the_tag_that_was_meant_is_named() {
        for (text, expected) in [
            ("en_GB", Some("en-GB")),
            ("de_DE.UTF-8", Some("de-DE")),
            ("pt br", Some("pt-br")),
            ("en-UK", Some("en-GB")),
            ("German", Some("de")),
            ("deu", Some("de")),
            ("jp", Some("ja")),
            ("us", Some("en-US")),
            ("tbd", None),
            ("nonsense", None),
        ] {
            assert_eq!(nearest_tag(text).as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn the_script_decides_the_direction() {
        for (tag, expected) in [
            ("ar", "rtl"),
            ("he-IL", "rtl"),
            ("az-Arab", "rtl"),
            ("ar-Latn", "ltr"),
            ("en", "ltr"),
            ("ur-PK", "rtl"),
            ("de-CH", "ltr"),
            ("ar-u-nu-latn", "rtl"),
            ("ar-EG-u-nu-latn", "rtl"),
            ("fa-u-ca-gregory-nu-latn", "rtl"),
            ("en-u-nu-arab", "ltr"),
            ("de-x-arab", "ltr"),
            ("en-t-ar-arab", "ltr"),
            ("arz", "rtl"),
            ("pa-PK", "rtl"),
            ("pa-IN", "ltr"),
            ("ku-IQ", "rtl"),
            ("uz", "ltr"),
        ] {
            assert_eq!(direction(tag), expected, "{tag}");
        }
    }
}
