use conversations::{ConversationFilter, NewConversation, Shelf, StoreError, TurnTerms};

use crate::support::{TERMS, complete, open, store, texts, told};

#[test]
fn turns_follow_each_other() {
    let (_dir, store) = store();
    let (id, first) = told(&store, "one", "1");
    let second = store.begin_turn(&id, "two", &TERMS).unwrap();
    assert_eq!(
        second.user.parent_id.as_deref(),
        Some(first.assistant.id.as_str())
    );
    assert_eq!(
        second.assistant.parent_id.as_deref(),
        Some(second.user.id.as_str())
    );
    assert_eq!(texts(&store, &id), ["one", "1", "two", ""]);
}

#[test]
fn a_second_send_waits_for_the_answer() {
    let (_dir, store) = store();
    let (conversation, turn) = store.begin_conversation("one", &TERMS).unwrap();
    store.set_draft(Some(&conversation.id), "two").unwrap();
    let refused = store.begin_turn(&conversation.id, "two", &TERMS);
    assert!(matches!(refused, Err(StoreError::TurnInProgress)));
    assert_eq!(store.draft(Some(&conversation.id)).unwrap(), "two");
    let refused = store.retry_turn(&turn.assistant.id, &TERMS);
    assert!(matches!(refused, Err(StoreError::TurnInProgress)));
    store.finish(&turn.assistant.id, &complete()).unwrap();
    store.begin_turn(&conversation.id, "two", &TERMS).unwrap();
}

/// Checklist 64.
#[test]
fn drafts_are_kept_until_they_are_sent() {
    let (dir, store) = store();
    let (id, _) = told(&store, "one", "1");
    store.set_draft(Some(&id), "half a th").unwrap();
    store.set_draft(None, "something new").unwrap();
    store.set_draft(None, "something else").unwrap();
    drop(store);
    let store = open(dir.path());
    assert_eq!(store.draft(Some(&id)).unwrap(), "half a th");
    assert_eq!(store.draft(None).unwrap(), "something else");
    store.begin_turn(&id, "half a thought", &TERMS).unwrap();
    assert_eq!(store.draft(Some(&id)).unwrap(), "");
    assert_eq!(store.draft(None).unwrap(), "something else");
    store.begin_conversation("something else", &TERMS).unwrap();
    assert_eq!(store.draft(None).unwrap(), "");
}

#[test]
fn a_conversation_takes_its_title_from_its_first_words_and_keeps_a_given_one() {
    let (_dir, store) = store();
    let (conversation, _) = store
        .begin_conversation("Why is it so?\nMore.", &TERMS)
        .unwrap();
    assert_eq!(conversation.title, "Why is it so?");
    let given = store
        .create_conversation(&NewConversation {
            title: Some("Mine"),
            ..Default::default()
        })
        .unwrap();
    store.begin_turn(&given.id, "words", &TERMS).unwrap();
    assert_eq!(store.conversation(&given.id).unwrap().title, "Mine");
    store.rename(&given.id, "Ours").unwrap();
    assert_eq!(store.conversation(&given.id).unwrap().title, "Ours");
}

#[test]
fn a_conversation_goes_on_with_the_model_and_account_of_its_last_turn() {
    let (_dir, store) = store();
    let (id, _) = told(&store, "one", "1");
    let other = TurnTerms {
        model_id: "large",
        account_key: "account-2",
        price_snapshot_json: None,
    };
    let turn = store.begin_turn(&id, "two", &other).unwrap();
    assert_eq!(turn.assistant.model_id.as_deref(), Some("large"));
    let summary = store.conversation(&id).unwrap();
    assert_eq!(summary.model_id.as_deref(), Some("large"));
    assert_eq!(summary.account_key.as_deref(), Some("account-2"));
    store.set_model(&id, "tiny").unwrap();
    store.set_account(&id, "account-3").unwrap();
    let summary = store.conversation(&id).unwrap();
    assert_eq!(summary.model_id.as_deref(), Some("tiny"));
    assert_eq!(summary.account_key.as_deref(), Some("account-3"));
}

#[test]
fn the_list_has_pinned_conversations_first_then_the_latest() {
    let (_dir, store) = store();
    let ids: Vec<_> = ["a", "b", "c", "d"]
        .map(|word| told(&store, word, "x").0)
        .into();
    store.set_pinned(&ids[0], true).unwrap();
    store.set_archived(&ids[1], true).unwrap();
    store.delete(&ids[2]).unwrap();
    let titles = |filter: &ConversationFilter| -> Vec<String> {
        let list = store.conversations(filter).unwrap();
        list.into_iter().map(|one| one.title).collect()
    };
    let on = |shelf| ConversationFilter {
        shelf,
        ..Default::default()
    };
    assert_eq!(titles(&on(Shelf::Current)), ["a", "d"]);
    assert_eq!(titles(&on(Shelf::Archive)), ["b"]);
    assert_eq!(titles(&on(Shelf::Bin)), ["c"]);
    let limited = ConversationFilter {
        limit: Some(1),
        ..Default::default()
    };
    assert_eq!(titles(&limited), ["a"]);
    let nobodys = ConversationFilter {
        account_key: Some("nobody"),
        ..Default::default()
    };
    assert!(titles(&nobodys).is_empty());
}

#[test]
fn settings_are_json_by_key() {
    let (dir, store) = store();
    assert_eq!(store.setting("theme").unwrap(), None);
    store.set_setting("theme", r#""dark""#).unwrap();
    store.set_setting("theme", r#""light""#).unwrap();
    assert!(matches!(
        store.set_setting("theme", "{"),
        Err(StoreError::Database(_))
    ));
    drop(store);
    let store = open(dir.path());
    assert_eq!(
        store.setting("theme").unwrap().as_deref(),
        Some(r#""light""#)
    );
    store.remove_setting("theme").unwrap();
    assert_eq!(store.setting("theme").unwrap(), None);
}
