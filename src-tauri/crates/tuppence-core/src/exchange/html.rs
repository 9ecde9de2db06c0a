//! As one HTML page: answers rendered and sanitised as in the window, images inside, no script, and
//! nothing that a browser would fetch. Its Content-Security-Policy says the same.

use std::io::{self, Write};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use conversations::{Attachment, AttachmentKind, Message, Role, Store, StoreError};

use super::Files;
use super::said::{attached, file_path, minute, remarks, speaker};

const STYLE: &str = include_str!("page.css");

pub(super) fn write(
    store: &Store,
    ids: &[String],
    files: Files,
    out: &mut impl Write,
) -> Result<io::Result<()>, StoreError> {
    let title = match ids {
        [id] => super::row(store, id)?.title,
        _ => "Conversations".to_owned(),
    };
    let head = write!(
        out,
        "<!doctype html>\n<html>\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; img-src data:; style-src 'unsafe-inline'\">\n\
         <meta name=\"viewport\" content=\"width=device-width\">\n<title>{}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n",
        escaped(&title)
    );
    if head.is_err() {
        return Ok(head);
    }
    for id in ids {
        let written = conversation(store, id, files, out)?;
        if written.is_err() {
            return Ok(written);
        }
    }
    Ok(writeln!(out, "</body>\n</html>"))
}

fn conversation(
    store: &Store,
    id: &str,
    files: Files,
    out: &mut impl Write,
) -> Result<io::Result<()>, StoreError> {
    let (row, branch) = (super::row(store, id)?, store.branch(id)?);
    let instructions = store.composition(id)?.instructions;
    Ok((|| {
        writeln!(
            out,
            "<article>\n<h1 dir=\"auto\">{}</h1>\n<p class=\"remarks\">{}</p>",
            escaped(&row.title),
            minute(row.created_at)
        )?;
        if !instructions.is_empty() {
            writeln!(
                out,
                "<details><summary>Instructions</summary><div class=\"words\" dir=\"auto\">{}</div></details>",
                escaped(&instructions)
            )?;
        }
        branch
            .iter()
            .try_for_each(|message| one(store, files, out, message))?;
        writeln!(out, "</article>")
    })())
}

fn one(store: &Store, files: Files, out: &mut impl Write, message: &Message) -> io::Result<()> {
    let class = match message.role {
        Role::User => "user",
        Role::Assistant => "answer",
    };
    writeln!(
        out,
        "<section class=\"{class}\">\n<h2>{}</h2>\n<p class=\"remarks\">{}</p>",
        escaped(&speaker(message)),
        escaped(&remarks(message))
    )?;
    for attachment in &message.attachments {
        attachment_of(store, files, out, attachment)?;
    }
    if !message.reasoning.is_empty() {
        writeln!(
            out,
            "<details><summary>Reasoning</summary><div class=\"words\" dir=\"auto\">{}</div></details>",
            escaped(&message.reasoning)
        )?;
    }
    match message.role {
        Role::User => {
            writeln!(
                out,
                "<div class=\"words\" dir=\"auto\">{}</div>",
                escaped(&message.text)
            )?;
        }
        Role::Assistant => {
            for block in markdown_stream::render_blocks(&message.text) {
                writeln!(out, "<div class=\"block\" dir=\"auto\">{block}</div>")?;
            }
        }
    }
    writeln!(out, "</section>")
}

fn attachment_of(
    store: &Store,
    files: Files,
    out: &mut impl Write,
    attachment: &Attachment,
) -> io::Result<()> {
    let name = escaped(&attached(attachment));
    let Ok(bytes) = store.attachment_bytes(&attachment.hash) else {
        return writeln!(out, "<p class=\"remarks\">{name}</p>");
    };
    if files == Files::Beside {
        let path = file_path(attachment);
        writeln!(
            out,
            "<p class=\"remarks\"><a href=\"{path}\">{name}</a></p>"
        )?;
    }
    match attachment.kind {
        AttachmentKind::Image => writeln!(
            out,
            "<figure><img alt=\"{name}\" src=\"data:{};base64,{}\"><figcaption>{name}</figcaption></figure>",
            escaped(&attachment.media_type),
            STANDARD.encode(bytes)
        ),
        AttachmentKind::Text | AttachmentKind::Pdf => writeln!(
            out,
            "<details><summary>{name}</summary><div class=\"words\" dir=\"auto\">{}</div></details>",
            escaped(&String::from_utf8_lossy(&bytes))
        ),
    }
}

fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            c => escaped.push(c),
        }
    }
    escaped
}
