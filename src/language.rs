//! Languages as BCP 47 tags.

/// Codes of two letters (ISO 639-1).
const TWO_LETTERS: &str = "aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee el en eo \
    es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it iu iw ja ji jv jw ka kg ki kj kk kl \
    km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mo mr ms mt my na nb nd ne ng nl nn no nr nv ny oc oj om or os pa \
    pi pl ps pt qu rm rn ro ru rw sa sc sd se sg sh si sk sl sm sn so sq sr ss st su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk \
    ur uz ve vi vo wa wo xh yi yo za zh zu";

/// Languages that are written from right to left unless their tag names another script.
const RIGHT_TO_LEFT: &str = "ar arc ckb dv fa he iw ji ks nqo prs ps sd syr ug ur yi azb arz ary apc acm afb aeb arq ars ajp pes pbt pnb skr mzn \
    glk lrc bal bqi sdh khw hno trw haz ota hbo ydd jpr jrb aii tmr sam myz mid bgn bft";

/// Languages that are written so in some countries.
const RIGHT_TO_LEFT_IN: [(&str, &str); 5] = [("pa", "pk"), ("ku", "iq"), ("ku", "ir"), ("uz", "af"), ("az", "ir")];

/// Scripts that are written from right to left.
const SCRIPTS: [&str; 10] = ["adlm", "arab", "hebr", "mand", "nkoo", "rohg", "samr", "syrc", "thaa", "aran"];

/// Whether a text is a language tag: a language that exists, then script, region and variants, each at most once.
pub(crate) fn is_language_tag(text: &str) -> bool {
    let mut parts = text.split('-').peekable();
    let language = parts.next().unwrap_or_default().to_ascii_lowercase();
    let is_known = match language.len() {
        2 => TWO_LETTERS.split_whitespace().any(|known| known == language),
        3 => language.bytes().all(|letter| letter.is_ascii_lowercase()),
        _ => false,
    };
    for _ in 0..3 {
        parts.next_if(|part| part.len() == 3 && is_alphabetic(part));
    }
    parts.next_if(|part| is_script(part));
    parts.next_if(|part| is_region(part));
    while parts.next_if(|part| is_variant(part)).is_some() {}
    is_known && (parts.peek().is_none() || is_extension(&parts.collect::<Vec<_>>()))
}

/// Languages by the names and countries that people write for their tags.
const NAMES: [(&str, &str); 22] = [
    ("english", "en"),
    ("german", "de"),
    ("deutsch", "de"),
    ("french", "fr"),
    ("français", "fr"),
    ("spanish", "es"),
    ("español", "es"),
    ("italian", "it"),
    ("italiano", "it"),
    ("portuguese", "pt"),
    ("português", "pt"),
    ("dutch", "nl"),
    ("nederlands", "nl"),
    ("polish", "pl"),
    ("polski", "pl"),
    ("gb", "en-GB"),
    ("us", "en-US"),
    ("jp", "ja"),
    ("cn", "zh"),
    ("cz", "cs"),
    ("dk", "da"),
    ("gr", "el"),
];

/// The tag that is meant by another spelling: `en_GB.UTF-8`, `English`.
pub(crate) fn meant_tag(text: &str) -> Option<String> {
    let text = text.trim();
    let tag = text.split('.').next().unwrap_or_default().replace(['_', ' '], "-");
    if is_language_tag(&tag) {
        return Some(tag);
    }
    let name = text.to_lowercase();
    NAMES.iter().find(|(known, _)| *known == name).map(|(_, tag)| (*tag).to_owned())
}

fn is_alphabetic(part: &str) -> bool {
    part.bytes().all(|letter| letter.is_ascii_alphabetic())
}

fn is_script(part: &str) -> bool {
    part.len() == 4 && is_alphabetic(part)
}

fn is_region(part: &str) -> bool {
    (part.len() == 2 && is_alphabetic(part)) || (part.len() == 3 && part.bytes().all(|digit| digit.is_ascii_digit()))
}

fn is_variant(part: &str) -> bool {
    let fits = part.bytes().all(|letter| letter.is_ascii_alphanumeric());
    fits && ((5..=8).contains(&part.len())
        || (part.len() == 4 && part.starts_with(|letter: char| letter.is_ascii_digit())))
}

/// Whether parts are an extension or private: a single letter or digit, then something.
fn is_extension(parts: &[&str]) -> bool {
    let fits = |part: &&str| (1..=8).contains(&part.len()) && part.bytes().all(|letter| letter.is_ascii_alphanumeric());
    parts.len() > 1 && parts[0].len() == 1 && parts.iter().all(fits) && parts[1].len() > 1
}

/// The direction in which a language is written, as HTML says it.
pub(crate) fn direction(tag: &str) -> &'static str {
    let tag = tag.to_ascii_lowercase();
    // A part of one letter begins an extension, which says other things.
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
        Some(script) => SCRIPTS.contains(&script),
        None => {
            RIGHT_TO_LEFT.split_whitespace().any(|known| known == language)
                || region.is_some_and(|region| RIGHT_TO_LEFT_IN.contains(&(language, region)))
        }
    };
    if is_rtl { "rtl" } else { "ltr" }
}

#[cfg(test)]
mod tests {
    use super::{direction, is_language_tag, meant_tag};

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
        for tag in
            ["", "e", "xx", "english", "en_GB", "en-", "xx-yy-zz-nonsense", "de-DE-AT", "en-x", "e1", "de-nonsenses"]
        {
            assert!(!is_language_tag(tag), "{tag}");
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

    #[test]
    fn other_spellings_of_a_tag_are_understood() {
        for (written, meant) in [
            ("en_GB", Some("en-GB")),
            ("de_DE.UTF-8", Some("de-DE")),
            ("pt br", Some("pt-br")),
            ("English", Some("en")),
            ("gb", Some("en-GB")),
            ("xx-yy-zz-nonsense", None),
            ("klingon", None),
        ] {
            assert_eq!(meant_tag(written).as_deref(), meant, "{written}");
        }
    }
}
