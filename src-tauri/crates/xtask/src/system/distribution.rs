use std::{collections::BTreeSet, fs, process::Command};

/// A family of Linux distributions whose package manager we know.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Distribution {
    /// Debian and what is made of it.
    Debian,
    /// Ubuntu and what is made of it: Debian's names, but for the browser.
    Ubuntu,
    /// Fedora.
    Fedora,
    /// Arch and what is made of it.
    Arch,
}

impl Distribution {
    /// This machine's, if it is one of them.
    pub(crate) fn detect() -> Option<Self> {
        Self::from_os_release(&fs::read_to_string("/etc/os-release").ok()?)
    }

    /// By `ID`, then by `ID_LIKE` (os-release(5)).
    fn from_os_release(text: &str) -> Option<Self> {
        let value = |key: &str| {
            let line = text
                .lines()
                .find_map(|line| line.strip_prefix(key)?.strip_prefix('='))?;
            Some(line.trim_matches(['"', '\'']))
        };
        let like = value("ID_LIKE").unwrap_or_default();
        value("ID")
            .into_iter()
            .chain(like.split_whitespace())
            .find_map(|id| match id {
                "ubuntu" => Some(Self::Ubuntu),
                "debian" => Some(Self::Debian),
                "fedora" => Some(Self::Fedora),
                "arch" => Some(Self::Arch),
                _ => None,
            })
    }

    /// Which of these packages are not installed.
    pub(crate) fn missing(self, packages: Vec<&'static str>) -> Vec<&'static str> {
        let installed = match self {
            Self::Debian | Self::Ubuntu => lines(
                Command::new("dpkg-query")
                    .args(["-W", "-f", "${Package} ${db:Status-Status}\n"])
                    .args(&packages),
                |line| line.strip_suffix(" installed"),
            ),
            Self::Fedora => lines(
                Command::new("rpm")
                    .args(["-q", "--qf", "%{NAME}\n"])
                    .args(&packages),
                |line| Some(line),
            ),
            Self::Arch => lines(Command::new("pacman").arg("-Qq").args(&packages), |line| {
                Some(line)
            }),
        };
        packages
            .into_iter()
            .filter(|package| !installed.contains(*package))
            .collect()
    }

    /// The commands, as words, that install packages, from lists that are current.
    pub(crate) fn install_commands(self, packages: &[&str]) -> Vec<Vec<String>> {
        let lines: &[&str] = match self {
            Self::Debian | Self::Ubuntu => &[
                "apt-get update",
                "apt-get install -y --no-install-recommends",
            ],
            Self::Fedora => &["dnf install -y"],
            // Without -y: newer lists without an upgrade of everything break an Arch system.
            Self::Arch => &["pacman -S --needed --noconfirm"],
        };
        let words = |line: &&str| line.split(' ').map(str::to_owned).collect::<Vec<_>>();
        let mut commands: Vec<_> = lines.iter().map(words).collect();
        if let Some(install) = commands.last_mut() {
            install.extend(packages.iter().map(|package| (*package).to_owned()));
        }
        commands
    }

    /// Why a WebKit window cannot be driven here, if it cannot.
    pub(crate) fn cannot_drive_windows(self) -> Option<&'static str> {
        match self {
            Self::Debian | Self::Ubuntu => None,
            Self::Fedora | Self::Arch => Some(
                "this distribution builds WebKitGTK for GTK 3 without WebDriver input; \
                 use a Debian or Ubuntu machine or container for the window's tests and the tour",
            ),
        }
    }
}

fn lines(command: &mut Command, pick: impl Fn(&str) -> Option<&str>) -> BTreeSet<String> {
    let output = command
        .output()
        .map(|output| output.stdout)
        .unwrap_or_default();
    String::from_utf8_lossy(&output)
        .lines()
        .filter_map(|line| Some(pick(line)?.to_owned()))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_distribution_is_known_by_its_id_or_by_what_it_is_like() {
        let known = |text: &str| Distribution::from_os_release(text);
        assert_eq!(
            known("NAME=\"Debian\"\nID=debian\n"),
            Some(Distribution::Debian)
        );
        assert_eq!(
            known("ID=linuxmint\nID_LIKE=\"ubuntu debian\"\n"),
            Some(Distribution::Ubuntu)
        );
        assert_eq!(
            known("ID=\"manjaro\"\nID_LIKE=arch\n"),
            Some(Distribution::Arch)
        );
        assert_eq!(known("ID=nixos\n"), None);
        assert_eq!(known(""), None);
    }

    #[test]
    fn what_is_not_installed_is_missing() {
        if let Some(distribution) = Distribution::detect() {
            let missing = distribution.missing(vec!["bash", "no-such-package-tuppence"]);
            assert_eq!(missing, ["no-such-package-tuppence"]);
        }
    }

    #[test]
    fn packages_are_installed_without_further_questions() {
        let commands = Distribution::Debian.install_commands(&["xvfb"]);
        let lines: Vec<String> = commands.iter().map(|words| words.join(" ")).collect();
        assert_eq!(
            lines,
            [
                "apt-get update",
                "apt-get install -y --no-install-recommends xvfb"
            ]
        );
    }
}
