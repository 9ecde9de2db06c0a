//! What the shell lends the core, and what the system tells the shell.

pub mod erasure;
pub mod instance;
pub mod play_money;
pub(crate) mod raise_question;
pub(crate) mod redirects;
