//! What both readable formats say about a message.

use conversations::{Attachment, AttachmentKind, Message, Role, Status};
use money::Label;
use time::OffsetDateTime;
use time::macros::format_description;

use crate::Ending;

/// Who speaks, as a heading.
pub(super) fn speaker(message: &Message) -> String {
    match (message.role, &message.model_id) {
        (Role::User, _) => "You".to_owned(),
        (Role::Assistant, Some(model)) => model.clone(),
        (Role::Assistant, None) => "Answer".to_owned(),
    }
}

/// Time, cost and how it ended, where that is not simply well.
pub(super) fn remarks(message: &Message) -> String {
    let mut remarks = vec![minute(message.created_at)];
    if let Some(cost) = message.cost {
        remarks.push(format!("{} ({})", cost.amount, label(cost.label)));
    }
    let ending = match &message.status {
        Status::Streaming | Status::Ended(Ending::CutOff) => Some("cut off"),
        Status::Ended(Ending::Stopped) => Some("stopped"),
        Status::Ended(Ending::Failed { .. }) => Some("failed"),
        Status::Ended(Ending::Complete { .. }) => None,
    };
    remarks.extend(ending.map(str::to_owned));
    if message.sibling_ids.len() > 1 {
        let place = message.sibling_ids.iter().position(|id| *id == message.id);
        let (nth, of) = (place.unwrap_or_default() + 1, message.sibling_ids.len());
        remarks.push(format!("{nth} of {of}"));
    }
    remarks.join(" · ")
}

/// Name and size.
pub(super) fn attached(attachment: &Attachment) -> String {
    format!("{} ({} bytes)", attachment.name, attachment.size)
}

/// Where an archive has the file, from its top: by its hash, which no name can lead astray.
pub(super) fn file_path(attachment: &Attachment) -> String {
    let ending = match (attachment.kind, attachment.media_type.as_str()) {
        (AttachmentKind::Image, "image/png") => "png",
        (AttachmentKind::Image, "image/jpeg") => "jpg",
        (AttachmentKind::Image, "image/webp") => "webp",
        (AttachmentKind::Image, "image/gif") => "gif",
        (AttachmentKind::Image, _) => "bin",
        // Of a PDF file the text is kept.
        (AttachmentKind::Text | AttachmentKind::Pdf, _) => "txt",
    };
    format!("files/{}.{ending}", attachment.hash)
}

pub(super) fn label(label: Label) -> &'static str {
    match label {
        Label::Reported => "reported",
        Label::Computed => "computed",
        Label::Estimate => "estimate",
    }
}

/// To the minute, in UTC, which is the same wherever it is read.
pub(super) fn minute(at: std::time::SystemTime) -> String {
    let format = format_description!("[year]-[month]-[day] [hour]:[minute] UTC");
    OffsetDateTime::from(at).format(format).unwrap_or_default()
}
