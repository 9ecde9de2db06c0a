-- Answers that were refused for want of money, and go on by themselves once it has come. A row is marked as
-- taken before the request leaves; what is taken never goes on again.
CREATE TABLE resumptions (
  message_id  TEXT    NOT NULL PRIMARY KEY,
  account_key TEXT    NOT NULL,
  model_id    TEXT    NOT NULL,
  had_micro   INTEGER,               -- what could be spent then, where that was known
  armed_at    INTEGER NOT NULL,
  taken_at    INTEGER
) STRICT, WITHOUT ROWID;
