//! Starting, stopping, keeping, sharing.

use std::{fs, net::TcpListener};

use sandbox_provider::{Dialect, Hosted, OnDemand, Sandbox, SandboxConfig, SandboxError};
use tempfile::tempdir;

use crate::support::{config, party, party_with};

#[tokio::test]
async fn only_loopback_is_served_and_forwarded_to() {
    let elsewhere = SandboxConfig {
        listen: "0.0.0.0:0".parse().unwrap(),
        ..config(Dialect::Quota)
    };
    assert!(matches!(
        Sandbox::start(elsewhere).await,
        Err(SandboxError::NotLoopback(_))
    ));
    for upstream in [
        "http://example.com/v1",
        "https://127.0.0.1/v1",
        "http://192.168.1.2/v1",
        "http://localhost/v1",
    ] {
        let far = SandboxConfig {
            upstream: Some(upstream.parse().unwrap()),
            ..config(Dialect::Quota)
        };
        assert!(
            matches!(
                Sandbox::start(far).await,
                Err(SandboxError::UpstreamNotLoopback)
            ),
            "{upstream}"
        );
    }
    for secret in ["short", "sixteen/characters", "sixteen characters"] {
        let guessable = SandboxConfig {
            install_secret: Some(secret.into()),
            ..config(Dialect::Quota)
        };
        assert!(
            matches!(
                Sandbox::start(guessable).await,
                Err(SandboxError::InstallSecret)
            ),
            "{secret}"
        );
    }
}

#[tokio::test]
async fn a_taken_port_is_an_error() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let config = SandboxConfig {
        listen: taken.local_addr().unwrap(),
        ..config(Dialect::Quota)
    };
    assert!(matches!(
        Sandbox::start(config).await,
        Err(SandboxError::Bind { .. })
    ));
}

#[tokio::test]
async fn stopping_closes_the_port() {
    let party = party(Dialect::Quota).await;
    let health = party.at("/sandbox/health");
    party.sandbox.stop().await;
    assert!(party.http.get(health).send().await.is_err());
}

#[tokio::test]
async fn accounts_balances_and_grants_outlive_a_restart_and_tokens_are_nowhere_in_clear() {
    let folder = tempdir().unwrap();
    let kept = || SandboxConfig {
        data_dir: Some(folder.path().to_owned()),
        ..config(Dialect::Quota)
    };
    let first = party_with(kept()).await;
    let tokens = first.sign_in().await;
    first.sandbox.control().set_balance(1_234_567);
    let secrets = first.sandbox.control().issued_secrets();
    first.sandbox.stop().await;

    let state = folder.path().join("sandbox/state.json");
    let text = fs::read_to_string(&state).unwrap();
    assert!(text.contains("1234567"));
    for secret in &secrets {
        assert!(!text.contains(secret.as_str()), "a secret is on disk");
    }
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(
            fs::metadata(&state).unwrap().permissions().mode() & 0o777,
            0o600
        );
        assert_eq!(
            fs::metadata(state.parent().unwrap())
                .unwrap()
                .permissions()
                .mode()
                & 0o777,
            0o700
        );
    }

    let second = party_with(kept()).await;
    assert_eq!(
        second.get("/v1/balance", tokens.access()).await.1["balance"],
        1_234_567
    );
    assert!(
        second
            .token(&second.refreshing(tokens.refresh()))
            .await
            .0
            .is_success()
    );
    assert!(
        second
            .token(&second.refreshing(tokens.refresh()))
            .await
            .0
            .is_client_error(),
        "used before the second restart too"
    );
}

#[tokio::test]
async fn damaged_books_and_those_of_another_dialect_are_left_alone() {
    let folder = tempdir().unwrap();
    let kept = |dialect| SandboxConfig {
        data_dir: Some(folder.path().to_owned()),
        ..config(dialect)
    };
    Sandbox::start(kept(Dialect::Chutes))
        .await
        .unwrap()
        .stop()
        .await;
    let other = Sandbox::start(kept(Dialect::Quota)).await;
    assert!(matches!(
        other,
        Err(SandboxError::OtherDialect {
            found: Dialect::Chutes,
            ..
        })
    ));
    let state = folder.path().join("sandbox/state.json");
    fs::write(&state, "{ half").unwrap();
    assert!(matches!(
        Sandbox::start(kept(Dialect::Chutes)).await,
        Err(SandboxError::Damaged { .. })
    ));
    assert_eq!(fs::read_to_string(&state).unwrap(), "{ half");
}

#[tokio::test]
async fn the_first_hosts_and_the_second_attaches() {
    let folder = tempdir().unwrap();
    let kept = || SandboxConfig {
        data_dir: Some(folder.path().to_owned()),
        ..config(Dialect::Quota)
    };
    let host = Sandbox::host_or_attach(kept()).await.unwrap();
    let guest = Sandbox::host_or_attach(kept()).await.unwrap();
    assert!(matches!(host, Hosted::Here(_)) && matches!(guest, Hosted::Elsewhere(_)));
    assert_eq!(host.address(), guest.address());
    let address = host.address();
    assert!(
        address.issuer.path().len() > 40,
        "an install secret was drawn"
    );
    assert!(
        !format!("{address:?}").contains(address.issuer.path()),
        "which Debug does not show"
    );
    let chutes = Sandbox::host_or_attach(SandboxConfig {
        data_dir: Some(folder.path().to_owned()),
        ..config(Dialect::Chutes)
    })
    .await;
    assert!(matches!(chutes, Err(SandboxError::OtherDialect { .. })));
    host.stop().await;
    let next = Sandbox::host_or_attach(kept()).await.unwrap();
    assert!(matches!(next, Hosted::Here(_)));
    assert_eq!(next.address(), address, "port and secret are kept");
    next.stop().await;
}

#[tokio::test]
async fn a_kept_port_that_is_taken_is_replaced() {
    let folder = tempdir().unwrap();
    let kept = || SandboxConfig {
        data_dir: Some(folder.path().to_owned()),
        ..config(Dialect::Quota)
    };
    let host = Sandbox::host_or_attach(kept()).await.unwrap();
    let port = host.address().issuer.port().unwrap();
    host.stop().await;
    let _taken = TcpListener::bind(("127.0.0.1", port)).unwrap();
    let next = Sandbox::host_or_attach(kept()).await.unwrap();
    assert_ne!(next.address().issuer.port().unwrap(), port);
    next.stop().await;
}

#[tokio::test]
async fn sharing_needs_a_data_directory() {
    assert!(matches!(
        Sandbox::host_or_attach(config(Dialect::Quota)).await,
        Err(SandboxError::NoDataDirectory)
    ));
}

#[tokio::test]
async fn on_demand_nothing_runs_until_it_is_asked_for() {
    let folder = tempdir().unwrap();
    let (first, second) = (OnDemand::new(folder.path()), OnDemand::new(folder.path()));
    assert!(!folder.path().join("sandbox").exists());
    let address = first.address().await.unwrap();
    assert_eq!(
        second.address().await.unwrap(),
        address,
        "found, not started again"
    );
    drop(first);
    assert_eq!(
        second.address().await.unwrap(),
        address,
        "the second takes over"
    );
}

#[tokio::test]
async fn a_bill_is_on_disk_before_the_client_is_told() {
    let folder = tempdir().unwrap();
    let kept = SandboxConfig {
        data_dir: Some(folder.path().to_owned()),
        ..config(Dialect::Quota)
    };
    let party = party_with(kept).await;
    let tokens = party.sign_in().await;
    let stream = party.stream(tokens.access(), "hello").await;
    let state = fs::read_to_string(folder.path().join("sandbox/state.json")).unwrap();
    let told =
        crate::support::events(&stream).last().unwrap()["quota"]["balance_after"].to_string();
    assert!(state.contains(&format!("\"balance_micro\": {told}")));
}
