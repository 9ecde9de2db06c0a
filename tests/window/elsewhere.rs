//! A provider that is no part of the app, on this machine, run by the test itself.

use private_desktop::{Tuppence, webdriver::test_id};
use sandbox_provider::{Control, Dialect, Sandbox, SandboxConfig, Scenario, Typing};
use tokio::runtime::Runtime;

use crate::scene::SOON;

pub(crate) struct Elsewhere {
    pub(crate) sandbox: Sandbox,
    // Serves the sandbox for as long as the test lasts.
    _runtime: Runtime,
}

impl Elsewhere {
    pub(crate) fn start(dialect: Dialect) -> Self {
        Self::with_developer_key(dialect, None)
    }

    /// One that registers apps for whoever has this key.
    pub(crate) fn with_developer_key(dialect: Dialect, developer_key: Option<&str>) -> Self {
        let runtime = Runtime::new().unwrap();
        let mut config = SandboxConfig {
            dialect,
            developer_key: developer_key.map(str::to_owned),
            typing: Typing::Instant,
            ..SandboxConfig::default()
        };
        // Of a native client of the oidc dialect, whose port may differ.
        let house = "http://127.0.0.1/redirect/house";
        config.redirect_uris.push(house.to_owned());
        let sandbox = runtime.block_on(Sandbox::start(config)).unwrap();
        Self {
            sandbox,
            _runtime: runtime,
        }
    }

    pub(crate) fn control(&self) -> Control {
        self.sandbox.control()
    }

    /// Turns the fault of this name on, and all others off; none turns all off.
    pub(crate) fn get_wrong(&self, fault: Option<&str>) {
        let scenario: Option<Scenario> = fault.map(|name| name.parse().unwrap());
        self.control().set_scenario(scenario.as_slice());
    }

    /// Writes this provider into the set-up screen of another provider, under the name "House", and leaves
    /// the saving to the test.
    pub(crate) fn fill_in(&self, tuppence: &Tuppence<'_>) {
        let page = tuppence.page();
        page.click(&test_id("sign-in-other")).unwrap();
        page.wait_for(&test_id("setup-name"), SOON).unwrap();
        let values = [
            ("setup-name", "House"),
            ("setup-issuer", self.sandbox.issuer().as_str()),
            ("setup-api-base", self.sandbox.api_base().as_str()),
            ("setup-client-id", self.sandbox.client_id()),
        ];
        for (field, value) in values {
            page.type_into(&test_id(field), value).unwrap();
        }
    }
}
