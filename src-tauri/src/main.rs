//! The desktop app.
#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

fn main() -> std::process::ExitCode {
    if tuppence_core::read_pdf_if_asked() || tuppence_core::draw_diagram_if_asked() {
        return std::process::ExitCode::SUCCESS;
    }
    tuppence_lib::run()
}
