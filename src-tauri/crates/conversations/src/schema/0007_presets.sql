-- What a person keeps to begin conversations with. `{{name}}` in the instructions is asked for then.
-- A deleted one can be taken back until the bin is emptied.
CREATE TABLE presets (
  seq          INTEGER PRIMARY KEY AUTOINCREMENT,
  id           TEXT    NOT NULL UNIQUE,
  name         TEXT    NOT NULL CHECK (name <> ''),
  instructions TEXT    NOT NULL,
  parameters   TEXT    NOT NULL DEFAULT '{}' CHECK (json_valid(parameters)),
  model_id     TEXT,
  created_at   INTEGER NOT NULL,
  deleted_at   INTEGER
) STRICT;
