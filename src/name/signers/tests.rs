use super::*;

fn is_refused_everywhere(one: &str, other: &str) {
    let (one_signers, other_signers) = (Signers::new([one]), Signers::new([other]));
    assert!(one_signers.share_one(&other_signers), "{one} / {other}");
    assert!(other_signers.share_one(&one_signers), "{other} / {one}");
    assert!(one_signers.names_except(&other_signers).is_empty(), "{one} / {other}");
    assert!(one_signers.are_all_among(&other_signers), "{one} / {other}");
}

#[test]
fn one_person_is_recognized_in_all_spellings() {
    for other in [
        "ANN LEE",
        "Ann-Lee",
        "Ann Lee (gez.)",
        "gez. Ann Lee",
        "gez. Dr. Ann Lee",
        "Ann Lee, 2026-10-05",
        "Ann Lee 05.10.2026",
        "Ann Lee am 05.10.2026",
        "Ann Lee, 5 October 2026",
        "Ann Lee on 5 October 2026",
        "Ann Lee (2026-10-05)",
        "Ann Lee (acting)",
        "Ann Lee i. V.",
        "Ann Lee i.V.",
        "Ann Lee, i. A.",
        "Ann Lee p.p.",
        "Approved by Ann Lee",
        "Approver: Ann Lee",
        "Freigegeben durch: Ann Lee",
        "承認者：Ann Lee",
        "Dr. Ann Lee",
        "Dr.-Ing. Ann Lee",
        "Ms Ann Lee",
        "Frau Ann Lee",
        "Ann Lee, PhD",
        "Ann Lee MBA",
        "Lee, Ann",
        "LEE Ann",
        "Ann LEE",
        "LEE, Ann",
        "Ann Lee (CIO)",
        "Ann Lee, CIO",
        "CIO Ann Lee",
        "CIO (Ann Lee)",
        "CIO: Ann Lee",
        "CIO – Ann Lee",
        "Ann Lee - CIO",
        "Ann Lee, Head of IT",
        "Head of IT, Ann Lee",
        "Ann Lee, lead auditor",
        "Lead Auditor: Ann Lee",
        "Lead Auditor Ann Lee",
        "Ann Lee (Leeds)",
        "Ann Lee, Leeds",
        "Ann Lee (Acme Ltd)",
        "@Ann Lee",
        "@annlee",
        "@ann-lee",
        "ann.lee@example.org",
        "Ann Lee <a.lee@example.org>",
        "CIO <ann.lee@example.org>",
        "[[Ann Lee]]",
        "[x] Ann Lee",
        "☑ Ann Lee",
        "Ann Lee ✓",
        "**Ann Lee**",
        "Ann M. Lee",
        "A. Lee",
        "Ann Lee (signed: 2026-10-05)",
        "/s/ Ann Lee",
        "Einkauf (Ann Lee)",
    ] {
        is_refused_everywhere("Ann Lee", other);
    }
    for (one, other) in [
        ("Jürgen Groß", "Juergen Gross"),
        ("José Núñez", "Jose Nunez"),
        ("山田太郎", "情報システム部長 山田太郎"),
        ("山田太郎", "山田 太郎"),
        ("情報システム部長", "情報システム部長（山田太郎）"),
        ("Jan de Vries", "de Vries, Jan"),
        ("Incident Manager (Ann Lee)", "CIO (Ann Lee)"),
        ("Incident Manager: Ann Lee", "Ann Lee (CIO)"),
        ("24x7 Operations Manager", "24x7 Operations Manager"),
        ("R&D Manager", "R&D Manager"),
        ("Ann Lee and Bob Ray", "Bob Ray, Ann Lee"),
        ("Ann", "Ann (CIO)"),
    ] {
        is_refused_everywhere(one, other);
    }
}

#[test]
fn one_role_is_recognized_in_all_spellings() {
    for other in [
        "Incident Manager (acting)",
        "Acting Incident Manager",
        "Incident Manager, Leeds",
        "Incident Manager (Leeds)",
        "the Incident Manager",
        "The Incident Manager",
        "Incident Manager (Ann Lee)",
        "Ann Lee (Incident Manager)",
        "Ann Lee, Incident Manager",
        "Incident Manager, Ann Lee",
        "Incident Manager: Ann Lee",
        "Incident Manager – Ann Lee",
        "Incident Manager Ann Lee",
        "Incident Manager, 2026-11-02",
        "gez. Incident Manager",
        "Incident Manager (gez.)",
        "Incident-Manager",
        "Incident Manager (remote)",
        "Manager, Incident",
    ] {
        is_refused_everywhere("Incident Manager", other);
    }
    for (one, other) in [
        ("Geschäftsführung", "Die Geschäftsführung"),
        ("Directeur informatique", "le Directeur informatique"),
        ("Desk Lead", "Lead, Desk"),
        ("Procurement", "Procurement (Ann Lee)"),
        ("Finance, Legal", "Legal; Finance"),
        ("CIO", "CIO, Leeds"),
    ] {
        is_refused_everywhere(one, other);
    }
}

#[test]
fn two_people_who_share_a_title_a_day_a_place_or_a_remark_stay_two() {
    for (one, other) in [
        ("Ann Lee (CEO)", "Bob Ray (CEO)"),
        ("Ann Lee, CEO", "Bob Ray, CEO"),
        ("CEO: Ann Lee", "CEO: Bob Ray"),
        ("CEO Ann Lee", "CEO Bob Ray"),
        ("Ann (CEO)", "Bob (CEO)"),
        ("Ann Lee (Acme)", "Bob Ray (Acme)"),
        ("Ann Lee (Acme Ltd)", "Bob Ray (Acme Ltd)"),
        ("Ann Lee, Leeds", "Bob Ray, Leeds"),
        ("Ann Lee (gez.)", "Bob Ray (gez.)"),
        ("Ann Lee, 2026-10-05", "Bob Ray, 2026-10-05"),
        ("Dr. Ann Lee", "Dr. Bob Ray"),
        ("Ann Lee i. V.", "Bob Ray i. V."),
        ("Ann Lee", "Bob Lee"),
        ("A. Lee", "B. Lee"),
        ("Lee, Ann", "Lee, Bob"),
        ("Service Director", "Quality Manager (absent: Service Director)"),
        ("Service Director", "Assistant (Service Director)"),
        ("Service Director", "Deputy Service Director"),
        ("Service Director", "Ann Lee (deputy of Service Director)"),
        ("Service Director (Leeds)", "Service Director (London)"),
        ("Director (Finance)", "Director (Sales)"),
        ("Head of Sales – Europe", "Head of Sales – Asia"),
        ("Service Director (Ann Lee)", "Service Director (Bob Ray)"),
        ("2026-10-05", "Service Director, 2026-10-05"),
        ("Service Desk 1", "Service Desk 2"),
        ("Team Blue", "Team Red"),
        ("ann.lee@example.org", "bob.ray@example.org"),
        ("Ann Lee <desk@example.org>", "Bob Ray <desk@example.org>"),
        ("山田太郎（部長）", "鈴木一郎（部長）"),
        ("Change and Release Manager", "Release Manager"),
        ("Anna Maria Schmidt", "Anna Sophie Schmidt"),
        ("Bauer", "Baur"),
        ("Jean-Pierre Martin", "Jean Martin"),
    ] {
        let (one_signers, other_signers) = (Signers::new([one]), Signers::new([other]));
        assert!(!one_signers.share_one(&other_signers), "{one} / {other}");
        assert!(!other_signers.share_one(&one_signers), "{other} / {one}");
    }
}

#[test]
fn a_second_person_or_role_stays_a_second_one() {
    for (all, known, others) in [
        ("Ann Lee, Bob Ray", "Ann Lee", &["Bob Ray"][..]),
        ("Ann Lee, Bob Ray, CIO", "Bob Ray", &["Ann Lee"]),
        ("Ann Lee (CIO) and Bob Ray (CIO)", "Ann Lee", &["Bob Ray"]),
        ("Change Manager, Release Manager", "Change Manager", &["Release Manager"]),
        ("Change Manager, CAB", "Change Manager", &["CAB"]),
        ("Change Manager & Ann Lee", "Change Manager", &["Ann Lee"]),
        ("Change Manager, Dispatcher", "Change Manager", &["Dispatcher"]),
        ("Change Manager, Finance", "Change Manager", &["Finance"]),
        ("Information Security, Quality Manager", "Quality Manager", &["Information Security"]),
        ("Lee, Ann; Ray, Bob", "Ann Lee", &["Ray"]),
        ("Board (Ann Lee, Bob Ray)", "Ann Lee", &[]),
        ("change manager, release manager", "change manager", &["release manager"]),
    ] {
        let (all_signers, known_signers) = (Signers::new([all]), Signers::new([known]));
        assert!(all_signers.share_one(&known_signers), "{all}");
        assert!(!all_signers.are_all_among(&known_signers), "{all}");
        assert_eq!(all_signers.names_except(&known_signers), others, "{all}");
    }
}

#[test]
fn those_who_were_not_there_are_left_out() {
    let present = |text| Signers::new([text]).present().share_one(&Signers::new(["Managing Director"]));
    for text in [
        "Managing Director",
        "Managing Director (Ann Lee)",
        "Ann Lee (Managing Director)",
        "Managing Director (chair)",
        "Managing Director (remote)",
        "Quality Manager (absent), Managing Director",
        "Managing Director (absent: Quality Manager)",
        "Absent: Quality Manager; Managing Director",
    ] {
        assert!(present(text), "{text}");
    }
    for text in [
        "Managing Director, absent",
        "Managing Director (absent)",
        "Managing Director (excused)",
        "Managing Director – apologies",
        "Managing Director: absent",
        "Absent: Managing Director",
        "Managing Director (represented by Ann Lee)",
        "Managing Director (entschuldigt)",
        "Quality Manager (absent: Managing Director)",
        "Ann Lee (Managing Director, absent)",
    ] {
        assert!(!present(text), "{text}");
    }
}
