//! A provider on loopback that speaks HTTP by hand, so that a test decides over every byte.
#![allow(dead_code, unused_imports, unreachable_pub)] // each test file uses its own part
#![allow(clippy::unwrap_used, clippy::expect_used)]

pub mod journey;
mod server;
mod tokens;

use std::sync::{Arc, LazyLock};
use std::time::Duration;

use futures_util::StreamExt;
use native_oauth::HttpClient;
use url::Url;
use wallet_api::{
    ApiError, CancellationToken, ChatEvent, ChatMessage, ChatRequest, ProviderProfile, Role,
    StreamLimits, Wallet, profiles,
};

pub use server::{Reply, Request, Server, Step, json, page, stream};
pub use tokens::{FIRST_TOKEN, SECOND_TOKEN, Tokens};

/// Short limits, so that waiting for them is testable, and long enough for a busy machine.
pub const LIMITS: StreamLimits = StreamLimits {
    first_byte: Duration::from_millis(2_000),
    idle: Duration::from_millis(1_200),
    settle: Duration::from_millis(200),
    line: 1 << 20,
    total: 4 << 20,
};

/// A profile of the micro-credits dialect at `base`.
pub fn quota_at(base: &Url) -> ProviderProfile {
    let api = base.join("v1").unwrap();
    let mut profile = profiles::sandbox(base, &api, "client");
    profile.play_money = false;
    profile
}

/// A profile of the dollars dialect at `base`.
pub fn chutes_at(base: &Url) -> ProviderProfile {
    let mut profile = profiles::chutes();
    profile.allow_insecure_loopback = true;
    profile.api_base = base.join("v1").unwrap();
    profile.account_base = base.clone();
    profile.userinfo_endpoint = Some(base.join("idp/userinfo").unwrap());
    profile
}

/// One client for all tests of a file: reading the system's certificates takes a while.
pub fn http() -> HttpClient {
    static HTTP: LazyLock<HttpClient> = LazyLock::new(|| HttpClient::new().unwrap());
    HTTP.clone()
}

/// A wallet with fresh tokens.
pub fn wallet(profile: ProviderProfile) -> Wallet {
    wallet_with(profile, &Tokens::default())
}

/// A wallet with tokens that the test looks at.
pub fn wallet_with(profile: ProviderProfile, tokens: &Tokens) -> Wallet {
    Wallet::new(http(), Arc::new(profile), tokens.clone()).with_limits(LIMITS)
}

/// A question.
pub fn question() -> ChatRequest {
    let messages = vec![ChatMessage::new(Role::User, "Why?")];
    ChatRequest::new("model-a", messages).with_max_tokens(50)
}

/// What came of an answer.
#[derive(Debug, Default)]
pub struct Answer {
    pub text: String,
    pub reasoning: String,
    pub restarts: u32,
    pub invocation_id: Option<String>,
    pub finished: Option<ChatEvent>,
    pub error: Option<ApiError>,
}

/// Asks and reads to the end, for at most a minute.
pub async fn ask(wallet: &Wallet) -> Answer {
    ask_with(wallet, question()).await
}

/// Asks this and reads to the end, for at most a minute.
pub async fn ask_with(wallet: &Wallet, request: ChatRequest) -> Answer {
    let cancel = CancellationToken::new();
    let mut answer = Answer::default();
    let asking = async {
        let mut stream = match wallet.chat(request, cancel).await {
            Ok(stream) => stream,
            Err(error) => {
                answer.error = Some(error);
                return;
            }
        };
        while let Some(event) = stream.next().await {
            assert!(
                answer.finished.is_none() && answer.error.is_none(),
                "nothing follows the end"
            );
            match event {
                Ok(ChatEvent::Started { invocation_id }) => answer.invocation_id = invocation_id,
                Ok(ChatEvent::Text(text)) => answer.text.push_str(&text),
                Ok(ChatEvent::Reasoning(text)) => answer.reasoning.push_str(&text),
                Ok(ChatEvent::Restarted) => answer.restarts += 1,
                Ok(ChatEvent::Usage(_)) => {}
                Ok(finished @ ChatEvent::Finished { .. }) => answer.finished = Some(finished),
                Err(error) => answer.error = Some(error),
            }
        }
    };
    tokio::time::timeout(Duration::from_secs(60), asking)
        .await
        .expect("an end within a minute");
    answer
}

/// An event with a piece of text.
pub fn text_event(text: &str) -> String {
    format!(
        "data: {{\"id\":\"c1\",\"choices\":[{{\"index\":0,\"delta\":{{\"content\":{text:?}}},\"finish_reason\":null}}]}}\n\n"
    )
}

/// The event that ends an answer, and `[DONE]`.
pub const END: &str = "data: {\"id\":\"c1\",\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n";
