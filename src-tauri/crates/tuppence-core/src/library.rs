//! The list of conversations, the archive and the bin.

use conversations::{ConversationFilter, Emptied, ListNames, ListPage, ListPlace, Shelf};

use crate::event::CoreEvent;
use crate::failure::Failure;
use crate::{ConversationRow, Tuppence};

impl Tuppence {
    /// The conversation list, pinned ones first, then the latest.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn conversations(&self) -> Result<Vec<ConversationRow>, Failure> {
        self.shelf(Shelf::Current).await
    }

    /// The conversations of the list, the archive or the bin.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn shelf(&self, shelf: Shelf) -> Result<Vec<ConversationRow>, Failure> {
        self.with_store(move |store| {
            store.conversations(&ConversationFilter {
                shelf,
                ..ConversationFilter::default()
            })
        })
        .await
    }

    /// The first `count` conversations of a shelf, or those behind a place: pinned ones, then folders by name, then
    /// the latest. What it costs does not depend on how many there are.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn list_page(
        &self,
        shelf: Shelf,
        after: Option<ListPlace>,
        count: u32,
    ) -> Result<ListPage, Failure> {
        self.with_store(move |store| store.list_page(shelf, after.as_ref(), count))
            .await
    }

    /// The names of folders and models that conversations of the list and the archive have.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn list_names(&self) -> Result<ListNames, Failure> {
        self.with_store(conversations::Store::list_names).await
    }

    /// Keeps a conversation on top of the list, or no longer.
    ///
    /// # Errors
    /// [`NotFound`](crate::FailureKind::NotFound) and those of a write.
    pub async fn pin_conversation(&self, id: &str, pinned: bool) -> Result<(), Failure> {
        self.change(id, move |store, id| store.set_pinned(id, pinned))
            .await
    }

    /// Puts a conversation away, or takes it back.
    ///
    /// # Errors
    /// [`NotFound`](crate::FailureKind::NotFound) and those of a write.
    pub async fn archive_conversation(&self, id: &str, archived: bool) -> Result<(), Failure> {
        self.change(id, move |store, id| store.set_archived(id, archived))
            .await
    }

    /// Lays a conversation into a folder; `None` takes it out.
    ///
    /// # Errors
    /// [`NotFound`](crate::FailureKind::NotFound) and those of a write.
    pub async fn file_conversation(&self, id: &str, folder: Option<&str>) -> Result<(), Failure> {
        let folder = folder.map(str::to_owned);
        self.change(id, move |store, id| store.set_folder(id, folder.as_deref()))
            .await
    }

    /// Gives a conversation another title.
    ///
    /// # Errors
    /// [`NotFound`](crate::FailureKind::NotFound) and those of a write.
    pub async fn rename_conversation(&self, id: &str, title: &str) -> Result<(), Failure> {
        let title = title.trim().to_owned();
        self.change(id, move |store, id| store.rename(id, &title))
            .await
    }

    /// Puts a conversation into the bin; a running answer in it is stopped.
    ///
    /// # Errors
    /// [`NotFound`](crate::FailureKind::NotFound) and those of a write.
    pub async fn delete_conversation(&self, id: &str) -> Result<(), Failure> {
        self.inner.turns.stop_in(id);
        self.change(id, |store, id| store.delete(id)).await
    }

    /// Takes a conversation out of the bin.
    ///
    /// # Errors
    /// [`NotFound`](crate::FailureKind::NotFound) and those of a write.
    pub async fn restore_conversation(&self, id: &str) -> Result<(), Failure> {
        self.change(id, |store, id| store.restore(id)).await
    }

    /// Deletes what is in the bin, and deleted messages, for good. Backups may still hold the words.
    ///
    /// # Errors
    /// Those of a write.
    pub async fn empty_bin(&self) -> Result<Emptied, Failure> {
        self.with_store(conversations::Store::empty_bin).await
    }

    async fn change(
        &self,
        id: &str,
        change: impl FnOnce(&conversations::Store, &str) -> Result<(), conversations::StoreError>
        + Send
        + 'static,
    ) -> Result<(), Failure> {
        let owned = id.to_owned();
        self.with_store(move |store| change(store, &owned)).await?;
        self.emit(CoreEvent::ConversationChanged(id.to_owned()));
        Ok(())
    }
}
