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

/// Templates that are ready to be filled, for any number of sites.
pub(super) struct Templates {
    tera: Tera,
    own: Option<OwnTemplates>,
}

/// A handbook's own templates.
struct OwnTemplates {
    /// As their author wrote them: errors have their places there.
    templates: BTreeMap<String, String>,
    steps: Steps,
}

/// Fills templates with what one site is; it can be shared between threads.
pub(super) struct Engine {
    templates: Arc<Templates>,
    /// What every template can use.
    shared: Context,
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

    fn is_exhausted(&self) -> bool {
        let taken = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        taken.get(&thread::current().id()).is_some_and(|taken| *taken > MAX_STEPS)
    }
}

impl Templates {
    /// Our templates, and over them a handbook's own.
    ///
    /// # Errors
    /// When one of the own templates cannot be read, with its place in it.
    pub(super) fn new(mut tera: Tera, own: BTreeMap<String, String>) -> TeraResult<Templates> {
        if own.is_empty() {
            return Ok(Templates { tera, own: None });
        }
        // First as they were written, for the places of errors.
        tera.add_raw_templates(&own)?;
        let steps = Steps::default();
        let counter = steps.clone();
        tera.register_filter(STEPS, move |value: &Value, _: Kwargs, _: &State| counter.count(value));
        tera.add_raw_templates(own.iter().map(|(name, text)| (name, counted(text))))?;
        Ok(Templates { tera, own: Some(OwnTemplates { templates: own, steps }) })
    }

    /// Whether some of them are the handbook's own. Ours need no limits: their loops run through what a page shows.
    pub(super) fn has_own(&self) -> bool {
        self.own.is_some()
    }
}

impl Engine {
    /// An engine for a site; `shared` is what every template can use.
    pub(super) fn new(templates: Arc<Templates>, shared: Context) -> Engine {
        Engine { templates, shared, overrun: OnceLock::new() }
    }

    /// What every template can use, to add what one can use beside it.
    pub(super) fn context(&self) -> Context {
        self.shared.clone()
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
        let Templates { tera, own } = &*self.templates;
        let Some(own) = own else {
            let failed = |error| ThemeError::of_rendering(&error, subject());
            return tera.render_to(template, context, out).map_err(failed);
        };
        if let Some(overrun) = self.overrun.get() {
            return Err(overrun.clone());
        }
        own.steps.begin();
        let mut page = Page { out, is_full: false };
        let Err(error) = tera.render_to(template, context, &mut page) else { return Ok(()) };
        if page.is_full || own.steps.is_exhausted() {
            let message = if page.is_full { TOO_LONG } else { TOO_MANY };
            return Err(self.overrun.get_or_init(|| ThemeError::of_limit(&error, message)).clone());
        }
        Err(ThemeError::of_rendering(&as_written(tera, own, (template, context)).unwrap_or(error), subject()))
    }
}

/// The error of the same page with the templates as they were written: counting moves columns.
fn as_written(tera: &Tera, own: &OwnTemplates, (template, context): (&str, &Context)) -> Option<Error> {
    let mut tera = tera.clone();
    tera.add_raw_templates(&own.templates).ok()?;
    tera.render_to(template, context, &mut Page { out: &mut Vec::new(), is_full: false }).err()
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
