//! What a program that handles secrets asks of the system before anything else.

/// Makes files that this process and its children create readable by their owner only, and turns
/// core dumps off: they would hold tokens. Call it first in `main`.
pub fn keep_to_the_owner() {
    #[cfg(unix)]
    {
        use rustix::fs::Mode;
        use rustix::process::{Resource, Rlimit, setrlimit, umask};
        umask(Mode::RWXG | Mode::RWXO);
        let none = Rlimit {
            current: Some(0),
            maximum: Some(0),
        };
        if let Err(error) = setrlimit(Resource::Core, none) {
            tracing::warn!(%error, "core dumps could not be turned off");
        }
    }
}
