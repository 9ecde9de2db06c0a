use conversations::{Role, SearchFilter, StoreError};

use crate::support::{TERMS, complete, store, texts, told};

fn hits(store: &conversations::Store, words: &str) -> usize {
    store
        .search(words, &SearchFilter::default(), 10)
        .unwrap()
        .len()
}

#[test]
fn a_deleted_message_takes_what_followed_with_it_and_undo_brings_both_back() {
    let (_dir, store) = store();
    let (id, _) = told(&store, "first", "one");
    let second = store.begin_turn(&id, "second", &TERMS).unwrap();
    store.append(&second.assistant.id, "two", "").unwrap();
    store.finish(&second.assistant.id, &complete()).unwrap();

    store.delete_message(&second.user.id).unwrap();
    assert_eq!(texts(&store, &id), ["first", "one"]);
    assert_eq!((hits(&store, "second"), hits(&store, "two")), (0, 0));
    assert!(matches!(
        store.message(&second.assistant.id),
        Err(StoreError::NotFound(_))
    ));

    store.restore_message(&second.user.id).unwrap();
    assert_eq!(texts(&store, &id), ["first", "one", "second", "two"]);
    assert_eq!(hits(&store, "two"), 1);
    assert!(matches!(
        store.restore_message(&second.user.id),
        Err(StoreError::NotFound(_))
    ));
}

#[test]
fn a_sibling_takes_the_place_of_a_deleted_answer() {
    let (_dir, store) = store();
    let (id, turn) = told(&store, "words", "the first answer");
    let again = store.retry_turn(&turn.assistant.id, &TERMS).unwrap();
    store.append(&again.id, "the second", "").unwrap();
    assert!(matches!(
        store.delete_message(&again.id),
        Err(StoreError::TurnInProgress)
    ));
    store.finish(&again.id, &complete()).unwrap();

    store.delete_message(&again.id).unwrap();
    assert_eq!(texts(&store, &id), ["words", "the first answer"]);
    let left = store.message(&turn.assistant.id).unwrap();
    assert_eq!(left.sibling_ids, [turn.assistant.id]);
}

#[test]
fn the_first_words_of_a_conversation_can_go_and_it_goes_on() {
    let (_dir, store) = store();
    let (id, turn) = told(&store, "words", "answer");
    store.delete_message(&turn.user.id).unwrap();
    assert_eq!(texts(&store, &id), Vec::<String>::new());
    store.begin_turn(&id, "other words", &TERMS).unwrap();
    assert_eq!(texts(&store, &id)[0], "other words");
}

#[test]
fn emptying_the_bin_takes_deleted_messages_for_good_and_leaves_the_rest() {
    let (_dir, store) = store();
    let (id, turn) = told(&store, "words", "answer");
    let other = store.edit_turn(&turn.user.id, "edited", &TERMS).unwrap();
    store.finish(&other.assistant.id, &complete()).unwrap();
    store.delete_message(&turn.user.id).unwrap();
    let below = store.begin_turn(&id, "below", &TERMS).unwrap();
    store.finish(&below.assistant.id, &complete()).unwrap();
    store.delete_message(&below.assistant.id).unwrap();

    let emptied = store.empty_bin().unwrap();
    assert_eq!((emptied.conversations, emptied.messages), (0, 3));
    assert_eq!(texts(&store, &id), ["edited", "", "below"]);
    assert!(matches!(
        store.restore_message(&turn.user.id),
        Err(StoreError::NotFound(_))
    ));
}

#[test]
fn deleted_messages_are_listed_and_brought_back_the_outer_one_first() {
    let (_dir, store) = store();
    let (id, turn) = told(&store, "question", "answer");
    let second = store.begin_turn(&id, "another question", &TERMS).unwrap();
    store.finish(&second.assistant.id, &complete()).unwrap();
    store.delete_message(&second.user.id).unwrap();
    std::thread::sleep(std::time::Duration::from_millis(2));
    store.delete_message(&turn.assistant.id).unwrap();

    let listed = store.deleted_messages(Some(&id), 9).unwrap();
    assert_eq!(listed.len(), 1, "what lies below waits: {listed:?}");
    assert_eq!(listed, store.deleted_messages(None, 9).unwrap());
    assert_eq!(
        (listed[0].id.as_str(), listed[0].beginning.as_str()),
        (turn.assistant.id.as_str(), "answer")
    );
    assert_eq!((listed[0].messages, listed[0].role), (1, Role::Assistant));
    let refused = store.restore_message(&second.user.id);
    assert!(
        matches!(refused, Err(StoreError::NotFound(_))),
        "{refused:?}"
    );

    store.restore_message(&turn.assistant.id).unwrap();
    let listed = store.deleted_messages(Some(&id), 9).unwrap();
    assert_eq!(
        (listed[0].id.as_str(), listed[0].messages),
        (second.user.id.as_str(), 2)
    );
    store.restore_message(&second.user.id).unwrap();
    assert_eq!(store.deleted_messages(None, 9).unwrap(), []);
    assert_eq!(
        texts(&store, &id),
        ["question", "answer", "another question", ""]
    );

    store.delete_message(&second.user.id).unwrap();
    store.delete(&id).unwrap();
    assert_eq!(store.deleted_messages(None, 9).unwrap(), []);
    assert_eq!(store.deleted_messages(Some(&id), 9).unwrap().len(), 1);
    store.empty_bin().unwrap();
    assert_eq!(store.deleted_messages(Some(&id), 9).unwrap(), []);
}
