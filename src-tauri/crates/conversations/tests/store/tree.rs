use std::collections::BTreeMap;

use conversations::{Message, Store};
use proptest::prelude::*;

use crate::support::{TERMS, assert_sound, complete, store, texts, told};

#[test]
fn a_retry_is_a_sibling_and_both_can_be_shown() {
    let (_dir, store) = store();
    let (id, turn) = told(&store, "one", "first");
    let retry = store.retry_turn(&turn.assistant.id, &TERMS).unwrap();
    store.append(&retry.id, "second", "").unwrap();
    let retry = store.finish(&retry.id, &complete()).unwrap();
    assert_eq!(
        retry.sibling_ids,
        [turn.assistant.id.clone(), retry.id.clone()]
    );
    assert_eq!(texts(&store, &id), ["one", "second"]);
    let back = store.choose_branch(&turn.assistant.id).unwrap();
    assert_eq!(back.last().unwrap().text, "first");
}

#[test]
fn an_edit_keeps_the_old_branch_and_where_one_was_in_it() {
    let (_dir, store) = store();
    let (id, first) = told(&store, "one", "1");
    let second = store.begin_turn(&id, "two", &TERMS).unwrap();
    store.finish(&second.assistant.id, &complete()).unwrap();
    let edited = store.edit_turn(&first.user.id, "uno", &TERMS).unwrap();
    store.finish(&edited.assistant.id, &complete()).unwrap();
    assert_eq!(texts(&store, &id), ["uno", ""]);
    store.choose_branch(&first.user.id).unwrap();
    assert_eq!(texts(&store, &id), ["one", "1", "two", ""]);
}

/// What a person can do to a tree; numbers pick among the messages there are.
#[derive(Clone, Debug)]
enum Step {
    Turn,
    Edit(usize),
    Retry(usize),
    Choose(usize),
    BinAndBack,
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let step = prop_oneof![
        3 => Just(Step::Turn),
        2 => any::<usize>().prop_map(Step::Edit),
        2 => any::<usize>().prop_map(Step::Retry),
        3 => any::<usize>().prop_map(Step::Choose),
        1 => Just(Step::BinAndBack),
    ];
    prop::collection::vec(step, 1..25)
}

/// The tree as it should be: children by parent, and the shown child of each.
#[derive(Default)]
struct Model {
    children: BTreeMap<Option<String>, Vec<String>>,
    shown: BTreeMap<Option<String>, String>,
    parents: BTreeMap<String, Option<String>>,
    users: Vec<String>,
    assistants: Vec<String>,
}

impl Model {
    fn add(&mut self, message: &Message) {
        let parent = message.parent_id.clone();
        self.children
            .entry(parent.clone())
            .or_default()
            .push(message.id.clone());
        self.parents.insert(message.id.clone(), parent);
        self.show(&message.id);
    }

    fn show(&mut self, id: &str) {
        let mut next = Some(id.to_owned());
        while let Some(id) = next {
            let parent = self.parents[&id].clone();
            self.shown.insert(parent.clone(), id);
            next = parent;
        }
    }

    fn branch(&self) -> Vec<String> {
        let mut branch = Vec::new();
        let mut at = None;
        while let Some(id) = self.shown.get(&at) {
            branch.push(id.clone());
            at = Some(id.clone());
        }
        branch
    }

    fn turn(&mut self, store: &Store, turn: &conversations::Turn) {
        self.add(&turn.user);
        self.add(&turn.assistant);
        self.users.push(turn.user.id.clone());
        self.answer(store, &turn.assistant);
    }

    fn answer(&mut self, store: &Store, answer: &Message) {
        store.append(&answer.id, "text", "").unwrap();
        store.finish(&answer.id, &complete()).unwrap();
        self.assistants.push(answer.id.clone());
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn the_tree_and_its_shown_branch_are_as_the_steps_made_them(steps in steps()) {
        let (dir, store) = store();
        let mut model = Model::default();
        let (conversation, turn) = store.begin_conversation("begin", &TERMS).unwrap();
        model.turn(&store, &turn);
        for step in steps {
            match step {
                Step::Turn => {
                    let turn = store.begin_turn(&conversation.id, "turn", &TERMS).unwrap();
                    let leaf = model.branch().pop();
                    prop_assert_eq!(&turn.user.parent_id, &leaf);
                    model.turn(&store, &turn);
                }
                Step::Edit(number) => {
                    let id = model.users[number % model.users.len()].clone();
                    let turn = store.edit_turn(&id, "edit", &TERMS).unwrap();
                    model.turn(&store, &turn);
                }
                Step::Retry(number) => {
                    let id = model.assistants[number % model.assistants.len()].clone();
                    let answer = store.retry_turn(&id, &TERMS).unwrap();
                    model.add(&answer);
                    model.answer(&store, &answer);
                }
                Step::Choose(number) => {
                    let all: Vec<_> = model.parents.keys().cloned().collect();
                    let id = &all[number % all.len()];
                    store.choose_branch(id).unwrap();
                    model.show(id);
                }
                Step::BinAndBack => {
                    store.delete(&conversation.id).unwrap();
                    store.restore(&conversation.id).unwrap();
                    store.empty_bin().unwrap();
                }
            }
            let branch = store.branch(&conversation.id).unwrap();
            let ids: Vec<_> = branch.iter().map(|message| message.id.clone()).collect();
            prop_assert_eq!(ids, model.branch());
            for message in &branch {
                prop_assert_eq!(&message.sibling_ids, &model.children[&message.parent_id]);
                prop_assert_eq!(message, &store.message(&message.id).unwrap());
            }
        }
        drop(store);
        assert_sound(dir.path());
    }
}
