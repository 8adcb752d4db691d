//! Short texts that say of something that it is there only in part: `mail only`, `all but nights`, `zum Teil`.

use crate::placeholder::normalize_words;
use crate::text::is_listed;

/// Words that keep to something.
const ONLY: &str = "only,solely,exclusively,nur,lediglich,ausschließlich,ausschliesslich,seulement,uniquement,solo,sólo,solamente,\
     únicamente,apenas,somente,só,soltanto,alleen,uitsluitend,tylko,wyłącznie";
/// Words before those that turn them round: `not only`.
const NOT: &str = "not,nicht,non,no,pas,não,niet,nie";
/// Words about the text itself, after those that keep to something: `Only this document`, `nur hier`.
const THIS: &str = "this,these,here,place,text,document,source,procedure,process,policy,one,dieses,dieser,diese,hier,dokument,ce,cette,\
     ici,este,esta,aquí,questo,questa,qui,dit,deze,hier,ten,ta,tu";
/// Verbs of rules: `Only the Service Director may change this.`
const MODALS: &str =
    "may,can,must,shall,will,darf,dürfen,kann,können,muss,müssen,peut,peuvent,puede,pueden,può,possono,mag,mogen,może";

/// Words that take something out, or say that a part is there.
const PARTIAL: &str = "except,excepting,excluding,excl,partially,partly,außer,ausser,ausgenommen,teilweise,teils,lückenhaft,\
     partiellement,sauf,hormis,excepté,parcialmente,excepto,salvo,exceto,parzialmente,eccetto,tranne,gedeeltelijk,deels,behalve,\
     częściowo,oprócz";
/// Groups of words that do so.
const PARTIAL_PHRASES: &[&str] = &[
    "all but",
    "w o",
    "other than",
    "limited to",
    "restricted to",
    "in parts",
    "in part",
    "for now",
    "to a large extent",
    "mostly",
    "largely",
    "beschränkt auf",
    "zum teil",
    "weitgehend",
    "grösstenteils",
    "im wesentlichen",
    "en partie",
    "hors",
    "limité à",
    "en parte",
    "limitado a",
    "in parte",
    "limitato a",
    "em parte",
    "ten dele",
    "with the exception of",
    "mit ausnahme",
    "à l exception",
    "con excepción",
    "ad eccezione",
    "com exceção",
    "met uitzondering",
    "z wyjątkiem",
    "beperkt tot",
    "grotendeels",
];
/// Adjectives that say so only of what is claimed, and not before a noun of the subject: `basic calls`.
const ADJECTIVES: &str = "limited,restricted,reduced,basic,minimum,minimal,partial,incomplete,unfinished,planned,draft,pending,interim,\
     provisional,pilot,trial,temporary,unvollständig,eingeschränkt,geplant,partiel,partielle,parcial,parziale,incompleto,\
     incompleta,onvolledig,entwurf,prévu,previsto,gepland,niepełne,niepełny,planowane";
/// Nouns for the extent of a claim or the state of the work: `partial coverage`, `pilot phase`.
const EXTENTS: &str = "coverage,implementation,compliance,conformity,fulfilment,fulfillment,phase,period,stage,version,solution,run,\
     operation,approval,abdeckung,umsetzung,couverture,cobertura,copertura,dekking";
/// Words that may follow an adjective that says how far a claim goes.
const AFTER_ADJECTIVE: &str = "for,in,until,till,from,as,by,to,at,with,yet,only,now,für,bis,ab,im,pour,para,per,voor";

/// Last words of such a text: `nights missing`, `nights excluded`.
const LAST: &str = "missing,lacking,excluded,pending,outstanding,fehlt,fehlen,ausgenommen,manque,manquant,exclu,exclues,falta,faltan,\
     excluido,manca,mancante,esclusi,ontbreekt,uitgesloten,brakuje";
/// First words of such a text.
const FIRST: &str =
    "lacks,lacking,missing,fehlt,fehlen,manque,manquent,falta,faltan,manca,mancano,ontbreekt,brak,brakuje";
/// Parts of such texts in languages without spaces.
const UNSPACED: &[&str] = &["のみ", "一部", "除く", "未対応", "仅", "部分", "不包括", "不含", "除外"];

/// Beginnings of words for limits, and for what is left. A text that denies them limits nothing: `No exceptions.`
const LIMITS: &[&str] = &[
    "exce",
    "exclu",
    "restri",
    "limit",
    "gap",
    "einschr",
    "ausnahm",
    "lück",
    "eccez",
    "beperk",
    "uitz",
    "wyj",
    "réserv",
    "reserv",
    "vorbehalt",
    "only",
    "nur",
    "missing",
    "open",
    "offene",
    "exceç",
    "seulement",
    "uniquement",
    "solo",
    "sólo",
    "alleen",
    "tylko",
];
/// Words that deny them.
const DENIALS: &[&str] = &[
    "no", "without", "none", "not", "nothing", "kein", "keine", "ohne", "nicht", "nichts", "sans", "pas", "non", "sin",
    "sem", "não", "senza", "zonder", "niet", "bez", "nie",
];

/// Whether a short text says that something is there only in part.
pub(crate) fn says_partial(text: &str) -> bool {
    let words = normalize_words(text);
    keeps_to_something(&words)
        || words.split(' ').any(|word| is_listed(PARTIAL, word))
        || has_partial_phrase(&words)
        || is_qualified(text, &words)
        || lacks_something(&words)
        || UNSPACED.iter().any(|part| words.contains(part))
}

/// Whether a text keeps to something: `only mail`, but not `not only mail` or `Only this document`.
fn keeps_to_something(words: &str) -> bool {
    let all: Vec<&str> = words.split(' ').collect();
    let Some(at) = all.iter().position(|word| is_listed(ONLY, word)) else { return false };
    let is_turned = at.checked_sub(1).is_some_and(|before| is_listed(NOT, all[before]));
    let is_about_text = all.get(at + 1).is_some_and(|next| is_listed(THIS, next));
    // `Only the Service Director may change this.`
    let is_rule = at == 0 && all.iter().any(|word| is_listed(MODALS, word));
    !(is_turned || is_about_text || is_rule)
}

/// Whether a text has a group of words for a part. `In part 2` is a place, and `basic calls` are a subject.
fn has_partial_phrase(words: &str) -> bool {
    let padded = format!(" {words} ");
    PARTIAL_PHRASES.iter().any(|phrase| {
        let Some((before, rest)) = padded.split_once(&format!(" {phrase} ")) else { return false };
        let is_turned = before.rsplit(' ').next().is_some_and(|word| is_listed(NOT, word));
        !is_turned && !rest.starts_with(|c: char| c.is_ascii_digit())
    })
}

/// Whether a text begins with an adjective that says how far something is there: `partial`, `planned for 2027`,
/// `limited: nights`, `pilot phase`.
fn is_qualified(text: &str, words: &str) -> bool {
    let (first, rest) = words.split_once(' ').unwrap_or((words, ""));
    let next = rest.split(' ').next().unwrap_or_default();
    let behind = || {
        let start = text.trim_start_matches(|c: char| !c.is_alphanumeric());
        start.trim_start_matches(|c: char| c.is_alphanumeric()).trim_start()
    };
    is_listed(ADJECTIVES, first)
        && (rest.is_empty()
            || is_listed(EXTENTS, next)
            || is_listed(AFTER_ADJECTIVE, next)
            || behind().starts_with([':', '(', ',', ';', '–', '.', '*']))
}

/// Maximum number of words of a text that only says what is missing.
const MAX_WORDS: usize = 4;

/// Whether a text says what is missing: `nights missing`, `no c)`.
fn lacks_something(words: &str) -> bool {
    let (first, rest) = words.split_once(' ').unwrap_or((words, ""));
    let last = words.rsplit(' ').next().unwrap_or_default();
    let is_item = |text: &str| text.len() == 1 && text.is_ascii();
    let is_denied = || ["nothing", "nichts", "rien", "nada", "niente", "niets", "nic", "no", "not"].contains(&first);
    let before_last = words.rsplit(' ').nth(1).unwrap_or_default();
    let is_short = !rest.is_empty() && words.split(' ').count() <= MAX_WORDS;
    let is_sentence = || [" is ", " are ", " were "].iter().any(|verb| words.contains(verb));
    first == "no" && is_item(rest)
        || is_short && is_listed(LAST, last) && !is_denied() && !is_listed(NOT, before_last)
        || is_short && is_listed(FIRST, first) && !is_sentence()
}

/// Whether a text in lower case begins by denying a limit: `no exceptions`, `nothing missing`.
pub(crate) fn denies_limit(words: &str) -> bool {
    let mut words = words.split(' ');
    words.next().is_some_and(|first| DENIALS.contains(&first))
        && words.next().is_some_and(|second| LIMITS.iter().any(|limit| second.starts_with(limit)))
}

#[cfg(test)]
mod tests {
    use super::says_partial;

    #[test]
    fn parts_differ_from_subjects() {
        for text in [
            "only mail",
            "mail only",
            "For mail only",
            "nur Mail",
            "somente e-mail",
            "partial",
            "partial (mail)",
            "Partial coverage",
            "partly done",
            "limited",
            "limited to mail",
            "all but nights",
            "w/o nights",
            "zum Teil",
            "en partie",
            "größtenteils",
            "nights missing",
            "Nächte fehlen",
            "no c)",
            "lacks nights",
            "pilot phase",
            "planned for 2027",
            "hors week-end",
            "不包括夜间",
            "mit Ausnahme von Druckern",
            "falta la prueba",
        ] {
            assert!(says_partial(text), "{text}");
        }
        for text in [
            "",
            "not only mail",
            "nicht nur für Mail",
            "not limited to mail",
            "Only place where incidents are described.",
            "The only procedure for incidents.",
            "Only this document covers the clause.",
            "Nur hier geregelt.",
            "Only the Service Director may change this.",
            "partial outages too",
            "Partial and full outages.",
            "planned changes too",
            "Draft agreements",
            "basic and advanced calls",
            "Trial services are included.",
            "in part 2",
            "nothing missing",
            "Missing tickets are found by report",
            "nights not excluded",
            "Limited-time offers too",
        ] {
            assert!(!says_partial(text), "{text}");
        }
    }
}
