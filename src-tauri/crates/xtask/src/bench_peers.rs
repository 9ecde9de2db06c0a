//! What the benches compare with, installed when it is needed. Each set has a workspace and a lock
//! file of its own under `tests/bench-peers`, so that nothing of it is in the product.

use std::{fs, path::PathBuf, process::Command};

use crate::{
    cargo::cargo, commands::package, commands::start::build_app, failure::Failure,
    project::Project, run::run,
};

const ADVICE: &str = "check that the package registry can be reached, then run this command again";

/// Peers that are installed together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PeerSet {
    /// HTTP and chat clients in Rust.
    Rust,
    /// Clients in JavaScript.
    Node,
    /// A client in Python.
    Python,
    /// Markdown renderers for a web view.
    Page,
    /// A bare WebKitGTK window.
    BareWindow,
    /// Tauri apps: a bare one, one with the packages of the design, and one that shows Markdown.
    Window,
    /// The product itself.
    App,
    /// Packages: the product's, the bare Tauri app's, and that with the packages of the design.
    Package,
}

impl PeerSet {
    /// All, in the order in which they are installed.
    pub(crate) const ALL: [Self; 8] = [
        Self::Rust,
        Self::Node,
        Self::Python,
        Self::Page,
        Self::BareWindow,
        Self::Window,
        Self::App,
        Self::Package,
    ];
}

/// Where the peers' sources and lock files are.
pub(crate) fn sources(project: &Project) -> PathBuf {
    project.root.join("tests/bench-peers")
}

/// Where what is built of them goes.
pub(crate) fn built(project: &Project) -> PathBuf {
    project.target.join("bench-peers")
}

/// Installs a set, unless it is there.
pub(crate) fn install(project: &Project, set: PeerSet) -> Result<(), Failure> {
    match set {
        PeerSet::Rust => rust(project),
        PeerSet::Node => npm(project, "node"),
        PeerSet::Python => python(project),
        PeerSet::Page => npm(project, "page"),
        PeerSet::BareWindow => bare_webkit(project),
        PeerSet::Window => windows(project),
        PeerSet::App => build_app(project, true),
        PeerSet::Package => packages(project),
    }
}

fn rust(project: &Project) -> Result<(), Failure> {
    let mut build = cargo(&sources(project).join("rust"));
    build
        .args(["build", "--release", "--locked", "--target-dir"])
        .arg(built(project));
    run("Peers in Rust", &mut build, ADVICE)
}

fn npm(project: &Project, folder: &str) -> Result<(), Failure> {
    let folder = sources(project).join(folder);
    let modified = |name: &str| {
        let metadata = fs::metadata(folder.join(name)).ok()?;
        metadata.modified().ok()
    };
    let installed = modified("node_modules/.package-lock.json");
    if installed.is_some() && installed >= modified("package-lock.json") {
        return Ok(());
    }
    let mut install = Command::new("npm");
    install
        .args(["ci", "--no-audit", "--no-fund"])
        .current_dir(&folder);
    run("Peers in JavaScript", &mut install, ADVICE)
}

fn python(project: &Project) -> Result<(), Failure> {
    let venv = built(project).join("venv");
    let requirements = sources(project).join("python/requirements.txt");
    if !venv.join("bin/python").exists() {
        let mut make = Command::new("python3");
        make.args(["-m", "venv"]).arg(&venv);
        let advice = "install Python 3 with venv: on Debian, apt-get install python3-venv";
        run("A Python environment", &mut make, advice)?;
    }
    let mut install = Command::new(venv.join("bin/pip"));
    install
        .args([
            "install",
            "--quiet",
            "--disable-pip-version-check",
            "--requirement",
        ])
        .arg(requirements);
    run("Peers in Python", &mut install, ADVICE)
}

fn windows(project: &Project) -> Result<(), Failure> {
    npm(project, "page")?;
    let mut page = Command::new("node");
    page.arg(sources(project).join("page/build.mjs"))
        .arg(built(project).join("page"));
    run("The page of the Markdown window", &mut page, ADVICE)?;
    // Into the product's own target directory: most of what they need is built there already.
    let mut build = cargo(&sources(project).join("window"));
    build
        .args(["build", "--release", "--locked", "--target-dir"])
        .arg(&project.target);
    run("Peers with a window", &mut build, ADVICE)
}

fn bare_webkit(project: &Project) -> Result<(), Failure> {
    let advice = "cargo xtask setup installs WebKitGTK's headers and pkg-config";
    let mut compile = Command::new("sh");
    compile
        .arg("-ec")
        .arg("cc -O2 -o \"$2\" \"$1\" $(pkg-config --cflags --libs gtk+-3.0 webkit2gtk-4.1)")
        .arg("sh")
        .arg(sources(project).join("window/bare-webkit.c"))
        .arg(project.target.join("release/bare-webkit"));
    run("A bare WebKitGTK window", &mut compile, advice)
}

fn packages(project: &Project) -> Result<(), Failure> {
    package::bundle(project, &project.root)?;
    package::bundle(project, &sources(project).join("window/bare"))?;
    package::bundle(project, &sources(project).join("window/floor"))
}
