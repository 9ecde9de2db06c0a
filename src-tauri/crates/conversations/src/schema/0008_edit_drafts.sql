-- Other words for a message, typed and not sent yet: for one message of a conversation at a time.
CREATE TABLE edit_drafts (
  conversation INTEGER PRIMARY KEY REFERENCES conversations (seq) ON DELETE CASCADE,
  message      INTEGER NOT NULL UNIQUE REFERENCES messages (seq) ON DELETE CASCADE,
  text         TEXT    NOT NULL
) STRICT;
