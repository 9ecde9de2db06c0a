//! `stream-peers CLIENT BASE MODEL TIMES`: asks for an answer so many times and prints what was
//! found as JSON, as every client that `bench` measures does.

use std::error::Error;
use std::time::{Duration, Instant};

use async_openai::config::OpenAIConfig;
use async_openai::types::chat::{
    ChatCompletionRequestUserMessageArgs, CreateChatCompletionRequest,
    CreateChatCompletionRequestArgs,
};
use eventsource_stream::Eventsource as _;
use futures_util::StreamExt as _;
use serde::Deserialize;
use sha2::{Digest as _, Sha256};

type Outcome<T> = Result<T, Box<dyn Error + Send + Sync>>;

/// The last answer's text, and the time to the first text of each.
type Reading = (String, Vec<Duration>);

fn main() -> Outcome<()> {
    let arguments: Vec<String> = std::env::args().collect();
    let [_, client, base, model, times] = arguments.as_slice() else {
        return Err("usage: stream-peers CLIENT BASE MODEL TIMES".into());
    };
    let times = times.parse()?;
    // As in the app: the answer is read by a task on the runtime's own threads.
    let runtime = tokio::runtime::Runtime::new()?;
    let (reading, cpu, wall) = match client.as_str() {
        "async-openai" => {
            let config = OpenAIConfig::new()
                .with_api_base(base)
                .with_api_key("a-token");
            let client = async_openai::Client::with_config(config);
            runtime.block_on(runtime.spawn(async_openai(
                client.clone(),
                "plain-100".into(),
                1,
            )))??;
            measured(|| {
                runtime.block_on(runtime.spawn(async_openai(client, model.clone(), times)))?
            })?
        }
        "eventsource-stream" => {
            let client = reqwest::Client::new();
            let read = |model: &str, times| {
                runtime.block_on(runtime.spawn(by_hand(
                    client.clone(),
                    base.clone(),
                    model.to_owned(),
                    times,
                )))?
            };
            read("plain-100", 1)?;
            measured(|| read(model, times))?
        }
        other => return Err(format!("there is no client {other}").into()),
    };
    let (text, first) = reading;
    let sha256: String = Sha256::digest(text)
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    let ms = |duration: Duration| duration.as_secs_f64() * 1000.0;
    let found = serde_json::json!({
        "cpu_ms": ms(cpu),
        "wall_ms": ms(wall),
        "sha256": sha256,
        "first_us": first.into_iter().map(|first| ms(first) * 1000.0).collect::<Vec<_>>(),
    });
    println!("{found}");
    Ok(())
}

fn measured(read: impl FnOnce() -> Outcome<Reading>) -> Outcome<(Reading, Duration, Duration)> {
    let (cpu, wall) = (cpu_time(), Instant::now());
    let reading = read()?;
    Ok((reading, cpu_time() - cpu, wall.elapsed()))
}

fn cpu_time() -> Duration {
    let now = rustix::time::clock_gettime(rustix::time::ClockId::ProcessCPUTime);
    Duration::new(now.tv_sec as u64, now.tv_nsec as u32)
}

/// The library as its documentation shows it.
async fn async_openai(
    client: async_openai::Client<OpenAIConfig>,
    model: String,
    times: usize,
) -> Outcome<Reading> {
    let (mut text, mut firsts) = (String::new(), Vec::new());
    for _ in 0..times {
        text.clear();
        let asked = Instant::now();
        let mut first = None;
        let mut stream = client.chat().create_stream(question(&model)?).await?;
        while let Some(chunk) = stream.next().await {
            for choice in chunk?.choices {
                if let Some(content) = choice.delta.content {
                    first.get_or_insert_with(|| asked.elapsed());
                    text.push_str(&content);
                }
            }
        }
        firsts.push(first.ok_or("no text came")?);
    }
    Ok((text, firsts))
}

fn question(model: &str) -> Outcome<CreateChatCompletionRequest> {
    let message = ChatCompletionRequestUserMessageArgs::default()
        .content("Why?")
        .build()?;
    Ok(CreateChatCompletionRequestArgs::default()
        .model(model)
        .messages([message.into()])
        .build()?)
}

#[derive(Deserialize)]
struct Chunk {
    choices: Vec<Choice>,
}

#[derive(Deserialize)]
struct Choice {
    delta: Delta,
}

#[derive(Deserialize)]
struct Delta {
    content: Option<String>,
}

/// What one writes without a library for chat: an event parser, and serde for what is needed.
async fn by_hand(
    client: reqwest::Client,
    base: String,
    model: String,
    times: usize,
) -> Outcome<Reading> {
    let (mut text, mut firsts) = (String::new(), Vec::new());
    for _ in 0..times {
        text.clear();
        let asked = Instant::now();
        let mut first = None;
        let response = client
            .post(format!("{base}/chat/completions"))
            .json(&serde_json::json!({
                "model": model,
                "messages": [{ "role": "user", "content": "Why?" }],
                "stream": true,
            }))
            .send()
            .await?;
        let mut events = response.bytes_stream().eventsource();
        while let Some(event) = events.next().await {
            let event = event?;
            if event.data == "[DONE]" {
                continue;
            }
            let chunk: Chunk = serde_json::from_str(&event.data)?;
            for choice in chunk.choices {
                if let Some(content) = choice.delta.content {
                    first.get_or_insert_with(|| asked.elapsed());
                    text.push_str(&content);
                }
            }
        }
        firsts.push(first.ok_or("no text came")?);
    }
    Ok((text, firsts))
}
