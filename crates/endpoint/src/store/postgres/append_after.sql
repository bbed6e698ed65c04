-- Version 7. A push of a shop that an endpoint remembers, in one message to the server and in a transaction of its own: what is remembered is compared with
-- the row of the shop as the end of the log is moved. False, and nothing is written, where it is not so any more. The first values
-- are those of `append`; then come the number and the hash of the end of the log before, and the number of changes of devices.
CREATE FUNCTION counterfoil.append_after(
    bigint, bytea, bigint, bytea, bigint,
    bigint[], text[], bigint[], bigint[], bytea[], bigint[], bigint[],
    bigint[], bigint[], bigint[], integer[], boolean[], bytea[], bytea[],
    bigint, bytea, bigint
) RETURNS boolean LANGUAGE plpgsql SET plan_cache_mode = force_generic_plan SET lock_timeout = '10s' AS
$$ BEGIN
    UPDATE counterfoil.shop SET lseq = $3, log_hash = $4, chains = $5
    WHERE number = $1 AND epoch = $2 AND lseq = $20 AND log_hash = $21 AND device_changes = $22;
    IF NOT FOUND THEN
        RETURN false;
    END IF;
    INSERT INTO counterfoil.chain (shop, number, device, chain, seq, hash, millis, count)
    SELECT $1, * FROM unnest($6, $7, $8, $9, $10, $11, $12)
    ON CONFLICT (shop, number) DO UPDATE SET seq = excluded.seq, hash = excluded.hash, millis = excluded.millis,
        count = excluded.count;
    INSERT INTO counterfoil.run (shop, lseq, chain, seq, lines, is_of_shop, side, entries)
    SELECT $1, * FROM unnest($13, $14, $15, $16, $17, $18, $19);
    RETURN true;
END $$;
