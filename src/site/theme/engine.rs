//! The template engine, with limits on what custom templates may do for one page.

use std::collections::{BTreeMap, HashMap};
use std::io::{self, Write};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::thread::{self, ThreadId};

use tera::{Context, Error, Kwargs, State, Tera, TeraResult, Value};

use super::error::ThemeError;
use super::loop_counting::{STEPS_FILTER, count_loops};

/// The maximum number of loop iterations and component calls in custom templates for one page, taken together.
const MAX_STEPS: u64 = 1_000_000;
const TOO_MANY: &str = "the loops of one page run more than 1,000,000 times; shorten them, or nest them less";
/// The maximum size in bytes of a page with custom templates.
const MAX_PAGE_BYTES: usize = 256 * 1024 * 1024;
const TOO_LONG: &str = "one page is longer than 256 MiB; leave out what repeats";

/// Parsed templates, for any number of sites.
pub(super) struct Templates {
    tera: Tera,
    custom: Option<OwnTemplates>,
}

/// The templates of the custom theme.
struct OwnTemplates {
    /// The templates as written, for positions in errors.
    templates: BTreeMap<String, String>,
    steps: StepCounter,
}

/// Renders templates for one site; can be shared between threads.
pub(super) struct Engine {
    templates: Arc<Templates>,
    /// The variables available to all templates.
    shared: Context,
    /// The first exceeded limit. Afterwards no more pages are rendered, since each could take as long.
    exceeded_limit: OnceLock<ThemeError>,
}

/// The number of steps for the page that each thread is rendering.
#[derive(Clone, Default)]
struct StepCounter(Arc<Mutex<HashMap<ThreadId, u64>>>);

impl StepCounter {
    fn begin(&self) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(thread::current().id(), 0);
    }

    /// Counts the items of a loop and returns the value unchanged.
    fn count(&self, value: &Value) -> TeraResult<Value> {
        let steps = value.len().map_or(1, |length| length as u64);
        let mut steps_by_thread = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let step_count = steps_by_thread.entry(thread::current().id()).or_default();
        *step_count = step_count.saturating_add(steps);
        if *step_count > MAX_STEPS { Err(Error::message(TOO_MANY)) } else { Ok(value.clone()) }
    }

    fn is_exhausted(&self) -> bool {
        let steps_by_thread = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        steps_by_thread.get(&thread::current().id()).is_some_and(|taken| *taken > MAX_STEPS)
    }
}

impl Templates {
    /// Adds the templates of the custom theme to the built-in ones.
    ///
    /// # Errors
    /// If a custom template cannot be parsed; the error has its position.
    pub(super) fn new(mut tera: Tera, custom_templates: BTreeMap<String, String>) -> TeraResult<Templates> {
        if custom_templates.is_empty() {
            return Ok(Templates { tera, custom: None });
        }
        // First as written, so that errors have the right positions.
        tera.add_raw_templates(&custom_templates)?;
        let steps = StepCounter::default();
        let counter = steps.clone();
        tera.register_filter(STEPS_FILTER, move |value: &Value, _: Kwargs, _: &State| counter.count(value));
        tera.add_raw_templates(custom_templates.iter().map(|(name, text)| (name, count_loops(text))))?;
        Ok(Templates { tera, custom: Some(OwnTemplates { templates: custom_templates, steps }) })
    }

    /// Whether there are custom templates. The built-in ones need no limits, since they only loop over the content of a
    /// page.
    pub(super) fn has_own(&self) -> bool {
        self.custom.is_some()
    }
}

impl Engine {
    /// Creates an engine for a site; `shared` contains the variables of all templates.
    pub(super) fn new(templates: Arc<Templates>, shared: Context) -> Engine {
        Engine { templates, shared, exceeded_limit: OnceLock::new() }
    }

    /// A copy of the shared variables, to which those of a single template can be added.
    pub(super) fn context(&self) -> Context {
        self.shared.clone()
    }

    /// Renders a template to a string; `subject` describes the page in errors.
    pub(super) fn render(&self, template: &str, context: &Context, subject: &str) -> Result<String, ThemeError> {
        let mut out = Vec::new();
        self.render_to(template, context, &mut out, || subject.to_owned())?;
        String::from_utf8(out).map_err(|error| ThemeError::from_rendering(&error.into(), subject.to_owned()))
    }

    /// Renders a template; `subject` describes the page in errors.
    ///
    /// # Errors
    /// If rendering fails or exceeds a limit.
    pub(super) fn render_to(
        &self,
        template: &str,
        context: &Context,
        out: &mut Vec<u8>,
        subject: impl FnOnce() -> String,
    ) -> Result<(), ThemeError> {
        let Templates { tera, custom: own } = &*self.templates;
        let Some(own) = own else {
            let failed = |error| ThemeError::from_rendering(&error, subject());
            return tera.render_to(template, context, out).map_err(failed);
        };
        if let Some(overrun) = self.exceeded_limit.get() {
            return Err(overrun.clone());
        }
        own.steps.begin();
        let mut page = Page { out, is_full: false };
        let Err(error) = tera.render_to(template, context, &mut page) else { return Ok(()) };
        if page.is_full || own.steps.is_exhausted() {
            let message = if page.is_full { TOO_LONG } else { TOO_MANY };
            return Err(self.exceeded_limit.get_or_init(|| ThemeError::from_limit(&error, message)).clone());
        }
        Err(ThemeError::from_rendering(&uncounted_error(tera, own, template, context).unwrap_or(error), subject()))
    }
}

/// The error for the same page with templates as written, since counting loops changes columns.
fn uncounted_error(tera: &Tera, custom: &OwnTemplates, template: &str, context: &Context) -> Option<Error> {
    let mut tera = tera.clone();
    tera.add_raw_templates(&custom.templates).ok()?;
    tera.render_to(template, context, &mut Page { out: &mut Vec::new(), is_full: false }).err()
}

/// A page being rendered.
struct Page<'a> {
    out: &'a mut Vec<u8>,
    is_full: bool,
}

impl Write for Page<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.is_full |= self.out.len() + bytes.len() > MAX_PAGE_BYTES;
        if self.is_full { Err(io::Error::other(TOO_LONG)) } else { self.out.write(bytes) }
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
