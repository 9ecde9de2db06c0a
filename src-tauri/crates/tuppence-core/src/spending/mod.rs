//! Money: what an answer may cost before it is asked for, what it costs while it comes, what it cost,
//! and the limits that hold all of that.
//!
//! Limits reckon with upper bounds, what is shown is an estimate until the provider says better.

mod billed;
mod cost;
mod estimate;
mod export;
mod guard;
mod hold;
mod limits;
mod prompt;
mod raised;
mod reconcile;
mod save;
mod standing;

pub use billed::BilledDay;
pub use estimate::{CostRange, PromptCost};
pub use export::LedgerFormat;
pub use guard::{LimitName, LimitReached, LoweredBy};
pub use limits::{Confirmed, LimitSet, Limits};
pub use raised::Raise;
pub use reconcile::{Difference, Reconciliation};
pub use standing::{LimitsState, Spent};

pub(crate) use cost::Known;
pub(crate) use estimate::Estimator;
pub(crate) use hold::{Held, exceeded};
pub(crate) use prompt::Prompt;
