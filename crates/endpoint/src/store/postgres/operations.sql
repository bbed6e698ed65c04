-- Version 3. Operations at a gateway. What one knows is not interpreted here but for the time at which it is due, in milliseconds since
-- 1970; NULL for never.

CREATE TABLE counterfoil.operation (
    shop  bigint NOT NULL REFERENCES counterfoil.shop,
    id    text NOT NULL,
    due   bigint,
    value bytea NOT NULL,
    PRIMARY KEY (shop, id)
);

CREATE INDEX operation_due ON counterfoil.operation (shop, due) WHERE due IS NOT NULL;
