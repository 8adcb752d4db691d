//! Instructions to the author that templates leave in the text of a page.

use super::unwritten::is_number;

/// Whether a sentence, given as case-folded words, asks its author to write something or is only a placeholder:
/// `Describe the process here`, `Placeholder for the process`, `Step 1`.
pub(super) fn is_instruction<'w>(words: impl Iterator<Item = &'w str>) -> bool {
    let words: Vec<&str> = words.take(MAX_INSTRUCTION_WORDS).collect();
    let words = words.strip_prefix(&["please"]).unwrap_or(&words);
    let is_last = |word: &str| words.last() == Some(&word);
    match words {
        ["placeholder", "for", ..] | ["this", "is", "a", "placeholder", ..] => true,
        ["hier", .., last] if INFINITIVES.contains(last) => true,
        ["hier", verb, "wie" | "was", ..] => INFINITIVES.contains(verb),
        ["in", "this", "section" | "chapter", verb, ..] => VERBS.contains(verb),
        ["this", "section" | "chapter", "should" | "must", verb, ..] => VERBS.contains(verb),
        ["in", "diesem", "abschnitt" | "kapitel", "ist" | "sind", .., "zu", last] => INFINITIVES.contains(last),
        [verb, "ici" | "aquí" | "aqui" | "qui" | "hier" | "tutaj" | "tu", ..] if FOREIGN_VERBS.contains(verb) => true,
        [text] if is_dense_prompt(text) => true,
        ["여기에", noun, last] => has_one(&DENSE_CONTENTS, noun) && has_one(&DENSE_VERBS, last),
        [_, .., "goes" | "go", "here"] => words.len() <= MAX_WORDS_GOING_HERE,
        ["awaiting", "input" | "feedback" | "information", "from", rest @ ..]
        | ["waiting", "for", "input" | "feedback" | "information", "from", rest @ ..] => rest.len() <= MAX_SOURCE_WORDS,
        [noun, number] if is_number(number) => NUMBERED_NOUNS.contains(noun),
        [verb, second, rest @ ..] if VERBS.contains(verb) => {
            *second == "here" || is_last("here") || *second == "the" && is_subject(rest) || asks_how(second, rest)
        }
        _ => false,
    }
}

/// Whether a word may begin an instruction.
pub(super) fn may_begin_instruction(word: &str) -> bool {
    VERBS.contains(&word) || FOREIGN_VERBS.contains(&word) || NUMBERED_NOUNS.contains(&word)
}

/// Beginnings of a prompt in scripts without spaces, verbs for writing, and words for what is written.
const DENSE_STARTS: [&str; 6] = ["ここに", "在此", "请在此", "在这里", "此处", "請在此"];
const DENSE_VERBS: [&str; 10] = ["記載", "記入", "入力", "输入", "填写", "描述", "补充", "輸入", "입력", "작성"];
const DENSE_CONTENTS: [&str; 12] =
    ["内容", "本文", "テキスト", "文章", "手順", "説明", "文本", "正文", "流程", "내용", "설명", "절차"];
const MAX_PROMPT_CHARS: usize = 16;

/// Whether a text asks its author to write here, in Chinese or Japanese: `ここに手順を記載する`.
fn is_dense_prompt(text: &str) -> bool {
    let is_prompt = DENSE_STARTS.iter().any(|start| text.starts_with(start));
    is_prompt
        && has_one(&DENSE_VERBS, text)
        && has_one(&DENSE_CONTENTS, text)
        && text.chars().count() <= MAX_PROMPT_CHARS
}

fn has_one(words: &[&str], text: &str) -> bool {
    words.iter().any(|word| text.contains(word))
}

/// Whether these words are exactly a subject that templates ask for.
fn is_subject(words: &[&str]) -> bool {
    matches!(words, ["process" | "procedure" | "purpose" | "scope" | "policy" | "approach"])
}

/// Whether a template asks how its user does something: `how your organization handles incidents`.
fn asks_how(second: &str, rest: &[&str]) -> bool {
    second == "how" && matches!(rest, ["your" | "you", ..] | ["the", "organization" | "organisation" | "company", ..])
}

/// The maximum number of words in an instruction; longer sentences have been written by an author.
const MAX_INSTRUCTION_WORDS: usize = 16;
/// The maximum number of words in `A description of the process goes here`, and in a name after `Awaiting input from`.
const MAX_WORDS_GOING_HERE: usize = 8;
const MAX_SOURCE_WORDS: usize = 4;
const VERBS: [&str; 4] = ["describe", "explain", "outline", "insert"];
const FOREIGN_VERBS: [&str; 10] = [
    "décrire",
    "décrivez",
    "describir",
    "describa",
    "descrivere",
    "descrivi",
    "descrever",
    "descreva",
    "beschrijf",
    "opisz",
];
const INFINITIVES: [&str; 5] = ["beschreiben", "einfügen", "ergänzen", "ausfüllen", "erläutern"];
/// Nouns that templates number in place of text.
const NUMBERED_NOUNS: [&str; 24] = [
    "step",
    "item",
    "point",
    "task",
    "activity",
    "requirement",
    "responsibility",
    "role",
    "document",
    "example",
    "option",
    "evidence",
    "text",
    "column",
    "figure",
    "table",
    "schritt",
    "punkt",
    "aufgabe",
    "anforderung",
    "beispiel",
    "abbildung",
    "paso",
    "stap",
];

/// Phrases used in place of text on a page, but may be valid answers elsewhere.
pub(super) const TEXT_PHRASES: &[&str] = &[
    "add more here",
    "and more",
    "and so on",
    "asdf",
    "awaiting input",
    "back to top",
    "bild",
    "click to edit",
    "content needed",
    "continued",
    "continued on next page",
    "deprecated",
    "diagram",
    "diagram here",
    "dito",
    "idem",
    "wie oben",
    "wie vor",
    "ebenso",
    "comme ci dessus",
    "como arriba",
    "come sopra",
    "同上",
    "上記参照",
    "上記の通り",
    "double click to edit",
    "draft text",
    "dummy",
    "enter your text here",
    "entf",
    "etc",
    "figure",
    "hier könnte ihr text stehen",
    "hier steht der text",
    "image",
    "in review",
    "input needed",
    "insert diagram",
    "insert image",
    "insert screenshot",
    "insert your content here",
    "lorem",
    "more",
    "more to come",
    "no information",
    "no information available",
    "nothing to see here",
    "obsolete",
    "page break",
    "pending approval",
    "please add",
    "please complete",
    "please fill in",
    "qwerty",
    "s u",
    "screenshot",
    "start writing here",
    "tk",
    "to come",
    "type your text here",
    "under review",
    "waiting for input",
    "wird geklärt",
    "withdrawn",
    "your content goes here",
    "your text",
    "zie boven",
    "zie hieronder",
    "zurück nach oben",
    "write this",
    "you can help by expanding it",
    "adicionar aqui",
    "inserisci qui il testo",
    "texto aquí",
    "texto aqui",
    "escriba aquí",
    "texte ici",
    "saisir le texte ici",
    "testo qui",
    "tekst hier",
    "tutaj tekst",
    "in fase di redazione",
    "追って記載",
    "後日記載",
    "記載予定",
    "検討中",
    "調整中",
    "確認中",
    "未記入",
    "未入力",
    "工事中",
    "待填写",
    "待確認",
    "待确认",
    "後日追記予定",
    "要確認",
    "ここに本文を入力してください",
    "ここに内容を入力してください",
    "added in the next version",
    "bla bla",
    "bla bla bla",
    "blah blah",
    "blah blah blah",
    "hier steht text",
    "hier steht ein text",
    "replace with your own",
    "replace with your own text",
    "text text",
    "text text text",
    "texte d exemple",
    "texte d exemple à remplacer",
    "wird in der nächsten version ergänzt",
    "wird in der nächsten version beschrieben",
    "暂无",
    "暂缺",
    "some text",
    "your content",
    "text hier",
    "hier kommt text",
    "hier kommt der text",
    "ihr text",
    "foo bar",
    "hello world",
    "testtext",
    "first step",
    "second step",
    "third step",
    "rellenar",
    "compilare",
    "invullen",
    "preencher",
    "wypełnić",
    "uzupełnić",
    "記入してください",
    "ここに記入",
    "省略",
    "略",
    "下記参照",
    "別途記載",
    "page not found",
    "undefined",
    "null",
];
