-- A store as version 1 of the format held it, by sqlite3's .dump; written by the release that made version 1 the newest.
PRAGMA application_id = 0x4F435853; PRAGMA user_version = 1;
PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
CREATE TABLE counters (
    name TEXT PRIMARY KEY,
    value INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO counters VALUES('knowledge',0);
INSERT INTO counters VALUES('ticket',1006);
CREATE TABLE contacts (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    is_verified INTEGER NOT NULL,
    custom_id TEXT,
    email TEXT,
    phone TEXT,
    body TEXT NOT NULL
) STRICT;
INSERT INTO contacts VALUES(1,'s1-000003',0,'device-answered',NULL,NULL,'{"createdAt":1700000000000,"customID":"device-answered","id":"s1-000003","isVerified":false}');
INSERT INTO contacts VALUES(2,'s1-000013',0,'device-handed-off',NULL,NULL,'{"createdAt":1700000000000,"customID":"device-handed-off","id":"s1-000013","isVerified":false}');
INSERT INTO contacts VALUES(3,'s1-000025',0,'device-undelivered',NULL,NULL,'{"createdAt":1700000000000,"customID":"device-undelivered","id":"s1-000025","isVerified":false}');
INSERT INTO contacts VALUES(4,'s1-000035',0,'device-closed',NULL,NULL,'{"createdAt":1700000000000,"customID":"device-closed","id":"s1-000035","isVerified":false}');
INSERT INTO contacts VALUES(5,'s1-000038',0,'device-dead',NULL,NULL,'{"createdAt":1700000000000,"customID":"device-dead","id":"s1-000038","isVerified":false}');
INSERT INTO contacts VALUES(6,'s1-000048',0,'device-waiting',NULL,NULL,'{"createdAt":1700000000000,"customID":"device-waiting","id":"s1-000048","isVerified":false}');
CREATE TABLE sessions (
    ticket INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    contact INTEGER NOT NULL REFERENCES contacts (number),
    channel TEXT NOT NULL,
    thread TEXT NOT NULL,
    status TEXT NOT NULL,
    owner TEXT NOT NULL,
    awaits_ai INTEGER NOT NULL,
    turn_due_at INTEGER NOT NULL,
    failed_attempts INTEGER NOT NULL,
    lease TEXT,
    lease_until INTEGER,
    updated_at INTEGER NOT NULL,
    body TEXT NOT NULL
) STRICT;
INSERT INTO sessions VALUES(1001,'s1-000001',1,'test','answered','open','ai',0,1700000000000,0,NULL,NULL,1700000000000,'{"channel":"test","channelKind":"web","clarifications":0,"contact":"s1-000003","createdAt":1700000000000,"hasOtherSenders":false,"id":"s1-000001","language":"en","lastCustomerSequence":1,"lastSequence":2,"owner":{"ai":{}},"placeholders":{"highest":{}},"settledSequence":1,"status":"open","tags":[],"thread":"answered","ticket":1001,"updatedAt":1700000000000}');
INSERT INTO sessions VALUES(1002,'s1-000011',2,'test','handed-off','open','team',0,1700000000000,0,NULL,NULL,1700000000000,'{"channel":"test","channelKind":"web","clarifications":0,"contact":"s1-000013","createdAt":1700000000000,"handoff":{"at":1700000000000,"explanation":"The customer asked for a person: I want to speak to a human","reasons":["user_requested_human_assistance"],"sentiment":"neutral","summary":"Asked first: I want to speak to a human","trigger":"explicit_request"},"hasOtherSenders":false,"id":"s1-000011","language":"en","lastCustomerSequence":1,"lastSequence":4,"owner":{"team":{}},"placeholders":{"highest":{}},"settledSequence":1,"status":"open","tags":[],"thread":"handed-off","ticket":1002,"updatedAt":1700000000000}');
INSERT INTO sessions VALUES(1003,'s1-000023',3,'test','undelivered','open','ai',0,1700000000000,0,NULL,NULL,1700000000000,'{"channel":"test","channelKind":"web","clarifications":0,"contact":"s1-000025","createdAt":1700000000000,"hasOtherSenders":false,"id":"s1-000023","language":"en","lastCustomerSequence":1,"lastSequence":2,"owner":{"ai":{}},"placeholders":{"highest":{}},"settledSequence":1,"status":"open","tags":[],"thread":"undelivered","ticket":1003,"updatedAt":1700000000000}');
INSERT INTO sessions VALUES(1004,'s1-000033',4,'test','closed','closed_resolved','ai',0,1700000000000,0,NULL,NULL,1700000000000,'{"channel":"test","channelKind":"web","clarifications":0,"contact":"s1-000035","createdAt":1700000000000,"hasOtherSenders":false,"id":"s1-000033","lastCustomerSequence":1,"lastSequence":2,"owner":{"ai":{}},"placeholders":{"highest":{}},"settledSequence":1,"status":"closed_resolved","tags":[],"thread":"closed","ticket":1004,"updatedAt":1700000000000}');
INSERT INTO sessions VALUES(1005,'s1-000036',5,'test','dead','open','team',0,1700000000000,0,NULL,NULL,1700000000000,'{"channel":"test","channelKind":"web","clarifications":0,"contact":"s1-000038","createdAt":1700000000000,"hasOtherSenders":false,"id":"s1-000036","language":"en","lastCustomerSequence":1,"lastSequence":4,"owner":{"team":{}},"placeholders":{"highest":{}},"settledSequence":1,"status":"open","tags":[],"thread":"dead","ticket":1005,"updatedAt":1700000000000}');
INSERT INTO sessions VALUES(1006,'s1-000046',6,'test','waiting','open','ai',1,1700000000000,0,NULL,NULL,1700000000000,'{"channel":"test","channelKind":"web","clarifications":0,"contact":"s1-000048","createdAt":1700000000000,"hasOtherSenders":false,"id":"s1-000046","language":"en","lastCustomerSequence":1,"lastSequence":1,"owner":{"ai":{}},"placeholders":{"highest":{}},"settledSequence":0,"status":"open","tags":[],"thread":"waiting","ticket":1006,"updatedAt":1700000000000}');
CREATE TABLE entries (
    ticket INTEGER NOT NULL REFERENCES sessions (ticket),
    sequence INTEGER NOT NULL,
    at INTEGER NOT NULL,
    kind TEXT NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (ticket, sequence)
) STRICT, WITHOUT ROWID;
INSERT INTO entries VALUES(1001,1,1700000000000,'message','{"message":{"_0":{"at":1700000000000,"attachments":[],"author":{"customer":{}},"citations":[],"id":"s1-000002","text":"Until when can I return it?"}}}');
INSERT INTO entries VALUES(1001,2,1700000000000,'message','{"message":{"_0":{"at":1700000000000,"attachments":[],"author":{"ai":{}},"citations":[],"id":"s1-000006","text":"Within 60 days."}}}');
INSERT INTO entries VALUES(1002,1,1700000000000,'message','{"message":{"_0":{"at":1700000000000,"attachments":[],"author":{"customer":{}},"citations":[],"id":"s1-000012","text":"I want to speak to a human"}}}');
INSERT INTO entries VALUES(1002,2,1700000000000,'handoff','{"handoff":{"_0":{"at":1700000000000,"explanation":"The customer asked for a person: I want to speak to a human","reasons":["user_requested_human_assistance"],"sentiment":"neutral","summary":"Asked first: I want to speak to a human","trigger":"explicit_request"}}}');
INSERT INTO entries VALUES(1002,3,1700000000000,'owner','{"owner":{"_0":{"team":{}},"by":{"ai":{}}}}');
INSERT INTO entries VALUES(1002,4,1700000000000,'message','{"message":{"_0":{"at":1700000000000,"attachments":[],"author":{"ai":{}},"citations":[],"id":"s1-000016","text":"Of course. I''ve passed the conversation on to our team, and somebody will reply here."}}}');
INSERT INTO entries VALUES(1003,1,1700000000000,'message','{"message":{"_0":{"at":1700000000000,"attachments":[],"author":{"customer":{}},"citations":[],"id":"s1-000024","text":"And shipping?"}}}');
INSERT INTO entries VALUES(1003,2,1700000000000,'message','{"message":{"_0":{"at":1700000000000,"attachments":[],"author":{"ai":{}},"citations":[],"id":"s1-000028","text":"Within 60 days."}}}');
INSERT INTO entries VALUES(1004,1,1700000000000,'message','{"message":{"_0":{"at":1700000000000,"attachments":[],"author":{"customer":{}},"citations":[],"id":"s1-000034","text":"Thanks"}}}');
INSERT INTO entries VALUES(1004,2,1700000000000,'status','{"status":{"_0":"closed_resolved","by":{"person":{"_0":"mia"}}}}');
INSERT INTO entries VALUES(1005,1,1700000000000,'message','{"message":{"_0":{"at":1700000000000,"attachments":[],"author":{"customer":{}},"citations":[],"id":"s1-000037","text":"Hello?"}}}');
INSERT INTO entries VALUES(1005,2,1700000000000,'message','{"message":{"_0":{"at":1700000000000,"attachments":[],"author":{"ai":{}},"citations":[],"id":"s1-000041","text":"Within 60 days."}}}');
INSERT INTO entries VALUES(1005,3,1700000000000,'delivery_failed','{"deliveryFailed":{"_0":"s1-000036-2-message","reason":"blocked"}}');
INSERT INTO entries VALUES(1005,4,1700000000000,'owner','{"owner":{"_0":{"team":{}},"by":{"system":{}}}}');
INSERT INTO entries VALUES(1006,1,1700000000000,'message','{"message":{"_0":{"at":1700000000000,"attachments":[],"author":{"customer":{}},"citations":[],"id":"s1-000047","text":"Do you ship to Norway?"}}}');
CREATE TABLE message_ids (
    channel TEXT NOT NULL,
    provider_id TEXT NOT NULL,
    ticket INTEGER NOT NULL REFERENCES sessions (ticket),
    sequence INTEGER NOT NULL,
    PRIMARY KEY (channel, provider_id)
) STRICT, WITHOUT ROWID;
INSERT INTO message_ids VALUES('test','1',1001,1);
INSERT INTO message_ids VALUES('test','2',1002,1);
INSERT INTO message_ids VALUES('test','3',1003,1);
INSERT INTO message_ids VALUES('test','4',1004,1);
INSERT INTO message_ids VALUES('test','5',1005,1);
INSERT INTO message_ids VALUES('test','6',1006,1);
CREATE TABLE message_hashes (
    channel TEXT NOT NULL,
    thread TEXT NOT NULL,
    hash TEXT NOT NULL,
    at INTEGER NOT NULL,
    ticket INTEGER NOT NULL REFERENCES sessions (ticket),
    sequence INTEGER NOT NULL,
    PRIMARY KEY (channel, thread, hash)
) STRICT, WITHOUT ROWID;
CREATE TABLE outbox (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    ticket INTEGER NOT NULL REFERENCES sessions (ticket),
    lane TEXT NOT NULL,
    state TEXT NOT NULL,
    attempts INTEGER NOT NULL,
    due_at INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    lease TEXT,
    lease_until INTEGER,
    last_failure TEXT,
    sequence INTEGER,
    payload TEXT
) STRICT;
INSERT INTO outbox VALUES(1,'s1-000001-2-message',1001,'channel','delivered',1,1700000000000,1700000000000,NULL,NULL,NULL,2,NULL);
INSERT INTO outbox VALUES(2,'s1-000011-2-handoff-desk',1002,'helpdesk:desk','pending',1,1700000000566,1700000000000,NULL,NULL,'no answer',NULL,'{"handoff":{"_0":"desk","_1":{"at":1700000000000,"explanation":"The customer asked for a person: I want to speak to a human","reasons":["user_requested_human_assistance"],"sentiment":"neutral","summary":"Asked first: I want to speak to a human","trigger":"explicit_request"}}}');
INSERT INTO outbox VALUES(3,'s1-000011-4-message',1002,'channel','delivered',1,1700000000000,1700000000000,NULL,NULL,NULL,4,NULL);
INSERT INTO outbox VALUES(4,'s1-000023-2-message',1003,'channel','pending',1,1700000000745,1700000000000,NULL,NULL,'down',2,NULL);
INSERT INTO outbox VALUES(5,'s1-000036-2-message',1005,'channel','dead',1,1700000000000,1700000000000,NULL,NULL,'blocked',2,NULL);
CREATE TABLE effects (
    key TEXT PRIMARY KEY,
    session TEXT,
    begun_at INTEGER,
    intent TEXT,
    finished_at INTEGER,
    record TEXT
) STRICT, WITHOUT ROWID;
CREATE TABLE traces (
    number INTEGER PRIMARY KEY,
    ticket INTEGER NOT NULL REFERENCES sessions (ticket),
    body BLOB NOT NULL
) STRICT;
INSERT INTO traces VALUES(1,1001,X'c702000078bba96efc1ec397ab8b0d750d40c014257bc3440dd1f3b901021097e543f34a327314ca3352f3149213f3143c1580c9b7b4284f21b3c49eb2d280405e37c09bd763f128252edbe23101338362e41143dcba894ed6c5b9893939f1258939d968e9da106fb246a4dd7060659e99a76066a090925859ac879e940d884ec9860412b2091e73894cc7c03c570b00d0c5eb55');
INSERT INTO traces VALUES(2,1002,X'c601000078bba96efc1ec397ab8b0d750d80c0d014257bc3440dd1f3b901021097e53d15ca13f34a144af2158a0b5213b3418c44858cd2dcc43cca0a030259dd80f8ac8ed785c88580a5297231805910c7e27600a5c53a30c9d50200a23a9564');
INSERT INTO traces VALUES(3,1003,X'b902000078bba96efc1ec397ab8b0d750d80c0c81c257bc3448dd1f3b901021097e51df352148a33320b0a32f3d2ed29cbff0472b701dedc1d8b47297119158f09985912235718e2d64d74422ece4dccc9892f49ccc9464bc98678133222b58603abefcc3c0533038594c4ca623df4c46b4074da352490744df0984b64ca05e6b25a001669e69c');
INSERT INTO traces VALUES(4,1005,X'b202000078bba96efc1ec397ab8b0d750d80c0c400257b43458dcdd0f3b901021097e53d527372f2ed29cbf804b2b501de6c1d8b47297139148f09987911333be0d64d740a2ece4dccc9892f49ccc9464bc28678533022998603ebedcc3c0533038594c4ca623df4546b4074a2352490664df0984b64920566af5a0037cfe3f9');
CREATE TABLE articles (
    id TEXT PRIMARY KEY,
    source TEXT NOT NULL,
    revision TEXT NOT NULL,
    body TEXT NOT NULL
) STRICT;
CREATE TABLE index_snapshot (
    slot INTEGER PRIMARY KEY CHECK (slot = 1),
    version INTEGER NOT NULL,
    body BLOB NOT NULL
) STRICT;
CREATE INDEX contacts_by_custom_id ON contacts (custom_id, is_verified) WHERE custom_id IS NOT NULL;
CREATE INDEX contacts_by_email ON contacts (email) WHERE is_verified = 1 AND email IS NOT NULL;
CREATE INDEX contacts_by_phone ON contacts (phone) WHERE is_verified = 1 AND phone IS NOT NULL;
CREATE INDEX sessions_by_thread ON sessions (channel, thread, ticket);
CREATE INDEX sessions_by_contact ON sessions (contact);
CREATE INDEX sessions_by_change ON sessions (updated_at);
CREATE INDEX sessions_open ON sessions (updated_at) WHERE status = 'open';
CREATE INDEX sessions_handed_off ON sessions (updated_at) WHERE status = 'open' AND owner <> 'ai';
CREATE INDEX turns_waiting ON sessions (turn_due_at) WHERE awaits_ai = 1 AND lease IS NULL;
CREATE INDEX turns_leased ON sessions (lease_until) WHERE lease IS NOT NULL;
CREATE INDEX outbox_due ON outbox (due_at, number) WHERE state = 'pending';
CREATE INDEX outbox_pending ON outbox (ticket, lane, number) WHERE state = 'pending';
CREATE INDEX outbox_leased ON outbox (lease_until) WHERE state = 'pending' AND lease IS NOT NULL;
CREATE INDEX outbox_dead ON outbox (number) WHERE state = 'dead';
CREATE INDEX traces_by_session ON traces (ticket);
CREATE INDEX articles_by_source ON articles (source, id, revision);
COMMIT;
