pub(crate) mod bench;
pub(crate) mod lint;
pub(crate) mod package;
pub(crate) mod setup;
pub(crate) mod start;
pub(crate) mod test;
