//! Style sheets, scripts and images that pages load.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::brand::brand_css;
use super::embedded;
use super::labels::Labels;
use crate::site::model::Brand;

/// The folder of the site that holds the theme's files.
pub(crate) const ASSET_FOLDER: &str = "assets";

/// A file of the theme as the site holds it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asset {
    /// Path in the site, such as `assets/portal.css`.
    pub path: String,
    /// What it holds.
    pub bytes: Cow<'static, [u8]>,
}

impl Asset {
    fn new(name: &str, bytes: Cow<'static, [u8]>) -> Asset {
        Asset { path: format!("{ASSET_FOLDER}/{name}"), bytes }
    }
}

/// The theme's files by name: ours, and those of the handbook's own theme over them.
pub(super) fn collect(own: BTreeMap<String, Vec<u8>>, labels: &Labels) -> BTreeMap<String, Asset> {
    let mut assets = BTreeMap::new();
    let mut put = |name: String, bytes: Cow<'static, [u8]>| {
        let asset = Asset::new(&name, bytes);
        assets.insert(name, asset);
    };
    for (name, text) in embedded::STATIC {
        put((*name).to_owned(), Cow::Owned(slim(name, text).into_bytes()));
    }
    put("words.js".to_owned(), Cow::Owned(words(labels).into_bytes()));
    for (name, bytes) in own {
        put(name, Cow::Owned(bytes));
    }
    assets
}

/// Adds the style sheet that is made of settings, unless the handbook's own theme has one of that name.
pub(super) fn add_brand(assets: &mut BTreeMap<String, Asset>, brand: &Brand) {
    const NAME: &str = "brand.css";
    if let Some(css) = brand_css(brand) {
        assets.entry(NAME.to_owned()).or_insert_with(|| Asset::new(NAME, Cow::Owned(css.into_bytes())));
    }
}

/// One of our files without indentation and lines of comment: an eighth less for readers to load, compressed or not.
///
/// Our scripts keep to what this asks of them: no text runs over several lines, and a comment has its line to itself
/// or stands where it may stay.
fn slim(name: &str, text: &str) -> String {
    let is_comment: fn(&str) -> bool = match name.rsplit_once('.') {
        Some((_, "js")) => |line| line.starts_with("//"),
        Some((_, "css")) => |line| line.starts_with("/*") && line.ends_with("*/"),
        _ => return text.to_owned(),
    };
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty() && !is_comment(line));
    lines.flat_map(|line| [line, "\n"]).collect()
}

/// The asset's URL relative to the site's root.
///
/// The name stays the same when the content changes, so that a page in an old tab or cache still finds its files; the
/// query makes a browser fetch a new version. It means nothing to `file://`.
pub(super) fn url(asset: &Asset) -> String {
    let hash = blake3::hash(&asset.bytes).to_hex();
    format!("{}?v={}", asset.path, &hash[..8])
}

/// Groups of words that scripts show.
const WORDS: [&str; 10] =
    ["state", "severity", "verdict", "item_verdict", "notice", "script", "figures", "date", "month", "none"];

/// The words that scripts show, as a script: pages hold no inline script.
fn words(labels: &Labels) -> String {
    let parts = WORDS.map(|key| (key.to_owned(), labels.part(key)));
    let mut words: serde_json::Map<String, serde_json::Value> = parts.into_iter().collect();
    let say = ["reason", "discounted"].map(|key| (key.to_owned(), labels.part(&format!("say.{key}"))));
    words.insert("say".to_owned(), serde_json::Value::Object(say.into_iter().collect()));
    let words = serde_json::Value::Object(words);
    format!("window.clausebookWords={words};\n")
}
