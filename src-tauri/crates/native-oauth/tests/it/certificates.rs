//! Certificates, good and bad, of one authority. Whom the client trusts is read when a process starts,
//! so a child process with that authority in `SSL_CERT_FILE` makes the requests.
#![cfg(target_os = "linux")]

use std::process::Stdio;
use std::sync::Arc;
use std::time::Duration;

use native_oauth::issuer::InsecureLoopback;
use native_oauth::{Discovery, DiscoveryError, HttpClient, Issuer};
use rcgen::{BasicConstraints, CertificateParams, IsCa, KeyPair, date_time_ymd};
use tempfile::TempDir;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio::process::Command;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::aws_lc_rs::default_provider;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};
use url::Url;

const ADDRESSES: &str = "NATIVE_OAUTH_TEST_ADDRESSES";

/// Checklist 35.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn only_a_valid_certificate_of_a_trusted_authority_for_this_host_is_accepted() {
    let folder = TempDir::new().unwrap();
    let trusted = authority();
    let file = folder.path().join("authority.pem");
    std::fs::write(&file, trusted.1.clone()).unwrap();
    let stranger = authority();
    let here = || CertificateParams::new(vec!["127.0.0.1".to_owned()]).unwrap();
    let mut expired = here();
    expired.not_before = date_time_ymd(2020, 1, 1);
    expired.not_after = date_time_ymd(2021, 1, 1);
    let elsewhere = CertificateParams::new(vec!["provider.example".to_owned()]).unwrap();
    let addresses = [
        serve(here(), &trusted.0).await,
        serve(expired, &trusted.0).await,
        serve(elsewhere, &trusted.0).await,
        serve(here(), &stranger.0).await,
    ];
    let child = Command::new(std::env::current_exe().unwrap())
        .args([
            "--exact",
            "certificates::a_child_process_asks_each_of_them",
            "--nocapture",
        ])
        .env("SSL_CERT_FILE", &file)
        .env(ADDRESSES, addresses.join(" "))
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .kill_on_drop(true)
        .spawn()
        .unwrap();
    let output = tokio::time::timeout(Duration::from_secs(60), child.wait_with_output()).await;
    let output = output.unwrap().unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
}

/// The part of a child process; as a test of its own it has nothing to do.
#[tokio::test]
async fn a_child_process_asks_each_of_them() {
    let Ok(addresses) = std::env::var(ADDRESSES) else {
        return;
    };
    let http = HttpClient::new().unwrap();
    let mut outcomes = Vec::new();
    for address in addresses.split(' ') {
        let issuer = Issuer::new(address, InsecureLoopback::Refused).unwrap();
        let address = Url::parse(address).unwrap();
        let discovery = Discovery::at(address, vec![issuer], InsecureLoopback::Refused);
        outcomes.push(discovery.fetch(&http).await.unwrap_err());
    }
    let [good, bad @ ..] = outcomes.as_slice() else {
        panic!("no addresses")
    };
    // The good one is heard, and says that there is nothing.
    assert!(matches!(good, DiscoveryError::Status(404)), "{good:?}");
    for error in bad {
        assert!(matches!(error, DiscoveryError::Transport(_)), "{error:?}");
    }
}

/// An authority of its own, and its certificate as a file has it.
fn authority() -> (rcgen::Issuer<'static, KeyPair>, String) {
    let mut params = CertificateParams::new(Vec::<String>::new()).unwrap();
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let key = KeyPair::generate().unwrap();
    let certificate = params.self_signed(&key).unwrap();
    (rcgen::Issuer::new(params, key), certificate.pem())
}

/// A server with such a certificate, which answers 404 to whoever gets that far.
async fn serve(params: CertificateParams, authority: &rcgen::Issuer<'static, KeyPair>) -> String {
    let key = KeyPair::generate().unwrap();
    let certificate = params.signed_by(&key, authority).unwrap();
    let chain = vec![CertificateDer::from(certificate.der().to_vec())];
    let key = PrivateKeyDer::try_from(key.serialize_der()).unwrap();
    let config = ServerConfig::builder_with_provider(Arc::new(default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(chain, key)
        .unwrap();
    let acceptor = TlsAcceptor::from(Arc::new(config));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("https://{}/", listener.local_addr().unwrap());
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            // A client that does not like the certificate ends the handshake.
            let Ok(mut stream) = acceptor.accept(stream).await else {
                continue;
            };
            stream.read_buf(&mut Vec::new()).await.unwrap();
            let answer =
                b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
            stream.write_all(answer).await.unwrap();
            let _ = stream.shutdown().await;
        }
    });
    address
}
