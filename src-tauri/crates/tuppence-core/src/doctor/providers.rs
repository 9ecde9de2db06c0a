//! A provider's own account of itself against what it is known by.
//!
//! Differences are shown; nothing that discovery says replaces a profile's value here.

use std::time::{Duration, Instant, SystemTime};

use native_oauth::issuer::{InsecureLoopback, Issuer};
use native_oauth::{Discovery, DiscoveryError, ProviderMetadata};
use url::Url;
use wallet_api::ProviderProfile;
use wallet_api::profile::{Endpoints, MetadataSource};

use super::{Area, Finding, clock};
use crate::Tuppence;
use crate::failure::chain;

/// One provider that does not answer must not hold the report up.
const PATIENCE: Duration = Duration::from_secs(8);

impl Tuppence {
    pub(super) async fn look_at_provider(&self, id: &str) -> Vec<Finding> {
        let profile = match self.provider_profile(id).await {
            Ok(profile) => profile,
            Err(failure) => return vec![Finding::problem(Area::Provider, id, failure.detail)],
        };
        let started = Instant::now();
        let (address, static_endpoints) = match &profile.metadata {
            MetadataSource::Discovery { url, .. } => (url.clone(), None),
            MetadataSource::Static(endpoints) => match well_known(&endpoints.issuer) {
                Some(url) => (url, Some(endpoints)),
                None => {
                    return vec![Finding::note(
                        Area::Provider,
                        id,
                        "has no discovery address",
                    )];
                }
            },
        };
        let (fetched, clock) = tokio::join!(
            tokio::time::timeout(PATIENCE, fetch(self, &profile, &address)),
            self.clock_of(id, &address),
        );
        let took = started.elapsed();
        let mut findings = match (fetched, static_endpoints) {
            (Ok(Ok(metadata)), _) => differences(&profile, static_endpoints, &metadata)
                .into_iter()
                .map(|what| Finding::note(Area::Provider, id, what))
                .collect(),
            (Ok(Err(error)), None) => vec![Finding::problem(Area::Provider, id, chain(&error))],
            (Err(_), None) => vec![Finding::problem(Area::Provider, id, "no answer in time")],
            // Known without discovery: what it publishes, if anything, is not needed.
            (Ok(Err(error)), Some(_)) => {
                let what = format!("its discovery document is not used: {}", chain(&error));
                vec![Finding::note(Area::Provider, id, what)]
            }
            (Err(_), Some(_)) => vec![Finding::note(Area::Provider, id, "no answer in time")],
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

async fn fetch(
    core: &Tuppence,
    profile: &ProviderProfile,
    address: &Url,
) -> Result<ProviderMetadata, DiscoveryError> {
    let loopback = match profile.allow_insecure_loopback {
        true => InsecureLoopback::Allowed,
        false => InsecureLoopback::Refused,
    };
    let names = match &profile.metadata {
        MetadataSource::Discovery {
            accepted_issuers, ..
        } => accepted_issuers.clone(),
        MetadataSource::Static(endpoints) => vec![endpoints.issuer.clone()],
    };
    let issuers: Result<Vec<Issuer>, _> = names
        .iter()
        .map(|name| Issuer::new(name, loopback))
        .collect();
    let issuers = issuers.map_err(|reason| DiscoveryError::Address {
        field: "issuer",
        reason,
    })?;
    let discovery = Discovery::at(address.clone(), issuers, loopback).with_undeclared_pkce();
    discovery.fetch(&core.inner.http).await
}

fn well_known(issuer: &str) -> Option<Url> {
    let issuer = issuer.trim_end_matches('/');
    Url::parse(&format!("{issuer}/.well-known/openid-configuration")).ok()
}

/// In a sentence each. Paths may be long, so only what differs is said.
fn differences(
    profile: &ProviderProfile,
    endpoints: Option<&Endpoints>,
    metadata: &ProviderMetadata,
) -> Vec<String> {
    let mut found = Vec::new();
    let mut compare = |what: &str, ours: Option<&Url>, theirs: Option<&Url>| {
        if let (Some(ours), Some(theirs)) = (ours, theirs)
            && ours != theirs
        {
            found.push(format!(
                "{what}: the profile has {ours}, discovery {theirs}"
            ));
        }
    };
    compare(
        "userinfo_endpoint",
        profile.userinfo_endpoint.as_ref(),
        metadata.userinfo_endpoint.as_ref(),
    );
    if let Some(known) = endpoints {
        let theirs = &metadata.authorization_endpoint;
        compare(
            "authorization_endpoint",
            Some(&known.authorization),
            Some(theirs),
        );
        compare(
            "token_endpoint",
            Some(&known.token),
            Some(&metadata.token_endpoint),
        );
        compare(
            "revocation_endpoint",
            known.revocation.as_ref(),
            metadata.revocation_endpoint.as_ref(),
        );
    }
    if let Some(supported) = &metadata.scopes_supported {
        let missing = profile
            .scopes
            .iter()
            .filter(|scope| !supported.contains(scope));
        found.extend(missing.map(|scope| format!("discovery does not list the scope {scope}")));
    }
    let s256 = |methods: &Vec<String>| methods.iter().any(|method| method == "S256");
    if !metadata
        .code_challenge_methods_supported
        .as_ref()
        .is_some_and(s256)
    {
        found.push("discovery does not say that it has PKCE with S256".to_owned());
    }
    found
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use wallet_api::profiles;

    use super::*;

    #[test]
    fn what_discovery_says_otherwise_is_shown() {
        let base = Url::parse("https://chutes.example").unwrap();
        let profile = profiles::chutes_at(&base, &base);
        let MetadataSource::Static(endpoints) = &profile.metadata else {
            panic!("chutes is known by its endpoints")
        };
        let mut metadata = ProviderMetadata::without_discovery(
            Issuer::new("https://chutes.example", InsecureLoopback::Refused).unwrap(),
            endpoints.authorization.clone(),
            Url::parse("https://elsewhere.example/token").unwrap(),
        );
        metadata.scopes_supported = Some(vec!["profile".to_owned(), "chutes:invoke".to_owned()]);
        metadata.code_challenge_methods_supported = Some(vec!["plain".to_owned()]);
        let found = differences(&profile, Some(endpoints), &metadata);
        assert_eq!(found.len(), 3, "{found:?}");
        assert!(found[0].starts_with("token_endpoint"));
        assert!(found[1].contains("openid"));
        assert!(found[2].contains("S256"));
    }
}
