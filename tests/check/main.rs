//! `clausebook check` as users run it: the real program on whole handbooks.

mod choosing;
mod comparing;
mod fixing;
mod formats;
mod gates;
mod loopholes;
mod reviewing;
mod standing;
mod support;
mod suspecting;
mod waiving;
