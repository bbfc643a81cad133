-- The learner's file. What only the log says is `event` and `device`; `card` and `alias` follow from it and from the bank.

PRAGMA application_id = 0x7175697a; -- "quiz"

-- One row: whose file this is and as which device it writes.
CREATE TABLE learner (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    id TEXT NOT NULL,
    lane INTEGER NOT NULL,
    generation TEXT NOT NULL, -- a new one whenever cards change otherwise than by this device's next event
    rules TEXT NOT NULL       -- the settings that the cards were computed under
);

-- A lane is a numbered run of `seq`. Two lanes have the same device where its file was copied and both copies went on.
CREATE TABLE device (
    lane INTEGER PRIMARY KEY,
    id TEXT NOT NULL
);

-- The log. An answer writes one page at the end of the table and one at the end of the index of ids: hence the key,
-- lane << 40 | seq, and hence no index by card. `previous` is the key of the event of the same card that was written
-- before, `card.newest` the key of the latest, so that the events of a card are found by following them.
CREATE TABLE event (
    key INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    type TEXT NOT NULL,
    at INTEGER NOT NULL,
    offset INTEGER NOT NULL,
    study_day INTEGER NOT NULL,
    session TEXT,
    card TEXT,
    rating INTEGER,
    seconds REAL,
    setting TEXT,
    retracts TEXT,
    data TEXT, -- a JSON object; NULL for an empty one
    previous INTEGER
);

-- Both leave reviews out, and so cost an answer nothing.
CREATE INDEX event_retracts ON event (retracts) WHERE retracts IS NOT NULL;
CREATE INDEX event_without_card ON event (type) WHERE card IS NULL;

-- The replay of each card, and under ids that became aliases only `newest`.
CREATE TABLE card (
    id TEXT PRIMARY KEY,
    newest INTEGER,
    latest_at INTEGER, -- the latest `at` of its events; a later event can be applied without a replay
    stability REAL,
    difficulty REAL,
    due INTEGER,
    first_day INTEGER,
    last_day INTEGER,
    last_at INTEGER,
    last_rating INTEGER,
    reps INTEGER NOT NULL DEFAULT 0,
    lapses INTEGER NOT NULL DEFAULT 0,
    suspended INTEGER NOT NULL DEFAULT 0,
    flagged INTEGER NOT NULL DEFAULT 0,
    buried_on INTEGER
) WITHOUT ROWID;

-- The renamed ids that occur in the log, and where their events belong now.
CREATE TABLE alias (
    new TEXT NOT NULL,
    old TEXT NOT NULL UNIQUE,
    PRIMARY KEY (new, old)
) WITHOUT ROWID;
