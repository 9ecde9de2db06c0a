//! Attachments, exports and imports, and what a conversation tells the model beside its messages.

use tuppence_core as core;

use super::count;
use crate::ipc::contract::{
    AttachmentKind, AttachmentView, CompositionView, ExportFormat, ExportParams, ExportedView,
    ImportedView,
};

pub(in crate::ipc) fn attachment(attachment: core::Attachment) -> AttachmentView {
    AttachmentView {
        kind: match attachment.kind {
            core::AttachmentKind::Image => AttachmentKind::Image,
            core::AttachmentKind::Text => AttachmentKind::Text,
            core::AttachmentKind::Pdf => AttachmentKind::Pdf,
        },
        id: attachment.id,
        name: attachment.name,
        size: attachment.size,
        pages: attachment.pages,
    }
}

pub(in crate::ipc) fn export(params: &ExportParams) -> core::Export {
    core::Export {
        format: match params.format {
            ExportFormat::Json => core::ExportFormat::Json,
            ExportFormat::Markdown => core::ExportFormat::Markdown,
            ExportFormat::Html => core::ExportFormat::Html,
        },
        deleted: params.deleted,
        archive: params.archive,
    }
}

pub(in crate::ipc) fn exported(exported: core::Exported) -> ExportedView {
    ExportedView {
        conversations: count(exported.conversations),
        path: exported.path.display().to_string(),
    }
}

pub(in crate::ipc) fn imported(imported: core::Imported) -> ImportedView {
    ImportedView {
        added: count(imported.added.len()),
        first_id: imported.added.into_iter().next(),
        already_here: count(imported.already_here),
        left_out: count(imported.left_out),
    }
}

pub(in crate::ipc) fn composition(
    (instructions, parameters): (String, core::Parameters),
) -> CompositionView {
    CompositionView {
        instructions,
        temperature: parameters.temperature,
        top_p: parameters.top_p,
        max_tokens: parameters.max_tokens,
    }
}

pub(in crate::ipc) fn parameters(view: CompositionView) -> (String, core::Parameters) {
    let parameters = core::Parameters {
        temperature: view.temperature,
        top_p: view.top_p,
        max_tokens: view.max_tokens,
    };
    (view.instructions, parameters)
}
