//! The written portal: its bytes, and the files that a second build does not touch.

use std::collections::BTreeMap;
use std::path::Path;

use assert_cmd::Command;

use crate::support::{Fixture, policy, tree};

#[test]
fn the_same_handbook_gives_the_same_bytes_wherever_and_however_it_is_built() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let build = |threads: &str| {
        let copy = tempfile::tempdir().expect("a folder");
        let handbook = copy.path().join("somewhere else").join(threads);
        copy_tree(&root.join("content"), &handbook.join("content"));
        std::fs::copy(root.join("clausebook.yaml"), handbook.join("clausebook.yaml")).expect("settings");
        let mut command = Command::cargo_bin("clausebook").expect("the binary");
        command.env("RAYON_NUM_THREADS", threads).args(["build", "-q", "--source"]).arg(&handbook);
        command.assert().success();
        tree(&handbook.join("site"))
    };
    let (one_thread, four_threads) = (build("1"), build("4"));
    assert_eq!(one_thread.keys().collect::<Vec<_>>(), four_threads.keys().collect::<Vec<_>>());
    for (path, bytes) in &one_thread {
        assert!(*bytes == four_threads[path], "{path} differs");
    }
    let machine = std::env::temp_dir().to_string_lossy().into_owned();
    for (path, bytes) in &one_thread {
        assert!(!String::from_utf8_lossy(bytes).contains(&machine), "{path} names a folder of this machine");
    }
}

fn copy_tree(from: &Path, to: &Path) {
    for (path, bytes) in tree(from) {
        let target = to.join(path);
        std::fs::create_dir_all(target.parent().expect("a folder")).expect("folders");
        std::fs::write(target, bytes).expect("a file");
    }
}

#[test]
fn a_second_build_writes_nothing_and_a_modified_site_is_repaired() {
    let fixture = Fixture::new(&[
        ("content/a.md", &policy("POL-AAA-001", "", "Text ![plan](plan.png).")),
        ("content/plan.png", "first"),
    ]);
    let first = fixture.build();
    let times = |site: &BTreeMap<String, Vec<u8>>| -> Vec<std::time::SystemTime> {
        let modified =
            |path: &String| std::fs::metadata(fixture.path("site").join(path)).and_then(|file| file.modified());
        site.keys().map(|path| modified(path).expect("a time")).collect()
    };
    let before = times(&first);
    assert_eq!(fixture.build(), first);
    assert_eq!(times(&first), before, "nothing was written");

    fixture.write("site/a.html", "touched");
    std::fs::remove_file(fixture.path("site/gaps.html")).expect("a file");
    let output = fixture.run(&["build", "-q"]);
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert!(
        output.status.code() == Some(2) && stderr.contains("`a.html` was changed after Clausebook wrote it"),
        "{stderr}"
    );
    std::fs::remove_file(fixture.path("site/a.html")).expect("a file");
    assert_eq!(fixture.build(), first, "what was lost is there again");

    fixture.write("content/plan.png", "other");
    assert_eq!(fixture.build()["plan.png"], b"other", "a changed picture is copied again");
    fixture.write("site/notes.txt", "somebody's own");
    fixture.write("content/b.md", &policy("POL-AAA-002", "", "More."));
    let third = fixture.build();
    assert!(third.contains_key("b.html") && third["notes.txt"] == b"somebody's own");
}
