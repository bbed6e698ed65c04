-- Version 6. Lines of one chain that stand one after the other in the log are one row, a run: a row with its keys took the server much longer
-- than the bytes of a line. Columns are those of the last line. `side` has 94 bytes for each line: where what belongs to it ends in
-- `entries` (4 bytes), its hash (32), the hash of the log (32), the two numbers of its order and when it was received (8 each), and
-- its marks (2): 1 of the shop itself, 2 more lines of its press follow, 4 signed, and 8 times the number of the verdict. `entries` has
-- each line and, where it is signed, the signature. All numbers have their first byte first.

CREATE TABLE counterfoil.run (
    shop       bigint NOT NULL,
    lseq       bigint NOT NULL,
    chain      bigint NOT NULL,
    seq        bigint NOT NULL,
    lines      integer NOT NULL CHECK (lines BETWEEN 1 AND 64 AND lines <= lseq AND lines <= seq),
    is_of_shop boolean NOT NULL,
    side       bytea NOT NULL CHECK (length(side) = 94 * lines),
    entries    bytea NOT NULL,
    PRIMARY KEY (shop, lseq)
);

-- The server compresses nothing: that took longer than writing.
ALTER TABLE counterfoil.run ALTER COLUMN side SET STORAGE EXTERNAL, ALTER COLUMN entries SET STORAGE EXTERNAL;

CREATE INDEX run_line ON counterfoil.run (shop, chain, seq);

CREATE INDEX run_of_shop ON counterfoil.run (shop, lseq) WHERE is_of_shop;

CREATE TRIGGER record_is_never_changed BEFORE UPDATE OR DELETE OR TRUNCATE ON counterfoil.run
FOR EACH STATEMENT EXECUTE FUNCTION counterfoil.record_is_never_changed();

-- Records that were written before stay where they are. Endpoints of the version before go on with a view in place of the table, slowly,
-- and what they write is read here.

ALTER TABLE counterfoil.record RENAME TO record_by_row;

CREATE FUNCTION counterfoil.number_of(bytes bytea) RETURNS bigint LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS
$$ SELECT ('x' || lpad(encode(bytes, 'hex'), 16, '0'))::bit(64)::bigint $$;

CREATE VIEW counterfoil.record AS
SELECT shop, lseq, chain, seq, hash, signature, millis, count, verdict, received, log_hash, is_of_shop, goes_on, entry
FROM counterfoil.record_by_row
UNION ALL
SELECT run.shop, run.lseq - run.lines + line.number, run.chain, run.seq - run.lines + line.number,
       substring(line.side FROM 5 FOR 32),
       CASE WHEN place.marks & 4 > 0 THEN substring(run.entries FROM place.until - 63 FOR 64) END,
       counterfoil.number_of(substring(line.side FROM 69 FOR 8)),
       counterfoil.number_of(substring(line.side FROM 77 FOR 8)),
       (ARRAY['ok', 'refused-role', 'refused-limit', 'refused-revoked'])[1 + place.marks / 8],
       counterfoil.number_of(substring(line.side FROM 85 FOR 8)),
       substring(line.side FROM 37 FOR 32),
       place.marks & 1 > 0,
       place.marks & 2 > 0,
       substring(run.entries FROM place.since + 1
                 FOR place.until - place.since - CASE WHEN place.marks & 4 > 0 THEN 64 ELSE 0 END)
FROM counterfoil.run
CROSS JOIN LATERAL (
    SELECT number, substring(run.side FROM 94 * (number - 1) + 1 FOR 94) AS side,
           CASE WHEN number > 1 THEN substring(run.side FROM 94 * (number - 2) + 1 FOR 4) ELSE '\x00000000' END AS since
    FROM generate_series(1, run.lines) AS number
) AS line
CROSS JOIN LATERAL (
    SELECT counterfoil.number_of(line.since)::integer AS since,
           counterfoil.number_of(substring(line.side FROM 1 FOR 4))::integer AS until,
           counterfoil.number_of(substring(line.side FROM 93 FOR 2))::integer AS marks
) AS place;

CREATE FUNCTION counterfoil.keep_record_by_row() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN
    INSERT INTO counterfoil.record_by_row VALUES (NEW.shop, NEW.lseq, NEW.chain, NEW.seq, NEW.hash, NEW.signature, NEW.millis,
        NEW.count, NEW.verdict, NEW.received, NEW.log_hash, NEW.is_of_shop, NEW.goes_on, NEW.entry);
    RETURN NEW;
END $$;

CREATE TRIGGER keep_record_by_row INSTEAD OF INSERT ON counterfoil.record
FOR EACH ROW EXECUTE FUNCTION counterfoil.keep_record_by_row();

CREATE TRIGGER record_is_never_changed INSTEAD OF UPDATE OR DELETE ON counterfoil.record
FOR EACH ROW EXECUTE FUNCTION counterfoil.record_is_never_changed();

-- What a push does, with plans that the server keeps: it took longer to plan these statements than to carry them out. A pooler may hand each
-- transaction to another server, so that statements cannot be prepared by clients.

-- The row of a shop, locked, in a transaction that waits for others, but not for ever, and whose commit is on the disk when it returns. A
-- limit for statements would also cancel the wait of a commit for the standby, and a cancelled wait is a commit that can be lost.
CREATE FUNCTION counterfoil.lock_shop(id text) RETURNS SETOF counterfoil.shop LANGUAGE plpgsql AS
$$ BEGIN
    PERFORM set_config('lock_timeout', '10s', true), set_config('statement_timeout', '0', true),
        set_config('idle_in_transaction_session_timeout', '60s', true);
    RETURN QUERY SELECT * FROM counterfoil.shop WHERE shop.id = $1 FOR UPDATE;
END $$;

-- Moves the end of the log of a shop, and the ends of chains, and adds runs. The values are in the sequence of the columns.
CREATE FUNCTION counterfoil.append(
    bigint, bytea, bigint, bytea, bigint,
    bigint[], text[], bigint[], bigint[], bytea[], bigint[], bigint[],
    bigint[], bigint[], bigint[], integer[], boolean[], bytea[], bytea[]
) RETURNS void LANGUAGE plpgsql SET plan_cache_mode = force_generic_plan AS
$$ BEGIN
    UPDATE counterfoil.shop SET epoch = $2, lseq = $3, log_hash = $4, chains = $5 WHERE number = $1;
    INSERT INTO counterfoil.chain (shop, number, device, chain, seq, hash, millis, count)
    SELECT $1, * FROM unnest($6, $7, $8, $9, $10, $11, $12)
    ON CONFLICT (shop, number) DO UPDATE SET seq = excluded.seq, hash = excluded.hash, millis = excluded.millis,
        count = excluded.count;
    INSERT INTO counterfoil.run (shop, lseq, chain, seq, lines, is_of_shop, side, entries)
    SELECT $1, * FROM unnest($13, $14, $15, $16, $17, $18, $19);
END $$;
