use std::io::{IsTerminal as _, Read as _};
use std::path::PathBuf;

use serde_json::{Value, json};
use tuppence_core::{
    AttachTo, Ending, Failure, FailureKind, LoweredBy, MessageState, Preset, SendRequest, Status,
    Tuppence, TurnRequest, TurnUpdate,
};

use crate::account_choice::choose;
use crate::args::Ask;
use crate::commands::{presets, too_long};
use crate::exit::Stop;
use crate::output::Output;

pub(crate) async fn run(
    core: &Tuppence,
    output: &Output,
    account: Option<&str>,
    ask: Ask,
) -> Result<(), Stop> {
    let account = choose(core, account)?;
    let text = question(&ask.words).await?;
    let preset = match &ask.preset {
        Some(name) => Some(presets::named(core, name).await?),
        None => None,
    };
    let model_id = model(core, &account.record, ask.model, preset.as_ref()).await?;
    let preset = preset
        .map(|preset| presets::told(&preset, ask.vars))
        .transpose()?;
    let turn = TurnRequest {
        model_id: model_id.clone(),
        account: account.record.id.clone(),
    };
    let attachments = attached(core, &ask.attach).await?;
    let request = SendRequest {
        conversation_id: ask.conversation,
        text,
        attachments,
        preset,
        turn,
    };
    let mut started = match core.send(request.clone()).await {
        Err(failure) if failure.kind == FailureKind::ConversationTooLong => {
            too_long::make_room(core, output, &request, ask.if_too_long, failure).await?;
            core.send(request).await?
        }
        outcome => outcome?,
    };
    event(output, || {
        json!({
            "type": "started",
            "conversation": started.conversation.id,
            "message": started.assistant.message.id,
            "model": model_id,
        })
    });
    loop {
        tokio::select! {
            update = started.updates.next() => match update {
                Some(TurnUpdate::Ended { message, .. }) => return ended(output, *message),
                Some(update) => {
                    show(output, update);
                    if output.reader_has_gone() {
                        // Nobody reads the rest, so nobody pays for it.
                        core.stop(&started.turn_id);
                    }
                }
                None => return Err(Failure::internal("the answer ended without an end").into()),
            },
            // What came so far is kept; the request is closed at once.
            _ = tokio::signal::ctrl_c() => core.stop(&started.turn_id),
        }
    }
}

fn show(output: &Output, update: TurnUpdate) {
    match update {
        TurnUpdate::Patch {
            text, reasoning, ..
        } => {
            if !reasoning.is_empty() {
                event(output, || json!({"type": "reasoning", "text": reasoning}));
            }
            if !text.is_empty() {
                if output.is_json() {
                    event(output, || json!({"type": "delta", "text": text}));
                } else {
                    output.piece(&text);
                }
            }
        }
        TurnUpdate::Running { usage, cost } => event(
            output,
            || json!({"type": "usage", "usage": usage, "cost": cost}),
        ),
        TurnUpdate::Lowered { max_tokens, by } => {
            let why = match by {
                LoweredBy::Wallet => "what is in the wallet",
                LoweredBy::Limit(_) => "a limit of yours",
                LoweredBy::Asked => "you",
            };
            output.remark(&format!(
                "At most {max_tokens} tokens: {why} leaves no room for more."
            ));
            event(
                output,
                || json!({"type": "lowered", "max_tokens": max_tokens, "by": lowered_by(by)}),
            );
        }
        TurnUpdate::Restarted => {
            output.remark("\nThe provider began the answer anew:");
            event(output, || json!({"type": "restarted"}));
        }
        TurnUpdate::Ended { .. } => {}
    }
}

fn ended(output: &Output, state: MessageState) -> Result<(), Stop> {
    let message = state.message;
    if !output.is_json() && !message.text.is_empty() && !message.text.ends_with('\n') {
        output.piece("\n");
    }
    let cost = message.cost;
    match message.status {
        Status::Ended(Ending::Complete { finish_reason }) => {
            event(output, || {
                json!({
                    "type": "finished",
                    "finish_reason": finish_reason,
                    "usage": message.usage,
                    "cost": cost,
                    "text": message.text,
                })
            });
            if let Some(cost) = cost {
                output.remark(&format!("{} ({})", cost.amount, label(cost.label)));
            }
            Ok(())
        }
        Status::Ended(Ending::Failed { .. }) => {
            let failure = state
                .failure
                .unwrap_or_else(|| Failure::internal("the cause was not recorded"));
            event(
                output,
                || json!({"type": "failed", "error": failure.kind, "cost": cost, "text": message.text}),
            );
            Err(failure.into())
        }
        Status::Ended(Ending::Stopped) | Status::Streaming => {
            event(
                output,
                || json!({"type": "failed", "error": "cancelled", "cost": cost, "text": message.text}),
            );
            Err(Stop::Cancelled)
        }
        Status::Ended(Ending::CutOff) => {
            let failure =
                Failure::retryable(FailureKind::StreamInterrupted, "the answer was cut off");
            event(
                output,
                || json!({"type": "failed", "error": failure.kind, "cost": cost, "text": message.text}),
            );
            Err(failure.into())
        }
    }
}

/// `wallet`, or the limit's name.
fn lowered_by(by: LoweredBy) -> Value {
    match by {
        LoweredBy::Wallet => json!("wallet"),
        LoweredBy::Limit(name) => json!(name),
        LoweredBy::Asked => json!("asked"),
    }
}

fn event(output: &Output, value: impl FnOnce() -> Value) {
    if output.is_json() {
        output.line(&value().to_string());
    }
}

fn label(label: money::Label) -> &'static str {
    match label {
        money::Label::Reported => "reported",
        money::Label::Computed => "computed",
        money::Label::Estimate => "estimate",
    }
}

/// What goes along, as it will be sent.
async fn attached(core: &Tuppence, files: &[PathBuf]) -> Result<Vec<String>, Stop> {
    let mut ids = Vec::new();
    for path in files {
        let bytes = tokio::fs::read(path)
            .await
            .map_err(|error| Stop::usage(format!("{} cannot be read: {error}", path.display())))?;
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let attachment = core.attach_file(AttachTo::Request, &name, bytes).await?;
        ids.push(attachment.id);
    }
    Ok(ids)
}

/// The words of the command line, then what is piped in: `git diff | tup ask "review this"`.
async fn question(words: &[String]) -> Result<String, Stop> {
    let mut text = words.join(" ");
    if !std::io::stdin().is_terminal() {
        let piped = tokio::task::spawn_blocking(|| {
            let mut piped = String::new();
            std::io::stdin().read_to_string(&mut piped).map(|_| piped)
        });
        let piped = piped
            .await
            .map_err(|error| Stop::Failed(Failure::internal(error)))?;
        let piped = piped.map_err(|_| Stop::usage("what is piped in is not text"))?;
        if !piped.trim().is_empty() {
            text = format!("{text}\n\n{}", piped.trim_end());
        }
    }
    if text.trim().is_empty() {
        return Err(Stop::usage(
            "there is nothing to ask: give words, or pipe them in",
        ));
    }
    Ok(text)
}

/// The model given, else the preset's, else the one that a new conversation starts with, else the
/// first.
async fn model(
    core: &Tuppence,
    account: &tuppence_core::AccountRecord,
    given: Option<String>,
    preset: Option<&Preset>,
) -> Result<String, Stop> {
    // Read in any case: the answer is priced by this list.
    let models = core.models(&account.id).await?;
    let usual = core
        .preferences()
        .default_models
        .get(&account.provider_id)
        .cloned();
    let listed = |id: &String| models.iter().any(|model| model.id == *id);
    given
        .or(preset
            .and_then(|preset| preset.model_id.clone())
            .filter(listed))
        .or(usual.filter(listed))
        .or_else(|| models.first().map(|model| model.id.clone()))
        .ok_or_else(|| Stop::usage("this provider lists no model; name one with --model"))
}
