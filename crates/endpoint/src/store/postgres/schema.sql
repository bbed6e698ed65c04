-- Version 1. As in SQLite, numbers of shops and chains stand in place of their texts. Every key begins with the shop, so that
-- the tables can be distributed by it. Numbers of chains are counted in the row of the shop, which a writer has locked.

CREATE TABLE counterfoil.shop (
    number   bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    id       text NOT NULL UNIQUE,
    epoch    bytea NOT NULL CHECK (length(epoch) = 16),
    empty    bytea NOT NULL CHECK (length(empty) = 32),
    lseq     bigint NOT NULL CHECK (lseq >= 0),
    log_hash bytea NOT NULL CHECK (length(log_hash) = 32),
    chains   bigint NOT NULL CHECK (chains >= 0)
) WITH (fillfactor = 50);

CREATE TABLE counterfoil.epoch (
    shop  bigint NOT NULL REFERENCES counterfoil.shop,
    after bigint NOT NULL,
    epoch bytea NOT NULL CHECK (length(epoch) = 16),
    PRIMARY KEY (shop, epoch)
);

CREATE TABLE counterfoil.chain (
    shop   bigint NOT NULL REFERENCES counterfoil.shop,
    number bigint NOT NULL,
    device text NOT NULL,
    chain  bigint NOT NULL CHECK (chain > 0),
    seq    bigint NOT NULL,
    hash   bytea NOT NULL CHECK (length(hash) = 32),
    millis bigint NOT NULL,
    count  bigint NOT NULL,
    PRIMARY KEY (shop, number),
    UNIQUE (shop, device, chain)
) WITH (fillfactor = 50);

CREATE TABLE counterfoil.record (
    shop       bigint NOT NULL,
    lseq       bigint NOT NULL CHECK (lseq > 0),
    chain      bigint NOT NULL,
    seq        bigint NOT NULL CHECK (seq > 0),
    hash       bytea NOT NULL CHECK (length(hash) = 32),
    signature  bytea CHECK (length(signature) = 64),
    millis     bigint NOT NULL,
    count      bigint NOT NULL,
    verdict    text NOT NULL,
    received   bigint NOT NULL,
    log_hash   bytea NOT NULL CHECK (length(log_hash) = 32),
    is_of_shop boolean NOT NULL,
    goes_on    boolean NOT NULL,
    entry      bytea NOT NULL,
    PRIMARY KEY (shop, lseq),
    UNIQUE (shop, chain, seq, hash),
    FOREIGN KEY (shop, chain) REFERENCES counterfoil.chain (shop, number)
);

CREATE INDEX record_of_shop ON counterfoil.record (shop, lseq) WHERE is_of_shop;

CREATE FUNCTION counterfoil.record_is_never_changed() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'records are never changed or deleted'; END $$;

CREATE TRIGGER record_is_never_changed BEFORE UPDATE OR DELETE OR TRUNCATE ON counterfoil.record
FOR EACH STATEMENT EXECUTE FUNCTION counterfoil.record_is_never_changed();

CREATE TABLE counterfoil.device (
    shop     bigint NOT NULL REFERENCES counterfoil.shop,
    id       text NOT NULL,
    key      text NOT NULL,
    role     text NOT NULL,
    letter   text,
    name     text NOT NULL,
    enrolled bigint NOT NULL,
    revoked  bigint,
    PRIMARY KEY (shop, id),
    UNIQUE (shop, letter)
);

CREATE TABLE counterfoil.invite (
    code    bytea NOT NULL PRIMARY KEY CHECK (length(code) = 32),
    shop    bigint NOT NULL REFERENCES counterfoil.shop,
    role    text NOT NULL,
    until   bigint NOT NULL,
    used_by text
);

CREATE TABLE counterfoil.value (
    name  text NOT NULL PRIMARY KEY,
    value bytea NOT NULL
);
