use std::{thread, time::Duration};

use conversations::{Shelf, Store};

use crate::support::{store, told};

/// Conversations named in the order of their making, each a moment after the one before.
fn filled(store: &Store, count: usize) -> Vec<String> {
    let make = |number| {
        thread::sleep(Duration::from_millis(2));
        let (id, _) = told(store, &format!("number {number}"), "answer");
        id
    };
    (0..count).map(make).collect()
}

fn paged(store: &Store, shelf: Shelf, count: u32) -> Vec<String> {
    let (mut ids, mut after) = (Vec::new(), None);
    loop {
        let page = store.list_page(shelf, after.as_ref(), count).unwrap();
        assert!(page.conversations.len() <= count as usize);
        ids.extend(page.conversations.into_iter().map(|row| row.id));
        after = page.next;
        if after.is_none() {
            return ids;
        }
    }
}

#[test]
fn pages_of_any_length_are_the_whole_list_pinned_first_then_folders_then_the_latest() {
    let (_dir, store) = store();
    let ids = filled(&store, 12);
    store.set_pinned(&ids[1], true).unwrap();
    store.set_pinned(&ids[4], true).unwrap();
    store
        .set_folder(&ids[4], Some("Pinned all the same"))
        .unwrap();
    for (id, folder) in [(2, "recipes"), (7, "Recipes"), (5, "Garden")] {
        store.set_folder(&ids[id], Some(folder)).unwrap();
    }
    store.set_archived(&ids[3], true).unwrap();
    store.delete(&ids[8]).unwrap();
    let expected = [4, 1, 5, 7, 2, 11, 10, 9, 6, 0].map(|n: usize| ids[n].clone());
    for count in [1, 2, 3, 7, 10, 500] {
        assert_eq!(paged(&store, Shelf::Current, count), expected, "{count}");
    }
    assert_eq!(store.list_page(Shelf::Current, None, 3).unwrap().total, 10);
    assert_eq!(paged(&store, Shelf::Archive, 1), [ids[3].clone()]);
    assert_eq!(paged(&store, Shelf::Bin, 1), [ids[8].clone()]);
}

#[test]
fn the_archive_and_the_bin_have_the_latest_first_pinned_or_not() {
    let (_dir, store) = store();
    let ids = filled(&store, 3);
    store.set_pinned(&ids[0], true).unwrap();
    store.set_folder(&ids[1], Some("A")).unwrap();
    for id in &ids {
        store.set_archived(id, true).unwrap();
    }
    let latest: Vec<_> = ids.iter().rev().cloned().collect();
    assert_eq!(paged(&store, Shelf::Archive, 2), latest);
    for id in &ids {
        store.delete(id).unwrap();
    }
    assert_eq!(paged(&store, Shelf::Bin, 2), latest);
}

#[test]
fn what_comes_or_goes_between_two_pages_neither_repeats_nor_skips_another() {
    let (_dir, store) = store();
    let ids = filled(&store, 6);
    let first = store.list_page(Shelf::Current, None, 3).unwrap();
    filled(&store, 2);
    store.delete(&ids[4]).unwrap();
    store.set_pinned(&ids[3], true).unwrap();
    let rest = store
        .list_page(Shelf::Current, first.next.as_ref(), 9)
        .unwrap();
    let rest: Vec<_> = rest.conversations.into_iter().map(|row| row.id).collect();
    assert_eq!(rest, [ids[2].clone(), ids[1].clone(), ids[0].clone()]);
}

#[test]
fn a_page_has_what_each_of_its_conversations_cost() {
    let (_dir, store) = store();
    let ids = filled(&store, 2);
    let page = store.list_page(Shelf::Current, None, 9).unwrap();
    for row in &page.conversations {
        assert_eq!(*row, store.conversation(&row.id).unwrap());
        assert_eq!(row.totals.answers, 1);
    }
    let titles = store.titles([ids[0].as_str(), "gone"]).unwrap();
    assert_eq!(titles.len(), 1);
    assert_eq!(titles[&ids[0]], "number 0");
}

#[test]
fn folders_and_models_are_named_once() {
    let (_dir, store) = store();
    let ids = filled(&store, 3);
    store.set_folder(&ids[0], Some("Recipes")).unwrap();
    store.set_folder(&ids[1], Some("Recipes")).unwrap();
    store.set_archived(&ids[1], true).unwrap();
    store.set_folder(&ids[2], Some("Thrown away")).unwrap();
    store.delete(&ids[2]).unwrap();
    let names = store.list_names().unwrap();
    assert_eq!(names.folders, ["Recipes"]);
    assert_eq!(names.model_ids, ["small"]);
}
