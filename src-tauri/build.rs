//! Generates Tauri's context from the root's tauri.conf.json and checks the capabilities.

include!("src/ipc/list.rs");

macro_rules! names {
    ($($command:ident,)*) => {
        const COMMANDS: &[&str] = &[$(stringify!($command)),*];
    };
}
with_commands!(names);

fn main() {
    // With a pattern of our own tauri-build does not watch the folder.
    println!("cargo:rerun-if-changed=src-tauri/capabilities");
    println!("cargo:rerun-if-changed=src-tauri/src/ipc/list.rs");
    println!("cargo:rerun-if-changed=ui/dist");
    assert!(
        std::path::Path::new("ui/dist/index.html").exists(),
        "ui/dist is missing: run `cargo xtask setup`, or `npm ci && npm run build` in ui/"
    );
    let attributes = tauri_build::Attributes::new()
        .capabilities_path_pattern("./src-tauri/capabilities/**/*")
        .app_manifest(tauri_build::AppManifest::new().commands(COMMANDS));
    if let Err(error) = tauri_build::try_build(attributes) {
        panic!("tauri-build: {error:#}");
    }
}
