//! Presets, through the whole core: kept, asked for what they want to know, and heard by the model.

use std::collections::BTreeMap;

use tuppence_core::{
    AccountId, FailureKind, Parameters, PresetDraft, PresetUse, SendRequest, TurnRequest,
};

use crate::world::{World, ended};

#[tokio::test(flavor = "multi_thread")]
async fn a_conversation_begins_with_what_a_preset_says_in_the_persons_own_words() {
    let world = World::new().await;
    let id = world.signed_in().await;
    let preset = world.core.save_preset(translator()).await.unwrap();
    assert_eq!(preset.variables, ["language"]);
    let sent = send(&world, &id, &preset.id, &[("language", "Frisian {{x}}")]);
    let started = sent.await.unwrap();
    let conversation = started.conversation.id.clone();
    ended(started).await;
    let heard = world.control().heard();
    assert_eq!(
        heard[0],
        (
            "system".to_owned(),
            "Translate into Frisian {{x}}.".to_owned()
        )
    );
    assert_eq!(heard[1].1, "Good morning");
    let (instructions, parameters) = world.core.composition(&conversation).await.unwrap();
    assert_eq!(instructions, "Translate into Frisian {{x}}.");
    assert_eq!(parameters.max_tokens, Some(50));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_preset_that_was_not_told_everything_sends_nothing_and_records_nothing() {
    let world = World::new().await;
    let id = world.signed_in().await;
    let preset = world.core.save_preset(translator()).await.unwrap();
    world.core.save_draft(None, "Good morning").await.unwrap();
    let refused = send(&world, &id, &preset.id, &[("language", " ")])
        .await
        .unwrap_err();
    assert_eq!(refused.kind, FailureKind::RequestRejected);
    assert!(refused.detail.contains("language"), "{}", refused.detail);
    assert!(world.core.conversations().await.unwrap().is_empty());
    assert_eq!(world.core.draft(None).await.unwrap(), "Good morning");
    assert_eq!(world.control().counters().chats, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_deleted_preset_is_gone_at_once_and_comes_back_and_conversations_keep_its_words() {
    let world = World::new().await;
    let id = world.signed_in().await;
    let preset = world.core.save_preset(translator()).await.unwrap();
    let started = send(&world, &id, &preset.id, &[("language", "Dutch")]).await;
    let started = started.unwrap();
    let conversation = started.conversation.id.clone();
    ended(started).await;
    world.core.delete_preset(&preset.id).await.unwrap();
    assert!(world.core.presets().await.unwrap().is_empty());
    let refused = send(&world, &id, &preset.id, &[("language", "Dutch")]).await;
    assert_eq!(refused.unwrap_err().kind, FailureKind::NotFound);
    let (instructions, _) = world.core.composition(&conversation).await.unwrap();
    assert_eq!(instructions, "Translate into Dutch.");
    let world = world.restarted().await;
    world.core.restore_preset(&preset.id).await.unwrap();
    assert_eq!(world.core.presets().await.unwrap(), [preset]);
}

fn translator() -> PresetDraft {
    PresetDraft {
        id: None,
        name: " Translator ".to_owned(),
        instructions: "Translate into {{language}}.".to_owned(),
        parameters: Parameters {
            max_tokens: Some(50),
            ..Parameters::default()
        },
        model_id: None,
    }
}

async fn send(
    world: &World,
    account: &AccountId,
    preset_id: &str,
    values: &[(&str, &str)],
) -> Result<tuppence_core::TurnStarted, tuppence_core::Failure> {
    let values: BTreeMap<String, String> = values
        .iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
        .collect();
    world
        .core
        .send(SendRequest {
            conversation_id: None,
            text: "Good morning".to_owned(),
            attachments: Vec::new(),
            preset: Some(PresetUse {
                preset_id: preset_id.to_owned(),
                values,
            }),
            turn: TurnRequest {
                model_id: "penny-small".to_owned(),
                account: account.clone(),
            },
        })
        .await
}
