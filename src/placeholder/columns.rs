//! What the head of a column says about its cells: whether an empty one waits for a tick, or for words.

use std::sync::LazyLock;

use ahash::AHashMap;

use super::person::normalize_words;

/// Maximum number of words in a head that is understood.
const MAX_HEAD_WORDS: usize = 5;

/// What belongs in the cells of a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Column {
    /// The text of a form: `Entry`, `Value`, `Answer`.
    Entry,
    /// A tick, initials or a signature, which people add to their own copy.
    Tick,
    /// A remark, which may be missing.
    Remark,
    /// What people add to each step of their own copy, or to an item of a plan: `Date`, `Result`.
    Outcome,
    /// Anything else.
    Other,
}

/// What the first column of a table names, apart from numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Subject {
    /// What somebody does or checks: `Step`.
    Step,
    /// The fields of a form: `Field`.
    Field,
    /// Something that may be a field or a thing: `Item`.
    Item,
    /// Who fills in the rest: `Role`, `Approved by`.
    Person,
    /// Anything else.
    Other,
}

const COLUMNS: &[(Column, &str)] = &[
    (
        Column::Entry,
        "entry entries answer answers value values text input content contents description descriptions details response \
         eintrag eintragung antwort antworten angabe angaben wert werte inhalt inhalte beschreibung eingabe \
         réponse valeur valeurs saisie texte contenu descriptif respuesta valor texto contenido descripción resposta conteúdo \
         descrição risposta valore testo contenuto descrizione antwoord waarde invoer inhoud tekst beschrijving odpowiedź \
         wartość wpis treść opis",
    ),
    (
        Column::Tick,
        "done ok okay nok pass passed fail failed check checked tick ticked complete completed confirmed confirmation initial \
         initials initialled sign signed signature signatures verified finished performed executed approved \
         erledigt kürzel kurzzeichen unterschrift signum handzeichen hz paraphe geprüft abgehakt abgeschlossen ausgeführt \
         durchgeführt bestanden bestätigt ordnung mangel mängel haken visum freigegeben io nio \
         fait conforme visa coché effectué effectuée réalisé réalisée vérifié vérifiée terminé initiales validé signature \
         hecho firma iniciales realizado verificado completado cumple rúbrica feito assinatura rubrica concluído \
         fatto eseguito sigla iniziali verificato completato svolto \
         gedaan paraaf handtekening akkoord gereed uitgevoerd gecontroleerd afgevinkt klaar \
         wykonano wykonane zrobione podpis parafka gotowe sprawdzono klart utført udført klar gjort kontrollert hotovo",
    ),
    (
        Column::Remark,
        "remark remarks comment comments note notes observation observations bemerkung bemerkungen anmerkung anmerkungen \
         kommentar kommentare hinweis hinweise remarque remarques commentaire commentaires observación observaciones comentario comentarios \
         nota notas observação observações osservazione osservazioni commento commenti opmerking opmerkingen uwaga uwagi",
    ),
    (
        Column::Outcome,
        "date day time when by who result results outcome status state finding findings evidence measured actual reading \
         technician engineer operator datum zeit uhrzeit wann wer von ergebnis befund nachweis ist heure quand qui résultat \
         constat preuve fecha hora quién resultado evidencia data ora chi risultato esito evidenza tijd wie resultaat \
         kto wynik",
    ),
];

/// Words of columns in which one of several answers is ticked. They mean something else beside other words:
/// `Ticket no.`
const CHOICES: &str = "yes no not n a na and or i o ja nein und oui non et sí si y sim não e o nie tak nee en of";

/// Parts of heads in Chinese and Japanese.
const UNSPACED_COLUMNS: &[(Column, &str)] = &[
    (Column::Entry, "記入 内容 値 回答 入力 填写 数值 答案"),
    (Column::Tick, "確認 完了 済 チェック 良 否 可 判定 実施 検印 署名 サイン 完成 确认 签名 签字 是 "),
    (Column::Remark, "備考 备注 コメント"),
    (Column::Outcome, "結果 结果 日付 日期 時刻 担当"),
];

const SUBJECTS: &[(Subject, &str)] = &[
    (
        Subject::Step,
        "step steps task tasks check checks checkpoint action actions activity activities test tests inspection instruction \
         schritt schritte arbeitsschritt aufgabe aufgaben prüfpunkt prüfung prüfschritt maßnahme tätigkeit kontrolle \
         étape étapes etape etapes tâche tâches contrôle action vérification activité paso pasos tarea tareas actividad acción \
         comprobación control verificación passo passos tarefa ação atividade etapa verificação passaggio attività azione fase \
         controllo verifica stap stappen taak actie controle activiteit handeling krok kroki zadanie czynność kontrola",
    ),
    (Subject::Field, "field fields feld felder champ champs campo campos veld pole formularfeld"),
    (
        Subject::Item,
        "item items topic topics subject aspect point punkt thema element élément sujet tema asunto argomento onderwerp temat",
    ),
    (
        Subject::Person,
        "role function position name approver reviewer prepared reviewed approved issued rolle funktion freigeber erstellt \
         geprüft freigegeben genehmigt rôle fonction nom rédigé approuvé función cargo nombre elaborado revisado aprobado \
         ruolo funzione nome redatto approvato functie naam opgesteld goedgekeurd funkcja nazwisko",
    ),
];

/// Parts of names of steps in Chinese and Japanese.
const UNSPACED_STEPS: [&str; 9] = ["手順", "作業", "点検", "確認項目", "検査", "步骤", "检查", "任务", "チェック項目"];

/// Heads of columns of numbers, in lower case.
const NUMBER_HEADS: [&str; 12] = ["no", "nr", "n", "number", "num", "pos", "lfd nr", "lfdnr", "nº", "n o", "núm", "lp"];
/// Heads of columns that may contain numbers or names.
const PART_HEADS: [&str; 18] = [
    "id",
    "ref",
    "item",
    "item no",
    "step",
    "step no",
    "schritt",
    "étape",
    "etape",
    "paso",
    "passo",
    "stap",
    "section",
    "clause",
    "chapter",
    "kapitel",
    "abschnitt",
    "position",
];

static COLUMN_WORDS: LazyLock<AHashMap<&'static str, Column>> = LazyLock::new(|| words_by_kind(COLUMNS));
static SUBJECT_WORDS: LazyLock<AHashMap<&'static str, Subject>> = LazyLock::new(|| words_by_kind(SUBJECTS));

fn words_by_kind<K: Copy>(kinds: &'static [(K, &str)]) -> AHashMap<&'static str, K> {
    kinds.iter().flat_map(|(kind, words)| words.split_whitespace().map(|word| (word, *kind))).collect()
}

/// What belongs in a column with this head.
pub(super) fn column(head: &str) -> Column {
    let words = normalize_words(head);
    if words.is_empty() {
        // `☐`, `✓`
        return if head.trim().is_empty() { Column::Outcome } else { Column::Tick };
    }
    if words.split(' ').count() > MAX_HEAD_WORDS {
        return Column::Other;
    }
    let is_choice = |word: &str| CHOICES.split(' ').any(|choice| choice == word);
    if words.split(' ').all(|word| is_choice(word) || COLUMN_WORDS.get(word) == Some(&Column::Tick)) {
        return Column::Tick;
    }
    let kinds = words.split(' ').filter_map(|word| COLUMN_WORDS.get(word).copied());
    let kinds =
        kinds.chain(UNSPACED_COLUMNS.iter().filter(|(_, parts)| has_part(&words, parts)).map(|(kind, _)| *kind));
    kinds.min().unwrap_or(Column::Other)
}

/// What the cells below this head name.
pub(super) fn subject(head: &str) -> Subject {
    let words = normalize_words(head);
    if UNSPACED_STEPS.iter().any(|part| words.contains(part)) {
        return Subject::Step;
    }
    let mut kinds = words.split(' ').filter_map(|word| SUBJECT_WORDS.get(word).copied());
    let first = kinds.next();
    // `Item to check`
    let is_step = first == Some(Subject::Step) || kinds.any(|kind| kind == Subject::Step);
    if is_step { Subject::Step } else { first.unwrap_or(Subject::Other) }
}

fn has_part(words: &str, parts: &str) -> bool {
    !words.is_ascii() && parts.split(' ').any(|part| !part.is_empty() && words.contains(part))
}

/// Whether a column with this head contains numbers, given as the head and a cell: `No.` and `1.1`, `#` and `a)`.
pub(super) fn is_numbered(head: &str, cell: &str) -> bool {
    const MAX_BYTES: usize = 8;
    let is_number = |cell: &str| {
        let mut letters = cell.chars().filter(|c| c.is_alphanumeric());
        let first = letters.next();
        cell.len() <= MAX_BYTES
            && first.is_some_and(|first| {
                first.is_ascii_digit() && letters.all(|c| c.is_ascii_digit())
                    || cell.ends_with([')', '.']) && cell.chars().filter(|c| c.is_alphanumeric()).count() == 1
            })
    };
    let words = normalize_words(head);
    let is_strict = || {
        !head.trim().is_empty() && words.is_empty() || NUMBER_HEADS.contains(&words.as_str()) || words.ends_with("番号")
    };
    let is_loose = || words.is_empty() || PART_HEADS.contains(&words.as_str());
    if cell.is_empty() { is_strict() } else { is_number(cell) && (is_strict() || is_loose()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn heads_of_ticks_are_distinguished_from_those_of_forms() {
        for head in
            ["Done?", "OK / NOK", "Date and signature", "Checked by", "☐", "n. i. O.", "Ja", "N/A", "Kürzel", "済"]
        {
            assert_eq!(column(head), Column::Tick, "{head}");
        }
        for head in ["Entry", "Your answer", "Eintrag", "Réponse", "記入欄", "Description of the result"] {
            assert_eq!(column(head), Column::Entry, "{head}");
        }
        for head in
            ["Owner", "Ticket no.", "Due", "Restored within", "Signatures that the auditor asked to see later on"]
        {
            assert_eq!(column(head), Column::Other, "{head}");
        }
        assert_eq!(
            [column("Remarks"), column("Result"), column("")],
            [Column::Remark, Column::Outcome, Column::Outcome]
        );
        assert_eq!([subject("Item to check"), subject("Feld")], [Subject::Step, Subject::Field]);
    }

    #[test]
    fn numbers_are_distinguished_from_labels() {
        for (head, cell) in [("No.", "1"), ("#", "a)"), ("", "1.1"), ("Step", "2"), ("Nr.", "")] {
            assert!(is_numbered(head, cell), "{head} {cell}");
        }
        for (head, cell) in [("Priority", "1"), ("No.", "Mail"), ("Section", ""), ("", ""), ("#", "P1")] {
            assert!(!is_numbered(head, cell), "{head} {cell}");
        }
    }
}
