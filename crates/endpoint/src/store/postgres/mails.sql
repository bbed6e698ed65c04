-- Version 4. Mails: one row each, with what is sent until it is sent.

CREATE TABLE counterfoil.mail (
    shop     bigint NOT NULL REFERENCES counterfoil.shop,
    id       bytea NOT NULL CHECK (length(id) = 16),
    customer text NOT NULL,
    document text NOT NULL,
    nth      bigint NOT NULL CHECK (nth >= 0),
    address  text NOT NULL,
    state    text NOT NULL,
    reason   text,
    asked    bigint NOT NULL,
    at       bigint NOT NULL,
    tries    bigint NOT NULL CHECK (tries >= 0),
    due      bigint,
    content  bytea NOT NULL,
    PRIMARY KEY (shop, id)
);

CREATE INDEX mail_of_customer ON counterfoil.mail (shop, customer, asked, id);

CREATE INDEX mail_due ON counterfoil.mail (due) WHERE due IS NOT NULL;
