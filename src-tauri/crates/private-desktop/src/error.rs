use std::{io, process::ExitStatus, time::Duration};

use crate::webdriver::WebDriverError;

/// Why a private desktop, or something on it, could not do what was asked.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum DesktopError {
    /// A program that the desktop is made of is not on this machine.
    #[error("`{program}` is not installed; `cargo xtask setup` installs what tests need")]
    NotInstalled {
        /// Its name.
        program: String,
    },
    /// The operating system refused.
    #[error("{action} failed")]
    Io {
        /// What was being done.
        action: String,
        /// Its reason.
        #[source]
        source: io::Error,
    },
    /// A program ended before it was ready.
    #[error("`{program}` ended too early ({status}); its output ends with:\n{output}")]
    Ended {
        /// Its name.
        program: String,
        /// How it ended.
        status: ExitStatus,
        /// The last lines it wrote.
        output: String,
    },
    /// Something did not happen in time.
    #[error("waited {} s for {what}\n{details}", limit.as_secs_f32())]
    Timeout {
        /// What did not happen.
        what: String,
        /// How long it was waited for.
        limit: Duration,
        /// What there was instead.
        details: String,
    },
    /// The driver opened no window.
    #[error("no window was opened; the driver's output ends with:\n{output}")]
    SessionRefused {
        /// The last lines that driver and program wrote.
        output: String,
        /// What the driver answered.
        #[source]
        source: WebDriverError,
    },
    /// A command to a window or the browser failed.
    #[error(transparent)]
    WebDriver(#[from] WebDriverError),
}

impl DesktopError {
    /// For `map_err`: names what was being done when the operating system refused.
    pub(crate) fn io(action: impl Into<String>) -> impl FnOnce(io::Error) -> Self {
        let action = action.into();
        move |source| Self::Io { action, source }
    }
}
