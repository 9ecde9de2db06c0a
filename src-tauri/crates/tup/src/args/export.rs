use std::path::PathBuf;

use tuppence_core::ExportFormat;

#[derive(Debug, clap::Args)]
pub(crate) struct Export {
    /// Which conversation; all that are not in the bin unless given
    #[arg(long, value_name = "ID")]
    pub(crate) conversation: Option<String>,

    /// How: json has everything and can be imported again
    #[arg(long = "as", value_enum, default_value_t = Format::Json)]
    pub(crate) format: Format,

    /// As one ZIP file with the attached files, which can be imported again
    #[arg(long)]
    pub(crate) zip: bool,

    /// Also what was deleted and is not gone yet; it comes back as deleted
    ///
    /// In JSON, and in what a ZIP file has for the import: pages have no deleted words.
    #[arg(long)]
    pub(crate) deleted: bool,

    /// Where to; standard output unless given
    #[arg(long, value_name = "FILE")]
    pub(crate) out: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, clap::ValueEnum)]
pub(crate) enum Format {
    /// Everything, to be imported again
    Json,
    /// What was said on the shown branch, as text
    Markdown,
    /// The same as one page for a browser
    Html,
}

impl From<Format> for ExportFormat {
    fn from(format: Format) -> Self {
        match format {
            Format::Json => Self::Json,
            Format::Markdown => Self::Markdown,
            Format::Html => Self::Html,
        }
    }
}
