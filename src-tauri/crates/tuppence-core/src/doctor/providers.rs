//! A provider's own account of itself, in the doctor's terms.

use std::time::{Duration, Instant, SystemTime};

use url::Url;

use super::{Area, Finding, clock};
use crate::Tuppence;
use crate::provider_check::{ProviderCheck, discovery_address};

/// One provider that does not answer must not hold the report up.
const PATIENCE: Duration = Duration::from_secs(8);

impl Tuppence {
    pub(super) async fn look_at_provider(&self, id: &str) -> Vec<Finding> {
        let profile = match self.provider_profile(id).await {
            Ok(profile) => profile,
            Err(failure) => return vec![Finding::problem(Area::Provider, id, failure.detail)],
        };
        let Some(address) = discovery_address(&profile) else {
            return vec![Finding::note(
                Area::Provider,
                id,
                "has no discovery address",
            )];
        };
        let started = Instant::now();
        let (checked, clock) = tokio::join!(self.check_provider(id), self.clock_of(id, &address));
        let took = started.elapsed();
        let mut findings = match checked {
            Ok(ProviderCheck::Compared(differences)) => differences
                .iter()
                .map(|difference| Finding::note(Area::Provider, id, difference.to_string()))
                .collect(),
            // Known without discovery: what it publishes, if anything, is not needed.
            Ok(ProviderCheck::NoDocument(why)) => {
                let what = format!("its discovery document is not used: {why}");
                vec![Finding::note(Area::Provider, id, what)]
            }
            Err(failure) => vec![Finding::problem(Area::Provider, id, failure.detail)],
        };
        if findings.is_empty() {
            findings.push(Finding::ok(Area::Provider, id, "is as its profile says"));
        }
        if let Some(first) = findings.first_mut() {
            first.took = Some(took);
        }
        findings.extend(clock);
        findings
    }

    async fn clock_of(&self, id: &str, address: &Url) -> Option<Finding> {
        let request = self
            .inner
            .http
            .inner()
            .get(address.clone())
            .timeout(PATIENCE);
        let response = request.send().await.ok()?;
        let date = response.headers().get("date")?.to_str().ok()?.to_owned();
        clock::compared(id, &date, SystemTime::now())
    }
}
