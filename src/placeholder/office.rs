//! Texts that word processors show in fields which nobody has filled in.

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
