//! Tests the content of each kind of diagram.

use super::*;

#[test]
fn entities_show_their_attributes_and_how_many_belong_together() {
    let drawing = drawn(
        "erDiagram\n CUSTOMER ||--o{ ORDER : places\n CUSTOMER {\n string name PK \"The name\"\n }\n ORDER { int number }\n\
         ORDER }|..|| \"Line item\" : \"is of\"\n PRODUCT[\"What we sell\"]\n style ORDER fill:red\n",
    );
    assert_sound(&drawing);
    assert_eq!((drawing.kind, drawing.names.len()), (DiagramKind::Entities, 4));
    assert_eq!(drawing.names[3], "What we sell");
    for words in ["CUSTOMER", "string name PK The name", "int number", ">places<", ">is of<", "What we sell"] {
        assert!(drawing.shapes.contains(words), "{words}");
    }
    assert_eq!(drawing.shapes.matches("class=\"tip hollow\"").count(), 1, "none or several");
    assert_eq!(drawing.shapes.matches("class=\"link dotted\"").count(), 1);
    assert_sound(&drawn("erDiagram\n MAKER only one to zero or more CAR : makes\n CAR 1 optionally to 0+ DRIVER\n"));
    assert_eq!(failed("erDiagram\n A {\n string x\n"), (1, "this entity is not closed".to_owned()));
    assert_eq!(failed("erDiagram\n A ||==|| B : x\n"), (1, "`||==|| B : x` is not a relationship".to_owned()));
}

#[test]
fn classes_show_what_they_have_and_how_they_are_related() {
    let drawing = drawn(
        "classDiagram\n class Service~T~ {\n <<interface>>\n +List~int~ targets\n +restore(when) bool\n }\n\
         Service <|-- Network : is a\n Network \"1\" *-- \"1..*\" Router : has\n Network o-- Link\n Mail ..> Service\n\
         Mail : +send()\n note for Mail \"Hosted by the\n supplier\"\n namespace Outside {\n class Router\n }\n cssClass \"Mail\" x\n",
    );
    assert_sound(&drawing);
    assert_eq!((drawing.kind, drawing.names.len()), (DiagramKind::Classes, 6));
    for words in [
        "«interface»",
        "Service&lt;T&gt;",
        "+List&lt;int&gt; targets",
        "restore(when)",
        "1 – 1..*",
        "supplier",
        "Outside",
    ] {
        assert!(drawing.shapes.contains(words), "{words}: {}", drawing.shapes);
    }
    let tips =
        ["class=\"tip hollow\"", "class=\"tip\"", "class=\"group\""].map(|class| drawing.shapes.matches(class).count());
    assert_eq!(tips, [2, 2, 1]);
    assert!(drawn("classDiagram\n Rack \"0..1\" -- \"*\" Server\n").shapes.contains("0..1 – *"));
    assert_eq!(failed("classDiagram\n class A {\n x\n"), (1, "this is not closed".to_owned()));
    assert_eq!(failed("classDiagram\n some words here\n").0, 1);
}

#[test]
fn a_pie_shows_every_share_in_words() {
    let drawing = drawn("pie showData title Incidents\n \"Network\" : 42\n \"Mail: old\" : 14\n");
    assert_sound(&drawing);
    assert_eq!(
        (drawing.title.as_deref(), drawing.names),
        (Some("Incidents"), vec!["Network: 75% (42)".to_owned(), "Mail: old: 25% (14)".to_owned()])
    );
    assert_sound(&drawn("pie\n title All\n \"One\" : 1\n"));
    assert_eq!(failed("pie\n \"One\" : none\n").0, 1);
    assert_eq!(failed("pie title x\n"), (0, "the diagram has no slices".to_owned()));
}

#[test]
fn a_sequence_may_have_boxes_and_grounds() {
    let drawing = drawn(
        "sequenceDiagram\n box rgb(1,2,3) Inside\n participant U\n participant D\n end\n box Suppliers\n participant W\n end\n\
         U->>D: calls\n rect rgb(1, 2, 3)\n D->>W: asks\n end\n create participant N\n D->>N: makes\n destroy N\n",
    );
    assert_sound(&drawing);
    assert_eq!(drawing.names, ["U", "D", "W", "N"]);
    for (class, count) in
        [("class=\"group\"", 2), ("class=\"group-name\"", 2), ("class=\"shade\"", 1), ("class=\"frame\"", 0)]
    {
        assert_eq!(drawing.shapes.matches(class).count(), count, "{class}");
    }
    assert!(drawing.shapes.contains(">Inside<") && !drawing.shapes.contains("rgb"));
    assert_eq!(failed("sequenceDiagram\n box A\n participant U\n"), (1, "this `box` has no `end`".to_owned()));
}

#[test]
fn labels_may_go_over_lines_and_groups_share_a_title() {
    let text = "flowchart LR\n subgraph Team A\n A[\"First\n second\"] --> B[One\n two]\n end\n subgraph Team A\n C --> D\n end\n B --> C\n";
    let drawing = drawn(text);
    assert_sound(&drawing);
    assert_eq!(drawing.names, ["First second", "One two", "C", "D"]);
    assert_eq!(drawn("flowchart LR\n A e1@--> B\n e1@{ animate: true }\n").names, ["A", "B"]);
    assert_eq!(drawing.shapes.matches("Team A").count(), 2);
}

#[test]
fn a_plan_shows_when_each_task_is_and_never_today() {
    let drawing = drawn(
        "gantt\n title Move to the new site\n dateFormat YYYY-MM-DD\n axisFormat %m\n excludes weekends\n section Prepare\n\
         Contract :done, c1, 2026-01-05, 2026-01-16\n Order lines :crit, l1, after c1, 10d\n Rooms : 5d\n\
         section Move\n Go live :milestone, m1, after l1 t9, 0d\n Train at 10:30 :active, t9, 2026-03-02, 2d\n Wait : after c1, until t9\n",
    );
    assert_sound(&drawing);
    assert_eq!((drawing.kind, drawing.title.as_deref()), (DiagramKind::Gantt, Some("Move to the new site")));
    assert_eq!(
        drawing.names,
        [
            "Prepare",
            "Contract: 2026-01-05 – 2026-01-16 (done)",
            "Order lines: 2026-01-16 – 2026-01-29 (crit)",
            "Rooms: 2026-01-30 – 2026-02-05",
            "Move",
            "Go live: 2026-03-04 (milestone)",
            "Train at 10:30: 2026-03-02 – 2026-03-03 (active)",
            "Wait: 2026-01-16 – 2026-03-02",
        ]
    );
    for words in ["Prepare", "Order lines", "Train at 10:30", "class=\"slice s2\"", "class=\"frame-part\""] {
        assert!(drawing.shapes.contains(words), "{words}");
    }
    let day = drawn("gantt\n dateFormat HH:mm\n One : 08:00, 30m\n Two : 90m\n");
    assert_eq!(day.names[1], "Two: 08:30 – 10:00");
    assert_sound(&drawn("gantt\n One : 1990-01-01, 30y\n"));
}

#[test]
fn a_plan_that_cannot_be_read_says_where() {
    for (text, line, message) in [
        ("gantt\n", 0, "the diagram has no tasks"),
        ("gantt\n words\n", 1, "`words` is not a task"),
        ("gantt\n A : 3d\n", 1, "the first task does not say when it begins"),
        ("gantt\n A : 2026-02-30, 3d\n", 1, "`2026-02-30` is not a date in the format `YYYY-MM-DD`"),
        ("gantt\n A : 2026-02-03, soon\n", 1, "`soon` is neither a date nor a length of time"),
        ("gantt\n A : after b, 3d\n", 1, "no task has the id `b`"),
        ("gantt\n A : a, after b, 3d\n B : b, after a, 3d\n", 1, "this task waits for one that waits for it"),
        ("gantt\n A : 2026-02-03, 2026-02-01\n", 1, "this task ends before it begins, or lasts too long"),
        ("gantt\n dateFormat YYYY-MMM\n A : 1, 2\n", 1, "dates of the form `YYYY-MMM` are not read"),
        ("gantt\n excludes holidays\n A : 2026-02-03, 1d\n", 1, "`excludes` contains something that is not a day"),
    ] {
        assert_eq!(failed(text), (line, message.to_owned()), "{text}");
    }
}

#[test]
fn a_timeline_shows_periods_with_their_events() {
    let drawing = drawn(
        "timeline\n title How we got here\n section First years\n 2024 : Service desk at 8:30 : First catalogue\n      : https://example.org\n\
         2025\n section Now\n 2026 : Certificate\n",
    );
    assert_sound(&drawing);
    assert_eq!((drawing.kind, drawing.title.as_deref()), (DiagramKind::Timeline, Some("How we got here")));
    let events = "2024: Service desk at 8:30, First catalogue, https://example.org";
    assert_eq!(drawing.names, ["First years", events, "2025", "Now", "2026: Certificate"]);
    assert_eq!(drawing.shapes.matches("class=\"node\"").count(), 3);
    assert_eq!(failed("timeline\n title x\n"), (0, "the diagram has no periods".to_owned()));
    assert_eq!(failed("timeline\n : lost\n"), (1, "this event does not belong to a period".to_owned()));
}
