//! A conversation that outgrows the model: what is refused, what is offered, and what each choice sends.

use std::time::Duration;

use money::Amount;
use sandbox_provider::{SandboxConfig, Scenario};
use tuppence_core::{
    AccountId, Asked, ContextRule, Ending, FailureKind, GroupBy, LimitName, LimitSet, Limits,
    Status, Summarised, TurnRequest,
};

use crate::world::{World, ended};

/// Tokens that a model takes here; eight of [`WORDS`] are more.
const WINDOW: u64 = 2_048;

/// About 300 tokens, and an answer that says some of them back.
const WORDS: &str = "one two three four five six seven eight nine ten ";

#[tokio::test(flavor = "multi_thread")]
async fn what_no_longer_fits_fails_at_the_provider_once_and_is_refused_here_from_then_on() {
    let (world, id, conversation) = outgrown().await;
    let chats = world.control().counters().chats;
    let asked = asked(&conversation, "And now?");
    let plan = world.core.context_plan(&id, "penny-small", asked.clone());
    let plan = plan.await.unwrap();
    assert_eq!((plan.rule, plan.fits), (ContextRule::Whole, false));
    assert_eq!(plan.window, Some(WINDOW), "the refusal said it");
    let recent = plan.recent.unwrap();
    assert!(recent.messages < plan.whole.messages);
    assert!(recent.tokens < WINDOW);
    assert!(recent.cost.unwrap().low.micro() > 0);

    world
        .core
        .save_draft(Some(&conversation), "And now?")
        .await
        .unwrap();
    let refused = world
        .core
        .send(crate::world::request(&conversation, &id, "And now?"));
    let refused = refused.await.unwrap_err();
    assert_eq!(refused.kind, FailureKind::ConversationTooLong);
    assert_eq!(world.control().counters().chats, chats, "nothing left");
    let draft = world.core.draft(Some(&conversation)).await.unwrap();
    assert_eq!(draft, "And now?", "and no word is lost");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_oldest_are_left_out_once_that_was_chosen_and_it_stays_so() {
    let (world, id, conversation) = outgrown().await;
    let rule = ContextRule::Recent;
    world
        .core
        .choose_context(&conversation, rule)
        .await
        .unwrap();
    let plan = world
        .core
        .context_plan(&id, "penny-small", asked(&conversation, "And now?"))
        .await
        .unwrap();
    let answer = ended(world.send_in(Some(&conversation), &id, "And now?").await).await;
    assert!(matches!(
        answer.message.status,
        Status::Ended(Ending::Complete { .. })
    ));
    let heard = world.control().heard();
    assert_eq!(heard.len(), plan.sent.messages);
    assert_eq!(
        heard.first().unwrap().0,
        "user",
        "it begins with the person"
    );
    assert_eq!(heard.last().unwrap().1, "And now?");
    let world = world.restarted().await;
    let id = world.signed_in().await;
    let answer = ended(world.send_in(Some(&conversation), &id, "And on?").await).await;
    assert!(matches!(
        answer.message.status,
        Status::Ended(Ending::Complete { .. })
    ));
    // Everything that was said is still there.
    let open = world.core.conversation(&conversation).await.unwrap();
    assert_eq!(
        open.page.messages.first().unwrap().message.text.trim(),
        words().trim()
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_summary_is_paid_for_like_an_answer_and_sent_in_place_of_the_beginning() {
    let (world, id, conversation) = outgrown().await;
    let asked = asked(&conversation, "And now?");
    let plan = world.core.context_plan(&id, "penny-small", asked.clone());
    let summary = plan.await.unwrap().summary.expect("it can be summarised");
    let range = summary.cost.unwrap();
    let before = spent(&world, &conversation).await;
    world
        .core
        .summarise(asked.clone(), turn(&id))
        .await
        .unwrap();
    let took = spent(&world, &conversation).await - before;
    assert!(
        took > 0 && took <= range.high.micro(),
        "{took} of {range:?}"
    );
    let by = world.core.spending(GroupBy::Purpose, None).await.unwrap();
    let (_, sums) = by
        .groups
        .iter()
        .find(|(name, _)| name == "summary")
        .unwrap();
    assert!(matches!(sums.play.unwrap().amount, Amount::Play(it) if it.0 == took));

    let plan = world
        .core
        .context_plan(&id, "penny-small", asked)
        .await
        .unwrap();
    assert_eq!((plan.rule, plan.fits), (ContextRule::Summary, true));
    ended(world.send_in(Some(&conversation), &id, "And now?").await).await;
    let heard = world.control().heard();
    assert_eq!(heard.len(), plan.sent.messages + 1);
    let (role, said) = &heard[0];
    assert_eq!(role, "system");
    assert!(
        said.starts_with("What was said in this conversation before"),
        "{said}"
    );
    let found = world.core.conversation(&conversation).await.unwrap();
    let texts = found.page.messages.iter().map(|one| &one.message.text);
    assert!(
        texts
            .into_iter()
            .all(|text| !text.contains("What was said in this"))
    );
}

/// Stopping ends the request at once; nothing else is asked and nothing is chosen.
#[tokio::test(flavor = "multi_thread")]
async fn a_summary_can_be_stopped_while_it_is_written() {
    let (world, id, conversation) = outgrown().await;
    world.control().set_scenario(&[Scenario::StreamStall]);
    let before = world.control().counters().chats;
    let (core, asked) = (world.core.clone(), asked(&conversation, "And now?"));
    let (wanted, turn) = (asked.clone(), turn(&id));
    let writing = tokio::spawn(async move { core.summarise(wanted, turn).await });
    let arrived = async {
        while world.control().counters().chats == before {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(20), arrived)
        .await
        .unwrap();
    world.core.stop_summary(&conversation);
    let ended = tokio::time::timeout(Duration::from_secs(20), writing);
    assert_eq!(ended.await.unwrap().unwrap().unwrap(), Summarised::Stopped);
    assert_eq!(world.control().counters().chats, before + 1);
    let plan = world.core.context_plan(&id, "penny-small", asked);
    assert_eq!(plan.await.unwrap().rule, ContextRule::Whole);
}

/// Checklist 146: nothing that costs goes past the limits.
#[tokio::test(flavor = "multi_thread")]
async fn a_summary_that_a_limit_leaves_no_room_for_is_not_made() {
    let (world, id, conversation) = outgrown().await;
    let spent_by_now = spent(&world, &conversation).await;
    let limits = Limits {
        play: LimitSet {
            conversation: Some(spent_by_now + 1),
            ..LimitSet::default()
        },
        ..Limits::default()
    };
    world.core.set_limits(limits, None).await.unwrap();
    let chats = world.control().counters().chats;
    let refused = world
        .core
        .summarise(asked(&conversation, "And now?"), turn(&id));
    let refused = refused.await.unwrap_err();
    assert_eq!(refused.kind, FailureKind::LimitReached);
    assert_eq!(refused.limit.unwrap().limit, LimitName::Conversation);
    assert_eq!(world.control().counters().chats, chats);
    assert_eq!(spent(&world, &conversation).await, spent_by_now);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_title_by_the_model_comes_only_if_it_is_wanted_and_is_on_the_ledger() {
    let world = World::new().await;
    let id = world.signed_in().await;
    world.ask(&id, "Why is the sky blue?").await;
    assert_eq!(world.control().counters().chats, 1);
    let mut preferences = world.core.preferences();
    preferences.titles_by_model = true;
    world.core.set_preferences(preferences).await.unwrap();
    let started = world.send(&id, "What is a ha'penny worth?").await;
    let conversation = started.conversation.id.clone();
    let local = started.conversation.title.clone();
    ended(started).await;
    let named = async {
        loop {
            let row = world.core.conversation_row(&conversation).await.unwrap();
            if row.title != local {
                return row;
            }
            tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        }
    };
    let row = tokio::time::timeout(std::time::Duration::from_secs(30), named)
        .await
        .unwrap();
    assert!(!row.title.contains('\n') && row.title.chars().count() <= 80);
    let by = world.core.spending(GroupBy::Purpose, None).await.unwrap();
    let names: Vec<&str> = by.groups.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["answer", "title"]);
    assert_eq!(row.totals.answers, 2, "the conversation's cost has it");
    // A second answer, or a name of the person's own, is left alone.
    world
        .core
        .rename_conversation(&conversation, "Mine")
        .await
        .unwrap();
    ended(
        world
            .send_in(Some(&conversation), &id, "And a farthing?")
            .await,
    )
    .await;
    assert_eq!(world.control().counters().chats, 4);
    let row = world.core.conversation_row(&conversation).await.unwrap();
    assert_eq!(row.title, "Mine");
}

/// A conversation of which the last answer was refused as too long by a provider that lists no length.
async fn outgrown() -> (World, AccountId, String) {
    let world = World::with(SandboxConfig {
        context_length: WINDOW,
        ..SandboxConfig::default()
    })
    .await;
    let id = world.signed_in().await;
    let started = world.send(&id, &words()).await;
    let conversation = started.conversation.id.clone();
    let mut answer = ended(started).await;
    for _ in 0..12 {
        if let Some(failure) = &answer.failure {
            assert_eq!(failure.kind, FailureKind::ConversationTooLong, "{failure}");
            let last = answer.message.parent_id.clone().unwrap();
            world.core.delete_message(&last).await.unwrap();
            return (world, id, conversation);
        }
        answer = ended(world.send_in(Some(&conversation), &id, &words()).await).await;
    }
    panic!("it never grew too long");
}

fn words() -> String {
    WORDS.repeat(24)
}

fn asked(conversation: &str, text: &str) -> Asked {
    Asked {
        conversation_id: Some(conversation.to_owned()),
        text: text.to_owned(),
        ..Asked::default()
    }
}

fn turn(account: &AccountId) -> TurnRequest {
    TurnRequest {
        model_id: "penny-small".to_owned(),
        account: account.clone(),
    }
}

async fn spent(world: &World, conversation: &str) -> i64 {
    let row = world.core.conversation_row(conversation).await.unwrap();
    row.totals.play.map_or(0, |cost| cost.amount.micro())
}
