-- What a mock remembers over a restart. Counts, journals and fault plans are not here: they belong
-- to a run, and this belongs to the money.

-- One row: how the file was written, and what ids are derived from, so that the addresses of
-- customer pages that were handed out stay valid.
CREATE TABLE IF NOT EXISTS mock (
    version INTEGER NOT NULL,
    secret  BLOB    NOT NULL CHECK (length(secret) >= 16),
    starts  INTEGER NOT NULL            -- how often it was opened: no two starts give the same ids
);

-- A merchant: credentials as digests, its clock, its budget of token calls. MessagePack.
CREATE TABLE IF NOT EXISTS tenant (
    app_key TEXT NOT NULL PRIMARY KEY,
    body    BLOB NOT NULL
) WITHOUT ROWID;

-- A live token: its digest, and when it ends by the merchant's clock.
CREATE TABLE IF NOT EXISTS token (
    app_key    TEXT    NOT NULL,
    kind       TEXT    NOT NULL CHECK (kind IN ('id', 'refresh')),
    digest     BLOB    NOT NULL,
    expires_ms INTEGER NOT NULL,        -- modelled, since 1970 UTC
    number     INTEGER NOT NULL,        -- in the order in which they were issued
    PRIMARY KEY (app_key, kind, digest)
) WITHOUT ROWID;

-- A payment with all that hangs on it: its capture, its refunds, its agreement. MessagePack.
CREATE TABLE IF NOT EXISTS payment (
    number     INTEGER PRIMARY KEY,     -- in the order in which they were created
    app_key    TEXT    NOT NULL,
    payment_id TEXT    NOT NULL,
    body       BLOB    NOT NULL,
    UNIQUE (app_key, payment_id)
);
