use super::Distribution;

/// What packages are for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// Building and running the app.
    App,
    /// That, and a private desktop to test it on.
    Tests,
}

impl Distribution {
    /// What a purpose needs of this distribution.
    pub(crate) fn packages(self, purpose: Purpose) -> Vec<&'static str> {
        let (app, tests): (&[_], &[_]) = match self {
            Self::Debian => (&DEBIAN_APP, &DEBIAN_TESTS),
            Self::Ubuntu => (&DEBIAN_APP, &UBUNTU_TESTS),
            Self::Fedora => (&FEDORA_APP, &FEDORA_TESTS),
            Self::Arch => (&ARCH_APP, &ARCH_TESTS),
        };
        let tests = if purpose == Purpose::Tests {
            tests
        } else {
            &[]
        };
        app.iter().chain(tests).copied().collect()
    }
}

const DEBIAN_APP: [&str; 4] = [
    "build-essential",
    "pkg-config",
    "libwebkit2gtk-4.1-dev",
    "xdg-utils",
];
const DEBIAN_TESTS: [&str; 12] = [
    "desktop-file-utils",
    "webkit2gtk-driver",
    "xvfb",
    "dbus",
    "gnome-keyring",
    "libsecret-tools",
    "openbox",
    "x11-utils",
    "xdotool",
    "fonts-dejavu-core",
    "chromium",
    "chromium-driver",
];
const UBUNTU_TESTS: [&str; 12] = [
    "desktop-file-utils",
    "webkit2gtk-driver",
    "xvfb",
    "dbus",
    "gnome-keyring",
    "libsecret-tools",
    "openbox",
    "x11-utils",
    "xdotool",
    "fonts-dejavu-core",
    "chromium-browser",
    "chromium-chromedriver",
];
const FEDORA_APP: [&str; 5] = [
    "gcc",
    "gcc-c++",
    "pkgconf-pkg-config",
    "webkit2gtk4.1-devel",
    "xdg-utils",
];
const FEDORA_TESTS: [&str; 8] = [
    "desktop-file-utils",
    "xorg-x11-server-Xvfb",
    "dbus-daemon",
    "dbus-tools",
    "gnome-keyring",
    "libsecret",
    "chromium",
    "chromedriver",
];
const ARCH_APP: [&str; 4] = ["gcc", "pkgconf", "webkit2gtk-4.1", "xdg-utils"];
const ARCH_TESTS: [&str; 6] = [
    "desktop-file-utils",
    "xorg-server-xvfb",
    "dbus",
    "gnome-keyring",
    "libsecret",
    "chromium",
];

/// Says what a system that we do not know needs.
pub(crate) fn explain_elsewhere(purpose: Purpose) {
    if cfg!(target_os = "macos") {
        eprintln!("== System packages: none needed but Xcode's command line tools");
        eprintln!("   (xcode-select --install)");
    } else if cfg!(windows) {
        eprintln!("== System packages: none installed from here. Needed: the C++ build tools of");
        eprintln!("   Visual Studio and the WebView2 runtime (part of Windows 11)");
    } else {
        eprintln!("== System packages: this distribution's names are not known here. Needed:");
        eprintln!("   a C compiler, pkg-config, WebKitGTK 4.1 with its headers, xdg-utils");
        if purpose == Purpose::Tests {
            eprintln!("   and for tests: WebKitWebDriver, Xvfb, dbus-daemon, dbus-send,");
            eprintln!(
                "   gnome-keyring, secret-tool, openbox, xdpyinfo, xdotool, desktop-file-utils, chromium, chromedriver"
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tests_need_all_that_the_app_needs_and_more() {
        use Distribution::{Arch, Debian, Fedora, Ubuntu};
        for distribution in [Debian, Ubuntu, Fedora, Arch] {
            let app = distribution.packages(Purpose::App);
            let tests = distribution.packages(Purpose::Tests);
            assert!(app.iter().all(|package| tests.contains(package)));
            assert!(tests.len() > app.len());
        }
    }
}
