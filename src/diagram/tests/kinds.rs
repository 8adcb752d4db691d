//! What each kind of diagram shows.

use super::*;

#[test]
fn entities_show_their_attributes_and_how_many_belong_together() {
    let drawing = drawn(
        "erDiagram\n CUSTOMER ||--o{ ORDER : places\n CUSTOMER {\n string name PK \"The name\"\n }\n ORDER { int number }\n\
         ORDER }|..|| \"Line item\" : \"is of\"\n PRODUCT[\"What we sell\"]\n style ORDER fill:red\n",
    );
    assert_sound(&drawing);
    assert_eq!((drawing.kind, drawing.names.len()), (Kind::Entities, 4));
    assert_eq!(drawing.names[3], "What we sell");
    for words in ["CUSTOMER", "string name PK The name", "int number", ">places<", ">is of<", "What we sell"] {
        assert!(drawing.shapes.contains(words), "{words}");
    }
    assert_eq!(drawing.shapes.matches("class=\"tip hollow\"").count(), 1, "none or several");
    assert_eq!(drawing.shapes.matches("class=\"link dotted\"").count(), 1);
    assert_sound(&drawn("erDiagram\n MAKER only one to zero or more CAR : makes\n CAR 1 optionally to 0+ DRIVER\n"));
    assert_eq!(failed("erDiagram\n A {\n string x\n"), (1, "this entity is not closed".to_owned()));
    assert_eq!(failed("erDiagram\n A ||==|| B : x\n"), (1, "`||==|| B : x` is no relationship".to_owned()));
}

#[test]
fn classes_show_what_they_have_and_how_they_are_related() {
    let drawing = drawn(
        "classDiagram\n class Service~T~ {\n <<interface>>\n +List~int~ targets\n +restore(when) bool\n }\n\
         Service <|-- Network : is a\n Network \"1\" *-- \"1..*\" Router : has\n Network o-- Link\n Mail ..> Service\n\
         Mail : +send()\n note for Mail \"Hosted by the\n supplier\"\n namespace Outside {\n class Router\n }\n cssClass \"Mail\" x\n",
    );
    assert_sound(&drawing);
    assert_eq!((drawing.kind, drawing.names.len()), (Kind::Classes, 6));
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
