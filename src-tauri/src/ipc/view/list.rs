//! The lists of conversations.

use tuppence_core as core;

use super::conversation;
use crate::ipc::contract::*;

pub(in crate::ipc) fn shelf(shelf: ShelfName) -> core::Shelf {
    match shelf {
        ShelfName::Current => core::Shelf::Current,
        ShelfName::Archive => core::Shelf::Archive,
        ShelfName::Bin => core::Shelf::Bin,
    }
}

pub(in crate::ipc) fn list_page(page: core::ListPage) -> ListPageView {
    ListPageView {
        conversations: page.conversations.into_iter().map(conversation).collect(),
        next: page.next.map(|place| {
            let (section, section_name, recency, id) = place.into_parts();
            ListPlaceView {
                section,
                section_name,
                recency,
                id,
            }
        }),
        total: page.total,
    }
}

pub(in crate::ipc) fn list_place(place: ListPlaceView) -> core::ListPlace {
    core::ListPlace::from_parts(place.section, place.section_name, place.recency, place.id)
}

pub(in crate::ipc) fn list_names(names: core::ListNames) -> ListNamesView {
    ListNamesView {
        folders: names.folders,
        model_ids: names.model_ids,
    }
}
