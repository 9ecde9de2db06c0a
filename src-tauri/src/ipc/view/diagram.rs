use tuppence_core::{Drawing, Sheet};

use crate::ipc::contract::{DrawingView, SheetView};

pub(in crate::ipc) fn drawing(drawing: Drawing) -> DrawingView {
    match drawing {
        Drawing::Drawn { light, dark } => DrawingView::Drawn {
            light: sheet(light),
            dark: sheet(dark),
        },
        Drawing::Refused(reason) => DrawingView::Refused { reason },
    }
}

fn sheet(sheet: Sheet) -> SheetView {
    SheetView {
        svg: sheet.svg,
        width: sheet.width,
        height: sheet.height,
    }
}
