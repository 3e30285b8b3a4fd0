-- The shop's world. CHECKs, unique indexes and two triggers carry its invariants, so that no bug
-- above this file can charge a shopper twice or lose the trace of a payment.
--
-- Money is integer poisha (1 taka = 100 poisha). Times are milliseconds since 1970, UTC.

-- Who may buy. Seeded: ids 1 to 1000.
CREATE TABLE IF NOT EXISTS users (
    id    INTEGER PRIMARY KEY,
    name  TEXT NOT NULL,
    email TEXT NOT NULL UNIQUE,
    phone TEXT NOT NULL
) STRICT;

-- What is sold. The price here is the only amount that is ever believed.
CREATE TABLE IF NOT EXISTS courses (
    id           INTEGER PRIMARY KEY,
    title        TEXT NOT NULL,
    teacher      TEXT NOT NULL,
    lessons      INTEGER NOT NULL CHECK (lessons > 0),
    price_poisha INTEGER NOT NULL CHECK (price_poisha >= 100)  -- bKash takes no less than 1 taka
) STRICT;

-- The machine of a payment: what may follow what. The trigger below lets nothing else happen.
CREATE TABLE IF NOT EXISTS payment_moves (
    before TEXT NOT NULL,
    after  TEXT NOT NULL,
    PRIMARY KEY (before, after)
) STRICT, WITHOUT ROWID;

INSERT OR IGNORE INTO payment_moves (before, after) VALUES
    ('initiated', 'created'),    -- bKash answered create
    ('initiated', 'declined'),   -- bKash refused create
    ('initiated', 'abandoned'),  -- create failed, or a validation did while it ran
    ('created',   'executing'),  -- the shopper came back approved; one caller wins this move
    ('created',   'declined'),   -- the shopper came back with status=failure
    ('created',   'cancelled'),  -- the shopper came back with status=cancel
    ('created',   'abandoned'),  -- never came back, or paid for the same course elsewhere
    ('executing', 'paid'),
    ('executing', 'declined'),   -- bKash refused execute
    ('executing', 'pending'),    -- execute went without an answer: the reconciler asks
    ('executing', 'created'),    -- execute was certainly never sent: it may be tried again
    ('executing', 'review'),     -- bKash's answer contradicts what we asked for
    ('pending',   'paid'),
    ('pending',   'declined'),
    ('pending',   'abandoned'),  -- bKash still says "not executed" after the horizon
    ('pending',   'review');

-- One attempt of a shopper to pay for a course. `ref` is our name for it and bKash's
-- merchantInvoiceNumber; `payment_id` is bKash's name.
CREATE TABLE IF NOT EXISTS payments (
    id            INTEGER PRIMARY KEY,
    ref           TEXT NOT NULL UNIQUE,
    user_id       INTEGER NOT NULL,  -- no foreign key: accounts get closed, the books stay
    course_id     INTEGER NOT NULL REFERENCES courses (id),
    amount_poisha INTEGER NOT NULL CHECK (amount_poisha >= 100),
    currency      TEXT NOT NULL DEFAULT 'BDT' CHECK (currency = 'BDT'),
    state         TEXT NOT NULL CHECK (state IN (
        'initiated', 'created', 'executing', 'pending',                   -- under way
        'paid', 'declined', 'cancelled', 'abandoned', 'review')),         -- the end
    payment_id    TEXT UNIQUE,       -- one bKash payment never serves two of ours
    trx_id        TEXT UNIQUE,       -- one receipt never pays two of ours
    reason        TEXT,              -- why it ended, in words that a shopper may read
    archived      INTEGER NOT NULL DEFAULT 0 CHECK (archived IN (0, 1)),  -- seeded, no run made it
    created_at_ms INTEGER NOT NULL,
    updated_at_ms INTEGER NOT NULL,
    CHECK ((state = 'paid') = (trx_id IS NOT NULL)),
    CHECK (state NOT IN ('created', 'executing', 'pending', 'paid') OR payment_id IS NOT NULL)
) STRICT;

-- The guide's two indexes on payments; `check_enrolled` lives on the first.
CREATE INDEX IF NOT EXISTS idx_payments_user_id ON payments (user_id);
CREATE INDEX IF NOT EXISTS idx_payments_course_id ON payments (course_id);

-- A shopper can have many attempts at a course, but only one whose money moves or has moved: a
-- second tab's execute fails here, before bKash hears of it.
CREATE UNIQUE INDEX IF NOT EXISTS idx_payments_one_charge ON payments (user_id, course_id)
    WHERE state IN ('executing', 'pending', 'paid', 'review');

-- What the reconciler has to look at, however many old payments there are.
CREATE INDEX IF NOT EXISTS idx_payments_open ON payments (updated_at_ms)
    WHERE state IN ('initiated', 'created', 'executing', 'pending');

-- Every state a payment was ever in, written by the triggers so that no statement can forget it.
CREATE TABLE IF NOT EXISTS payment_history (
    id      INTEGER PRIMARY KEY,
    payment INTEGER NOT NULL REFERENCES payments (id),
    state   TEXT NOT NULL,
    at_ms   INTEGER NOT NULL
) STRICT;

CREATE INDEX IF NOT EXISTS idx_payment_history_payment ON payment_history (payment);

CREATE TRIGGER IF NOT EXISTS payments_begin AFTER INSERT ON payments WHEN NEW.archived = 0
BEGIN
    SELECT RAISE(ABORT, 'a payment begins as initiated') WHERE NEW.state <> 'initiated';
    INSERT INTO payment_history (payment, state, at_ms)
    VALUES (NEW.id, NEW.state, NEW.created_at_ms);
END;

CREATE TRIGGER IF NOT EXISTS payments_move AFTER UPDATE OF state ON payments
BEGIN
    SELECT RAISE(ABORT, 'not a move of the payment machine') WHERE NOT EXISTS (
        SELECT 1 FROM payment_moves WHERE before = OLD.state AND after = NEW.state);
    INSERT INTO payment_history (payment, state, at_ms)
    VALUES (NEW.id, NEW.state, NEW.updated_at_ms);
END;

-- What a paid payment owes its shopper: an outbox, read by whoever opens courses. One row per
-- payment and one per shopper and course, so nothing is delivered twice.
CREATE TABLE IF NOT EXISTS fulfilments (
    payment       INTEGER PRIMARY KEY REFERENCES payments (id),
    user_id       INTEGER NOT NULL,
    course_id     INTEGER NOT NULL REFERENCES courses (id),
    created_at_ms INTEGER NOT NULL,
    UNIQUE (user_id, course_id)
) STRICT;

-- bKash's token, as the guide keeps it; one row per app key, so that processes share it. A secret:
-- whoever can read this file can act for the merchant until the token expires.
CREATE TABLE IF NOT EXISTS bkash (
    app_key       TEXT PRIMARY KEY,
    id_token      TEXT NOT NULL,
    refresh_token TEXT NOT NULL,
    issued_at_ms  INTEGER NOT NULL,
    lifetime_ms   INTEGER NOT NULL CHECK (lifetime_ms >= 0),
    updated_at    INTEGER NOT NULL  -- the guide's column name; milliseconds since 1970
) STRICT;

-- The guide's index on the token.
CREATE INDEX IF NOT EXISTS idx_bkash_updated_at ON bkash (updated_at);

-- Keys that this shop made for itself, so that what was signed before a restart is known after it.
CREATE TABLE IF NOT EXISTS secrets (
    name  TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
