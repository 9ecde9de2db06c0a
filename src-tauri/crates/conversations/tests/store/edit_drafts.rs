use conversations::{EditDraft, Store, StoreError};

use crate::support::{TERMS, store, told};

fn kept(store: &Store, id: &str) -> Option<(String, String)> {
    let draft: Option<EditDraft> = store.edit_draft(id).unwrap();
    draft.map(|draft| (draft.message_id, draft.text))
}

#[test]
fn words_in_the_place_of_a_message_are_kept_until_they_are_sent_or_given_up() {
    let (dir, store) = store();
    let (id, turn) = told(&store, "one", "first");
    assert_eq!(kept(&store, &id), None);
    store.set_edit_draft(&turn.user.id, Some("on")).unwrap();
    store.set_edit_draft(&turn.user.id, Some("other")).unwrap();
    drop(store);

    let store = Store::open(dir.path()).unwrap().store;
    assert_eq!(
        kept(&store, &id),
        Some((turn.user.id.clone(), "other".to_owned()))
    );
    store.set_edit_draft(&turn.user.id, None).unwrap();
    assert_eq!(kept(&store, &id), None);
    store
        .set_edit_draft(&turn.user.id, Some("another"))
        .unwrap();
    store.edit_turn(&turn.user.id, "another", &TERMS).unwrap();
    assert_eq!(kept(&store, &id), None);
}

#[test]
fn they_go_with_their_message_and_stand_in_one_place_of_a_conversation_at_a_time() {
    let (_dir, store) = store();
    let (id, turn) = told(&store, "one", "first");
    let second = store.begin_turn(&id, "two", &TERMS).unwrap();
    store.set_edit_draft(&turn.user.id, Some("uno")).unwrap();
    store.set_edit_draft(&second.user.id, Some("due")).unwrap();
    assert_eq!(kept(&store, &id), Some((second.user.id, "due".to_owned())));
    store.set_edit_draft(&turn.user.id, Some("uno")).unwrap();
    assert!(matches!(
        store.set_edit_draft("nobody", Some("x")),
        Err(StoreError::NotFound(_))
    ));
}
