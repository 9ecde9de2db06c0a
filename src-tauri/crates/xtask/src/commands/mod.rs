pub(crate) mod lint;
pub(crate) mod setup;
pub(crate) mod start;
pub(crate) mod test;
