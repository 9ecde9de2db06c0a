-- The order in which lists show conversations, so that a page of one is read without the rest: pinned ones,
-- then folders by name, then the latest. The archive and the bin have the latest first.
ALTER TABLE conversations ADD COLUMN shelf INTEGER NOT NULL
  GENERATED ALWAYS AS (CASE WHEN deleted_at IS NOT NULL THEN 2 ELSE archived END) VIRTUAL;
ALTER TABLE conversations ADD COLUMN section INTEGER NOT NULL
  GENERATED ALWAYS AS (CASE WHEN deleted_at IS NOT NULL OR archived = 1 OR pinned = 1 THEN 0
                            WHEN folder IS NOT NULL THEN 1 ELSE 2 END) VIRTUAL;
ALTER TABLE conversations ADD COLUMN section_name TEXT NOT NULL COLLATE NOCASE
  GENERATED ALWAYS AS (CASE WHEN deleted_at IS NOT NULL OR archived = 1 OR pinned = 1 THEN ''
                            ELSE coalesce(folder, '') END) VIRTUAL;
ALTER TABLE conversations ADD COLUMN recency INTEGER NOT NULL
  GENERATED ALWAYS AS (-updated_at) VIRTUAL;
CREATE INDEX conversations_in_order ON conversations (shelf, section, section_name, recency, id);
DROP INDEX conversations_by_update;
