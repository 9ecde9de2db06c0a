-- The most that answers under way can cost, held against the person's limits for every process that
-- shares the directory. A row goes when its answer ends, and with the answers of a process that is
-- gone.
CREATE TABLE reservations (
  message_id      TEXT    NOT NULL PRIMARY KEY,
  conversation_id TEXT    NOT NULL,
  account_key     TEXT    NOT NULL,
  kind            TEXT    NOT NULL CHECK (kind IN ('usd', 'play')),
  micro           INTEGER NOT NULL CHECK (micro >= 0),
  input_tokens    INTEGER NOT NULL,   -- counted here, for the receipt of an answer whose process died
  sent            INTEGER NOT NULL DEFAULT 0 CHECK (sent IN (0, 1)),
  at              INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- The most that the answer can have cost, which is what limits count; absent on receipts from before.
ALTER TABLE receipts ADD COLUMN bound_kind TEXT CHECK (bound_kind IN ('usd', 'play'));
ALTER TABLE receipts ADD COLUMN bound_micro INTEGER;
CREATE INDEX receipts_by_account ON receipts (account_key, at);

-- Balances as the provider said them while no answer of the account was under way, to compare with
-- the receipts between them.
CREATE TABLE balance_readings (
  seq         INTEGER PRIMARY KEY AUTOINCREMENT,
  account_key TEXT    NOT NULL,
  at          INTEGER NOT NULL,
  kind        TEXT    NOT NULL CHECK (kind IN ('usd', 'play')),
  micro       INTEGER NOT NULL,
  receipt     INTEGER NOT NULL     -- the last receipt written before
) STRICT;
CREATE INDEX balance_readings_by_account ON balance_readings (account_key, seq);
CREATE TRIGGER balance_readings_are_final BEFORE UPDATE ON balance_readings
  BEGIN SELECT RAISE(ABORT, 'balance readings are append-only'); END;
