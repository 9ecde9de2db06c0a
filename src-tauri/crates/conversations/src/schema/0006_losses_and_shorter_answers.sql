-- What was paid for and never came, by the answer that it was paid for. It outlives the words, as receipts do.
CREATE TABLE losses (
  message_id  TEXT    NOT NULL PRIMARY KEY,
  account_key TEXT    NOT NULL,
  at          INTEGER NOT NULL,
  cause       TEXT    NOT NULL CHECK (cause IN ('no_words', 'begun_anew')),
  kind        TEXT    NOT NULL CHECK (kind IN ('usd', 'play')),
  micro       INTEGER NOT NULL,
  label       TEXT    NOT NULL CHECK (label IN ('reported', 'computed', 'estimate'))
) STRICT, WITHOUT ROWID;
CREATE INDEX losses_by_account ON losses (account_key, at);
CREATE TRIGGER losses_are_final BEFORE UPDATE ON losses
  BEGIN SELECT RAISE(ABORT, 'losses are append-only'); END;

-- An answer that was given less room than its model has: how many tokens, and in the caller's word why.
ALTER TABLE messages ADD COLUMN lowered_to INTEGER CHECK (lowered_to > 0);
ALTER TABLE messages ADD COLUMN lowered_by TEXT;
