//! The sandbox of a scene, run by the test itself: the app attaches to it, as to that of another
//! process, and the test can ask what it issued and tell it what to get wrong.

use std::path::Path;

use sandbox_provider::{Control, Hosted, Sandbox, SandboxConfig, Scenario, Typing};
use tokio::runtime::Runtime;

pub(crate) struct HostedSandbox {
    control: Control,
    // Before the runtime that it runs on.
    _sandbox: Sandbox,
    _runtime: Runtime,
}

impl HostedSandbox {
    /// Starts the sandbox of this data directory, before the app asks for it.
    pub(crate) fn start(data_dir: &Path) -> Self {
        Self::with(data_dir, |_| {})
    }

    /// As [`HostedSandbox::start`], otherwise configured.
    pub(crate) fn with(data_dir: &Path, change: impl FnOnce(&mut SandboxConfig)) -> Self {
        let runtime = Runtime::new().unwrap();
        let mut config = SandboxConfig {
            data_dir: Some(data_dir.to_owned()),
            typing: Typing::Instant,
            ..SandboxConfig::default()
        };
        change(&mut config);
        let hosted = runtime.block_on(Sandbox::host_or_attach(config)).unwrap();
        let Hosted::Here(sandbox) = hosted else {
            panic!("another process hosts the sandbox")
        };
        Self {
            control: sandbox.control(),
            _sandbox: sandbox,
            _runtime: runtime,
        }
    }

    pub(crate) fn control(&self) -> &Control {
        &self.control
    }

    /// Turns the fault of this name on, and all others off.
    pub(crate) fn get_wrong(&self, fault: &str) {
        let scenario: Scenario = fault.parse().unwrap();
        self.control.set_scenario(&[scenario]);
    }

    /// Turns all faults off.
    pub(crate) fn get_right(&self) {
        self.control.set_scenario(&[]);
    }
}
