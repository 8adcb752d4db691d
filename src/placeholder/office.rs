//! Texts that word processors show in fields which nobody has filled in.

use super::words_of;
use crate::name::fold_case;

/// Prompts of Word's content controls, by language.
pub(super) const PROMPTS: &[&str] = &[
    // English
    "click or tap here to enter text",
    "click here to enter text",
    "click or tap to enter a date",
    "click here to enter a date",
    "choose an item",
    "choose a building block",
    // German
    "klicken oder tippen sie hier um text einzugeben",
    "klicken sie hier um text einzugeben",
    "klicken oder tippen sie um ein datum einzugeben",
    "klicken sie hier um ein datum einzugeben",
    "wählen sie ein element aus",
    // French
    "cliquez ou appuyez ici pour entrer du texte",
    "cliquez ici pour entrer du texte",
    "cliquez ici pour taper du texte",
    "cliquez ou appuyez ici pour entrer une date",
    "cliquez ici pour entrer une date",
    "choisissez un élément",
    // Spanish
    "haga clic o pulse aquí para escribir texto",
    "haga clic aquí para escribir texto",
    "haga clic o pulse para escribir una fecha",
    "haga clic aquí para escribir una fecha",
    "elija un elemento",
    // Italian
    "fare clic o toccare qui per immettere il testo",
    "fare clic qui per immettere testo",
    "fare clic qui per immettere il testo",
    "fare clic o toccare qui per immettere una data",
    "fare clic qui per immettere una data",
    "scegliere un elemento",
    // Dutch
    "klik of tik om tekst in te voeren",
    "klik hier als u tekst wilt invoeren",
    "klik of tik om een datum in te voeren",
    "klik hier als u een datum wilt invoeren",
    "kies een item",
    // Portuguese
    "clique ou toque aqui para inserir texto",
    "clique ou toque aqui para introduzir texto",
    "clique aqui para digitar texto",
    "clique ou toque para inserir uma data",
    "clique aqui para introduzir uma data",
    "escolher um item",
    "escolha um item",
    // Polish
    "kliknij lub naciśnij tutaj aby wprowadzić tekst",
    "kliknij tutaj aby wprowadzić tekst",
    "kliknij lub naciśnij aby wprowadzić datę",
    "kliknij tutaj aby wprowadzić datę",
    "wybierz element",
    // Japanese and Chinese
    "ここをクリックまたはタップしてテキストを入力してください",
    "ここをクリックしてテキストを入力",
    "ここをクリックしてテキストを入力してください",
    "アイテムを選択してください",
    "单击或点击此处输入文字",
    "单击此处输入文字",
    "选择一项",
    "クリックまたはタップしてテキストを入力してください",
    // Other languages
    "clique aqui para introduzir texto",
    "klicka eller tryck här för att ange text",
    "klik eller tryk her for at skrive tekst",
    "klikk eller trykk her for å skrive inn tekst",
    "klikněte nebo klepněte sem a zadejte text",
    "szöveg beírásához kattintson vagy koppintson ide",
    "место для ввода текста",
    "텍스트를 입력하려면 여기를 클릭하거나 탭하세요",
    "metin girmek için buraya tıklayın veya dokunun",
];

/// Lines that word processors repeat on every page, and notes on the use of a document.
pub(super) const PAGE_FURNITURE: &[&str] = &[
    "confidential",
    "strictly confidential",
    "internal",
    "internal use only",
    "for internal use only",
    "all rights reserved",
    "vertraulich",
    "streng vertraulich",
    "intern",
    "nur für den internen gebrauch",
    "nur für internen gebrauch",
    "alle rechte vorbehalten",
    "confidentiel",
    "tous droits réservés",
    "confidencial",
    "todos los derechos reservados",
    "todos os direitos reservados",
    "riservato",
    "tutti i diritti riservati",
    "vertrouwelijk",
    "alle rechten voorbehouden",
    "poufne",
    "社外秘",
    "uncontrolled when printed",
    "uncontrolled copy when printed",
    "this document is uncontrolled when printed",
    "printed copies are uncontrolled",
    "ausdrucke unterliegen nicht dem änderungsdienst",
    "gedruckte exemplare unterliegen nicht dem änderungsdienst",
    "weitergabe nur mit zustimmung",
    "edit this page",
    "edit on github",
    "previous next",
    "no table of contents entries found",
    "ref",
];

/// Whether a sentence is a copyright notice: `© 2026 Example Ltd.`
pub(super) fn is_copyright(sentence: &str) -> bool {
    const MAX_WORDS: usize = 12;
    let sentence = sentence.trim();
    let after = sentence.get(.."copyright".len()).filter(|start| start.eq_ignore_ascii_case("copyright"));
    let after = after.map(|start| sentence[start.len()..].trim_start());
    let is_dated = |rest: &str| rest.starts_with(['©', '(']) || rest.starts_with(|c: char| c.is_ascii_digit());
    (sentence.starts_with(['©', 'Ⓒ']) || after.is_some_and(is_dated))
        && sentence.split_whitespace().count() <= MAX_WORDS
}

/// Whether a line is repeated at the end of each page, with the page's number: `Confidential – Page 1 of 3`.
pub(super) fn is_page_footer(sentence: &str) -> bool {
    const MAX_BYTES: usize = 120;
    const SEPARATORS: [&str; 5] = [" – ", " — ", " - ", " | ", " · "];
    // `Page 1 of 3`; prose may refer to `page 3`.
    const MIN_WORDS: usize = 4;
    let is_number = |part: &str| {
        let folded = fold_case(part);
        part.split_whitespace().count() >= MIN_WORDS && is_page_number(words_of(&folded))
    };
    sentence.len() <= MAX_BYTES
        && sentence.bytes().any(|byte| byte.is_ascii_digit())
        && SEPARATORS
            .iter()
            .any(|separator| sentence.split(separator).any(|part| part.len() < sentence.len() && is_number(part)))
}

/// Whether a line says who created and changed a page, as exports of wikis do: `Created by N, last modified on May 5`.
pub(super) fn is_page_origin(sentence: &str) -> bool {
    const ORIGINS: [(&str, &str); 2] = [("created by ", ", last "), ("erstellt von ", ", zuletzt ")];
    let sentence = sentence.trim_start();
    let begins = |start: &str| sentence.get(..start.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(start));
    ORIGINS.iter().any(|(start, change)| begins(start) && sentence.contains(change))
}

/// Whether the words of a sentence are the number of a page: `Page 1 of 3`.
pub(super) fn is_page_number<'w>(mut words: impl Iterator<Item = &'w str>) -> bool {
    const NOUNS: [&str; 5] = ["page", "seite", "página", "pagina", "strona"];
    const OF: [&str; 7] = ["of", "von", "sur", "de", "di", "van", "z"];
    let is_number = |word: &str| word.bytes().all(|byte| byte.is_ascii_digit());
    words.next().is_some_and(|noun| NOUNS.contains(&noun))
        && words.next().is_some_and(is_number)
        && words
            .next()
            .is_none_or(|of| OF.contains(&of) && words.next().is_some_and(is_number) && words.next().is_none())
}
