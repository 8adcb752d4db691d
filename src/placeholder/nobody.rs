//! Phrases that stand where a person or a role should be named, and name nobody.

/// Phrases that refer to nobody.
pub(super) const NON_PERSONS: &[&str] = &[
    // English
    "nobody",
    "no one",
    "noone",
    "not assigned",
    "unassigned",
    "vacant",
    "n n",
    "nn",
    "anyone",
    "anybody",
    "everyone",
    "everybody",
    "someone",
    "somebody",
    "various",
    "me",
    "myself",
    "us",
    "true",
    "false",
    "yes",
    "no",
    // German
    "niemand",
    "keiner",
    "keine",
    "steht noch nicht fest",
    "noch nicht benannt",
    "noch zu benennen",
    "wird benannt",
    "wird noch benannt",
    "vakant",
    "unbesetzt",
    "jemand",
    "irgendjemand",
    "ich",
    // French
    "personne",
    "quelqu un",
    "vacante",
    "à pourvoir",
    // Spanish and Portuguese
    "nadie",
    "alguien",
    "sin asignar",
    "ninguém",
    "alguém",
    "não atribuído",
    // Italian, Dutch, Polish and the Nordic languages
    "qualcuno",
    "non assegnato",
    "iemand",
    "niet toegewezen",
    "nikt",
    "ktoś",
    "nieprzypisany",
    "ingen",
];

/// Words of the fields in which templates ask for a name or a role: `Name of approver`, `Vorname Nachname`. A value of
/// such words alone is a field that was never filled in.
pub(super) const FIELD_WORDS: &[&str] = &[
    // English
    "name names full first last surname role roles approver position person responsible job title insert enter your here \
     of the and or a add fill in type",
    // German
    "vorname nachname vor und rolle rollen funktion verantwortlicher verantwortliche person freigeber \
     genehmiger einfügen eintragen hier der des",
    // French
    "nom prénom noms rôle fonction responsable approbateur insérer et de du",
    // Spanish and Portuguese
    "nombre apellido apellidos rol cargo función aprobador insertar y nome apelido sobrenome função papel aprovador \
     inserir e do",
    // Italian
    "cognome ruolo funzione approvatore responsabile inserire",
    // Dutch
    "naam voornaam achternaam functie goedkeurder verantwoordelijke invullen en van",
    // Polish, and Japanese and Chinese
    "imię nazwisko rola stanowisko zatwierdzający i 氏名 名前 役職 承認者 姓名 角色 审批人",
];

/// The words among them that only join or qualify the others, and ask for nothing themselves.
pub(super) const JOINING_WORDS: &[&str] = &[
    "of", "the", "and", "or", "a", "in", "here", "und", "der", "des", "hier", "et", "de", "du", "y", "e", "do", "en",
    "van", "i", "job", "first", "last", "full", "vor",
];
