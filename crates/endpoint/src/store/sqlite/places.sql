-- Version 4. The key of a record is its place: the number of the shop, and 40 bits with the number in the log. It replaces two indexes of which
-- each entry cost as much as a row. Lines of a chain that stand one after the other in the log are one run, of at most 256 lines, so
-- that a line is found by its number without an index of all lines.

DROP TRIGGER record_is_never_changed;
DROP TRIGGER record_is_never_deleted;
DROP TRIGGER record_is_never_replaced;
DROP INDEX record_of_shop;
ALTER TABLE record RENAME TO record_before;

CREATE TABLE record (
    place      INTEGER PRIMARY KEY CHECK (place > 0),
    chain      INTEGER NOT NULL,
    seq        INTEGER NOT NULL CHECK (seq > 0),
    hash       BLOB NOT NULL CHECK (length(hash) = 32),
    signature  BLOB CHECK (length(signature) = 64),
    millis     INTEGER NOT NULL,
    count      INTEGER NOT NULL,
    verdict    TEXT NOT NULL,
    received   INTEGER NOT NULL,
    log_hash   BLOB NOT NULL CHECK (length(log_hash) = 32),
    is_of_shop INTEGER NOT NULL CHECK (is_of_shop IN (0, 1)),
    goes_on    INTEGER NOT NULL CHECK (goes_on IN (0, 1)),
    entry      BLOB NOT NULL
) STRICT;

INSERT INTO record
SELECT shop * 1099511627776 + lseq, chain, seq, hash, signature, millis, count, verdict, received, log_hash, is_of_shop,
       goes_on, entry
FROM record_before ORDER BY shop, lseq;

DROP TABLE record_before;

CREATE INDEX record_of_shop ON record (place) WHERE is_of_shop = 1;

CREATE TRIGGER record_is_never_changed BEFORE UPDATE ON record
BEGIN SELECT RAISE(ABORT, 'records are never changed'); END;

CREATE TRIGGER record_is_never_deleted BEFORE DELETE ON record
BEGIN SELECT RAISE(ABORT, 'records are never deleted'); END;

-- REPLACE deletes rows without the trigger above.
CREATE TRIGGER record_is_never_replaced BEFORE INSERT ON record
WHEN EXISTS (SELECT 1 FROM record WHERE place = NEW.place)
BEGIN SELECT RAISE(ABORT, 'records are never replaced'); END;

-- The place is that of the last line of the run.
CREATE TABLE run (
    chain INTEGER NOT NULL REFERENCES chain,
    last  INTEGER NOT NULL,
    place INTEGER NOT NULL,
    first INTEGER NOT NULL CHECK (first > 0 AND first <= last AND last - first < 256),
    PRIMARY KEY (chain, last, place)
) STRICT, WITHOUT ROWID;

INSERT INTO run
SELECT chain, max(seq), max(place), min(seq) FROM record GROUP BY chain, place - seq, seq / 256;
