//! Detection of text that affects a terminal, a continuous integration runner, or the reading direction.

/// The problems in printed output. `commands` are those that belong to the format.
pub fn harm(text: &str, commands: &[&str]) -> Vec<String> {
    let is_harmful = |c: char| {
        (c.is_control() && c != '\n' && c != '\t')
            || matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{2028}' | '\u{2029}')
    };
    let mut harm = Vec::new();
    for line in text.lines() {
        let start = line.trim_start();
        let is_command = start.starts_with("::") && !commands.iter().any(|command| start.starts_with(command));
        if line.contains(is_harmful) || line.contains("##[") || is_command {
            harm.push(format!("{line:?}"));
        }
    }
    harm
}
