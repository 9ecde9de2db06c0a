//! A Tauri app with the packages that the product's design asks for, each called once: what no app of
//! this design can be smaller than.

use oauth2::{PkceCodeChallenge, PkceCodeVerifier};
use sha2::Digest as _;

type Outcome = Result<String, Box<dyn std::error::Error + Send + Sync>>;

#[derive(serde::Deserialize)]
struct Answer {
    text: String,
}

/// A request with a proof of possession, whose answer is kept in the database and the keychain.
async fn ask(url: String) -> Outcome {
    let verifier: [u8; 32] = rand::random();
    let verifier: String = sha2::Sha256::digest(verifier).iter().map(|byte| format!("{byte:02x}")).collect();
    let challenge = PkceCodeChallenge::from_code_verifier_sha256(&PkceCodeVerifier::new(verifier));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    let body = serde_json::json!({ "challenge": challenge.as_str(), "port": listener.local_addr()?.port() });
    let answer: Answer = reqwest::Client::new().post(url).json(&body).send().await?.json().await?;
    let database = rusqlite::Connection::open("floor.db")?;
    database.execute("INSERT INTO answers (text) VALUES (?1)", [&answer.text])?;
    keyring_core::set_default_store(zbus_secret_service_keyring_store::Store::new()?);
    keyring_core::Entry::new("floor", "answer")?.set_password(&answer.text)?;
    Ok(answer.text)
}

#[tauri::command]
async fn asked(url: String) -> Result<String, String> {
    ask(url).await.map_err(|error| error.to_string())
}

fn main() {
    tauri::Builder::default()
        .plugin(tauri_plugin_deep_link::init())
        .invoke_handler(tauri::generate_handler![asked])
        .run(tauri::generate_context!())
        .expect("a window");
}
