import { packMessageTexts } from './pack-message-texts.js';
import { packRawMessages } from './pack-raw-messages.js';
import type { SchemaUpdates } from './schema-updates.js';

/**
 * Tables of one row carry `single`, so that a second row can't be. Times are epoch milliseconds; what is called JSON in
 * the name of a contract type is that type as JSON.
 */
const FIRST = `
  CREATE TABLE practice_database (
    single INTEGER PRIMARY KEY CHECK (single = 1),
    id TEXT NOT NULL,
    name TEXT NOT NULL
  ) STRICT;

  CREATE TABLE lease (
    single INTEGER PRIMARY KEY CHECK (single = 1),
    highest_fence INTEGER NOT NULL,
    holder TEXT,
    expires_at INTEGER NOT NULL
  ) STRICT;
  INSERT INTO lease VALUES (1, 0, NULL, 0);

  CREATE TABLE configuration (
    single INTEGER PRIMARY KEY CHECK (single = 1),
    revision INTEGER NOT NULL,
    settings TEXT,  -- JSON
    account TEXT,   -- MailAccount
    other TEXT,     -- OtherEmail
    changed_by TEXT,
    changed_at INTEGER
  ) STRICT;
  INSERT INTO configuration VALUES (1, 0, NULL, NULL, NULL, NULL, NULL);

  CREATE TABLE secrets (name TEXT PRIMARY KEY, sealed BLOB NOT NULL) STRICT;

  CREATE TABLE practice (
    single INTEGER PRIMARY KEY CHECK (single = 1),
    name TEXT NOT NULL,
    email_address TEXT NOT NULL,
    campaign_plus INTEGER NOT NULL
  ) STRICT;

  CREATE TABLE patients (id TEXT PRIMARY KEY, name TEXT NOT NULL, address TEXT NOT NULL) STRICT;
  CREATE INDEX patients_by_address ON patients (address);

  -- The patient that a person chose for an address that several share.
  CREATE TABLE chosen_patients (address TEXT PRIMARY KEY, patient TEXT NOT NULL) STRICT;

  CREATE TABLE prompts (
    id TEXT PRIMARY KEY,
    prompt TEXT NOT NULL,  -- Prompt
    raised_at INTEGER NOT NULL,
    postponed INTEGER NOT NULL
  ) STRICT;

  CREATE TABLE audit (
    id INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,
    by TEXT NOT NULL,
    subject TEXT NOT NULL,
    before TEXT NOT NULL,  -- JSON
    after TEXT NOT NULL    -- JSON
  ) STRICT;

  CREATE TABLE health (part TEXT PRIMARY KEY, report TEXT NOT NULL) STRICT;  -- HealthReport

  CREATE TABLE cursors (
    account TEXT NOT NULL,
    mailbox TEXT NOT NULL,
    uid_validity INTEGER NOT NULL,
    last_uid INTEGER NOT NULL,
    PRIMARY KEY (account, mailbox)
  ) STRICT;

  CREATE TABLE set_aside (
    account TEXT NOT NULL,
    mailbox TEXT NOT NULL,
    uid INTEGER NOT NULL,
    failure TEXT NOT NULL,  -- Failure
    since INTEGER NOT NULL,
    PRIMARY KEY (account, mailbox, uid)
  ) STRICT;

  -- Bytes as they came. A row with a stage is not yet a message's: it goes with the lease of its fence.
  CREATE TABLE raw_messages (
    id INTEGER PRIMARY KEY,
    size INTEGER NOT NULL,
    stage TEXT UNIQUE,
    fence INTEGER NOT NULL
  ) STRICT;
  CREATE TABLE raw_chunks (
    raw INTEGER NOT NULL REFERENCES raw_messages ON DELETE CASCADE,
    start INTEGER NOT NULL,
    bytes BLOB NOT NULL,
    PRIMARY KEY (raw, start)
  ) STRICT;

  -- A deleted message stays as a row, so that its identity never comes in again.
  CREATE TABLE messages (
    id INTEGER PRIMARY KEY,
    identity TEXT NOT NULL UNIQUE,
    account TEXT NOT NULL,
    mailbox TEXT NOT NULL,
    uid_validity INTEGER NOT NULL,
    uid INTEGER NOT NULL,
    message_id TEXT,
    sender TEXT,  -- address of From, lower case
    arrived_at INTEGER NOT NULL,
    folder TEXT NOT NULL CHECK (folder IN ('inbox', 'deleted')),
    read INTEGER NOT NULL,
    patient TEXT,             -- Patient
    suggested TEXT NOT NULL,  -- Patient[]
    summary TEXT NOT NULL,    -- MessageIndex without text and html
    raw INTEGER NOT NULL REFERENCES raw_messages
  ) STRICT;
  CREATE INDEX messages_newest_first ON messages (folder, arrived_at DESC, id DESC);
  CREATE INDEX messages_by_message_id ON messages (message_id);
  CREATE INDEX messages_by_raw ON messages (raw);
  CREATE TABLE message_texts (message INTEGER PRIMARY KEY REFERENCES messages, text TEXT, html TEXT) STRICT;

  CREATE TABLE emails (
    id INTEGER PRIMARY KEY,
    account TEXT NOT NULL,
    state TEXT NOT NULL,
    queued_at INTEGER NOT NULL,
    queued_by TEXT NOT NULL,
    asked_not_before INTEGER,  -- what the writer asked for
    not_before INTEGER,        -- what holds now
    released_at INTEGER,       -- when a person last let it go on
    sent_at INTEGER,
    message_id TEXT,
    patient TEXT,           -- Patient
    email TEXT NOT NULL,    -- NewEmail without the attachments
    failure TEXT,           -- Failure
    attempts INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX emails_waiting ON emails (account, state, queued_at, id);
  CREATE INDEX emails_newest_first ON emails (state, queued_at DESC, id DESC);
  CREATE TABLE email_raws (email INTEGER PRIMARY KEY REFERENCES emails, raw BLOB NOT NULL) STRICT;
  CREATE TABLE email_attachments (
    email INTEGER NOT NULL REFERENCES emails,
    position INTEGER NOT NULL,
    name TEXT NOT NULL,
    content_type TEXT NOT NULL,
    content BLOB NOT NULL,
    PRIMARY KEY (email, position)
  ) STRICT;
  CREATE TABLE email_recipients (
    email INTEGER NOT NULL REFERENCES emails,
    position INTEGER NOT NULL,
    address TEXT NOT NULL,
    outcome TEXT NOT NULL CHECK (outcome IN ('pending', 'accepted', 'refused')),
    failure TEXT,  -- Failure
    accepted_at INTEGER,
    PRIMARY KEY (email, position)
  ) STRICT;
  CREATE INDEX recipients_by_time ON email_recipients (accepted_at) WHERE accepted_at IS NOT NULL;
`;

/** Workstations beside the server. */
const SECOND = `
  -- How often each kind of change was told, counted with the change itself: where another process learns of it.
  CREATE TABLE changes (topic TEXT PRIMARY KEY, number INTEGER NOT NULL) STRICT;

  -- What no run has heard yet. The same again is one request.
  CREATE TABLE job_requests (
    id INTEGER PRIMARY KEY,
    job TEXT NOT NULL,
    request TEXT NOT NULL,  -- JobRequest
    UNIQUE (job, request)
  ) STRICT;

  ALTER TABLE audit ADD COLUMN title TEXT NOT NULL DEFAULT '';

  -- Putting off is each workstation's own affair.
  ALTER TABLE prompts DROP COLUMN postponed;
`;

/** A long Outbox: each list has its index, numbers are kept, and each email says who decided about it. */
const THIRD = `
  ALTER TABLE emails ADD COLUMN decided TEXT;  -- OutboxDecision

  -- Where it is listed: it changes less often than the state.
  ALTER TABLE emails ADD COLUMN folder TEXT NOT NULL DEFAULT 'outbox' CHECK (folder IN ('outbox', 'sent', 'stopped'));
  UPDATE emails SET folder = state WHERE state IN ('sent', 'stopped');

  CREATE INDEX emails_by_time ON emails (folder, queued_at, id);
  CREATE INDEX emails_by_recipient ON emails (folder, json_extract(email, '$.to[0].address') COLLATE NOCASE, id);
  CREATE INDEX emails_by_subject ON emails (folder, json_extract(email, '$.subject') COLLATE NOCASE, id);
  CREATE INDEX emails_by_sent_time ON emails (folder, sent_at, id);
  CREATE INDEX emails_with_reason ON emails (folder, state, json_extract(failure, '$.code')) WHERE failure IS NOT NULL;

  DROP INDEX emails_waiting;
  CREATE INDEX emails_waiting ON emails (account, state, queued_at, id, not_before);
  CREATE INDEX emails_due ON emails (account, ifnull(not_before, queued_at)) WHERE state = 'queued';

  CREATE TABLE email_counts (
    account TEXT NOT NULL,
    state TEXT NOT NULL,
    emails INTEGER NOT NULL,
    PRIMARY KEY (account, state)
  ) STRICT;
  INSERT INTO email_counts SELECT account, state, count(*) FROM emails GROUP BY account, state;
  CREATE TRIGGER email_counted AFTER INSERT ON emails BEGIN
    INSERT INTO email_counts VALUES (new.account, new.state, 1) ON CONFLICT DO UPDATE SET emails = emails + 1;
  END;
  CREATE TRIGGER email_recounted AFTER UPDATE OF state ON emails BEGIN
    UPDATE email_counts SET emails = emails - 1 WHERE account = old.account AND state = old.state;
    INSERT INTO email_counts VALUES (new.account, new.state, 1) ON CONFLICT DO UPDATE SET emails = emails + 1;
  END;
`;

/** What came back after it had left. */
const DELIVERY_REPORTS = `
  ALTER TABLE email_recipients ADD COLUMN news TEXT;  -- DeliveryNews
  ALTER TABLE emails ADD COLUMN came_back INTEGER NOT NULL DEFAULT 0;  -- for a recipient
  ALTER TABLE emails ADD COLUMN is_news INTEGER NOT NULL DEFAULT 0;    -- and nobody has looked at it since
  CREATE INDEX emails_by_message_id ON emails (message_id) WHERE message_id IS NOT NULL;
  CREATE INDEX emails_come_back ON emails (sent_at, id) WHERE came_back = 1;
  CREATE INDEX emails_in_the_news ON emails (account) WHERE is_news = 1;

  -- Messages whose report was noted, by their identity: each counts once.
  CREATE TABLE delivery_reports (identity TEXT PRIMARY KEY, email INTEGER NOT NULL REFERENCES emails) STRICT;

  -- Addresses, in lower case, to which email does not arrive.
  CREATE TABLE failing_addresses (
    address TEXT PRIMARY KEY,
    failure TEXT NOT NULL,  -- Failure
    at INTEGER NOT NULL
  ) STRICT;
`;

/** A download survives a restart where it was. */
const DOWNLOAD = `
  ALTER TABLE cursors ADD COLUMN download TEXT;  -- Download
`;

/** What an email says stands apart from its state, which is written again and again. */
const EMAIL_TEXTS = `
  CREATE TABLE email_texts (email INTEGER PRIMARY KEY REFERENCES emails, text TEXT NOT NULL, html TEXT) STRICT;
  INSERT INTO email_texts
    SELECT id, ifnull(json_extract(email, '$.text'), ''), json_extract(email, '$.html') FROM emails;
  UPDATE emails SET email = json_remove(email, '$.text', '$.html');
`;

/**
 * What an email passes through on its way out is noted in as few places as can be, since each is a page to be written:
 * it counts as one of those that wait until it has ended, and only the indexes of what has ended or under way have it by
 * state. A condition of OR is what SQLite recognizes in a question for one of the states.
 */
const FLOWING_EMAILS = `
  DROP INDEX emails_waiting;
  DROP INDEX emails_newest_first;
  CREATE INDEX emails_in_state ON emails (state, queued_at, id)
    WHERE state = 'claimed' OR state = 'submitting' OR state = 'held' OR state = 'failed' OR state = 'uncertain';
  DROP INDEX emails_by_time;
  CREATE INDEX emails_by_time ON emails (folder, queued_at, id) WHERE folder = 'outbox' OR folder = 'stopped';
  DROP INDEX emails_by_sent_time;
  CREATE INDEX emails_by_sent_time ON emails (folder, sent_at, id) WHERE folder = 'sent';

  DROP TRIGGER email_counted;
  DROP TRIGGER email_recounted;
  DELETE FROM email_counts;
  ALTER TABLE email_counts RENAME COLUMN state TO counted_as;
  INSERT INTO email_counts
    SELECT account, iif(state IN ('queued', 'claimed', 'submitting'), 'waiting', state) AS counted_as, count(*)
    FROM emails GROUP BY account, counted_as;
  CREATE TRIGGER email_counted AFTER INSERT ON emails BEGIN
    INSERT INTO email_counts
      VALUES (new.account, iif(new.state IN ('queued', 'claimed', 'submitting'), 'waiting', new.state), 1)
      ON CONFLICT DO UPDATE SET emails = emails + 1;
  END;
  CREATE TRIGGER email_recounted AFTER UPDATE OF state ON emails
    WHEN old.state NOT IN ('queued', 'claimed', 'submitting') OR new.state NOT IN ('queued', 'claimed', 'submitting')
  BEGIN
    UPDATE email_counts SET emails = emails - 1 WHERE account = old.account
      AND counted_as = iif(old.state IN ('queued', 'claimed', 'submitting'), 'waiting', old.state);
    INSERT INTO email_counts
      VALUES (new.account, iif(new.state IN ('queued', 'claimed', 'submitting'), 'waiting', new.state), 1)
      ON CONFLICT DO UPDATE SET emails = emails + 1;
  END;
`;

export const SCHEMA_UPDATES: SchemaUpdates = [
  FIRST,
  SECOND,
  THIRD,
  DELIVERY_REPORTS,
  DOWNLOAD,
  EMAIL_TEXTS,
  packRawMessages,
  FLOWING_EMAILS,
  packMessageTexts,
];
