//! Gates: the conditions that a check must meet to pass.

use crate::assess::{Assessment, Figures};
use crate::finding::Severity;

/// The conditions that a check must meet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Gates {
    /// Findings of this severity or higher fail the check.
    pub(crate) fail_on: Severity,
    /// The minimum share of the main standard's coverage units that must be covered, in per cent.
    pub(crate) min_coverage: Option<u32>,
    /// The minimum number of documents.
    pub(crate) min_documents: Option<u32>,
}

/// A gate with its result.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub(crate) struct Gate {
    /// The name of the gate.
    pub(crate) name: &'static str,
    /// Whether it is met.
    pub(crate) met: bool,
    /// The actual and the required value, as a sentence.
    pub(crate) sentence: String,
}

/// Evaluates the gates for an assessment. `failing` is the number of counting findings severe enough to fail the check.
pub(crate) fn evaluate_gates(gates: Gates, assessment: &Assessment, failing: usize) -> Vec<Gate> {
    let figures = assessment.figures;
    let coverage = gates.min_coverage.map(|percent| coverage(figures, percent));
    let documents = gates.min_documents.map(|min| documents(figures, min));
    std::iter::once(findings(gates.fail_on, failing)).chain(coverage).chain(documents).collect()
}

fn findings(fail_on: Severity, failing: usize) -> Gate {
    let (one, many) = match fail_on {
        Severity::Error => ("error", "errors"),
        Severity::Warning => ("error or warning", "errors or warnings"),
        Severity::Note => ("finding", "findings"),
    };
    let sentence = match failing {
        0 => format!("no {many}"),
        1 => format!("1 {one}"),
        count => format!("{count} {many}"),
    };
    Gate { name: "findings", met: failing == 0, sentence }
}

fn coverage(figures: Figures, percent: u32) -> Gate {
    let Figures { units, units_covered, .. } = figures;
    // A standard without units cannot be covered, so the gate is not met.
    let met = units > 0 && u64::from(units_covered) * 100 >= u64::from(units) * u64::from(percent);
    let relation = if met { "at least" } else { "below" };
    let share = share(units_covered, units);
    let sentence =
        format!("coverage is {share} ({units_covered} of {units} clauses), {relation} the required {percent}%");
    Gate { name: "min-coverage", met, sentence }
}

fn documents(figures: Figures, minimum: u32) -> Gate {
    let count = figures.documents;
    let met = count >= minimum;
    let relation = if met { "at least" } else { "fewer than" };
    let noun = if count == 1 { "document" } else { "documents" };
    Gate { name: "min-documents", met, sentence: format!("{count} {noun}, {relation} the required {minimum}") }
}

/// A share in per cent with one decimal, rounded down, so that an incomplete share is never shown as 100.0.
pub(crate) fn share(part: u32, whole: u32) -> String {
    if whole == 0 {
        return "n/a".to_owned();
    }
    let tenths = u64::from(part) * 1000 / u64::from(whole);
    format!("{}.{}%", tenths / 10, tenths % 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn figures(units_covered: u32, units: u32) -> Figures {
        Figures { units, units_covered, documents: 1, ..Figures::default() }
    }

    #[test]
    fn a_share_is_never_rounded_up() {
        assert_eq!(share(9_999, 10_000), "99.9%");
        assert_eq!(share(56, 56), "100.0%");
        assert_eq!(share(0, 56), "0.0%");
    }

    #[test]
    fn a_gate_says_the_figure_and_what_was_wanted() {
        let gate = coverage(figures(34, 56), 80);
        assert!(!gate.met);
        assert_eq!(gate.sentence, "coverage is 60.7% (34 of 56 clauses), below the required 80%");
        assert!(coverage(figures(1, 2), 50).met);
        assert!(!coverage(figures(0, 0), 0).met);
        assert_eq!(documents(figures(0, 0), 3).sentence, "1 document, fewer than the required 3");
        assert_eq!(findings(Severity::Warning, 1).sentence, "1 error or warning");
    }
}
