-- What a conversation tells the model beside its messages, and how much of it is sent.
ALTER TABLE conversations ADD COLUMN instructions TEXT NOT NULL DEFAULT '';
ALTER TABLE conversations ADD COLUMN parameters TEXT NOT NULL DEFAULT '{}'
  CHECK (json_valid(parameters));
ALTER TABLE conversations ADD COLUMN context_rule TEXT NOT NULL DEFAULT 'whole'
  CHECK (context_rule IN ('whole', 'recent', 'summary'));

-- A text that stands for everything up to and including a message, where the person asked for one.
CREATE TABLE summaries (
  message  INTEGER PRIMARY KEY REFERENCES messages (seq) ON DELETE CASCADE,
  text     TEXT    NOT NULL,
  model_id TEXT    NOT NULL,
  at       INTEGER NOT NULL
) STRICT;

-- What is sent with a person's words. The bytes lie in attachments/<hash>, once however often they
-- are sent. Without a message it is not sent yet: part of a draft, or of a request being made.
CREATE TABLE attachments (
  seq          INTEGER PRIMARY KEY AUTOINCREMENT,
  id           TEXT    NOT NULL UNIQUE,
  message      INTEGER REFERENCES messages (seq) ON DELETE CASCADE,
  in_draft     INTEGER NOT NULL DEFAULT 0 CHECK (in_draft IN (0, 1)),
  conversation INTEGER REFERENCES conversations (seq) ON DELETE CASCADE, -- the draft's
  hash         TEXT    NOT NULL CHECK (length(hash) = 64),
  name         TEXT    NOT NULL,
  kind         TEXT    NOT NULL CHECK (kind IN ('image', 'text', 'pdf')),
  media_type   TEXT    NOT NULL,
  size         INTEGER NOT NULL CHECK (size >= 0),
  width        INTEGER,
  height       INTEGER,
  pages        INTEGER,
  added_at     INTEGER NOT NULL,
  CHECK (message IS NULL OR in_draft = 0)
) STRICT;
CREATE INDEX attachments_by_message ON attachments (message, seq);
CREATE INDEX attachments_of_drafts ON attachments (conversation) WHERE in_draft = 1;
CREATE INDEX attachments_by_hash ON attachments (hash);

-- An answer that is wanted for its text only: it hangs nowhere in the tree, and goes when it was used.
ALTER TABLE messages ADD COLUMN chore TEXT CHECK (chore IN ('summary', 'title'));

-- Not only answers cost something. What came with an imported conversation was paid elsewhere.
ALTER TABLE receipts ADD COLUMN purpose TEXT NOT NULL DEFAULT 'answer'
  CHECK (purpose IN ('answer', 'summary', 'title'));
ALTER TABLE receipts ADD COLUMN imported INTEGER NOT NULL DEFAULT 0 CHECK (imported IN (0, 1));
