use std::time::{Duration, SystemTime};

use conversations::{Hit, SearchFilter, Store, TurnTerms};
use proptest::{prelude::*, test_runner::TestCaseError};

use crate::support::{complete, store, told};

fn find(store: &Store, query: &str) -> Vec<Hit> {
    store.search(query, &SearchFilter::default(), 50).unwrap()
}

fn snippets(store: &Store, query: &str) -> Vec<String> {
    find(store, query)
        .into_iter()
        .map(|hit| hit.snippet)
        .collect()
}

#[test]
fn beginnings_of_words_are_found_newest_first() {
    let (_dir, store) = store();
    told(&store, "A lighthouse keeper", "kept the lamp");
    told(&store, "two lighthouses", "of stone");
    assert_eq!(
        snippets(&store, "light"),
        ["two \u{2}lighthouses\u{3}", "A \u{2}lighthouse\u{3} keeper"]
    );
    assert_eq!(
        snippets(&store, "LIGHT keep"),
        ["A \u{2}lighthouse\u{3} \u{2}keeper\u{3}"]
    );
    assert!(find(&store, "house").is_empty());
    assert!(find(&store, "light absent").is_empty());
}

#[test]
fn a_beginning_is_found_whatever_its_length_and_however_many_words_begin_so() {
    let (_dir, store) = store();
    let many: Vec<String> = (0..300).map(|n| format!("series{n}")).collect();
    told(
        &store,
        &many.join(" "),
        "Könnte ich? KONNTE ich. co-operation",
    );
    told(&store, "s", "serial numbers se");
    for (query, hits) in [
        ("s", 3),
        ("se", 2),
        ("ser", 2),
        ("seri", 2),
        ("series", 1),
        ("series12", 1),
        ("series300", 0),
        ("seriess", 0),
        ("könn", 1),
        ("KONNT", 1),
        ("co-oper", 1),
        ("co-opp", 0),
        ("operation-co", 0),
        ("z", 0),
    ] {
        assert_eq!(find(&store, query).len(), hits, "{query}");
    }
    assert_eq!(
        snippets(&store, "könnt"),
        ["\u{2}Könnte\u{3} ich? \u{2}KONNTE\u{3} ich. co-operation"]
    );
}

#[test]
fn accents_do_not_matter_and_quotes_keep_words_together() {
    let (_dir, store) = store();
    told(&store, "Un café noir", "noir café");
    assert_eq!(find(&store, "cafe").len(), 2);
    assert_eq!(
        snippets(&store, r#""café noir""#),
        ["Un \u{2}café noir\u{3}"]
    );
}

#[test]
fn words_of_two_characters_are_found_in_scripts_without_spaces() {
    let (_dir, store) = store();
    told(&store, "我想去东京塔看夜景", "東京タワーは高い。");
    told(&store, "서울에서 만나요", "좋아요");
    for (query, expected) in [
        ("东京", "我想去\u{2}东京\u{3}塔看夜景"),
        ("夜景", "我想去东京塔看\u{2}夜景\u{3}"),
        ("东京塔看", "我想去\u{2}东京塔看\u{3}夜景"),
        ("タワー", "東京\u{2}タワー\u{3}は高い。"),
        ("高", "東京タワーは\u{2}高\u{3}い。"),
        ("景", "我想去东京塔看夜\u{2}景\u{3}"),
        ("울에", "서\u{2}울에\u{3}서 만나요"),
    ] {
        assert_eq!(snippets(&store, query), [expected], "{query}");
    }
    assert!(find(&store, "京东").is_empty());
    assert!(find(&store, "塔东京").is_empty());
}

#[test]
fn a_word_between_such_scripts_is_found_and_both_kinds_can_be_asked_for() {
    let (_dir, store) = store();
    told(&store, "使用Rust编写程序", "用Go编写");
    assert_eq!(snippets(&store, "rust"), ["使用\u{2}Rust\u{3}编写程序"]);
    assert_eq!(
        snippets(&store, "rust 编写"),
        ["使用\u{2}Rust\u{3}\u{2}编写\u{3}程序"]
    );
    assert_eq!(
        snippets(&store, "Rust编"),
        ["使用\u{2}Rust\u{3}\u{2}编\u{3}写程序"]
    );
    assert!(find(&store, "rust 程写").is_empty());
    assert_eq!(find(&store, "编写").len(), 2);
}

#[test]
fn a_search_can_be_narrowed() {
    let (_dir, store) = store();
    let (id, turn) = told(&store, "needle", "x");
    let other = TurnTerms {
        model_id: "large",
        account_key: "account-2",
        price_snapshot_json: None,
    };
    let (_, second) = store.begin_conversation("needle too", &other).unwrap();
    store.finish(&second.assistant.id, &complete()).unwrap();
    let only = |filter: SearchFilter| -> Vec<String> {
        let hits = store.search("needle", &filter, 50).unwrap();
        hits.into_iter().map(|hit| hit.message_id).collect()
    };
    let later = SystemTime::now() + Duration::from_secs(60);
    let by_account = SearchFilter {
        account_key: Some("account-2"),
        ..Default::default()
    };
    assert_eq!(only(by_account), [second.user.id.as_str()]);
    let by_model = SearchFilter {
        model_id: Some("small"),
        ..Default::default()
    };
    assert_eq!(only(by_model), [turn.user.id.as_str()]);
    let by_conversation = SearchFilter {
        conversation_id: Some(&id),
        ..Default::default()
    };
    assert_eq!(only(by_conversation), [turn.user.id.as_str()]);
    assert!(
        only(SearchFilter {
            since: Some(later),
            ..Default::default()
        })
        .is_empty()
    );
    assert_eq!(
        only(SearchFilter {
            until: Some(later),
            ..Default::default()
        })
        .len(),
        2
    );
    assert_eq!(
        store
            .search("needle", &SearchFilter::default(), 1)
            .unwrap()
            .len(),
        1
    );
}

#[test]
fn the_bin_is_not_searched_and_restoring_brings_words_back() {
    let (_dir, store) = store();
    let (id, _) = told(&store, "needle 針", "x");
    store.delete(&id).unwrap();
    assert!(find(&store, "needle").is_empty() && find(&store, "針").is_empty());
    store.restore(&id).unwrap();
    assert!(find(&store, "needle").len() == 1 && find(&store, "針").len() == 1);
}

#[test]
fn merging_the_index_comes_to_an_end_and_changes_no_search() {
    let (_dir, store) = store();
    for number in 0..40 {
        told(&store, &format!("a lantern {number}"), "灯台は岬にある");
    }
    let before = (find(&store, "lantern"), find(&store, "灯台"));
    assert!(store.merge_index().unwrap());
    let steps = (0..1_000).position(|_| !store.merge_index().unwrap());
    assert!(steps.is_some());
    assert!(before == (find(&store, "lantern"), find(&store, "灯台")));
    told(&store, "one more lantern", "and its keeper");
    assert_eq!(find(&store, "one lantern").len(), 1);
}

#[test]
fn the_index_becomes_one_part_and_again_when_it_has_grown_by_a_hundredth() {
    let (dir, store) = store();
    let parts = || -> i64 {
        rusqlite::Connection::open(dir.path().join("tuppence.db"))
            .unwrap()
            .query_row(
                "SELECT count(DISTINCT segid) FROM message_words_idx",
                [],
                |row| row.get(0),
            )
            .unwrap()
    };
    let merge = || {
        while store.merge_index().unwrap() {}
        store.setting("search.wholeAt").unwrap().unwrap()
    };
    for number in 0..101 {
        told(&store, &format!("lantern {number}"), "lit");
    }
    assert!(parts() > 1);
    assert_eq!(merge(), "202");
    assert_eq!(parts(), 1);
    // Two more messages are not a hundredth of 202, four are.
    told(&store, "one more lantern", "lit");
    assert_eq!(merge(), "202");
    told(&store, "and one", "lit");
    assert_eq!(merge(), "206");
    assert_eq!(parts(), 1);
    assert_eq!(find(&store, "lit").len(), 50);
}

/// Checklist 126.
#[test]
fn nothing_typed_is_syntax() {
    let (_dir, store) = store();
    told(
        &store,
        "say NEAR or OR, text: -it* (twice) \"quoted\"",
        "AND so",
    );
    for query in [
        "\"",
        "\"\"",
        "*",
        "^",
        "-",
        "(",
        ")",
        "NEAR(",
        "OR",
        "AND",
        "NOT",
        "a OR",
        "text:",
        "rank:x",
        "text : x",
        "{text} : x",
        "\" OR \"",
        "x\" OR message_words MATCH \"y",
        "'; DROP TABLE messages; --",
        "\0",
        "a\0b",
        "+ +",
        "say + near",
        "\u{200b}",
        "\u{2}",
        "é\u{301}",
        "👩‍👩‍👧",
        "東\"京",
        "\"東京",
        "🇯🇵京",
    ] {
        find(&store, query);
    }
    assert_eq!(find(&store, "OR").len(), 1);
    assert_eq!(find(&store, "NEAR(").len(), 1);
    assert_eq!(find(&store, "-it*").len(), 1);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn what_is_found_is_what_reading_everything_finds(
        texts in prop::collection::vec("[ab]{1,6}( [ab]{1,6}){0,5}", 1..12),
        queries in prop::collection::vec("[ab]{1,6}( [ab]{1,5})?", 1..20),
    ) {
        let (_dir, store) = store();
        for text in &texts {
            told(&store, text, "xx");
        }
        for query in &queries {
            let read: Vec<&String> = texts
                .iter()
                .rev()
                .filter(|text| {
                    let begins = |part: &str| text.split(' ').any(|word| word.starts_with(part));
                    query.split(' ').all(begins)
                })
                .collect();
            let found: Vec<String> = find(&store, query)
                .into_iter()
                .map(|hit| hit.snippet.replace(['\u{2}', '\u{3}'], ""))
                .collect();
            prop_assert_eq!(found.iter().collect::<Vec<_>>(), read, "{}", query);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    /// Checklist 126.
    #[test]
    fn no_query_fails(queries in prop::collection::vec("\\PC{0,24}|[\"*:()^+\\-{}東京AORN ]{0,12}", 1..40)) {
        let (_dir, store) = store();
        told(&store, "some words 東京都", "and more");
        for query in queries {
            store.search(&query, &SearchFilter::default(), 10)
                .map_err(|error| TestCaseError::fail(format!("{query:?}: {error:?}")))?;
        }
    }
}
