//! Scripts that are not run but show their content, which pandoc would drop.

use super::element::Element;

/// Returns the code that a script element shows: Confluence writes its code macro as one.
pub(super) fn shown_code(script: Element<'_>) -> Option<String> {
    let kind = script.attribute("type").unwrap_or_default();
    if !kind.trim().eq_ignore_ascii_case("syntaxhighlighter") {
        return None;
    }
    let content = script.html[script.inside()].trim();
    // The end of such a section within the code parts it in two.
    let code = content.replace("]]]]><![CDATA[>", "]]>");
    let code = code.strip_prefix("<![CDATA[").unwrap_or(&code);
    let code = code.strip_suffix("]]>").unwrap_or(code);
    let code = code.replace('&', "&amp;").replace('<', "&lt;");
    let language = language(script).map(|name| format!(" class=\"{name}\"")).unwrap_or_default();
    Some(format!("<pre{language}>\n{code}</pre>"))
}

/// The language in `brush: bash; gutter: false`.
fn language(script: Element<'_>) -> Option<&str> {
    let (_, rest) = script.attribute("class")?.split_once("brush:")?;
    let name = rest.split(';').next().unwrap_or_default().trim();
    let is_name = name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'+' | b'#'));
    Some(name).filter(|name| !name.is_empty() && is_name)
}
