-- Version 2. Operations at a gateway. What one knows is not interpreted here but for the time at which it is due, in milliseconds since
-- 1970; NULL for never.

CREATE TABLE operation (
    shop  INTEGER NOT NULL REFERENCES shop,
    id    TEXT NOT NULL,
    due   INTEGER,
    value BLOB NOT NULL,
    PRIMARY KEY (shop, id)
) STRICT, WITHOUT ROWID;

CREATE INDEX operation_due ON operation (shop, due) WHERE due IS NOT NULL;
