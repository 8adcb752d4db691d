//! Tables, lists, boxes and headings, as distinguished from sound lines.

use super::super::{collected, lines};

/// What is found in a text, as if all its markers were on the page.
fn found(text: &str) -> Vec<&str> {
    collected(text, lines::all)
}

#[test]
fn tables_without_their_second_line_are_found() {
    for (text, mark) in [
        ("| a | b |\n| 1 | 2 |\n| 3 | 4 |", "| a | b |"),
        ("Targets:\n| a | b |\n|---|\n| 1 | 2 |", "| a | b |"),
        ("a | b | c\n--- | ---\n1 | 2", "--- | ---"),
        ("| a | b |\n|—|—|", "| a | b |"),
        ("|---|---|\n| 1 | 2 |", "|---|---|"),
    ] {
        assert_eq!(found(text), [mark], "{text}");
    }
    assert_eq!(found("| a | b |\n|---|---|\n| 1 | 2 |\n\n| 3 | 4 |"), ["| a | b |", "| 3 | 4 |"]);
}

#[test]
fn lists_that_run_together_are_found() {
    for (text, mark) in [
        ("Then:\n3. one\n4. two\n5. three", "3. one"),
        ("a) one\nb) two", "a) one"),
        ("• one\n• two", "• one"),
        ("-one\n-two", "-one"),
        ("i. one\nii. two", "i. one"),
        ("(1) one\nand more\n(2) two", "(1) one"),
        ("#. one\n#. two", "#. one"),
        ("1、重启\n2、确认", "1、重启"),
        ("１．再起動\n２．確認", "１．再起動"),
        ("1.1 Restart\n1.2 Inform", "1.1 Restart"),
        ("1º Reiniciar\n2º Informar", "1º Reiniciar"),
        ("☐ Restart\n☑ Inform", "☐ Restart"),
        ("→ Restart\n→ Inform", "→ Restart"),
        ("o Restart\no Inform", "o Restart"),
        ("1.) Stop\n2.) Start", "1.) Stop"),
        ("1 – Stop\n2 – Start", "1 – Stop"),
        ("Step 1: Stop\nStep 2: Start", "Step 1: Stop"),
        ("Étape 1 : Arrêter\nÉtape 2 : Démarrer", "Étape 1 : Arrêter"),
        ("A. Stop\nB. Start\nC. Check", "A. Stop"),
        ("I. Stop\nII. Start", "I. Stop"),
        ("[ ] Restart\n[x] Inform", "[ ]"),
        ("（１）受付\n（２）記録", "（１）受付"),
        ("①受付\n②記録", "①受付"),
        ("一、受付\n二、記録", "一、受付"),
        ("第1条 目的\n第2条 範囲", "第1条 目的"),
        ("ア　受付\nイ　記録", "ア　受付"),
        ("＊ 項目\n＊ 記録", "＊ 項目"),
        ("❶ Stop\n❷ Start", "❶ Stop"),
        ("1️⃣ Stop\n2️⃣ Start", "1️⃣ Stop"),
        ("✅ Stop\n❌ Start", "✅ Stop"),
        ("1 - Stop\n2 - Start", "1 - Stop"),
        ("1- Parar\n2- Iniciar", "1- Parar"),
        ("#1 Stop\n#2 Start", "#1 Stop"),
        ("Schritt 1 Stop\nSchritt 2 Start", "Schritt 1 Stop"),
        ("a.Stop\nb.Start", "a.Stop"),
    ] {
        assert_eq!(found(text), [mark], "{text}");
    }
}

#[test]
fn items_that_the_item_above_takes_in_are_found() {
    for (text, marks) in [
        ("- one\n-Two\n- three", &["- one", "-Two"][..]),
        ("1. one\n2.two", &["1. one", "2.two"]),
        ("* one\n** two", &["* one", "** two"]),
        ("- one\n• two", &["• two"]),
        ("- one\n  -v is wrapped", &["- one"]),
    ] {
        assert_eq!(found(text), marks, "{text}");
    }
}

#[test]
fn boxes_headings_and_captions_are_found() {
    for (text, mark) in [
        ("- [] one", "[]"),
        ("1. [ ]one", "[ ]"),
        ("- [-] one", "[-]"),
        ("== Hours ==", "== Hours =="),
        ("＃＃ 連絡先", "＃＃ 連絡先"),
        ("Hours\n^^^^^", "Hours"),
        (": Targets of the desk", ": Targets of the desk"),
        (":::", ":::"),
        ("^table-1", "^table-1"),
        ("{| class=\"wikitable\"", "{| class=\"wikitable\""),
    ] {
        assert_eq!(found(text), [mark], "{text}");
    }
}

#[test]
fn sound_lines_are_left_alone() {
    for text in [
        "a | b",
        "|x| + |y|",
        "|x| is\nshort",
        "• one",
        "a) one\n\nb) two",
        "a) one  \nb) two",
        "1. one<br>\n2. two",
        "in\n2025. The\nnext",
        "A. Smith\nC. Jones",
        "J. Doe\nK. Roe",
        "A. Meier is on call.\nB. Ray is his deputy.",
        "at 9: 30\n10: 15",
        "Steps 1 to 3\nsee step 2",
        "-5\n-6",
        "1 - 5\n2 - 6",
        "in step 1 it\nstep 2 is",
        "第一に受付\n第二に記録",
        "アイウエオ\nイロハ",
        "1.5 GB\n2.5 GB",
        "version\n1.1 and\n1.2 of",
        "- one\n  → two",
        "[ ] yes [x] no",
        "o servidor\no serviço",
        "- [text](a.md)",
        "- [a] one",
        "[] one",
        "a\n== b",
        "a == b",
        "==",
        "＃1",
        "Hours\n+++",
        "a\n: b",
        "^x",
    ] {
        assert_eq!(found(text), [""; 0], "{text}");
    }
}
