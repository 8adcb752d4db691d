//! Comments on the cells of a workbook.

use super::archive::Archive;
use super::xml::{attribute, each_tag};
use crate::source::joined;

/// The cells in a sheet that have comments, in file order.
pub(super) fn cells(archive: &mut Archive, sheet: &str) -> Vec<String> {
    let Some(part) = part(archive, sheet) else { return Vec::new() };
    let comments =
        read_relationships(archive, &part).into_iter().filter(|relationship| relationship.kind.ends_with("/comments"));
    let parts: Vec<String> = comments.map(|relationship| relationship.target).collect();
    let texts = parts.iter().filter_map(|part| archive.text(part));
    let texts: Vec<String> = texts.flat_map(|text| values(&text, "comment", &["ref"])).flatten().collect();
    texts
}

/// The archive path of a sheet with this name.
fn part(archive: &mut Archive, sheet: &str) -> Option<String> {
    let book = "xl/workbook.xml";
    let sheets = values(&archive.text(book)?, "sheet", &["name", "id"]);
    let is_named = |name: &str| quick_xml::escape::unescape(name).is_ok_and(|name| name == sheet);
    let id = sheets.into_iter().find(|values| is_named(&values[0])).map(|values| values[1].clone())?;
    read_relationships(archive, book).into_iter().find(|one| one.id == id).map(|one| one.target)
}

/// A relationship from one part to another.
pub(super) struct Relationship {
    id: String,
    pub(super) kind: String,
    pub(super) target: String,
}

/// The relationships of a part.
pub(super) fn read_relationships(archive: &mut Archive, part: &str) -> Vec<Relationship> {
    let (folder, name) = part.rsplit_once('/').unwrap_or(("", part));
    let text = archive.text(&format!("{folder}/_rels/{name}.rels")).unwrap_or_default();
    let read = |values: Vec<String>| {
        let [id, kind, target] = <[String; 3]>::try_from(values).ok()?;
        let target = match target.strip_prefix('/') {
            Some(absolute) => absolute.to_owned(),
            None => joined(folder, &target)?,
        };
        Some(Relationship { id, kind, target })
    };
    values(&text, "Relationship", &["Id", "Type", "Target"]).into_iter().filter_map(read).collect()
}

/// The values of these attributes for each element with this name. Elements that lack any of them are left out.
fn values(xml: &str, element: &str, names: &[&str]) -> Vec<Vec<String>> {
    let mut rows = Vec::new();
    each_tag(xml, |name, raw| {
        if name == element {
            rows.extend(names.iter().map(|name| attribute(raw, name).map(str::to_owned)).collect::<Option<Vec<_>>>());
        }
    });
    rows
}
