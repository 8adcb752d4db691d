//! Settings for registers: audits, nonconformities, the certificate, and roles that receive reminders.

use super::read::{report_duplicates, text};
use super::settings::Settings;
use crate::date::{Date, Interval};
use crate::place::{Located, Span};
use crate::register::{Grade, Score, default_grades};
use crate::text::clip;
use crate::yaml::{Entry, Field, Node, Reader, Slot, Value};

/// The criteria for assessing registers.
#[derive(Clone, Debug, Default)]
pub(crate) struct RegisterSettings {
    /// The audit cycle and the time for reporting.
    pub(crate) audits: AuditSettings,
    /// Grades of nonconformities, the most serious first, and when the effectiveness of actions is checked.
    pub(crate) nonconformities: NonconformitySettings,
    /// The scale for risks.
    pub(crate) risk_scale: RiskScale,
    /// Top management roles, one of which must be present at a management review.
    pub(crate) top_management: Vec<String>,
    /// Email addresses of roles, used only for reminders.
    pub(crate) roles: Vec<(String, String)>,
    /// Intervals set for audits, nonconformities and the certificate.
    pub(crate) intervals: Vec<Located<Interval>>,
}

/// The audit cycle and the time for reporting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct AuditSettings {
    /// How often each coverage unit is audited.
    pub(crate) every: AuditCycle,
    /// The time after an internal audit or a management review within which its report must be approved.
    pub(crate) report_within: Interval,
}

impl AuditSettings {
    /// The day by which the report of an audit, or the minutes of a review, that ended on a day must be approved.
    pub(crate) fn report_due(&self, last_day: Date) -> Date {
        last_day.plus(self.report_within)
    }
}

/// How often something is audited.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum AuditCycle {
    /// Once in each interval.
    Every(Interval),
    /// Once in each calendar year.
    CalendarYear,
}

/// Grades of nonconformities, and when the effectiveness of actions is checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct NonconformitySettings {
    /// The grades, the most serious first.
    pub(crate) grades: Vec<Grade>,
    /// The time after closing at which the effectiveness is checked.
    pub(crate) effect_after: Interval,
}

/// The scale for risks: the ranges of likelihood and impact, and the products from which a risk is medium or high.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct RiskScale {
    /// The highest likelihood.
    pub(crate) likelihood: u16,
    /// The highest impact.
    pub(crate) impact: u16,
    /// The lowest product of a medium risk.
    pub(crate) medium: u16,
    /// The lowest product of a high risk.
    pub(crate) high: u16,
}

impl Default for RiskScale {
    fn default() -> RiskScale {
        RiskScale { likelihood: 5, impact: 5, medium: 6, high: 12 }
    }
}

/// How serious a risk is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum RiskLevel {
    /// Below the first limit.
    Low,
    /// Between the limits.
    Medium,
    /// From the second limit on.
    High,
}

impl RiskLevel {
    /// The word used in every output.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            RiskLevel::Low => "low",
            RiskLevel::Medium => "medium",
            RiskLevel::High => "high",
        }
    }
}

impl RiskScale {
    /// Whether the likelihood or the impact of a score is outside the scale.
    pub(crate) fn is_off_scale(self, score: Score) -> bool {
        let is_off = |step: u16, max: u16| step == 0 || step > max;
        is_off(score.likelihood, self.likelihood) || is_off(score.impact, self.impact)
    }

    /// The level of a score. A score outside the scale is high.
    pub(crate) fn level(self, score: Score) -> RiskLevel {
        match score.product() {
            _ if self.is_off_scale(score) => RiskLevel::High,
            product if product >= u32::from(self.high) => RiskLevel::High,
            product if product >= u32::from(self.medium) => RiskLevel::Medium,
            _ => RiskLevel::Low,
        }
    }

    /// Whether a score is high.
    pub(crate) fn is_high(self, score: Score) -> bool {
        self.level(score) == RiskLevel::High
    }
}

impl Default for AuditSettings {
    fn default() -> AuditSettings {
        AuditSettings { every: AuditCycle::Every(Interval::Months(36)), report_within: Interval::Days(14) }
    }
}

impl Default for NonconformitySettings {
    fn default() -> NonconformitySettings {
        NonconformitySettings { grades: default_grades(), effect_after: Interval::Days(90) }
    }
}

/// A certificate of conformity.
#[derive(Clone, Debug, Default)]
pub(crate) struct CertificateSettings {
    /// Number.
    pub(crate) number: Option<String>,
    /// Certification body.
    pub(crate) body: Option<String>,
    /// Day of issue.
    pub(crate) issued: Option<Date>,
    /// Last day of validity.
    pub(crate) expires: Option<Date>,
    /// Scope, as stated on the certificate.
    pub(crate) scope: Option<String>,
    /// Date of the next audit.
    pub(crate) next_audit: Option<Date>,
    /// Date of the certification decision.
    pub(crate) decided: Option<Date>,
    /// The time before expiry by which a recertification audit must have ended.
    pub(crate) recertify_before: Option<Interval>,
    /// The spans of the keys of the certificate.
    pub(crate) key_spans: Vec<(&'static str, Span)>,
}

impl CertificateSettings {
    /// The span of one of its keys, or of the whole section if the key is not set.
    pub(crate) fn span_of(&self, key: &str) -> Span {
        let place = |key: &str| self.key_spans.iter().find(|(name, _)| *name == key).map(|(_, span)| *span);
        place(key).or_else(|| place("certificate")).unwrap_or_default()
    }
}

/// The words for an audit cycle of calendar years.
const CALENDAR_YEAR: &str = "calendar year";

pub(super) fn audits(settings: &mut Settings, slot: Slot<'_>, reader: &mut Reader<'_>) {
    const AUDITS: &[Field<AuditSettings>] = &[
        Field::optional("every", |audits, slot, reader| audits.every = cycle(slot, reader).unwrap_or(audits.every)),
        Field::optional("report_within", |audits, slot, reader| {
            if let Some(interval) = reader.interval(slot) {
                audits.report_within = interval.value;
            }
        }),
    ];
    reader.read_mapping(&mut settings.registers.audits, slot, AUDITS, slot.key.span);
    settings.registers.intervals.extend(find_intervals(&["every", "report_within"], slot.node));
}

fn cycle(slot: Slot<'_>, reader: &mut Reader<'_>) -> Option<AuditCycle> {
    if matches!(&slot.node.value, Value::Scalar(scalar) if scalar.text.trim() == CALENDAR_YEAR) {
        return Some(AuditCycle::CalendarYear);
    }
    reader.interval(slot).map(|interval| AuditCycle::Every(interval.value))
}

pub(super) fn nonconformities(settings: &mut Settings, slot: Slot<'_>, reader: &mut Reader<'_>) {
    const NONCONFORMITIES: &[Field<NonconformitySettings>] = &[
        Field::optional("grades", |target, slot, reader| {
            let entries = reader.entries(slot).unwrap_or_default();
            let grades: Vec<Grade> = entries.iter().map(|entry| grade(entry, reader)).collect();
            if grades.is_empty() {
                reader.report(slot.node.span, "list at least one grade");
            } else {
                target.grades = grades;
            }
        }),
        Field::optional("effect_after", |target, slot, reader| {
            if let Some(interval) = reader.interval(slot) {
                target.effect_after = interval.value;
            }
        }),
    ];
    reader.read_mapping(&mut settings.registers.nonconformities, slot, NONCONFORMITIES, slot.key.span);
    settings.registers.intervals.extend(find_intervals(&["effect_after", "close"], slot.node));
}

/// Intervals under the given keys at any depth, with their places.
fn find_intervals(keys: &[&str], node: &Node) -> Vec<Located<Interval>> {
    let Value::Map(entries) = &node.value else { return Vec::new() };
    let read = |entry: &Entry| match &entry.value.value {
        Value::Scalar(scalar) if keys.contains(&&*entry.key.value) => {
            scalar.text.trim().parse().ok().map(|value| Located { value, span: entry.value.span }).into_iter().collect()
        }
        _ => find_intervals(keys, &entry.value),
    };
    entries.iter().flat_map(read).collect()
}

/// Reads the scale for risks; a contradictory one is not used.
pub(super) fn risk_scale(settings: &mut Settings, slot: Slot<'_>, reader: &mut Reader<'_>) {
    const SCALE: &[Field<RiskScale>] = &[
        Field::optional("likelihood", |scale, slot, reader| scale.likelihood = step(slot, reader, scale.likelihood)),
        Field::optional("impact", |scale, slot, reader| scale.impact = step(slot, reader, scale.impact)),
        Field::optional("medium", |scale, slot, reader| scale.medium = step(slot, reader, scale.medium)),
        Field::optional("high", |scale, slot, reader| scale.high = step(slot, reader, scale.high)),
    ];
    let mut scale = RiskScale::default();
    reader.read_mapping(&mut scale, slot, SCALE, slot.key.span);
    let is_scale = (1..=10).contains(&scale.likelihood) && (1..=10).contains(&scale.impact);
    if is_scale && scale.medium <= scale.high && scale.high <= scale.likelihood * scale.impact {
        settings.registers.risk_scale = scale;
    } else {
        let help =
            "use at most 10 steps, and let `medium` be no higher than `high`, and `high` than the highest product";
        reader.report_with_help(slot.node.span, "this is not a scale of risks", Some(help.to_owned()));
    }
}

fn step(slot: Slot<'_>, reader: &mut Reader<'_>, unless: u16) -> u16 {
    let Some(value) = text(slot, reader) else { return unless };
    let number = value.parse::<u16>().ok().filter(|number| (1..=100).contains(number));
    if number.is_none() {
        let help = Some("write a whole number from 1 to 100".to_owned());
        reader.report_with_help(slot.node.span, format!("`{}` is not a step of a scale", clip(&value)), help);
    }
    number.unwrap_or(unless)
}

/// Reads a grade. Unless it is built in or sets `nonconformity`, it is that of a nonconformity.
fn grade(entry: &Entry, reader: &mut Reader<'_>) -> Grade {
    const GRADE: &[Field<Grade>] = &[
        Field::optional("close", |grade, slot, reader| grade.close = reader.interval(slot).map(|close| close.value)),
        Field::optional("nonconformity", |grade, slot, reader| {
            grade.is_nonconformity = reader.flag(slot).unwrap_or(true);
        }),
    ];
    let default_grade = default_grades().into_iter().find(|grade| grade.name == entry.key.value);
    let is_nonconformity = default_grade.is_none_or(|known| known.is_nonconformity);
    let mut grade = Grade { name: entry.key.value.clone(), close: None, is_nonconformity };
    reader.read_mapping(&mut grade, entry.into(), GRADE, entry.key.span);
    grade
}

pub(super) fn roles(settings: &mut Settings, slot: Slot<'_>, reader: &mut Reader<'_>) {
    const ROLE: &[Field<Option<String>>] =
        &[Field::required("mail", |mail, slot, reader| *mail = read_email(slot, reader))];
    let mut names = Vec::new();
    for entry in reader.entries(slot).unwrap_or_default() {
        let mut mail = None;
        reader.read_mapping(&mut mail, entry.into(), ROLE, entry.key.span);
        settings.registers.roles.extend(mail.map(|mail| (entry.key.value.clone(), mail)));
        names.push(entry.key.clone());
    }
    report_duplicates(&names, "is named twice", reader);
}

fn read_email(slot: Slot<'_>, reader: &mut Reader<'_>) -> Option<String> {
    let address = text(slot, reader)?;
    let is_address = address
        .split_once('@')
        .is_some_and(|(name, host)| !name.is_empty() && !host.is_empty() && !address.contains([' ', ',', '<', '>']));
    if !is_address {
        let help = "write it as name@example.org".to_owned();
        reader.report_with_help(slot.node.span, "this is not an email address", Some(help));
    }
    is_address.then_some(address)
}

pub(super) fn certificate(settings: &mut Settings, slot: Slot<'_>, reader: &mut Reader<'_>) {
    const CERTIFICATE: &[Field<CertificateSettings>] = &[
        Field::optional("number", |certificate, slot, reader| certificate.number = text(slot, reader)),
        Field::optional("body", |certificate, slot, reader| certificate.body = text(slot, reader)),
        Field::optional("decided", |certificate, slot, reader| {
            certificate.decided = day("decided", certificate, slot, reader)
        }),
        Field::optional("issued", |certificate, slot, reader| {
            certificate.issued = day("issued", certificate, slot, reader)
        }),
        Field::optional("expires", |certificate, slot, reader| {
            certificate.expires = day("expires", certificate, slot, reader)
        }),
        Field::optional("scope", |certificate, slot, reader| {
            certificate.key_spans.push(("scope", slot.node.span));
            certificate.scope = text(slot, reader);
        }),
        Field::optional("next_audit", |certificate, slot, reader| {
            certificate.next_audit = day("next_audit", certificate, slot, reader)
        }),
        Field::optional("recertify_before", |certificate, slot, reader| {
            certificate.recertify_before = reader.interval(slot).map(|interval| interval.value);
        }),
    ];
    let mut certificate = CertificateSettings::default();
    certificate.key_spans.push(("certificate", slot.key.span));
    if reader.read_mapping(&mut certificate, slot, CERTIFICATE, slot.key.span) {
        check_date_order(&certificate, reader);
        settings.registers.intervals.extend(find_intervals(&["recertify_before"], slot.node));
        settings.certificate = Some(certificate);
    }
}

/// Reports dates of a certificate that are in the wrong order.
fn check_date_order(certificate: &CertificateSettings, reader: &mut Reader<'_>) {
    let days = [("decided", certificate.decided), ("issued", certificate.issued), ("expires", certificate.expires)];
    let known: Vec<(&str, Date)> = days.into_iter().filter_map(|(key, day)| Some((key, day?))).collect();
    for pair in known.windows(2) {
        if let [(first, before), (second, after)] = pair
            && after < before
        {
            let message = format!("`{second}` ({after}) is before `{first}` ({before})");
            reader.report_with_help(
                certificate.span_of(second),
                message,
                Some("correct one of the two dates".to_owned()),
            );
        }
    }
}

fn day(
    key: &'static str,
    certificate: &mut CertificateSettings,
    slot: Slot<'_>,
    reader: &mut Reader<'_>,
) -> Option<Date> {
    certificate.key_spans.push((key, slot.node.span));
    reader.date(slot).map(|date| date.value)
}
