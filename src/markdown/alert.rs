//! Block quotes and alerts.

use pulldown_cmark::BlockQuoteKind;

use super::dialect::{Alert, AlertStyle, Fold, Title};
use super::digest::Mark;
use super::foreign::EMPTY_ALERT;
use super::raw::ContentModel;
use super::reader::Reader;
use crate::place::Span;

/// The style of an alert that the parser recognizes.
fn alert_style(kind: BlockQuoteKind) -> AlertStyle {
    match kind {
        BlockQuoteKind::Note => AlertStyle::Note,
        BlockQuoteKind::Tip => AlertStyle::Tip,
        BlockQuoteKind::Important => AlertStyle::Important,
        BlockQuoteKind::Warning => AlertStyle::Warning,
        BlockQuoteKind::Caution => AlertStyle::Caution,
    }
}

impl Reader<'_> {
    /// Opens a quote or an alert.
    pub(super) fn start_quote(&mut self, kind: Option<BlockQuoteKind>, span: Span) {
        let parsed = kind.map(|kind| Alert { at: 0, style: alert_style(kind), title: Title::Style, fold: Fold::Never });
        match parsed.or_else(|| self.alerts.alert_at(span.start)) {
            Some(alert) => {
                self.start_alert(alert);
                self.alerts.contents.push(Some((span, self.out.lengths())));
            }
            None => {
                self.alerts.contents.push(None);
                self.out.content.block(Mark::Quote);
                self.alerts.open.push("</blockquote>\n");
                self.open_container("<blockquote>\n", ContentModel::Blocks);
            }
        }
    }

    /// Closes a quote or an alert.
    pub(super) fn end_quote(&mut self) {
        let empty = self.alerts.contents.pop().flatten().filter(|(_, start)| self.out.lengths() == *start);
        if let Some((span, _)) = empty {
            self.note_first_line(&EMPTY_ALERT, span);
        }
        self.out.push_markup(self.alerts.open.pop().unwrap_or_default());
        self.alerts.title = None;
        self.out.content.block(Mark::End);
        self.running.end_line();
    }

    fn start_alert(&mut self, alert: Alert) {
        let Alert { style, title, fold, .. } = alert;
        let (open, title_tags, close) = match fold {
            Fold::Never => ("<div class=\"alert alert-", ("<p class=\"alert-title\">", "</p>\n"), "</div>\n"),
            _ => ("<details class=\"alert alert-", ("<summary class=\"alert-title\">", "</summary>\n"), "</details>\n"),
        };
        self.out.content.block(Mark::Alert);
        self.out.content.argument(style.class());
        self.open_container(open, ContentModel::Blocks);
        self.out.push_markup(style.class());
        self.out.push_markup(match fold {
            Fold::Never => "\" role=\"note\">\n",
            Fold::Unfolded => "\" open>\n",
            Fold::Folded => "\">\n",
        });
        self.alerts.open.push(close);
        self.write_title(style, title, title_tags);
    }

    fn write_title(&mut self, style: AlertStyle, title: Title, tags: (&'static str, &'static str)) {
        match title {
            Title::None => return,
            Title::Own => {
                self.alerts.title = Some(tags);
                return;
            }
            Title::Style => {
                self.out.push_markup(tags.0);
                self.out.push_phrase(style.phrase());
            }
            Title::Kind(kind) => {
                self.out.push_markup(tags.0);
                self.out.push_text(&kind);
                self.out.content.words(&kind);
                self.out.content.block(Mark::End);
            }
        }
        self.out.push_markup(tags.1);
    }

    /// Opens the title of an alert.
    pub(super) fn start_alert_title(&mut self) {
        let Some((open, close)) = self.alerts.title.take() else { return };
        self.alerts.open_title = Some(close);
        // Like a heading, a title asserts nothing.
        self.running.silent_containers += 1;
        self.open_container(open, ContentModel::Text);
    }

    /// Closes the title of an alert.
    pub(super) fn end_alert_title(&mut self) {
        if let Some(close) = self.alerts.open_title.take() {
            self.running.silent_containers = self.running.silent_containers.saturating_sub(1);
            self.out.push_markup(close);
        }
        self.out.content.block(Mark::End);
        self.running.end_line();
    }
}
