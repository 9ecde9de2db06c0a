use conversations::{Part, Ranking, SearchFilter, Store};

use crate::support::{TERMS, complete, store, told};

/// A conversation of so many turns, saying `question 0`, `answer 0`, `question 1`, …
fn long(store: &Store, turns: usize) -> String {
    let (id, _) = told(store, "question 0", "answer 0");
    for turn in 1..turns {
        let begun = store
            .begin_turn(&id, &format!("question {turn}"), &TERMS)
            .unwrap();
        store
            .append(&begun.assistant.id, &format!("answer {turn}"), "")
            .unwrap();
        store.finish(&begun.assistant.id, &complete()).unwrap();
    }
    id
}

#[test]
fn every_part_of_a_branch_is_what_the_whole_branch_has_there() {
    let (_dir, store) = store();
    let id = long(&store, 20);
    let branch = store.branch(&id).unwrap();
    for (part, count, first) in [
        (Part::End, 7, 33),
        (Part::End, 100, 0),
        (Part::From(10), 5, 10),
        (Part::From(38), 5, 38),
        (Part::From(90), 5, 40),
        (Part::Around(&branch[20].id), 10, 15),
        (Part::Around(&branch[1].id), 10, 0),
        (Part::Around(&branch[39].id), 10, 30),
    ] {
        let window = store.window(&id, part, count).unwrap();
        assert_eq!((window.first, window.total), (first, 40), "{part:?}");
        let end = (first + count).min(40);
        assert_eq!(window.messages, branch[first..end], "{part:?}");
    }
}

#[test]
fn a_message_of_another_branch_leads_to_the_end() {
    let (_dir, store) = store();
    let (id, turn) = told(&store, "words", "answer");
    let again = store.retry_turn(&turn.assistant.id, &TERMS).unwrap();
    let window = store
        .window(&id, Part::Around(&turn.assistant.id), 10)
        .unwrap();
    assert_eq!(window.messages[1].id, again.id);
    assert_eq!(window.messages[1].sibling_ids.len(), 2);
}

#[test]
fn words_are_found_in_the_shown_branch_alone_whatever_their_case() {
    let (_dir, store) = store();
    let id = long(&store, 6);
    let found = store.find(&id, "ANSWER 3").unwrap();
    assert_eq!(found.iter().map(|f| f.index).collect::<Vec<_>>(), [7]);
    assert_eq!(store.find(&id, "question").unwrap().len(), 6);
    assert_eq!(store.find(&id, "  ").unwrap(), []);
    let answer = store.branch(&id).unwrap()[7].id.clone();
    let again = store.retry_turn(&answer, &TERMS).unwrap();
    store.finish(&again.id, &complete()).unwrap();
    assert_eq!(store.find(&id, "answer 3").unwrap(), []);
}

#[test]
fn the_best_of_the_recent_hits_can_come_first() {
    let (_dir, store) = store();
    let (_, turn) = told(
        &store,
        "sky sky sky",
        "The blue sky. A blue sky, the blue sky!",
    );
    told(
        &store,
        "other",
        &format!("sky and blue {}", "filler ".repeat(200)),
    );
    let filter = SearchFilter {
        ranking: Ranking::BestOfRecent,
        ..SearchFilter::default()
    };
    let best = store.search("blue sky", &filter, 5).unwrap();
    assert_eq!(best[0].message_id, turn.assistant.id);
    assert!(best[0].snippet.contains('\u{2}'));
    let newest = store
        .search("blue sky", &SearchFilter::default(), 5)
        .unwrap();
    assert_eq!(newest[1].message_id, turn.assistant.id);
}

#[test]
fn a_conversation_lies_in_one_folder_or_none() {
    let (_dir, store) = store();
    let (id, _) = told(&store, "words", "answer");
    let folder = |store: &Store| store.conversation(&id).unwrap().folder;
    store.set_folder(&id, Some(" Recipes ")).unwrap();
    assert_eq!(folder(&store).as_deref(), Some("Recipes"));
    store.set_folder(&id, Some("  ")).unwrap();
    assert_eq!(folder(&store), None);
}
