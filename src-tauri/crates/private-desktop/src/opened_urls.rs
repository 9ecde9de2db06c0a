use std::{
    fs,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
    thread,
    time::{Duration, Instant},
};

use crate::DesktopError;

/// What the desktop's default browser was asked to open, in order.
///
/// That browser is a script, registered the way a real one is, so that a program reaches it only
/// through `xdg-open`. It writes down its argument and the names of its environment variables.
#[derive(Clone, Debug)]
pub struct OpenedUrls {
    urls: PathBuf,
    environment: PathBuf,
    taken: Arc<Mutex<usize>>,
}

impl OpenedUrls {
    /// Registers the script as the default browser under these XDG directories.
    pub(crate) fn register(
        bin: &Path,
        data_home: &Path,
        config_home: &Path,
    ) -> Result<Self, DesktopError> {
        let opened = Self {
            urls: bin.join("opened-urls"),
            environment: bin.join("opened-environment"),
            taken: Arc::default(),
        };
        let script = bin.join("test-browser");
        let applications = data_home.join("applications");
        let write = |path: &Path, text: String| {
            fs::write(path, text).map_err(DesktopError::io("registering the test browser"))
        };
        fs::create_dir_all(&applications)
            .map_err(DesktopError::io("registering the test browser"))?;
        // The environment first: whoever has seen the URL finds it complete.
        write(
            &script,
            format!(
                "#!/bin/sh\nenv | sed 's/=.*//' >> '{}'\nprintf '%s\\n' \"$1\" >> '{}'\n",
                opened.environment.display(),
                opened.urls.display()
            ),
        )?;
        fs::set_permissions(&script, fs::Permissions::from_mode(0o700))
            .map_err(DesktopError::io("registering the test browser"))?;
        write(
            &applications.join("test-browser.desktop"),
            format!(
                "[Desktop Entry]\nType=Application\nName=Test browser\nExec={} %u\n\
                 MimeType=x-scheme-handler/http;x-scheme-handler/https;text/html;\n",
                script.display()
            ),
        )?;
        let entry = "test-browser.desktop";
        write(
            &config_home.join("mimeapps.list"),
            format!(
                "[Default Applications]\nx-scheme-handler/http={entry}\n\
                 x-scheme-handler/https={entry}\ntext/html={entry}\n"
            ),
        )?;
        Ok(opened)
    }

    /// Waits for the next URL that has not been taken yet.
    ///
    /// # Errors
    /// [`DesktopError::Timeout`] if none comes.
    pub fn take(&self, limit: Duration) -> Result<String, DesktopError> {
        let deadline = Instant::now() + limit;
        loop {
            if let Some(url) = self.take_now() {
                return Ok(url);
            }
            if Instant::now() >= deadline {
                return Err(DesktopError::Timeout {
                    what: "a URL to be opened in the system browser".to_owned(),
                    limit,
                    details: String::new(),
                });
            }
            thread::sleep(Duration::from_millis(10));
        }
    }

    /// The next URL that has not been taken yet, if there is one already.
    #[must_use]
    pub fn take_now(&self) -> Option<String> {
        let text = fs::read_to_string(&self.urls).unwrap_or_default();
        let complete = text.rfind('\n').map_or("", |end| &text[..end]);
        let mut taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        let url = complete.lines().nth(*taken)?.to_owned();
        *taken += 1;
        Some(url)
    }

    /// Names of the environment variables that the browser has been started with so far.
    #[must_use]
    pub fn environment_names(&self) -> Vec<String> {
        let text = fs::read_to_string(&self.environment).unwrap_or_default();
        let mut names: Vec<String> = text.lines().map(str::to_owned).collect();
        names.sort();
        names.dedup();
        names
    }
}
