-- Version 2. A record no longer refers to its chain by a constraint: the server looked the chain up for each record, which took more than
-- half of the time of an insert. The number is given in the same transaction as the records, and the row of the shop is locked meanwhile.

ALTER TABLE counterfoil.record DROP CONSTRAINT record_shop_chain_fkey;
