//! The documents of an edition without figures as data, versioned as `clausebook/documents/1`.

use std::borrow::Cow;

use serde::Serialize;

use super::stream::json_bytes;
use crate::assess::Assessed;
use crate::date::Date;
use crate::handbook::Document;

#[derive(Serialize)]
struct Documents<'a> {
    schema: &'static str,
    title: &'a str,
    as_of: Date,
    documents: Vec<DocumentSummary<'a>>,
}

#[derive(Serialize)]
struct DocumentSummary<'a> {
    id: Option<&'a str>,
    title: &'a str,
    #[serde(rename = "type")]
    kind: &'a str,
    version: Option<&'a str>,
    owner: Option<Cow<'a, str>>,
    owners: Vec<&'a str>,
    classification: Option<&'a str>,
    digest: String,
    url: &'a str,
}

/// More than enough for most documents.
const DOCUMENT_BYTES: usize = 1024;

/// Documents with the facts that identify them, without anything derived from states or verdicts.
pub(crate) fn json(Assessed { reading, assessment }: Assessed<'_>) -> Vec<u8> {
    let documents = Documents {
        schema: "clausebook/documents/1",
        title: &reading.settings.title,
        as_of: assessment.clock.as_of,
        documents: reading.handbook.controlled().map(|(_, document)| summarize(document)).collect(),
    };
    json_bytes(&documents, DOCUMENT_BYTES * documents.documents.len())
}

fn summarize(document: &Document) -> DocumentSummary<'_> {
    let version = document.front().and_then(|front| front.version.as_ref());
    DocumentSummary {
        id: document.id().map(|id| id.as_str()),
        title: &document.title,
        kind: &document.doc_type,
        version: version.map(|text| text.value.as_str()),
        owner: document.owners.joined(),
        owners: document.owners.iter().map(|name| &**name).collect(),
        classification: document.classification.as_deref(),
        digest: document.shown_digest().to_string(),
        url: document.url.as_str(),
    }
}
