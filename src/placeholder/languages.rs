//! Words of sentences that only say that their text is still to be written, was left out, or is somewhere nearby.

/// The function of a word in such a sentence.
#[derive(Clone, Copy)]
pub(super) enum WordRole {
    /// Names the text, or what is done to it: `section`, `described`.
    Text,
    /// Names something that may be the subject of a rule: `information`. It is empty only if it is still to come.
    Subject,
    /// Asks the author to write: `describe`.
    Instruction,
    /// Says that the text is still to come: `later`.
    Later,
    /// Says that the text is missing: `blank`.
    Absent,
    /// Refers the reader elsewhere: `see`.
    See,
    /// Says where, without naming a place: `below`.
    Nearby,
    /// Adds nothing to the other words.
    Filler,
}

impl WordRole {
    pub(super) const COUNT: u32 = 8;

    pub(super) const fn bit(self) -> u64 {
        1 << self as u32
    }
}

/// The words of one language by role, in lower case.
pub(super) type Language = &'static [(WordRole, &'static str)];

pub(super) const LANGUAGES: [Language; 8] = [ENGLISH, GERMAN, FRENCH, SPANISH, DUTCH, ITALIAN, PORTUGUESE, POLISH];

const ENGLISH: Language = &[
    (
        WordRole::Text,
        "article image picture figure diagram screenshot section sections chapter chapters page part paragraph text texts content contents description descriptions detail \
         details wording written drafted added detailed described supplied inserted provided documented filled completed \
         defined elaborated expanded finished finalized finalised prepared updated specified populated given",
    ),
    (WordRole::Subject, "information info documentation document guidance"),
    (
        WordRole::Instruction,
        "write add insert describe complete fill provide supply detail document define expand elaborate finish prepare specify \
         populate update enter type",
    ),
    (
        WordRole::Later,
        "will be still yet later soon shortly coming pending follow follows forthcoming outstanding tbd tbc tba todo needs \
         need upcoming planned construction development",
    ),
    (
        WordRole::Absent,
        "no not nothing none blank empty missing omitted deleted removed reserved unused vacant intentionally deliberately \
         purposely placeholder stub dropped discontinued superseded",
    ),
    (WordRole::See, "see refer"),
    (WordRole::Nearby, "above below next previous preceding following same earlier there elsewhere"),
    (
        WordRole::Filler,
        "under this the a an it its is are was were been being has have had to of in on for at as so far and or only just now here \
         there we i our my your someone somebody everything something more further also please left future release version \
         revision iteration phase stage course due time date moment current currently present presently ready available use \
         used applicable relevant paragraph early late mid end beginning january february march april may june july august september \
         october november december",
    ),
];

const GERMAN: Language = &[
    (
        WordRole::Text,
        "abbildung bild grafik diagramm abschnitt kapitel seite teil absatz text texte inhalt inhalte beschreibung beschreibungen details angabe angaben \
         ergänzt geschrieben beschrieben eingefügt ausgefüllt nachgetragen nachgereicht vervollständigt hinzugefügt \
         ausgearbeitet erstellt definiert festgelegt befüllt",
    ),
    (WordRole::Subject, "information informationen dokument dokumentation"),
    (
        WordRole::Instruction,
        "ergänzen schreiben beschreiben einfügen ausfüllen nachtragen vervollständigen ausarbeiten befüllen eingeben eintragen ersetzen",
    ),
    (WordRole::Later, "noch folgt folgen später bald kürze demnächst bitte ausstehend geplant tbd todo"),
    (
        WordRole::Absent,
        "nicht kein keine leer gestrichen entfallen entfällt gelöscht entfernt reserviert absichtlich bewusst platzhalter \
         platzhaltertext blindtext mustertext beispieltext unbelegt fehlt fehlen",
    ),
    (WordRole::See, "siehe vgl vergleiche"),
    (
        WordRole::Nearby,
        "oben unten obigen obiges nächste nächsten nächstes vorige vorigen voriges folgende folgenden folgendes nachfolgend dort",
    ),
    (
        WordRole::Filler,
        "dies muss müssen dieser diese dieses diesem der die das dem den des ein eine es wir hier ist sind wird werden wurde wurden in im zu zur \
         zum und oder für von mit weitere weiteren auch derzeit momentan aktuell gelassen frei worden verwendet genutzt \
         belegt zutreffend anwendbar relevant vorhanden verfügbar version wie über ab kommt kommen",
    ),
];

const FRENCH: Language = &[
    (
        WordRole::Text,
        "section chapitre page partie paragraphe texte contenu contenus description descriptions détail détails complétée complété \
         rédigée rédigé décrite décrit définie défini ajoutée ajouté précisée précisé rédaction",
    ),
    (WordRole::Subject, "information informations document documentation"),
    (WordRole::Instruction, "compléter rédiger décrire définir préciser remplir ajouter déterminer insérer écrire"),
    (
        WordRole::Later,
        "à a sera seront encore prochainement bientôt tard ultérieurement venir suivre attente élaboration construction développement",
    ),
    (
        WordRole::Absent,
        "vide vierge supprimée supprimé réservée réservé intentionnellement volontairement aucun aucune",
    ),
    (WordRole::See, "voir cf"),
    (WordRole::Nearby, "dessus dessous suivante suivant précédente précédent haut bas"),
    (
        WordRole::Filler,
        "cette ce cet la le les l de du des d un une est sont été être en cours plus par pour pas non ne laissée laissé ici ci \
         moment actuellement disponible",
    ),
];

const SPANISH: Language = &[
    (
        WordRole::Text,
        "sección capítulo apartado página texto contenido contenidos descripción detalle detalles completará completarán \
         añadirá añadirán redactará completada completado definida definido redactada redactado redacción",
    ),
    (WordRole::Subject, "información documento documentación"),
    (
        WordRole::Instruction,
        "completar redactar escribir describir definir determinar añadir agregar rellenar insertar elaborar especificar",
    ),
    (
        WordRole::Later,
        "pendiente pendientes por será serán adelante próximamente aún todavía elaboración desarrollo construcción",
    ),
    (
        WordRole::Absent,
        "vacía vacío eliminada eliminado reservada reservado intencionadamente intencionalmente blanco ningún ninguna",
    ),
    (WordRole::See, "ver vea véase"),
    (WordRole::Nearby, "arriba abajo siguiente anterior"),
    (
        WordRole::Filler,
        "esta este esto la el los las lo de del se está están ha sido en más no para aquí un una dejada dejado momento ser y",
    ),
];

const DUTCH: Language = &[
    (
        WordRole::Text,
        "sectie hoofdstuk paragraaf pagina tekst inhoud beschrijving beschrijvingen aangevuld ingevuld geschreven beschreven \
         uitgewerkt toegevoegd bepaald",
    ),
    (WordRole::Subject, "informatie document documentatie"),
    (
        WordRole::Instruction,
        "doen definiëren bepalen invullen vullen aanvullen schrijven beschrijven uitwerken toevoegen werken voegen",
    ),
    (WordRole::Later, "nog later volgt volgen binnenkort nader ontwikkeling"),
    (WordRole::Absent, "leeg verwijderd vervallen gereserveerd opzettelijk bewust geen"),
    (WordRole::See, "zie"),
    (WordRole::Nearby, "boven hierboven onder hieronder volgende vorige"),
    (
        WordRole::Filler,
        "deze dit de het een is zijn wordt worden niet te in op hier aan uit toe en voor meer gelaten beschikbaar momenteel",
    ),
];

const ITALIAN: Language = &[
    (
        WordRole::Text,
        "sezione capitolo paragrafo pagina testo contenuto contenuti descrizione dettagli completata completato aggiunta \
         aggiunto descritta descritto stesura",
    ),
    (WordRole::Subject, "informazioni documento documentazione"),
    (
        WordRole::Instruction,
        "definire completare scrivere compilare descrivere aggiungere inserire inserisci scrivi determinare redigere fare",
    ),
    (WordRole::Later, "da sarà saranno ancora prossimamente seguire seguito attesa sviluppo elaborazione"),
    (WordRole::Absent, "vuota vuoto eliminata eliminato riservata riservato intenzionalmente nessuno nessuna"),
    (WordRole::See, "vedi vedere"),
    (WordRole::Nearby, "sopra sotto seguente precedente"),
    (
        WordRole::Filler,
        "questa questo la il lo i gli le di del della dei è sono stata stato in un una non per più qui a fase",
    ),
];

const PORTUGUESE: Language = &[
    (
        WordRole::Text,
        "secção seção capítulo página parágrafo texto conteúdo conteúdos descrição detalhe detalhes completada completado \
         adicionada adicionado descrita descrito definida definido redigida redigido redação",
    ),
    (WordRole::Subject, "informação documento documentação"),
    (
        WordRole::Instruction,
        "preencher completar redigir escrever descrever definir determinar adicionar inserir elaborar especificar insira escreva",
    ),
    (
        WordRole::Later,
        "a por será serão ainda depois posteriormente brevemente breve pendente elaboração desenvolvimento construção",
    ),
    (
        WordRole::Absent,
        "vazia vazio eliminada eliminado removida removido reservada reservado intencionalmente branco nenhum nenhuma",
    ),
    (WordRole::See, "ver veja vide"),
    (WordRole::Nearby, "acima abaixo seguinte anterior"),
    (
        WordRole::Filler,
        "esta este isto o as os da do de é está estão foi em mais não para aqui um uma deixada deixado momento ser e fase",
    ),
];

const POLISH: Language = &[
    (
        WordRole::Text,
        "sekcja rozdział strona akapit tekst treść opis szczegóły uzupełniona uzupełniony uzupełnione opisana opisany dodana dodany \
         uzupełnienia opisania napisania",
    ),
    (WordRole::Subject, "informacje dokument dokumentacja"),
    (WordRole::Instruction, "uzupełnić opisać napisać dodać wpisać określić wypełnić wpisz"),
    (WordRole::Later, "do będzie zostanie jeszcze później wkrótce opracowaniu przygotowaniu budowie"),
    (WordRole::Absent, "pusta pusty puste usunięta usunięty zarezerwowana celowo brak"),
    (WordRole::See, "patrz zob"),
    (WordRole::Nearby, "wyżej niżej powyżej poniżej następny poprzedni"),
    (WordRole::Filler, "ta ten to jest są w na i z nie tu tutaj pozostawiona tej sekcji strony"),
];
