//! Cycles among the files of a room.

use std::collections::{BTreeMap, BTreeSet};

use super::arrows::paths;
use super::source::File;

type Module = Vec<String>;

/// Every cycle in a room, as its files.
pub fn cycles(files: &[File], room: &str) -> Vec<Vec<String>> {
    let graph = UseGraph::new(files, room);
    let reach: BTreeMap<&Module, BTreeSet<&Module>> =
        graph.uses.keys().map(|module| (module, graph.reachable_from(module))).collect();
    let mut cycles: BTreeSet<Vec<String>> = BTreeSet::new();
    for (module, reachable) in &reach {
        let mutual = reachable.iter().filter(|other| reach.get(**other).is_some_and(|back| back.contains(module)));
        let mut cycle: Vec<String> = mutual.map(|module| module.join("/")).collect();
        cycle.sort();
        if cycle.len() > 1 {
            cycles.insert(cycle);
        }
    }
    cycles.into_iter().collect()
}

/// The uses between files of a room. A re-exported name is resolved to the file that defines it.
struct UseGraph {
    uses: BTreeMap<Module, BTreeSet<Module>>,
}

impl UseGraph {
    fn new(files: &[File], room: &str) -> UseGraph {
        let room_files = || files.iter().filter(|file| file.room() == room && file.module().last() != Some(&"tests"));
        let modules: BTreeSet<Module> = room_files().map(module).collect();
        let re_exports: BTreeMap<(Module, String), Module> = room_files()
            .flat_map(|file| named_paths(file, &modules, true))
            .map(|(from, path)| ((from, last_name(&path)), path))
            .collect();
        let mut uses: BTreeMap<Module, BTreeSet<Module>> =
            modules.iter().map(|key| (key.clone(), BTreeSet::new())).collect();
        let resolved = room_files().flat_map(|file| named_paths(file, &modules, false)).filter_map(|(from, path)| {
            let to = resolve(&path, &modules, &re_exports, 0)?;
            Some((from, to))
        });
        for (from, to) in
            resolved.chain(method_calls(&room_files().collect::<Vec<_>>())).filter(|(from, to)| from != to)
        {
            uses.entry(from).or_default().insert(to);
        }
        UseGraph { uses }
    }

    fn reachable_from<'p>(&'p self, start: &'p Module) -> BTreeSet<&'p Module> {
        let mut reachable = BTreeSet::new();
        let mut open: Vec<&Module> = vec![start];
        while let Some(next) = open.pop() {
            open.extend(self.uses.get(next).into_iter().flatten().filter(|to| reachable.insert(*to)));
        }
        reachable
    }
}

/// Calls of methods that another file adds to a file's own type, for which there is no `use`.
fn method_calls(files: &[&File]) -> Vec<(Module, Module)> {
    let blocks: Vec<(&File, String, String)> = files
        .iter()
        .flat_map(|file| {
            impl_blocks(&file.code()).into_iter().map(|(name, block)| (*file, name, block)).collect::<Vec<_>>()
        })
        .collect();
    let mut adds: BTreeMap<(&str, &str), BTreeSet<Module>> = BTreeMap::new();
    for (file, name, block) in &blocks {
        let methods = block.lines().filter_map(|line| line.split_once("fn ")).map(|(_, after)| first_name(after));
        methods.for_each(|method| {
            adds.entry((name, method)).or_default().insert(module(file));
        });
    }
    let calls = blocks.iter().flat_map(|(file, name, block)| {
        let methods = block.split("self.").skip(1).map(first_name);
        let callees = methods.filter_map(|method| adds.get(&(name.as_str(), method)).filter(|files| files.len() == 1));
        callees.flatten().map(|to| (module(file), to.clone())).collect::<Vec<_>>()
    });
    calls.collect()
}

/// The `impl` blocks in a file, each with the name of its type.
fn impl_blocks(code: &str) -> Vec<(String, String)> {
    let blocks = code.split("\nimpl").skip(1).filter_map(|after| {
        let (head, block) = after.split_once(" {\n")?;
        let name = head.rsplit(' ').next().map(first_name).filter(|_| !head.contains(" for "))?;
        Some((name.to_owned(), block.split("\n}").next().unwrap_or_default().to_owned()))
    });
    blocks.collect()
}

fn first_name(code: &str) -> &str {
    code.split(|c: char| !(c.is_alphanumeric() || c == '_')).next().unwrap_or_default()
}

fn module(file: &File) -> Module {
    file.module().into_iter().map(str::to_owned).collect()
}

fn last_name(path: &Module) -> String {
    path.last().cloned().unwrap_or_default()
}

/// Paths that a file names, from the crate root: either those that it re-exports, or all others.
fn named_paths(file: &File, modules: &BTreeSet<Module>, only_re_exports: bool) -> Vec<(Module, Module)> {
    // A visibility is not a use.
    let (from, code) = (module(file), file.code().replace("(in crate::", "(in "));
    let mut paths_found = Vec::new();
    for statement in code.split_inclusive([';', '}']) {
        let Some(at) = statement.find("use ").filter(|at| is_use(statement, *at)) else { continue };
        let is_public = statement[..at].trim_end().ends_with(|c: char| c == ')' || c.is_alphabetic());
        let tree = use_tree(&code, statement);
        if is_public == only_re_exports {
            paths_found.extend(
                paths(&format!("crate::{tree}"), "crate::")
                    .into_iter()
                    .filter_map(|(_, path)| absolute_path(&from, path, modules)),
            );
        }
    }
    if !only_re_exports {
        for prefix in ["crate::", "super::"] {
            let inline = paths(&strip_uses(&code), prefix).into_iter().map(|(_, path)| path);
            let full_paths = inline.map(|path| [vec![prefix.trim_end_matches(':').to_owned()], path].concat());
            paths_found.extend(full_paths.filter_map(|path| absolute_path(&from, path, modules)));
        }
        paths_found.extend(child_paths(&from, &strip_uses(&code), modules));
    }
    paths_found.into_iter().map(|path| (from.clone(), path)).collect()
}

fn is_use(statement: &str, at: usize) -> bool {
    statement[..at].lines().last().is_none_or(|line| {
        line.split_whitespace().all(|word| word.starts_with("pub") || word == "in" || word.ends_with(')'))
    })
}

/// The whole tree of a `use`, which may contain the braces at which statements are split.
fn use_tree<'c>(code: &'c str, statement: &str) -> &'c str {
    let start = statement.as_ptr() as usize - code.as_ptr() as usize;
    let from = &code[start..];
    let at = from.find("use ").map_or(0, |at| at + 4);
    let tree = &from[at..];
    &tree[..tree.find(';').unwrap_or(tree.len())]
}

fn strip_uses(code: &str) -> String {
    let mut out = String::new();
    let mut rest = code;
    while let Some(at) = rest.find("use ") {
        let begins = rest[..at].ends_with(['\n', ' ']) || at == 0;
        out.push_str(&rest[..at]);
        let end = if begins { rest[at..].find(';').map_or(rest.len(), |end| at + end) } else { at + 4 };
        rest = &rest[end..];
    }
    out + rest
}

/// Paths that begin with the name of a child module, such as `theme::Labels`.
fn child_paths(from: &Module, code: &str, modules: &BTreeSet<Module>) -> Vec<Module> {
    let below = modules.iter().filter(|module| module.len() == from.len() + 1 && module.starts_with(from));
    let paths_below = |child: &Module| {
        let prefix = format!("{}::", last_name(child));
        paths(code, &prefix).into_iter().map(|(_, path)| [child.clone(), path].concat()).collect::<Vec<_>>()
    };
    below.flat_map(paths_below).collect()
}

/// A path from the crate root, if it is inside one of the modules.
fn absolute_path(from: &Module, path: Module, modules: &BTreeSet<Module>) -> Option<Module> {
    let mut base = from.clone();
    let mut rest = path.as_slice();
    match rest.first().map(String::as_str) {
        Some("crate") => {
            base.clear();
            rest = &rest[1..];
        }
        Some("self") => rest = &rest[1..],
        Some("super") => {
            while rest.first().is_some_and(|name| name == "super") {
                base.pop();
                rest = &rest[1..];
            }
        }
        Some(first) if modules.contains(&[base.as_slice(), &[first.to_owned()]].concat()) => {}
        _ => return None,
    }
    Some([base.as_slice(), rest].concat())
}

/// The file that defines the item of a path.
fn resolve(
    path: &Module,
    modules: &BTreeSet<Module>,
    re_exports: &BTreeMap<(Module, String), Module>,
    depth: usize,
) -> Option<Module> {
    let length = (1..=path.len()).rev().find(|length| modules.contains(&path[..*length]))?;
    let (module, rest) = path.split_at(length);
    let re_exported = rest.first().and_then(|name| re_exports.get(&(module.to_vec(), name.clone())));
    match re_exported.filter(|target| depth < 6 && *target != path) {
        Some(target) => resolve(&[target.as_slice(), &rest[1..]].concat(), modules, re_exports, depth + 1),
        None => Some(module.to_vec()),
    }
}
