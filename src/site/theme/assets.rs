//! Style sheets, scripts and images that pages load.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::brand::brand_css;
use super::embedded;
use super::labels::Labels;
use crate::site::model::Brand;

/// The folder of the theme's files in the site.
pub(crate) const ASSET_FOLDER: &str = "assets";

/// A file of the theme in the site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asset {
    /// Path in the site, such as `assets/portal.css`.
    pub path: String,
    /// The contents.
    pub bytes: Cow<'static, [u8]>,
}

impl Asset {
    fn new(name: &str, bytes: Cow<'static, [u8]>) -> Asset {
        Asset { path: format!("{ASSET_FOLDER}/{name}"), bytes }
    }
}

/// The theme's files by name: the built-in ones, replaced or supplemented by those of the custom theme.
pub(super) fn collect(custom_assets: BTreeMap<String, Vec<u8>>, labels: &Labels) -> BTreeMap<String, Asset> {
    let mut assets = BTreeMap::new();
    let mut put = |name: String, bytes: Cow<'static, [u8]>| {
        let asset = Asset::new(&name, bytes);
        assets.insert(name, asset);
    };
    for (name, text) in embedded::STATIC {
        put((*name).to_owned(), Cow::Owned(strip_comments(name, text).into_bytes()));
    }
    put("words.js".to_owned(), Cow::Owned(words(labels).into_bytes()));
    for (name, bytes) in custom_assets {
        put(name, Cow::Owned(bytes));
    }
    assets
}

/// Adds the style sheet for the brand settings, unless the custom theme contains one of that name.
pub(super) fn add_brand(assets: &mut BTreeMap<String, Asset>, brand: &Brand) {
    const NAME: &str = "brand.css";
    if let Some(css) = brand_css(brand) {
        assets.entry(NAME.to_owned()).or_insert_with(|| Asset::new(NAME, Cow::Owned(css.into_bytes())));
    }
}

/// Removes indentation and comment lines from a built-in file, which reduces download size by an eighth, compressed or
/// not.
///
/// The built-in scripts are written accordingly: no string spans several lines, and comments are either on separate
/// lines or can stay.
fn strip_comments(name: &str, text: &str) -> String {
    let is_comment: fn(&str) -> bool = match name.rsplit_once('.') {
        Some((_, "js")) => |line| line.starts_with("//"),
        Some((_, "css")) => |line| line.starts_with("/*") && line.ends_with("*/"),
        _ => return text.to_owned(),
    };
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty() && !is_comment(line));
    lines.flat_map(|line| [line, "\n"]).collect()
}

/// The asset's URL, relative to the site's root.
///
/// The name does not change with the content, so that pages in old tabs or caches still find their files. The query
/// makes browsers fetch a new version; `file://` ignores it.
pub(super) fn url(asset: &Asset) -> String {
    let hash = blake3::hash(&asset.bytes).to_hex();
    format!("{}?v={}", asset.path, &hash[..8])
}

/// Groups of labels used by scripts.
const SCRIPT_LABELS: [&str; 10] =
    ["state", "severity", "verdict", "item_verdict", "notice", "script", "figures", "date", "month", "none"];

/// The labels used by scripts, as a script, because pages contain no inline scripts.
fn words(labels: &Labels) -> String {
    let parts = SCRIPT_LABELS.map(|key| (key.to_owned(), labels.part(key)));
    let mut words: serde_json::Map<String, serde_json::Value> = parts.into_iter().collect();
    let say = ["reason", "discounted"].map(|key| (key.to_owned(), labels.part(&format!("say.{key}"))));
    words.insert("say".to_owned(), serde_json::Value::Object(say.into_iter().collect()));
    let words = serde_json::Value::Object(words);
    format!("window.clausebookWords={words};\n")
}
