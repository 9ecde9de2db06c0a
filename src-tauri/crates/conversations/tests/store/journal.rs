use conversations::{Ending, Finished, ReceiptFilter, Role, Status, Store, StoreError, Subject};

use crate::support::{TERMS, complete, open, store};

#[test]
fn an_answer_reads_as_it_streams_and_the_same_when_it_ended() {
    let (_dir, store) = store();
    let (conversation, turn) = store.begin_conversation("go", &TERMS).unwrap();
    let id = turn.assistant.id;
    store.append(&id, "Hel", "hm").unwrap();
    store.append(&id, "lo\n", ", well").unwrap();
    let streaming = store.message(&id).unwrap();
    assert_eq!(streaming.status, Status::Streaming);
    assert_eq!(
        (streaming.text.as_str(), streaming.reasoning.as_str()),
        ("Hello\n", "hm, well")
    );
    assert!(store.conversation(&conversation.id).unwrap().streaming);

    let ended = store.finish(&id, &complete()).unwrap();
    assert_eq!(
        (ended.text.as_str(), ended.reasoning.as_str()),
        ("Hello\n", "hm, well")
    );
    assert!(ended.ended_at.unwrap() >= ended.created_at);
    assert_eq!(store.message(&id).unwrap(), ended);
    assert!(!store.conversation(&conversation.id).unwrap().streaming);
}

#[test]
fn each_ending_is_kept_with_the_text_that_came() {
    let (_dir, store) = store();
    let endings = [
        Ending::Complete {
            finish_reason: Some("length".to_owned()),
        },
        Ending::Stopped,
        Ending::CutOff,
        Ending::Failed {
            error_json: r#"{"code":"rate_limited"}"#.to_owned(),
        },
    ];
    for ending in endings {
        let (_, turn) = store.begin_conversation("go", &TERMS).unwrap();
        store.append(&turn.assistant.id, "part", "").unwrap();
        let finished = Finished::without_usage(ending.clone());
        let message = store.finish(&turn.assistant.id, &finished).unwrap();
        assert_eq!(message.status, Status::Ended(ending));
        assert_eq!(message.text, "part");
    }
}

#[test]
fn an_answer_ends_once() {
    let (_dir, store) = store();
    let (_, turn) = store.begin_conversation("go", &TERMS).unwrap();
    let id = turn.assistant.id;
    store.finish(&id, &complete()).unwrap();
    assert!(matches!(
        store.finish(&id, &complete()),
        Err(StoreError::NotStreaming)
    ));
    assert!(matches!(
        store.append(&id, "late", ""),
        Err(StoreError::NotStreaming)
    ));
    assert!(matches!(store.restart(&id), Err(StoreError::NotStreaming)));
    assert_eq!(store.receipts(&ReceiptFilter::default()).unwrap().len(), 1);
    assert!(matches!(
        store.append(&turn.user.id, "x", ""),
        Err(StoreError::NotStreaming)
    ));
}

#[test]
fn what_a_restart_drops_is_set_aside() {
    let (_dir, store) = store();
    let (_, turn) = store.begin_conversation("go", &TERMS).unwrap();
    let id = turn.assistant.id;
    store.restart(&id).unwrap();
    for (text, reasoning) in [("first try", "a"), ("second", "b")] {
        store.append(&id, text, reasoning).unwrap();
        store.restart(&id).unwrap();
        assert_eq!(store.message(&id).unwrap().text, "");
    }
    store.append(&id, "third", "").unwrap();
    assert_eq!(store.finish(&id, &complete()).unwrap().text, "third");
    let starts = store.abandoned_starts(&id).unwrap();
    let texts: Vec<_> = starts
        .iter()
        .map(|s| (s.text.as_str(), s.reasoning.as_str()))
        .collect();
    assert_eq!(texts, [("first try", "a"), ("second", "b")]);
}

/// Checklist 148.
#[test]
fn a_request_is_on_record_before_its_first_byte_and_is_asked_about_not_resent() {
    let (dir, store) = store();
    let (conversation, turn) = store.begin_conversation("pay for this", &TERMS).unwrap();
    drop(store);
    let opened = Store::open(dir.path()).unwrap();
    assert_eq!(opened.notices, [conversations::OpenNotice::Interrupted(1)]);
    let branch = opened.store.branch(&conversation.id).unwrap();
    assert_eq!(branch[0].text, "pay for this");
    assert_eq!(branch[1].id, turn.assistant.id);
    assert_eq!(branch[1].status, Status::Ended(Ending::CutOff));
    let receipts = opened.store.receipts(&ReceiptFilter::default()).unwrap();
    assert_eq!(
        (receipts.len(), receipts[0].cost),
        (1, None),
        "unknown is not nothing"
    );
    drop(opened);
    open(dir.path());
}

#[test]
fn an_error_that_is_not_json_is_refused_and_the_answer_goes_on() {
    let (_dir, store) = store();
    let (_, turn) = store.begin_conversation("go", &TERMS).unwrap();
    let failed = Finished::without_usage(Ending::Failed {
        error_json: "{".to_owned(),
    });
    assert!(matches!(
        store.finish(&turn.assistant.id, &failed),
        Err(StoreError::Database(_))
    ));
    assert_eq!(
        store.message(&turn.assistant.id).unwrap().status,
        Status::Streaming
    );
}

#[test]
fn the_unknown_is_not_found() {
    let (_dir, store) = store();
    assert!(matches!(
        store.message("x"),
        Err(StoreError::NotFound(Subject::Message))
    ));
    assert!(matches!(
        store.branch("x"),
        Err(StoreError::NotFound(Subject::Conversation))
    ));
    assert!(matches!(
        store.retry_turn("x", &TERMS),
        Err(StoreError::NotFound(Subject::Message))
    ));
    let (_, turn) = store.begin_conversation("go", &TERMS).unwrap();
    assert!(matches!(
        store.retry_turn(&turn.user.id, &TERMS),
        Err(StoreError::WrongRole(Role::Assistant))
    ));
    assert!(matches!(
        store.edit_turn(&turn.assistant.id, "x", &TERMS),
        Err(StoreError::WrongRole(Role::User))
    ));
}
