-- Version 1. Numbers of shops and chains stand in place of their texts, which would be most of a record's index.

CREATE TABLE shop (
    number   INTEGER PRIMARY KEY,
    id       TEXT NOT NULL UNIQUE,
    epoch    BLOB NOT NULL CHECK (length(epoch) = 16),
    empty    BLOB NOT NULL CHECK (length(empty) = 32),
    lseq     INTEGER NOT NULL CHECK (lseq >= 0),
    log_hash BLOB NOT NULL CHECK (length(log_hash) = 32)
) STRICT;

CREATE TABLE epoch (
    shop  INTEGER NOT NULL REFERENCES shop,
    after INTEGER NOT NULL,
    epoch BLOB NOT NULL CHECK (length(epoch) = 16),
    PRIMARY KEY (shop, epoch)
) STRICT, WITHOUT ROWID;

CREATE TABLE chain (
    number INTEGER PRIMARY KEY,
    shop   INTEGER NOT NULL REFERENCES shop,
    device TEXT NOT NULL,
    chain  INTEGER NOT NULL CHECK (chain > 0),
    seq    INTEGER NOT NULL,
    hash   BLOB NOT NULL CHECK (length(hash) = 32),
    millis INTEGER NOT NULL,
    count  INTEGER NOT NULL,
    UNIQUE (shop, device, chain)
) STRICT;

CREATE TABLE record (
    shop       INTEGER NOT NULL REFERENCES shop,
    lseq       INTEGER NOT NULL CHECK (lseq > 0),
    chain      INTEGER NOT NULL REFERENCES chain,
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
    entry      BLOB NOT NULL,
    UNIQUE (shop, lseq),
    UNIQUE (chain, seq, hash)
) STRICT;

CREATE INDEX record_of_shop ON record (shop, lseq) WHERE is_of_shop = 1;

CREATE TRIGGER record_is_never_changed BEFORE UPDATE ON record
BEGIN SELECT RAISE(ABORT, 'records are never changed'); END;

CREATE TRIGGER record_is_never_deleted BEFORE DELETE ON record
BEGIN SELECT RAISE(ABORT, 'records are never deleted'); END;

-- REPLACE deletes rows without the trigger above.
CREATE TRIGGER record_is_never_replaced BEFORE INSERT ON record
WHEN EXISTS (SELECT 1 FROM record WHERE shop = NEW.shop AND lseq = NEW.lseq)
  OR EXISTS (SELECT 1 FROM record WHERE chain = NEW.chain AND seq = NEW.seq AND hash = NEW.hash)
BEGIN SELECT RAISE(ABORT, 'records are never replaced'); END;

CREATE TABLE device (
    shop     INTEGER NOT NULL REFERENCES shop,
    id       TEXT NOT NULL,
    key      TEXT NOT NULL,
    role     TEXT NOT NULL,
    letter   TEXT,
    name     TEXT NOT NULL,
    enrolled INTEGER NOT NULL,
    revoked  INTEGER,
    PRIMARY KEY (shop, id),
    UNIQUE (shop, letter)
) STRICT, WITHOUT ROWID;

CREATE TABLE invite (
    code    BLOB NOT NULL PRIMARY KEY CHECK (length(code) = 32),
    shop    INTEGER NOT NULL REFERENCES shop,
    role    TEXT NOT NULL,
    until   INTEGER NOT NULL,
    used_by TEXT
) STRICT, WITHOUT ROWID;

CREATE TABLE value (
    name  TEXT NOT NULL PRIMARY KEY,
    value BLOB NOT NULL
) STRICT, WITHOUT ROWID;

-- One row: whether the last program that wrote has closed the store.
CREATE TABLE closed (
    one   INTEGER PRIMARY KEY CHECK (one = 1),
    value INTEGER NOT NULL CHECK (value IN (0, 1))
) STRICT;

INSERT INTO closed VALUES (1, 1);
