#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::time::{Duration, SystemTime};

use money::{Amount, Cost, Label, MicroUsd, PlayMoney, Usage};
use proptest::prelude::*;
use serde_json::json;

use super::*;
use crate::{
    AddTo, AttachmentKind, Composition, Ending, Finished, NewAttachment, ReceiptFilter, Store,
    StoreError, Summary, TurnTerms, Words,
};

fn fresh() -> (tempfile::TempDir, Store) {
    let dir = tempfile::tempdir().unwrap();
    let store = Store::open(dir.path()).unwrap().store;
    (dir, store)
}

fn at(ms: u64) -> SystemTime {
    SystemTime::UNIX_EPOCH + Duration::from_millis(ms)
}

const TERMS: TurnTerms = TurnTerms {
    model_id: "penny-small",
    account_key: "me",
    price_snapshot_json: Some(r#"{"input":"0.15","output":"0.6"}"#),
};

/// Through the text of the format, as a file is.
fn through_json(whole: &WholeConversation) -> WholeConversation {
    serde_json::from_str(&serde_json::to_string(whole).unwrap()).unwrap()
}

/// A conversation with branches, costs of both kinds, a failure, a summary and a file.
fn eventful(store: &Store) -> String {
    let file = store
        .add_attachment(
            AddTo::Request,
            &NewAttachment {
                name: "notes.txt".to_owned(),
                kind: AttachmentKind::Text,
                media_type: "text/plain".to_owned(),
                bytes: b"ha'penny".to_vec(),
                pixels: None,
                pages: None,
            },
        )
        .unwrap();
    let ids = [file.id];
    let words = Words {
        text: "What is 東京?",
        attachments: &ids,
    };
    let (conversation, turn) = store.begin_conversation(words, &TERMS).unwrap();
    let finish = |id: &str, amount, ending| {
        let finished = Finished {
            cost: Some(Cost {
                amount,
                label: Label::Reported,
            }),
            usage: Some(Usage {
                input: 7,
                output: 9,
                ..Usage::default()
            }),
            ..Finished::without_usage(ending)
        };
        store.finish(id, &finished).unwrap();
    };
    store.append(&turn.assistant.id, "A beginn", "hm").unwrap();
    store.restart(&turn.assistant.id).unwrap();
    store.append(&turn.assistant.id, "A city.", "").unwrap();
    let complete = || Ending::Complete {
        finish_reason: Some("stop".to_owned()),
    };
    finish(&turn.assistant.id, Amount::Usd(MicroUsd(1234)), complete());
    let again = store.retry_turn(&turn.assistant.id, &TERMS).unwrap();
    finish(
        &again.id,
        Amount::Play(PlayMoney(5)),
        Ending::Failed {
            error_json: r#"{"kind":"x"}"#.into(),
        },
    );
    let edited = store
        .edit_turn(&turn.user.id, "And Kyoto?", &TERMS)
        .unwrap();
    store.append(&edited.assistant.id, "Another.", "").unwrap();
    finish(
        &edited.assistant.id,
        Amount::Usd(MicroUsd(1)),
        Ending::Stopped,
    );
    store.choose_branch(&turn.assistant.id).unwrap();
    store
        .put_summary(&Summary {
            message_id: turn.assistant.id,
            text: "Of cities.".to_owned(),
            model_id: "penny-small".to_owned(),
            at: at(1_790_000_000_000),
        })
        .unwrap();
    let composition = Composition {
        instructions: "Be brief.".to_owned(),
        parameters_json: r#"{"temperature":0.7}"#.to_owned(),
        context_rule: ContextRule::Summary,
    };
    store
        .set_composition(&conversation.id, &composition)
        .unwrap();
    conversation.id
}

#[test]
fn a_conversation_comes_out_of_the_second_store_as_it_went_in() {
    let (_dir, first) = fresh();
    let id = eventful(&first);
    let whole = first.whole(&id).unwrap();
    assert_eq!((whole.messages.len(), whole.receipts.len()), (5, 3));

    let (_dir, second) = fresh();
    let files = |hash: &str| first.attachment_bytes(hash).ok();
    assert_eq!(
        second.take_in(&through_json(&whole), files).unwrap(),
        TakenIn::Added
    );
    assert_eq!(second.whole(&id).unwrap(), whole);
    assert_eq!(second.branch(&id).unwrap(), first.branch(&id).unwrap());
    assert_eq!(
        second.conversation(&id).unwrap().totals,
        first.conversation(&id).unwrap().totals
    );
    let attachment = &second.branch(&id).unwrap()[0].attachments[0];
    assert_eq!(
        second.attachment_bytes(&attachment.hash).unwrap(),
        b"ha'penny"
    );
}

#[test]
fn what_was_deleted_goes_along_where_it_is_asked_for_and_comes_back_as_deleted() {
    let (_dir, first) = fresh();
    let id = eventful(&first);
    let answer = first.branch(&id).unwrap()[1].id.clone();
    let again = first.retry_turn(&answer, &TERMS).unwrap();
    first
        .finish(&again.id, &Finished::without_usage(Ending::Stopped))
        .unwrap();
    first.delete_message(&answer).unwrap();
    first.delete(&id).unwrap();
    assert_eq!(first.whole(&id).unwrap().messages.len(), 5);
    let whole = first.whole_with_deleted(&id).unwrap();
    assert_eq!(whole.messages.len(), 6);
    assert!(whole.has_deleted() && whole.deleted_at.is_some());

    let (_dir, second) = fresh();
    let files = |hash: &str| first.attachment_bytes(hash).ok();
    second.take_in(&through_json(&whole), files).unwrap();
    assert_eq!(second.whole_with_deleted(&id).unwrap(), whole);
    assert!(second.conversation(&id).unwrap().deleted_at.is_some());
    assert_eq!(second.branch(&id).unwrap(), first.branch(&id).unwrap());
    for store in [&first, &second] {
        store.restore(&id).unwrap();
        store.restore_message(&answer).unwrap();
    }
    assert_eq!(second.branch(&id).unwrap(), first.branch(&id).unwrap());
    assert_eq!(second.branch(&id).unwrap()[1].id, answer);
    assert!(!second.whole_with_deleted(&id).unwrap().has_deleted());
}

#[test]
fn a_deletion_that_contradicts_itself_is_refused() {
    let (_dir, first) = fresh();
    let id = eventful(&first);
    let whole = first.whole(&id).unwrap();
    let (_dir, second) = fresh();
    for deleted in [vec![0], vec![1]] {
        let mut changed = whole.clone();
        for index in deleted {
            changed.messages[index].deleted_at = Some(at(5));
        }
        let outcome = second.take_in(&changed, |_| None);
        assert!(
            matches!(outcome, Err(StoreError::NotImportable(_))),
            "{outcome:?}"
        );
    }
}

#[test]
fn what_was_imported_was_not_spent_from_here() {
    let (_dir, first) = fresh();
    let id = eventful(&first);
    let (_dir, second) = fresh();
    second
        .take_in(&first.whole(&id).unwrap(), |_| None)
        .unwrap();
    assert_eq!(second.totals(&ReceiptFilter::default()).unwrap().answers, 0);
    let of_it = ReceiptFilter {
        conversation_id: Some(&id),
        ..ReceiptFilter::default()
    };
    assert_eq!(second.totals(&of_it).unwrap().answers, 3);
}

#[test]
fn what_is_here_is_left_as_it_is() {
    let (_dir, store) = fresh();
    let id = eventful(&store);
    let mut whole = store.whole(&id).unwrap();
    whole.title = "Another".to_owned();
    assert_eq!(
        store.take_in(&whole, |_| None).unwrap(),
        TakenIn::AlreadyHere
    );
    assert_ne!(store.conversation(&id).unwrap().title, "Another");

    // Under another id the messages get ids of their own, and what the ledger has is not paid twice.
    whole.id = "another".to_owned();
    assert_eq!(store.take_in(&whole, |_| None).unwrap(), TakenIn::Added);
    assert_eq!(store.branch("another").unwrap().len(), 2);
    assert_eq!(store.totals(&ReceiptFilter::default()).unwrap().answers, 3);
}

#[test]
fn what_was_deleted_for_good_comes_back_with_its_costs_once() {
    let (_dir, store) = fresh();
    let id = eventful(&store);
    let whole = store.whole(&id).unwrap();
    store.delete(&id).unwrap();
    store.empty_bin().unwrap();
    let hash = &whole.messages[0].attachments[0].hash;
    assert!(
        store.attachment_bytes(hash).is_err(),
        "its files go with it"
    );
    store
        .take_in(&whole, |_| Some(b"ha'penny".to_vec()))
        .unwrap();
    assert_eq!(store.whole(&id).unwrap(), whole);
    assert_eq!(store.totals(&ReceiptFilter::default()).unwrap().answers, 3);
}

#[test]
fn words_that_came_in_are_found() {
    let (_dir, first) = fresh();
    let id = eventful(&first);
    let (_dir, second) = fresh();
    second
        .take_in(&first.whole(&id).unwrap(), |_| None)
        .unwrap();
    for words in ["city", "東京"] {
        assert_eq!(
            second
                .search(words, &crate::SearchFilter::default(), 9)
                .unwrap()
                .len(),
            1,
            "{words}"
        );
    }
}

#[test]
fn a_file_that_contradicts_itself_is_refused_whole() {
    let (_dir, store) = fresh();
    let id = eventful(&store);
    let whole = store.whole(&id).unwrap();
    let (_dir, other) = fresh();
    let refused = |change: fn(&mut WholeConversation)| {
        let mut changed = whole.clone();
        change(&mut changed);
        let outcome = other.take_in(&changed, |_| None);
        assert!(
            matches!(outcome, Err(StoreError::NotImportable(_))),
            "{outcome:?}"
        );
    };
    refused(|c| c.messages[0].parent = Some(c.messages[1].id.clone()));
    refused(|c| c.messages[1].id = c.messages[0].id.clone());
    refused(|c| c.messages[1].status = "streaming".to_owned());
    refused(|c| c.shown_root = Some(c.messages[1].id.clone()));
    refused(|c| c.receipts[0].cost.as_mut().unwrap().amount = Amount::Usd(MicroUsd(-1)));
    refused(|c| c.receipts[1].message_id = c.receipts[0].message_id.clone());
    refused(|c| c.messages[0].attachments[0].hash = "../../install-id".to_owned());
    assert_eq!(
        other
            .conversations(&crate::ConversationFilter::default())
            .unwrap(),
        []
    );
}

prop_compose! {
    fn message(number: usize)(
        parent in proptest::option::weighted(0.9, any::<prop::sample::Index>()),
        is_user: bool,
        text in ".{0,40}",
        reasoning in ".{0,8}",
        status in prop::sample::select(vec!["complete", "stopped", "cut_off", "failed"]),
        created in 0_u64..2_000_000_000_000,
        took in 0_u64..100_000,
        shows: bool,
        lowered in proptest::option::of((1_u32..100_000, "[a-z]{1,8}")),
    ) -> (WholeMessage, Option<prop::sample::Index>, bool) {
        (WholeMessage {
            id: format!("m{number}"),
            parent: None,
            shown_child: None,
            role: if is_user { Role::User } else { Role::Assistant },
            text,
            reasoning,
            status: status.to_owned(),
            finish_reason: (status == "complete").then(|| "stop".to_owned()),
            error: (status == "failed").then(|| json!({"kind": "internal", "n": number})),
            model_id: is_user.then(|| "m".to_owned()),
            account_key: None,
            prices: None,
            created_at: at(created),
            ended_at: at(created + took),
            lowered: lowered.map(|(max_tokens, by)| Lowered { max_tokens, by }),
            abandoned_starts: Vec::new(),
            attachments: Vec::new(),
            summary: None,
            deleted_at: None,
        }, parent, shows)
    }
}

prop_compose! {
    fn conversation()(
        title in ".{0,20}",
        instructions in ".{0,20}",
        flags in any::<(bool, bool)>(),
        rows in (1_usize..24).prop_flat_map(|count| (0..count).map(message).collect::<Vec<_>>()),
        costs in proptest::collection::vec(proptest::option::of((0_i64..1_000_000_000, any::<bool>())), 0..24),
    ) -> WholeConversation {
        let mut messages: Vec<WholeMessage> = Vec::new();
        let mut shown_root = None;
        for (mut message, parent, shows) in rows {
            let parent = parent.filter(|_| !messages.is_empty()).map(|index| index.index(messages.len()));
            message.parent = parent.map(|index| messages[index].id.clone());
            if shows {
                let shown = match parent {
                    Some(index) => &mut messages[index].shown_child,
                    None => &mut shown_root,
                };
                *shown = Some(message.id.clone());
            }
            messages.push(message);
        }
        let receipts = messages.iter().zip(costs).enumerate().map(|(n, (message, cost))| WholeReceipt {
            id: format!("r{n}"),
            purpose: "answer".to_owned(),
            message_id: message.id.clone(),
            at: message.ended_at,
            account_key: "me".to_owned(),
            model_id: "m".to_owned(),
            outcome: message.status.clone(),
            usage: cost.map(|(micro, _)| Usage { input: micro.unsigned_abs(), ..Usage::default() }),
            cost: cost.map(|(micro, play)| Cost {
                amount: if play { Amount::Play(PlayMoney(micro)) } else { Amount::Usd(MicroUsd(micro)) },
                label: Label::Computed,
            }),
            bound: cost.map(|(micro, _)| Amount::Usd(MicroUsd(micro))),
            prices: Some(json!({"input": "1"})),
            request_id: None,
            invocation_id: Some(format!("i{n}")),
        });
        WholeConversation {
            id: "c".to_owned(),
            title,
            created_at: at(1),
            updated_at: at(2),
            account_key: Some("me".to_owned()),
            model_id: None,
            pinned: flags.0,
            archived: flags.1,
            folder: None,
            instructions,
            parameters: json!({}),
            context: ContextRule::Whole,
            shown_root,
            deleted_at: None,
            receipts: receipts.collect(),
            messages,
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// Any tree, with any words, is the same after a journey through the file and another store.
    #[test]
    fn every_tree_survives_the_journey(whole in conversation()) {
        let (_dir, store) = fresh();
        store.take_in(&through_json(&whole), |_| None).unwrap();
        prop_assert_eq!(store.whole("c").unwrap(), whole);
    }
}
