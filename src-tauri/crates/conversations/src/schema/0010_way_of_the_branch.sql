-- What follows what, without what it says: the shown branch of a long conversation is walked in the index.
CREATE INDEX messages_in_tree ON messages (conversation, parent, seq, active_child);
DROP INDEX messages_by_parent;
