-- Version 3. Mails: one row each, with what is sent until it is sent.

CREATE TABLE mail (
    shop     INTEGER NOT NULL REFERENCES shop,
    id       BLOB NOT NULL CHECK (length(id) = 16),
    customer TEXT NOT NULL,
    document TEXT NOT NULL,
    nth      INTEGER NOT NULL CHECK (nth >= 0),
    address  TEXT NOT NULL,
    state    TEXT NOT NULL,
    reason   TEXT,
    asked    INTEGER NOT NULL,
    at       INTEGER NOT NULL,
    tries    INTEGER NOT NULL CHECK (tries >= 0),
    due      INTEGER,
    content  BLOB NOT NULL,
    UNIQUE (shop, id)
) STRICT;

CREATE INDEX mail_of_customer ON mail (shop, customer, asked, id);

CREATE INDEX mail_due ON mail (due) WHERE due IS NOT NULL;
