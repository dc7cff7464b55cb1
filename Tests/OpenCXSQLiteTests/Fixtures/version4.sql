-- A store as version 4 of the format held it, by sqlite3's .dump: the file of version 3, brought up to date, and a sealed value.
PRAGMA application_id = 0x4F435853; PRAGMA user_version = 4;
PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
CREATE TABLE counters (
    name TEXT PRIMARY KEY,
    value INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO counters VALUES('knowledge',2);
INSERT INTO counters VALUES('ticket',1003);
CREATE TABLE contacts (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    is_verified INTEGER NOT NULL,
    custom_id TEXT,
    email TEXT,
    phone TEXT,
    body TEXT NOT NULL
) STRICT;
INSERT INTO contacts VALUES(1,'01m8bdmvk92fma3mpscrbgs0aqke211em9hx',1,'ask-01m8bdmvk25e435mvtkkw9h0r594xddsmky6','jane@example.com',NULL,'{"id":"01m8bdmvk92fma3mpscrbgs0aqke211em9hx","email":"jane@example.com","customID":"ask-01m8bdmvk25e435mvtkkw9h0r594xddsmky6","isVerified":true,"createdAt":1795679743587}');
INSERT INTO contacts VALUES(2,'01m8bdmvsq7mvtpry0db0jy316c0xxh2mc4a',1,'ask-01m8bdmvsh2cy234y0713wk72sgm1qddmeaf','jane@example.com',NULL,'{"id":"01m8bdmvsq7mvtpry0db0jy316c0xxh2mc4a","email":"jane@example.com","customID":"ask-01m8bdmvsh2cy234y0713wk72sgm1qddmeaf","isVerified":true,"createdAt":1795679743794}');
INSERT INTO contacts VALUES(3,'01m8bdn6he9jcwn4q07pcqxd9n2pgzrggnv1',1,NULL,'jonas.weber@example.com',NULL,'{"id":"01m8bdn6he9jcwn4q07pcqxd9n2pgzrggnv1","email":"jonas.weber@example.com","isVerified":true,"createdAt":1795679754797}');
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
, expires_at INTEGER) STRICT;
INSERT INTO sessions VALUES(1001,'01m8bdmvk38n1nphbpyp4jd7ksnw5kfd5bmd',1,'api','ask-01m8bdmvk25e435mvtkkw9h0r594xddsmky6','open','ai',0,1795679743587,0,NULL,NULL,1795679743663,'{"id":"01m8bdmvk38n1nphbpyp4jd7ksnw5kfd5bmd","ticket":1001,"channel":"api","channelKind":"api","thread":"ask-01m8bdmvk25e435mvtkkw9h0r594xddsmky6","contact":"01m8bdmvk92fma3mpscrbgs0aqke211em9hx","hasOtherSenders":false,"status":"open","owner":{"ai":{}},"language":"en","tags":[],"clarifications":0,"expiry":{"at":1795766143663,"status":"closed_resolved","actor":{"ai":{}}},"placeholders":{"highest":{}},"createdAt":1795679743587,"updatedAt":1795679743663,"lastSequence":2,"lastCustomerSequence":1,"settledSequence":1}',1795766143663);
INSERT INTO sessions VALUES(1002,'01m8bdmvsj0bt858gpttt3rept6hnb9xnstk',2,'api','ask-01m8bdmvsh2cy234y0713wk72sgm1qddmeaf','open','team',0,1795679743794,0,NULL,NULL,1795679743814,'{"id":"01m8bdmvsj0bt858gpttt3rept6hnb9xnstk","ticket":1002,"channel":"api","channelKind":"api","thread":"ask-01m8bdmvsh2cy234y0713wk72sgm1qddmeaf","contact":"01m8bdmvsq7mvtpry0db0jy316c0xxh2mc4a","hasOtherSenders":false,"status":"open","owner":{"team":{}},"language":"en","tags":[],"handoff":{"trigger":"explicit_request","reasons":["user_requested_human_assistance"],"explanation":"The customer asked for a person: I want to talk to a human please","summary":"Asked first: I want to talk to a human please","sentiment":"neutral","at":1795679743814},"clarifications":0,"placeholders":{"highest":{}},"createdAt":1795679743794,"updatedAt":1795679743814,"lastSequence":4,"lastCustomerSequence":1,"settledSequence":1}',NULL);
INSERT INTO sessions VALUES(1003,'01m8bdn6hd3mnxhyydr26ht404cgzhr5wjdt',3,'terminal','terminal-01m8bdn6hc7jmsvpygn2hh353jvntmwej8zq','open','ai',0,1795679754882,0,NULL,NULL,1795679754917,'{"id":"01m8bdn6hd3mnxhyydr26ht404cgzhr5wjdt","ticket":1003,"channel":"terminal","channelKind":"api","thread":"terminal-01m8bdn6hc7jmsvpygn2hh353jvntmwej8zq","contact":"01m8bdn6he9jcwn4q07pcqxd9n2pgzrggnv1","hasOtherSenders":false,"status":"open","owner":{"ai":{}},"language":"en","tags":[],"clarifications":2,"expiry":{"at":1795938954917,"status":"closed_unresolved","actor":{"system":{}}},"placeholders":{"highest":{}},"createdAt":1795679754797,"updatedAt":1795679754917,"lastSequence":5,"lastCustomerSequence":3,"settledSequence":3}',1795938954917);
CREATE TABLE entries (
    ticket INTEGER NOT NULL REFERENCES sessions (ticket),
    sequence INTEGER NOT NULL,
    at INTEGER NOT NULL,
    kind TEXT NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (ticket, sequence)
) STRICT, WITHOUT ROWID;
INSERT INTO entries VALUES(1001,1,1795679743587,'message','{"message":{"_0":{"id":"01m8bdmvk35aatqb84sfazw92wmphmm2wpcf","author":{"customer":{}},"text":"How do I send something back?","citations":[],"attachments":[],"at":1795679743587}}}');
INSERT INTO entries VALUES(1001,2,1795679743663,'message','{"message":{"_0":{"id":"01m8bdmvnf1jktjk1q5f53j50gv32bvhx3fw","author":{"ai":{}},"text":"You can send back whatever you do not like within 30 days. Print the label in your account and take the parcel to any shop of the carrier.","citations":[{"article":"help/returns/send-back","title":"How to send something back"}],"attachments":[],"at":1795679743663}}}');
INSERT INTO entries VALUES(1002,1,1795679743794,'message','{"message":{"_0":{"id":"01m8bdmvsj2kxx8vvte28ep3b4nfzny2d7gw","author":{"customer":{}},"text":"I want to talk to a human please","citations":[],"attachments":[],"at":1795679743794}}}');
INSERT INTO entries VALUES(1002,2,1795679743814,'handoff','{"handoff":{"_0":{"trigger":"explicit_request","reasons":["user_requested_human_assistance"],"explanation":"The customer asked for a person: I want to talk to a human please","summary":"Asked first: I want to talk to a human please","sentiment":"neutral","at":1795679743814}}}');
INSERT INTO entries VALUES(1002,3,1795679743814,'owner','{"owner":{"_0":{"team":{}},"by":{"ai":{}}}}');
INSERT INTO entries VALUES(1002,4,1795679743814,'message','{"message":{"_0":{"id":"01m8bdmvt6f13av0wt57a8j2cyvw716kt1d6","author":{"ai":{}},"text":"Of course. I''ve passed the conversation on to our team, and somebody will reply here.","citations":[],"attachments":[],"at":1795679743814}}}');
INSERT INTO entries VALUES(1003,1,1795679754797,'message','{"message":{"_0":{"id":"01m8bdn6hd5gm52t6y1xym9bm5g7y9jgzgsj","author":{"customer":{}},"text":"Please cancel my order FH-10423","citations":[],"attachments":[],"at":1795679754797}}}');
INSERT INTO entries VALUES(1003,2,1795679754849,'message','{"message":{"_0":{"id":"01m8bdn6k19n6jy0s32qp380639rr3zdqkyq","author":{"ai":{}},"text":"Shall I cancel order **FH-10423**? Please answer yes or no.","citations":[],"attachments":[],"at":1795679754849}}}');
INSERT INTO entries VALUES(1003,3,1795679754882,'message','{"message":{"_0":{"id":"01m8bdn6m2c9z6v1ev3yvw0231xdgwyy8gb6","author":{"customer":{}},"text":"yes","citations":[],"attachments":[],"at":1795679754882}}}');
INSERT INTO entries VALUES(1003,4,1795679754917,'action','{"action":{"_0":{"name":"cancel_order","arguments":{"number":"FH-10423"},"outcome":"not_found","changes":false,"result":"The API answered 404.\nstatus: 404\nbody: {\"error\":\"Not Found\",\"message\":\"There is no such order.\",\"statusCode\":404}","fields":{}}}}');
INSERT INTO entries VALUES(1003,5,1795679754917,'message','{"message":{"_0":{"id":"01m8bdn6n5cysqg7ghgfx407xgs9xvxy7bjt","author":{"ai":{}},"text":"I couldn''t find anything for that order number. Could you check it and send it again?","citations":[],"attachments":[],"at":1795679754917}}}');
CREATE TABLE message_ids (
    channel TEXT NOT NULL,
    provider_id TEXT NOT NULL,
    ticket INTEGER NOT NULL REFERENCES sessions (ticket),
    sequence INTEGER NOT NULL, at INTEGER,
    PRIMARY KEY (channel, provider_id)
) STRICT, WITHOUT ROWID;
INSERT INTO message_ids VALUES('terminal','terminal-01m8bdn6hc7jmsvpygn2hh353jvntmwej8zq/1',1003,1,1795679754797);
INSERT INTO message_ids VALUES('terminal','terminal-01m8bdn6hc7jmsvpygn2hh353jvntmwej8zq/2',1003,3,1795679754882);
CREATE TABLE message_hashes (
    channel TEXT NOT NULL,
    thread TEXT NOT NULL,
    hash TEXT NOT NULL,
    at INTEGER NOT NULL,
    ticket INTEGER NOT NULL REFERENCES sessions (ticket),
    sequence INTEGER NOT NULL,
    PRIMARY KEY (channel, thread, hash)
) STRICT, WITHOUT ROWID;
INSERT INTO message_hashes VALUES('api','ask-01m8bdmvk25e435mvtkkw9h0r594xddsmky6','3b047489cf3db40c1694a429cb315abf',1795679743587,1001,1);
INSERT INTO message_hashes VALUES('api','ask-01m8bdmvsh2cy234y0713wk72sgm1qddmeaf','5fc5cf95783cbdffd51c767e9ac55b10',1795679743794,1002,1);
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
, pending_since INTEGER NOT NULL DEFAULT 0) STRICT;
INSERT INTO outbox VALUES(1,'01m8bdmvk38n1nphbpyp4jd7ksnw5kfd5bmd-2-message',1001,'channel:api','delivered',1,1795679743663,1795679743663,NULL,NULL,NULL,2,NULL,1795679743663);
INSERT INTO outbox VALUES(2,'01m8bdmvsj0bt858gpttt3rept6hnb9xnstk-2-handoff-file-drop',1002,'helpdesk:file-drop','pending',2,1795679756541,1795679743814,NULL,NULL,'Helpdesk file-drop is not configured in this process.',NULL,'{"handoff":{"_0":"file-drop","_1":{"trigger":"explicit_request","reasons":["user_requested_human_assistance"],"explanation":"The customer asked for a person: I want to talk to a human please","summary":"Asked first: I want to talk to a human please","sentiment":"neutral","at":1795679743814}}}',1795679743814);
INSERT INTO outbox VALUES(3,'01m8bdmvsj0bt858gpttt3rept6hnb9xnstk-4-message',1002,'channel:api','delivered',1,1795679743814,1795679743814,NULL,NULL,NULL,4,NULL,1795679743814);
INSERT INTO outbox VALUES(4,'01m8bdn6hd3mnxhyydr26ht404cgzhr5wjdt-2-message',1003,'channel:terminal','delivered',1,1795679754849,1795679754849,NULL,NULL,NULL,2,NULL,1795679754849);
INSERT INTO outbox VALUES(5,'01m8bdn6hd3mnxhyydr26ht404cgzhr5wjdt-5-message',1003,'channel:terminal','delivered',1,1795679754917,1795679754917,NULL,NULL,NULL,5,NULL,1795679754917);
CREATE TABLE effects (
    key TEXT PRIMARY KEY,
    session TEXT,
    begun_at INTEGER,
    intent TEXT,
    finished_at INTEGER,
    record TEXT
) STRICT, WITHOUT ROWID;
INSERT INTO effects VALUES('effect-b9177c6307215580735dda0817750bb8','01m8bdn6hd3mnxhyydr26ht404cgzhr5wjdt',1795679754904,'{"key":"effect-b9177c6307215580735dda0817750bb8","session":"01m8bdn6hd3mnxhyydr26ht404cgzhr5wjdt","customerSequence":1,"proposal":{"name":"cancel_order","arguments":{"number":"FH-10423"}}}',1795679754913,'{"name":"cancel_order","arguments":{"number":"FH-10423"},"outcome":"not_found","changes":false,"result":"The API answered 404.\nstatus: 404\nbody: {\"error\":\"Not Found\",\"message\":\"There is no such order.\",\"statusCode\":404}","fields":{}}');
CREATE TABLE traces (
    number INTEGER PRIMARY KEY,
    ticket INTEGER NOT NULL REFERENCES sessions (ticket),
    body BLOB NOT NULL
, at INTEGER) STRICT;
INSERT INTO traces VALUES(1,1001,X'4d0400005866a96efc1e8d96cb7a823010465f651ea0552e094956ddb6bb6ebb0c048482490ca81f5f5fbe136dd550a4ae27d79f39277c9d018ee22dcfd5f6a0aba4cf68d56ea8c8c76c5765e3a1485ae7d4ceb200f2df096dca75ac6d9ddbd1924fc5da5e1f695b299a6fbd9d679511d841d08c0946d22ce2b7a2b8908f82bdeb8c57730465e00dfa522be8d14d43dde80de4e8d49719a1f8942eb7472f2d1965d6177717980a039bf3fed8c7e09f2c91623c0f728eafb05da30af64ef76b1fcdb30f2468d32ba53ec3c1cc2578a52d598988472411116331e1c49fe56a827886f3f0fa94de9cfd5f367ff0f9307b28a43e9fcc5f008eb51c3002072396f0bb6b3340d7b425f85f8f46431a819263bf8277d7e80186ba844ee6650758c3290e6451983d56f0dd8441e2443fc44a84baf319483d021266c154a74a211ddad4ad7c10b3e83f10b4cf26245b70c653927192c482d0f469d64513f79c4c72db5041a2cb26f9b35f20123215cdd2468b6241997c03f19a6eb6',1795679743663);
INSERT INTO traces VALUES(2,1002,X'080200005866a96efc1e9dd55d0ec2200c00e0ab70842dc8df113c0628d9e2061257c7162f2f8d198adb62e2134f2d05da8fc76b80abda4973762370cbc15a378f27c56f56463f0f2cd228ea261443be040c97ca8064b2090040d346c05b6fd4e407e8f04eb7c82874508c0b250e54d6d844198a3cf909d85d338e246a0f04ae0474dfe1aa497b77da93d0a72f0c1ff5db14bca82537fdc8bd61caa6187bf16b31de2aac5c2e01510cebc8bcfc3c1476fe5e19fffd1129e31395b9b02f',1795679743814);
INSERT INTO traces VALUES(3,1003,X'5b0300005866a96efc1e8d963b6f83301080ff8ac588d40863f39aba45c9d6a16b1511a0450d3891212d4ed5ffdeb379d980a5eee7d3f97cdf77fee901f6701d9f73165e30e65d48b38c1789f86ad35b1791a68b2fef224d0dc8c703654e6ad69542e4dc0fcb967a34fb78943cf8fecc5bd9d32d6518764882304aa280c6a62826f241b05667bc54b0a80a94a5d0b40ad502c13b141ced0f4fd8a33ed9508aecd3747fa2e5de70caa631ac0996ca80f1b4c75af1775eaf0c6cab4b6091c84fb4aad7bcaf90c3661dc6f17f20a73a7a82176bef8d8e5f242f3760d9f7ffa442f5985832aa3781f85aed2b4615007cda4eb6f4faffc061f7faaccc3bbdb99cf079b938209eaa42c77146fa0171dd31dc759fd13045bd2290281a1823c4aebb81df7960ccf29790cdbb5c71fff6fb07ad281d09',1795679754917);
INSERT INTO traces VALUES(4,1003,X'990400005866a96efc1e9d56c96e833010fd9511975eda883d2197aa8a143597aa871ca9aa800193c5ae88694ba3fc7bc7388bd9aaa817046266183fe6bd79074560d3da4d22c27ce6d91f93b5703296a6198dccd813de7af319f8c28a1a243f2750e2ecd837ad2a52d83e15aee9c6d90f2dbcaf351112d38e64382d75083c7f1c8c3d3730e50c5e84e2d2240aeca06654f833bab221b1e84bef918d5e5118ca6f8b020ee060e820bf8d256728a73acb5b756cedc45d3e77286535bbd0b36f60140e2eee68946b514a28cfec92e73a712e5ee1446edfeb403de28faebbec53baab86b1bfaebef50d56eea25a4fe7cf0f96e9da8ea252136e5fc3a96521fef709dd6130dc89292f99741831eed94c93818be358d2049e5e17a0c4252180d33f0a9942732a9f421671524de1101a4951f02234a6a1f1c205cc65edd0b80f8d933faadf60c122817c0f8c037a1c0a35eaa33a4e559d71926028963e6267698e7eabf6496d7070e9deee3a1610f3724bd89d80346704cf53099ab30c525e80a02ba1fa00f55b463093d150f112704fc51bc805a610d8277891f7d92a678f27f5d3a8d8e8a92d515727549fe5edf80bc7bb899e',1795679754917);
CREATE TABLE articles (
    id TEXT PRIMARY KEY,
    source TEXT NOT NULL,
    revision TEXT NOT NULL,
    body TEXT NOT NULL
) STRICT;
INSERT INTO articles VALUES('help/returns/send-back','help','775695639743213cc6c1258d1f623f08','{"id":"help/returns/send-back","source":"help","title":"How to send something back","summary":"","markdown":"You can send back whatever you do not like within 30 days. Print the label in your account and take the parcel to any shop of the carrier.\n","locale":"en","topic":"Returns","url":"/help/returns/send-back","audience":{"everyone":{}},"revision":"775695639743213cc6c1258d1f623f08"}');
CREATE TABLE index_snapshot (
    slot INTEGER PRIMARY KEY CHECK (slot = 1),
    version INTEGER NOT NULL,
    body BLOB NOT NULL
) STRICT;
INSERT INTO index_snapshot VALUES(1,2,X'4f4358494e444558010000005e02000000000000702874a4cae4c6180100000002000000656e0100000000000000010000001600000068656c702f72657475726e732f73656e642d6261636b20000000373735363935363339373433323133636336633132353864316636323366303800000000010000001a000000486f7720746f2073656e6420736f6d657468696e67206261636b02000000656e01000000170000002f68656c702f72657475726e732f73656e642d6261636b000000008a000000596f752063616e2073656e64206261636b20776861746576657220796f7520646f206e6f74206c696b652077697468696e20333020646179732e205072696e7420746865206c6162656c20696e20796f7572206163636f756e7420616e642074616b65207468652070617263656c20746f20616e792073686f70206f662074686520636172726965722e4f00000073656e64736f6d6574686261636b72657475726e7768617465766c696b6577697468696e33306461797072696e746c6162656c6163636f756e7474616b6570617263656c73686f706361727269657210000000040000000a0000000e000000140000001a0000001e0000002400000026000000290000002e000000330000003a0000003e00000044000000480000004f000000120000000000000001000000020000000300000000000000020000000400000005000000060000000700000008000000090000000a0000000b0000000c0000000d0000000e0000000f000000020000000000000002000000010000000000000002000000030000000400000002000000030000000400000002000000040000001200000002000000ffffffff00000000020000000001');
CREATE TABLE removed_sessions (
            ticket INTEGER PRIMARY KEY,
            id TEXT NOT NULL UNIQUE,
            at INTEGER NOT NULL
        ) STRICT;
CREATE TABLE vault (
    session TEXT NOT NULL,
    kind TEXT NOT NULL,
    number INTEGER NOT NULL,
    key TEXT NOT NULL,
    fingerprint BLOB NOT NULL,
    sealed BLOB NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (session, kind, number),
    UNIQUE (session, fingerprint)
) STRICT, WITHOUT ROWID;
INSERT INTO vault VALUES('01m8bdmvk38n1nphbpyp4jd7ksnw5kfd5bmd','EMAIL',1,'k1',X'01020304',X'0a0b0c',1795679743587);
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
CREATE INDEX sessions_expiring ON sessions (expires_at) WHERE expires_at IS NOT NULL;
CREATE INDEX outbox_due_by_lane ON outbox (lane, due_at, number) WHERE state = 'pending';
CREATE INDEX sessions_closed ON sessions (updated_at) WHERE status <> 'open';
CREATE INDEX message_ids_by_session ON message_ids (ticket);
CREATE INDEX message_ids_by_age ON message_ids (at);
CREATE INDEX message_hashes_by_session ON message_hashes (ticket);
CREATE INDEX message_hashes_by_age ON message_hashes (at);
CREATE INDEX outbox_by_session ON outbox (ticket);
CREATE INDEX outbox_delivered ON outbox (pending_since) WHERE state = 'delivered';
CREATE INDEX effects_by_session ON effects (session);
CREATE INDEX effects_by_age ON effects (begun_at);
CREATE INDEX vault_by_key ON vault (key, session);
CREATE INDEX vault_by_age ON vault (at);
COMMIT;
