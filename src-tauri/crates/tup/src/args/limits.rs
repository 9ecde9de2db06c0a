use clap::Args;
use money::MicroUsd;

/// What `tup limits` sets; nothing shows them.
#[derive(Debug, Args)]
pub(crate) struct Limits {
    /// Of play money instead of dollars
    #[arg(long)]
    pub(crate) play: bool,

    /// What one answer may cost: an amount like 0.50, or none
    #[arg(long, value_name = "AMOUNT", value_parser = limit)]
    pub(crate) message: Option<Limit>,

    /// What one conversation may cost
    #[arg(long, value_name = "AMOUNT", value_parser = limit)]
    pub(crate) conversation: Option<Limit>,

    /// What one day may cost
    #[arg(long, value_name = "AMOUNT", value_parser = limit)]
    pub(crate) day: Option<Limit>,

    /// What one month may cost
    #[arg(long, value_name = "AMOUNT", value_parser = limit)]
    pub(crate) month: Option<Limit>,

    /// What the account (--account, or the active one) may spend in a month
    #[arg(long, value_name = "AMOUNT", value_parser = limit)]
    pub(crate) this_account: Option<Limit>,

    /// Whether models without a known price may be used although there are limits
    #[arg(long, value_name = "YES|NO")]
    pub(crate) allow_unpriced: Option<Allow>,

    /// Yes, raise what this raises
    #[arg(long)]
    pub(crate) yes: bool,
}

/// Yes or no.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Allow {
    /// They may
    Yes,
    /// They may not
    No,
}

/// A limit in millionths, or that there is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Limit(pub(crate) Option<i64>);

fn limit(text: &str) -> Result<Limit, String> {
    if text == "none" {
        return Ok(Limit(None));
    }
    match MicroUsd::parse(text) {
        Ok(amount) if amount.0 >= 0 => Ok(Limit(Some(amount.0))),
        _ => Err("an amount like 2.50, or none".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_limit_is_an_amount_or_none() {
        assert_eq!(limit("2.50"), Ok(Limit(Some(2_500_000))));
        assert_eq!(limit("0"), Ok(Limit(Some(0))));
        assert_eq!(limit("none"), Ok(Limit(None)));
        assert!(limit("-1").is_err());
        assert!(limit("lots").is_err());
    }
}
