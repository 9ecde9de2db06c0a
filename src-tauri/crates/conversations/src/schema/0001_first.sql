-- Times are unix milliseconds, UTC. `seq` is internal; `id` (UUID version 7) is what callers see.

CREATE TABLE conversations (
  seq         INTEGER PRIMARY KEY AUTOINCREMENT,
  id          TEXT    NOT NULL UNIQUE,
  title       TEXT    NOT NULL,
  account_key TEXT,
  model_id    TEXT,
  created_at  INTEGER NOT NULL,
  updated_at  INTEGER NOT NULL,
  pinned      INTEGER NOT NULL DEFAULT 0 CHECK (pinned IN (0, 1)),
  archived    INTEGER NOT NULL DEFAULT 0 CHECK (archived IN (0, 1)),
  deleted_at  INTEGER,          -- in the bin since
  active_root INTEGER REFERENCES messages (seq) DEFERRABLE INITIALLY DEFERRED
) STRICT;
CREATE INDEX conversations_by_update ON conversations (updated_at DESC);

-- A tree: retries and edits are siblings. The branch that is shown goes from
-- conversations.active_root along active_child. A conversation goes as a whole; a cascade from
-- parent to child would meet SQLite's limit on nested actions in a long one.
CREATE TABLE messages (
  seq            INTEGER PRIMARY KEY AUTOINCREMENT,
  id             TEXT    NOT NULL UNIQUE,
  conversation   INTEGER NOT NULL REFERENCES conversations (seq) ON DELETE CASCADE,
  parent         INTEGER REFERENCES messages (seq) DEFERRABLE INITIALLY DEFERRED,
  active_child   INTEGER REFERENCES messages (seq) DEFERRABLE INITIALLY DEFERRED,
  role           TEXT    NOT NULL CHECK (role IN ('user', 'assistant')),
  text           TEXT    NOT NULL DEFAULT '',
  spaced         TEXT,          -- the text with scripts set apart for the word index, where it differs
  reasoning      TEXT    NOT NULL DEFAULT '',
  status         TEXT    NOT NULL
                 CHECK (status IN ('streaming', 'complete', 'stopped', 'cut_off', 'failed')),
  finish_reason  TEXT,
  error_json     TEXT    CHECK (error_json IS NULL OR json_valid(error_json)),
  model_id       TEXT,
  account_key    TEXT,
  price_snapshot TEXT    CHECK (price_snapshot IS NULL OR json_valid(price_snapshot)),
  writer         TEXT,          -- which process streams into it
  created_at     INTEGER NOT NULL,
  ended_at       INTEGER,
  CHECK ((status = 'streaming') = (writer IS NOT NULL)),
  CHECK ((status = 'streaming') = (ended_at IS NULL))
) STRICT;
CREATE INDEX messages_by_parent ON messages (conversation, parent, seq);
CREATE INDEX messages_below ON messages (parent);
CREATE INDEX messages_active_child ON messages (active_child);
CREATE INDEX conversations_active_root ON conversations (active_root);
CREATE INDEX messages_streaming ON messages (conversation) WHERE status = 'streaming';

-- What streamed in since the answer began; folded into messages when it ends.
CREATE TABLE journal (
  seq       INTEGER PRIMARY KEY AUTOINCREMENT,
  message   INTEGER NOT NULL REFERENCES messages (seq) ON DELETE CASCADE,
  text      TEXT    NOT NULL,
  reasoning TEXT    NOT NULL
) STRICT;
CREATE INDEX journal_by_message ON journal (message, seq);

-- Beginnings that the provider dropped when it began the answer anew.
CREATE TABLE abandoned_starts (
  seq       INTEGER PRIMARY KEY AUTOINCREMENT,
  message   INTEGER NOT NULL REFERENCES messages (seq) ON DELETE CASCADE,
  text      TEXT    NOT NULL,
  reasoning TEXT    NOT NULL,
  at        INTEGER NOT NULL
) STRICT;
CREATE INDEX abandoned_starts_by_message ON abandoned_starts (message, seq);

-- The ledger. It outlives the words: deleting a conversation leaves its receipts.
CREATE TABLE receipts (
  seq              INTEGER PRIMARY KEY AUTOINCREMENT,
  id               TEXT    NOT NULL UNIQUE,
  at               INTEGER NOT NULL,
  conversation_id  TEXT    NOT NULL,
  message_id       TEXT    NOT NULL,
  account_key      TEXT    NOT NULL,
  model_id         TEXT    NOT NULL,
  outcome          TEXT    NOT NULL CHECK (outcome IN ('complete', 'stopped', 'cut_off', 'failed')),
  input_tokens     INTEGER,
  cached_tokens    INTEGER,
  output_tokens    INTEGER,
  reasoning_tokens INTEGER,
  cost_kind        TEXT    CHECK (cost_kind IN ('usd', 'play')),
  cost_micro       INTEGER,
  cost_label       TEXT    CHECK (cost_label IN ('reported', 'computed', 'estimate')),
  price_snapshot   TEXT,
  request_id       TEXT,
  invocation_id    TEXT,
  CHECK ((cost_kind IS NULL) = (cost_micro IS NULL) AND (cost_kind IS NULL) = (cost_label IS NULL))
) STRICT;
CREATE INDEX receipts_by_message ON receipts (message_id);
CREATE INDEX receipts_by_conversation ON receipts (conversation_id);
CREATE INDEX receipts_by_time ON receipts (at);
CREATE TRIGGER receipts_are_final BEFORE UPDATE ON receipts
  BEGIN SELECT RAISE(ABORT, 'receipts are append-only'); END;
CREATE TRIGGER receipts_stay BEFORE DELETE ON receipts
  BEGIN SELECT RAISE(ABORT, 'receipts are append-only'); END;

-- Words typed and not sent; conversation NULL is the one that does not exist yet.
CREATE TABLE drafts (
  conversation INTEGER UNIQUE REFERENCES conversations (seq) ON DELETE CASCADE,
  text         TEXT    NOT NULL
) STRICT;

CREATE TABLE settings (
  key   TEXT PRIMARY KEY,
  value TEXT NOT NULL CHECK (json_valid(value))
) STRICT, WITHOUT ROWID;

-- Search. Words by the Unicode tokenizer, with short beginnings indexed; scripts written without
-- spaces by pairs of characters in an index of their own. Both forget at once what is deleted.
CREATE VIEW searchable (seq, text) AS SELECT seq, coalesce(spaced, text) FROM messages;
CREATE VIRTUAL TABLE message_words USING fts5 (
  text, content = 'searchable', content_rowid = 'seq', tokenize = 'unicode61', prefix = '2 3');
INSERT INTO message_words (message_words, rank) VALUES ('secure-delete', 1);
CREATE VIRTUAL TABLE message_pairs USING fts5 (pairs, tokenize = 'ascii', prefix = '1');
INSERT INTO message_pairs (message_pairs, rank) VALUES ('secure-delete', 1);

CREATE TRIGGER message_words_insert AFTER INSERT ON messages WHEN new.text <> '' BEGIN
  INSERT INTO message_words (rowid, text) VALUES (new.seq, coalesce(new.spaced, new.text));
END;
CREATE TRIGGER message_words_delete AFTER DELETE ON messages BEGIN
  INSERT INTO message_words (message_words, rowid, text)
    SELECT 'delete', old.seq, coalesce(old.spaced, old.text) WHERE old.text <> '';
  DELETE FROM message_pairs WHERE rowid = old.seq;
END;
CREATE TRIGGER message_words_update AFTER UPDATE OF text, spaced ON messages BEGIN
  INSERT INTO message_words (message_words, rowid, text)
    SELECT 'delete', old.seq, coalesce(old.spaced, old.text) WHERE old.text <> '';
  INSERT INTO message_words (rowid, text)
    SELECT new.seq, coalesce(new.spaced, new.text) WHERE new.text <> '';
END;
