//! The template engine, with a limit on what a handbook's own templates may do for one page.

use std::collections::{BTreeMap, HashMap};
use std::io::{self, Write};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::thread::{self, ThreadId};

use tera::{Context, Error, Kwargs, State, Tera, TeraResult, Value};

use super::counted::{STEPS, counted};
use super::error::ThemeError;

/// How often loops and components of a handbook's own templates may run for one page, all together.
const MAX_STEPS: u64 = 1_000_000;
const TOO_MANY: &str = "the loops of one page run more than 1,000,000 times; shorten them, or nest them less";
/// Most bytes of one page that a handbook's own templates write.
const MAX_PAGE: usize = 256 * 1024 * 1024;
const TOO_LONG: &str = "one page is longer than 256 MiB; leave out what repeats";

/// Templates that are ready to be filled; it can be shared between threads.
pub(super) struct Engine {
    tera: Tera,
    limits: Option<Limits>,
}

/// What limits a handbook's own templates. Ours need none: their loops run through what a page shows.
struct Limits {
    /// The templates as their author wrote them: errors have their places there.
    templates: BTreeMap<String, String>,
    steps: Steps,
    /// The first error that came of a limit. No page is made after it, for each could take as long.
    overrun: OnceLock<ThemeError>,
}

/// Steps that the page of each thread has taken.
#[derive(Clone, Default)]
struct Steps(Arc<Mutex<HashMap<ThreadId, u64>>>);

impl Steps {
    fn begin(&self) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(thread::current().id(), 0);
    }

    /// Counts what a loop is about to run through, and passes it on.
    fn count(&self, value: &Value) -> TeraResult<Value> {
        let steps = value.len().map_or(1, |length| length as u64);
        let mut taken = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let taken = taken.entry(thread::current().id()).or_default();
        *taken = taken.saturating_add(steps);
        if *taken > MAX_STEPS { Err(Error::message(TOO_MANY)) } else { Ok(value.clone()) }
    }

    fn are_spent(&self) -> bool {
        let taken = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        taken.get(&thread::current().id()).is_some_and(|taken| *taken > MAX_STEPS)
    }
}

impl Engine {
    /// An engine with our templates, and over them a handbook's own.
    ///
    /// # Errors
    /// When one of the own templates cannot be read, with its place in it.
    pub(super) fn new(mut tera: Tera, own: &BTreeMap<String, String>) -> TeraResult<Engine> {
        if own.is_empty() {
            return Ok(Engine { tera, limits: None });
        }
        // First as they were written, for the places of errors.
        tera.add_raw_templates(own)?;
        let steps = Steps::default();
        let counter = steps.clone();
        tera.register_filter(STEPS, move |value: &Value, _: Kwargs, _: &State| counter.count(value));
        tera.add_raw_templates(own.iter().map(|(name, text)| (name, counted(text))))?;
        Ok(Engine { tera, limits: Some(Limits { templates: own.clone(), steps, overrun: OnceLock::new() }) })
    }

    /// What every template can use.
    pub(super) fn global_context(&mut self) -> &mut Context {
        self.tera.global_context()
    }

    /// A filled template as text; `subject` is what it shows.
    pub(super) fn render(&self, template: &str, context: &Context, subject: &str) -> Result<String, ThemeError> {
        let mut out = Vec::new();
        self.render_to(template, context, &mut out, || subject.to_owned())?;
        String::from_utf8(out).map_err(|error| ThemeError::of_rendering(&error.into(), subject.to_owned()))
    }

    /// Fills a template; `subject` is what it shows.
    ///
    /// # Errors
    /// When the template cannot be filled with this, or does more for it than a page may cost.
    pub(super) fn render_to(
        &self,
        template: &str,
        context: &Context,
        out: &mut Vec<u8>,
        subject: impl FnOnce() -> String,
    ) -> Result<(), ThemeError> {
        let Some(limits) = &self.limits else {
            let failed = |error| ThemeError::of_rendering(&error, subject());
            return self.tera.render_to(template, context, out).map_err(failed);
        };
        if let Some(overrun) = limits.overrun.get() {
            return Err(overrun.clone());
        }
        limits.steps.begin();
        let mut page = Page { out, is_full: false };
        let Err(error) = self.tera.render_to(template, context, &mut page) else { return Ok(()) };
        if page.is_full || limits.steps.are_spent() {
            let message = if page.is_full { TOO_LONG } else { TOO_MANY };
            return Err(limits.overrun.get_or_init(|| ThemeError::of_limit(&error, message)).clone());
        }
        Err(ThemeError::of_rendering(&self.as_written(limits, template, context).unwrap_or(error), subject()))
    }

    /// The error of the same page with the templates as they were written: counting moves columns.
    fn as_written(&self, limits: &Limits, template: &str, context: &Context) -> Option<Error> {
        let mut tera = self.tera.clone();
        tera.add_raw_templates(&limits.templates).ok()?;
        tera.render_to(template, context, &mut Page { out: &mut Vec::new(), is_full: false }).err()
    }
}

/// A page while it is written.
struct Page<'a> {
    out: &'a mut Vec<u8>,
    is_full: bool,
}

impl Write for Page<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.is_full |= self.out.len() + bytes.len() > MAX_PAGE;
        if self.is_full { Err(io::Error::other(TOO_LONG)) } else { self.out.write(bytes) }
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
