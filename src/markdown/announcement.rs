//! What a sentence above a block announces: the output of a program, how something is written in Markdown, or words of
//! somebody.

/// The longest text above a block to look at, in bytes.
const MAX_BYTES: usize = 400;

/// Words that announce an output without a verb.
const OUTPUTS: [&str; 10] = [
    "diff",
    "output",
    "stdout",
    "ausgabe",
    "konsolenausgabe",
    "programmausgabe",
    "sortie",
    "salida",
    "uitvoer",
    "wyjście",
];
/// The same in scripts without spaces between words.
const DENSE_OUTPUTS: [&str; 3] = ["出力", "输出", "출력"];
/// What has an output, in the languages of handbooks.
const PROGRAMS: [&str; 39] = [
    "app",
    "client",
    "command",
    "commit",
    "console",
    "log",
    "logfile",
    "logs",
    "menu",
    "program",
    "prompt",
    "query",
    "screen",
    "script",
    "server",
    "shell",
    "terminal",
    "befehl",
    "bildschirm",
    "konsole",
    "menü",
    "programm",
    "protokoll",
    "protokolldatei",
    "skript",
    "commande",
    "journal",
    "programme",
    "serveur",
    "écran",
    "comando",
    "consola",
    "pantalla",
    "registro",
    "servidor",
    "programma",
    "schermo",
    "scherm",
    "serwer",
];
/// Words for what these do with it.
const SHOWING: [&str; 25] = [
    "displays",
    "message",
    "prints",
    "reads",
    "returns",
    "says",
    "shows",
    "gibt",
    "liefert",
    "meldet",
    "meldung",
    "zeigt",
    "affiche",
    "montre",
    "renvoie",
    "devuelve",
    "imprime",
    "muestra",
    "mostra",
    "restituisce",
    "stampa",
    "toont",
    "pokazuje",
    "wyświetla",
    "zwraca",
];
/// Words of a condition, which announces what to do, and for a table that is to be read.
const OTHERS: [&str; 24] = [
    "after", "as", "if", "once", "until", "when", "table", "falls", "nachdem", "sobald", "tabelle", "wenn", "lorsque",
    "quand", "si", "tableau", "cuando", "tabla", "quando", "se", "tabella", "als", "gdy", "jeśli",
];

/// Words for the marks of Markdown.
const SYNTAX: [&str; 5] = ["markdown", "markup", "syntax", "syntaxe", "sintaxis"];
/// Words that announce how something is written.
const WRITING: [&str; 10] =
    ["example", "written", "beispiel", "geschrieben", "schreibt", "exemple", "écrit", "ejemplo", "escribe", "scrive"];
/// Parts of a text that Markdown has marks for.
const MARKED_PARTS: [&str; 26] = [
    "alert", "alerts", "image", "images", "link", "links", "list", "lists", "picture", "pictures", "table", "tables",
    "bild", "bilder", "liste", "listen", "tabelle", "tabellen", "verweis", "verweise", "lien", "liens", "tableau",
    "enlace", "tabla", "tabella",
];

/// Whether the sentence at the end of a text announces a block of code: an output, or an example of Markdown.
pub(super) fn announces_code(text: &str) -> bool {
    let Some(sentence) = announcement(text) else { return false };
    let words: Vec<&str> = sentence.split(|c: char| !c.is_alphanumeric()).collect();
    let has = |list: &[&str]| words.iter().any(|word| list.contains(word));
    let is_output = has(&OUTPUTS) || has(&PROGRAMS) && has(&SHOWING);
    let is_example = has(&WRITING) || has(&["write"]) && sentence.contains("like this");
    is_output && !has(&OTHERS)
        || has(&SYNTAX)
        || is_example && has(&MARKED_PARTS)
        || DENSE_OUTPUTS.iter().any(|output| sentence.contains(output))
}

/// Words for what somebody said or wrote.
const QUOTED: [&str; 42] = [
    "answered",
    "asked",
    "comment",
    "comments",
    "complained",
    "feedback",
    "kundenfeedback",
    "quotation",
    "quote",
    "quotes",
    "replied",
    "said",
    "says",
    "survey",
    "writes",
    "wrote",
    "antwortete",
    "beschwerde",
    "rückmeldung",
    "rückmeldungen",
    "sagt",
    "sagte",
    "schreibt",
    "schrieb",
    "umfrage",
    "zitat",
    "citation",
    "commentaire",
    "commentaires",
    "dit",
    "enquête",
    "écrit",
    "cita",
    "comentario",
    "comentarios",
    "dice",
    "dijo",
    "encuesta",
    "escribió",
    "scrive",
    "citaat",
    "schreef",
];
/// The maximum number of quotations and items between a quotation and the words that announce it.
const MAX_LINES_BETWEEN: usize = 20;

/// Whether the sentence above a quotation, and above others before it, announces words of somebody: it ends with a word
/// for saying, or names one before a colon if the quotation is a sentence.
pub(super) fn announces_quotation(text: &str, is_sentence: bool) -> bool {
    let window = &text[text.ceil_char_boundary(text.len().saturating_sub(MAX_BYTES))..];
    let is_other = |line: &&str| {
        let line = line.trim_start();
        !line.is_empty() && !line.starts_with(['>', '-', '*', '+']) && !line.starts_with(|c: char| c.is_ascii_digit())
    };
    let Some(line) = window.lines().rev().take(MAX_LINES_BETWEEN).find(is_other) else { return false };
    let line = line.trim_end().to_lowercase();
    let words = line.trim_end_matches([':', '：']);
    let mut all = words.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).rev();
    let is_before_colon = words.len() < line.len();
    let count = if is_before_colon { usize::MAX } else { 1 };
    (is_sentence || !is_before_colon) && all.by_ref().take(count).any(|word| QUOTED.contains(&word))
}

/// The sentence at the end of a text, in lower case, if it ends in a colon.
fn announcement(text: &str) -> Option<String> {
    let text = text.trim_end().strip_suffix([':', '：'])?;
    let window = &text[text.ceil_char_boundary(text.len().saturating_sub(MAX_BYTES))..];
    let paragraph = window.rsplit("\n\n").next().unwrap_or_default();
    let sentence = paragraph.rsplit(". ").next().unwrap_or_default();
    Some(sentence.to_lowercase())
}

#[cfg(test)]
mod tests {
    use super::{announces_code, announces_quotation};

    #[test]
    fn words_of_somebody_are_announced() {
        for text in [
            "As clause 8.2.3 of the contract says:\n\n",
            "He wrote\n",
            "Kundenfeedback:\n\n> 3 Tage Wartezeit!\n\n",
            "Feedback of the survey:\n\n- > 3 days.\n- ",
        ] {
            assert!(announces_quotation(text, true), "{text}");
        }
        for text in ["Call the desk if it lasts\n", "He said that it lasts\n", "Limits:\n\n", "", "- > 5 users\n"] {
            assert!(!announces_quotation(text, true), "{text}");
        }
    }

    #[test]
    fn outputs_and_examples_are_announced() {
        for text in [
            "Restart it. The log shows:",
            "The output of `curl`:",
            "The console shows\na menu:\n",
            "The message of the commit:",
            "Das Protokoll zeigt:",
            "Le serveur affiche :",
            "コマンドの出力：",
            "Links are written like this:",
            "You write a link like this:",
            "Example of a table:",
            "So wird ein Link geschrieben:",
            "The syntax is:",
        ] {
            assert!(announces_code(text), "{text}");
        }
        for text in [
            "The log shows nothing.",
            "Look at the log. Then do this:",
            "The log shows x:\n\nThe steps are:",
            "If the screen shows an error:",
            "The outputs of the process are:",
            "The table shows the limits of the server:",
            "Write the date into the log:",
            "We commit to:",
            "For example:",
            "See also:",
        ] {
            assert!(!announces_code(text), "{text}");
        }
    }
}
