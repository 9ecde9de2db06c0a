use std::time::{Duration, SystemTime};

use conversations::{GroupBy, ReceiptFilter, Store, TurnTerms};
use money::{Amount, Cost, Label};

use crate::support::{TERMS, complete, costing, database, play, store, usd};

fn spend(store: &Store, account: &str, amount: Amount, label: Label) -> String {
    let terms = TurnTerms {
        account_key: account,
        ..TERMS
    };
    let (conversation, turn) = store.begin_conversation("buy", &terms).unwrap();
    store
        .finish(&turn.assistant.id, &costing(amount, label))
        .unwrap();
    conversation.id
}

#[test]
fn a_receipt_has_all_that_is_known_of_a_turn() {
    let (_dir, store) = store();
    let (conversation, turn) = store.begin_conversation("buy", &TERMS).unwrap();
    let finished = costing(usd(1_234), Label::Reported);
    let answer = store.finish(&turn.assistant.id, &finished).unwrap();
    let receipts = store.receipts(&ReceiptFilter::default()).unwrap();
    let [receipt] = receipts.as_slice() else {
        panic!("{receipts:?}")
    };
    assert_eq!(receipt.conversation_id, conversation.id);
    assert_eq!(receipt.message_id, answer.id);
    assert_eq!(
        (receipt.account_key.as_str(), receipt.model_id.as_str()),
        ("account-1", "small")
    );
    assert_eq!(receipt.outcome, "complete");
    assert_eq!(
        (receipt.usage, receipt.cost),
        (finished.usage, finished.cost)
    );
    assert_eq!(
        receipt.price_snapshot_json.as_deref(),
        TERMS.price_snapshot_json
    );
    assert_eq!(receipt.request_id.as_deref(), Some("req-1"));
    assert_eq!(receipt.invocation_id.as_deref(), Some("inv-1"));
    assert_eq!((answer.usage, answer.cost), (finished.usage, finished.cost));
}

/// Checklist 149.
#[test]
fn play_money_is_in_no_dollar_total() {
    let (_dir, store) = store();
    let dollars = spend(&store, "a", usd(70), Label::Reported);
    spend(&store, "a", usd(-20), Label::Computed);
    let toys = spend(&store, "b", play(1_000_000), Label::Estimate);
    let totals = store.totals(&ReceiptFilter::default()).unwrap();
    assert_eq!(
        totals.usd,
        Some(Cost {
            amount: usd(50),
            label: Label::Computed
        })
    );
    assert_eq!(
        totals.play,
        Some(Cost {
            amount: play(1_000_000),
            label: Label::Estimate
        })
    );
    assert_eq!((totals.answers, totals.unpriced), (3, 0));
    let of = |id: &str| store.conversation(id).unwrap().totals;
    assert_eq!(
        (of(&dollars).usd.unwrap().amount, of(&dollars).play),
        (usd(70), None)
    );
    assert_eq!(
        (of(&toys).usd, of(&toys).play.unwrap().amount),
        (None, play(1_000_000))
    );
}

#[test]
fn a_total_is_as_good_as_its_least_known_part() {
    let (_dir, store) = store();
    for label in [Label::Reported, Label::Estimate, Label::Computed] {
        spend(&store, "a", usd(1), label);
    }
    let totals = store.totals(&ReceiptFilter::default()).unwrap();
    assert_eq!(totals.usd.unwrap().label, Label::Estimate);
}

#[test]
fn an_unknown_cost_is_counted_and_not_taken_for_nothing() {
    let (_dir, store) = store();
    let (_, turn) = store.begin_conversation("buy", &TERMS).unwrap();
    store.finish(&turn.assistant.id, &complete()).unwrap();
    let totals = store.totals(&ReceiptFilter::default()).unwrap();
    assert_eq!((totals.usd, totals.answers, totals.unpriced), (None, 1, 1));
}

#[test]
fn totals_group_by_conversation_account_model_day_and_month() {
    let (_dir, store) = store();
    let first = spend(&store, "a", usd(1), Label::Reported);
    let second = spend(&store, "b", usd(2), Label::Reported);
    let by = |group| -> Vec<(String, i64)> {
        let groups = store.totals_by(group, &ReceiptFilter::default()).unwrap();
        groups
            .into_iter()
            .map(|(name, t)| (name, t.usd.unwrap().amount.micro()))
            .collect()
    };
    assert_eq!(
        by(GroupBy::Account),
        [("a".to_owned(), 1), ("b".to_owned(), 2)]
    );
    assert_eq!(by(GroupBy::Conversation), [(first, 1), (second.clone(), 2)]);
    assert_eq!(by(GroupBy::Model), [("small".to_owned(), 3)]);
    let days = by(GroupBy::Day);
    assert_eq!((days.len(), days[0].0.len()), (1, "2026-11-21".len()));
    let months = by(GroupBy::Month);
    assert_eq!(
        (months.len(), months[0].0.len(), months[0].1),
        (1, "2026-11".len(), 3)
    );

    let totals = |filter| store.totals(&filter).unwrap().answers;
    let later = SystemTime::now() + Duration::from_secs(60);
    assert_eq!(
        totals(ReceiptFilter {
            conversation_id: Some(&second),
            ..Default::default()
        }),
        1
    );
    assert_eq!(
        totals(ReceiptFilter {
            account_key: Some("a"),
            ..Default::default()
        }),
        1
    );
    assert_eq!(
        totals(ReceiptFilter {
            since: Some(later),
            ..Default::default()
        }),
        0
    );
    assert_eq!(
        totals(ReceiptFilter {
            until: Some(later),
            ..Default::default()
        }),
        2
    );
}

#[test]
fn receipts_outlive_their_conversation_and_cannot_be_changed() {
    let (dir, store) = store();
    let id = spend(&store, "a", usd(5), Label::Reported);
    store.delete(&id).unwrap();
    store.empty_bin().unwrap();
    assert_eq!(
        store
            .totals(&ReceiptFilter::default())
            .unwrap()
            .usd
            .unwrap()
            .amount,
        usd(5)
    );
    let raw = rusqlite::Connection::open(database(dir.path())).unwrap();
    for tampering in ["UPDATE receipts SET cost_micro = 0", "DELETE FROM receipts"] {
        let refused = raw.execute(tampering, []).unwrap_err();
        assert!(refused.to_string().contains("append-only"), "{refused}");
    }
}
