//! The command line.

mod export;
mod library;
mod limits;
mod provider;

use std::path::PathBuf;

use clap::{Parser, Subcommand};
use money::MicroUsd;

pub(crate) use export::Export;
pub(crate) use library::{Backups, Conversations, ConversationsChange};
pub(crate) use limits::{Allow, Limit, Limits};
pub(crate) use provider::{AddProvider, Provider, SetProvider};

/// Chat that you pay for yourself, in the terminal.
#[derive(Debug, Parser)]
#[command(name = "tup", version, after_help = EXIT_CODES)]
pub(crate) struct Args {
    /// One JSON object per command (`ask`: one event per line)
    #[arg(long, global = true)]
    pub(crate) json: bool,

    /// Where accounts and conversations are kept (also TUPPENCE_DATA_DIR)
    #[arg(long, global = true, value_name = "DIR")]
    pub(crate) data_dir: Option<PathBuf>,

    /// Which account, by id, name or provider; the active one unless given
    #[arg(long, global = true, value_name = "ACCOUNT")]
    pub(crate) account: Option<String>,

    #[command(subcommand)]
    pub(crate) command: Command,
}

const EXIT_CODES: &str = "Exit codes: 0 ok, 1 other failure, 2 usage, 3 signed out, 4 sign-in needed again, \
5 keychain, 6 payment needed, 7 a limit of yours, 8 network or provider, 130 cancelled";

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Sign in with the system browser
    SignIn(SignIn),
    /// Revoke the account's tokens and forget them
    SignOut {
        /// Open the provider's sign-out page too, where it has one
        #[arg(long)]
        browser_too: bool,
    },
    /// Sign everybody out and erase everything that Tuppence keeps on this device
    Erase {
        /// Yes, really: conversations and backups too
        #[arg(long)]
        yes: bool,
    },
    /// List the accounts of this device, or take one off it
    Accounts {
        #[command(subcommand)]
        change: Option<AccountsChange>,
    },
    /// Who is signed in
    Whoami,
    /// What is in the wallet
    Balance,
    /// Models with their prices
    Models,
    /// Ask; what is piped in comes after the question
    Ask(Ask),
    /// List the presets that conversations can begin with
    Presets,
    /// List conversations, latest first; pin, archive, bin, restore or rename one
    Conversations(Conversations),
    /// List, make, go back to, or remove backups
    #[command(subcommand)]
    Backups(Backups),
    /// Find messages that hold every word
    Search {
        /// The words; "in quotes" as they stand
        #[arg(required = true, num_args = 1..)]
        words: Vec<String>,

        /// At most so many
        #[arg(long, default_value_t = 20, value_name = "N")]
        limit: u32,
    },
    /// Write one conversation, or all, to a file or to standard output
    Export(Export),
    /// Take in conversations: of Tuppence, ChatGPT or Claude (their conversations.json)
    Import {
        /// The files
        #[arg(required = true, num_args = 1.., value_name = "FILE")]
        files: Vec<PathBuf>,
    },
    /// What answers cost
    Usage {
        /// What to add up by
        #[arg(long, default_value = "day")]
        by: UsageBy,

        /// Write every receipt to standard output instead
        #[arg(long, value_name = "FORMAT", conflicts_with = "by")]
        export: Option<LedgerFile>,
    },
    /// Show what may be spent, or set it; raising takes --yes or a yes
    Limits(Limits),
    /// Try everything that a sign-in needs; the report has no secret and names nobody
    Doctor,
    /// The providers of this installation: list, add, set up, remove
    #[command(subcommand)]
    Provider(Provider),
}

#[derive(Debug, Subcommand)]
pub(crate) enum AccountsChange {
    /// Sign out, and forget the account's name too; conversations and costs stay
    Remove {
        /// Which, by id, name or provider
        account: String,
    },
}

#[derive(Clone, Copy, Debug, clap::ValueEnum)]
pub(crate) enum UsageBy {
    /// Days, in this device's time zone
    Day,
    /// Months, likewise
    Month,
    /// Models
    Model,
    /// Accounts
    Account,
    /// Conversations
    Conversation,
    /// Answers, summaries, titles
    Purpose,
}

#[derive(Clone, Copy, Debug, clap::ValueEnum)]
pub(crate) enum LedgerFile {
    /// For spreadsheets
    Csv,
    /// For scripts
    Json,
}

#[derive(Debug, clap::Args)]
pub(crate) struct SignIn {
    /// quota, chutes, openrouter, sandbox, or one that you added; `sandbox` is play money
    #[arg(long, default_value = "sandbox")]
    pub(crate) provider: String,

    /// Print the address instead of opening it; the redirect address can be pasted back
    #[arg(long)]
    pub(crate) no_browser: bool,

    /// Sign in on another device by a code, where the provider offers it
    #[arg(long, conflicts_with = "no_browser")]
    pub(crate) device: bool,

    /// Show each step as it happens, with its place in the standards; secrets by their length alone
    #[arg(long)]
    pub(crate) trace: bool,

    /// The most that the key may spend, in dollars, at a provider that gives a key (openrouter)
    #[arg(long, value_name = "DOLLARS", value_parser = dollars)]
    pub(crate) cap: Option<MicroUsd>,

    /// How often the cap begins anew
    #[arg(long, requires = "cap", value_enum, default_value_t = CapResets::Never)]
    pub(crate) cap_resets: CapResets,
}

/// How often a cap begins anew.
#[derive(Clone, Copy, Debug, clap::ValueEnum)]
pub(crate) enum CapResets {
    Never,
    Daily,
    Weekly,
    Monthly,
}

fn dollars(text: &str) -> Result<MicroUsd, String> {
    let amount = MicroUsd::parse(text).map_err(|error| error.to_string())?;
    let is_something = amount.0 > 0;
    is_something
        .then_some(amount)
        .ok_or_else(|| "a cap is above zero".to_owned())
}

#[derive(Debug, clap::Args)]
pub(crate) struct Ask {
    /// The question
    #[arg(num_args = 0..)]
    pub(crate) words: Vec<String>,

    /// Which model; the one used last, or the first, unless given
    #[arg(long)]
    pub(crate) model: Option<String>,

    /// An image, PDF, text or code file that goes with the question; may be given several times
    #[arg(long, value_name = "FILE")]
    pub(crate) attach: Vec<PathBuf>,

    /// Go on in this conversation
    #[arg(long, value_name = "ID")]
    pub(crate) conversation: Option<String>,

    /// What to do where the conversation is longer than the model takes; it holds for the conversation from then on
    #[arg(long, value_enum, default_value_t = IfTooLong::Refuse, requires = "conversation")]
    pub(crate) if_too_long: IfTooLong,

    /// Begin with this preset, by name or id
    #[arg(long, value_name = "NAME", conflicts_with = "conversation")]
    pub(crate) preset: Option<String>,

    /// A variable of the preset; may be given several times
    #[arg(long = "var", value_name = "NAME=VALUE", value_parser = variable, requires = "preset")]
    pub(crate) vars: Vec<(String, String)>,
}

/// What to do where a conversation is longer than the model takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum IfTooLong {
    /// Send nothing, and say so
    Refuse,
    /// Send the latest messages that fit
    DropOldest,
    /// Have the model summarise the beginning, for what that costs, and send the summary in its place
    Summarise,
}

fn variable(text: &str) -> Result<(String, String), String> {
    text.split_once('=')
        .map(|(name, value)| (name.trim().to_owned(), value.to_owned()))
        .ok_or_else(|| "a variable is given as NAME=VALUE".to_owned())
}
