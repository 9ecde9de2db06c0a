//! As Markdown: what was said on the shown branch.

use std::io::{self, Write};

use conversations::{Message, Role, Store, StoreError};

use super::Files;
use super::said::{attached, file_path, minute, remarks, speaker};

pub(super) fn write(
    store: &Store,
    ids: &[String],
    files: Files,
    out: &mut impl Write,
) -> Result<io::Result<()>, StoreError> {
    for (number, id) in ids.iter().enumerate() {
        let (row, branch) = (super::row(store, id)?, store.branch(id)?);
        let instructions = store.composition(id)?.instructions;
        let written = (|| {
            if number > 0 {
                writeln!(out, "\n---\n")?;
            }
            writeln!(
                out,
                "# {}\n\n_{}_",
                one_line(&row.title),
                minute(row.created_at)
            )?;
            if !instructions.is_empty() {
                writeln!(out, "\n## Instructions\n\n{}", instructions.trim_end())?;
            }
            branch
                .iter()
                .try_for_each(|message| one(files, out, message))
        })();
        if written.is_err() {
            return Ok(written);
        }
    }
    Ok(Ok(()))
}

fn one(files: Files, out: &mut impl Write, message: &Message) -> io::Result<()> {
    writeln!(
        out,
        "\n## {}\n\n_{}_\n",
        one_line(&speaker(message)),
        remarks(message)
    )?;
    for attachment in &message.attachments {
        let name = one_line(&attached(attachment));
        match files {
            Files::Inside => writeln!(out, "- attached: {name}\n")?,
            Files::Beside => {
                let name = name.replace(['[', ']'], " ");
                writeln!(out, "- attached: [{name}]({})\n", file_path(attachment))?;
            }
        }
    }
    if message.role == Role::Assistant && !message.reasoning.is_empty() {
        let quoted = message.reasoning.trim().replace('\n', "\n> ");
        writeln!(out, "> Reasoning\n>\n> {quoted}\n")?;
    }
    writeln!(out, "{}", message.text.trim_end())
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
