-- A conversation lies in at most one folder; a folder is there for as long as something lies in it.
ALTER TABLE conversations ADD COLUMN folder TEXT CHECK (folder <> '');

-- A deleted message and all that hung below it have the same time here. They are shown, searched and
-- sent no more, and go for good with the bin.
ALTER TABLE messages ADD COLUMN deleted_at INTEGER;
CREATE INDEX messages_deleted ON messages (deleted_at) WHERE deleted_at IS NOT NULL;
