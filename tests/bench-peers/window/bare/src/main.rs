//! The smallest Tauri app, for the size of its package and the start of its window.


fn main() {
    tauri::Builder::default()
        .run(tauri::generate_context!())
        .expect("a window");
}
