use clap::Subcommand;

/// What to list, or what to do with one conversation.
#[derive(Debug, clap::Args)]
#[command(args_conflicts_with_subcommands = true)]
pub(crate) struct Conversations {
    #[command(subcommand)]
    pub(crate) change: Option<ConversationsChange>,

    /// List those that were put away
    #[arg(long, conflicts_with = "bin")]
    pub(crate) archived: bool,

    /// List those in the bin
    #[arg(long)]
    pub(crate) bin: bool,
}

#[derive(Debug, Subcommand)]
pub(crate) enum ConversationsChange {
    /// Keep a conversation on top of the list
    Pin {
        #[arg(value_name = "ID")]
        conversation: String,
        /// No longer
        #[arg(long)]
        off: bool,
    },
    /// Put a conversation away; the search still finds it
    Archive {
        #[arg(value_name = "ID")]
        conversation: String,
    },
    /// Put a conversation into the bin
    Bin {
        #[arg(value_name = "ID")]
        conversation: String,
    },
    /// Take a conversation out of the bin or the archive
    Restore {
        #[arg(value_name = "ID")]
        conversation: String,
    },
    /// List deleted messages that can be brought back, of one conversation or of all
    Deleted {
        #[arg(value_name = "ID")]
        conversation: Option<String>,
    },
    /// Bring a deleted message back, with what went with it
    Undelete {
        #[arg(value_name = "MESSAGE")]
        message: String,
    },
    /// Give a conversation another title
    Rename {
        #[arg(value_name = "ID")]
        conversation: String,
        #[arg(required = true, num_args = 1..)]
        title: Vec<String>,
    },
}

#[derive(Debug, Subcommand)]
pub(crate) enum Backups {
    /// List the backups, newest first
    List,
    /// Make a verified backup now
    Make,
    /// Go back to a backup; what is there now becomes a backup of its own
    Restore {
        /// Its name, as the list has it
        name: String,
    },
    /// Remove every backup, and damaged files that were kept aside
    Purge {
        /// Yes, really: there is nothing to go back to then
        #[arg(long)]
        yes: bool,
    },
}
