-- A store as version 5 of the format held it, by sqlite3's .dump: the file of version 4, brought up to date; one session with
-- tags, and one that a person has.
PRAGMA application_id = 0x4F435853; PRAGMA user_version = 5;
PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
CREATE TABLE api_keys (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    digest BLOB NOT NULL UNIQUE,
    scopes TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    last_used_at INTEGER,
    revoked_at INTEGER
) STRICT;
CREATE TABLE articles (
    id TEXT PRIMARY KEY,
    source TEXT NOT NULL,
    revision TEXT NOT NULL,
    body TEXT NOT NULL
) STRICT;
INSERT INTO "articles" VALUES('help/returns/send-back','help','775695639743213cc6c1258d1f623f08','{"id":"help/returns/send-back","source":"help","title":"How to send something back","summary":"","markdown":"You can send back whatever you do not like within 30 days. Print the label in your account and take the parcel to any shop of the carrier.\n","locale":"en","topic":"Returns","url":"/help/returns/send-back","audience":{"everyone":{}},"revision":"775695639743213cc6c1258d1f623f08"}');
CREATE TABLE contacts (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    is_verified INTEGER NOT NULL,
    custom_id TEXT,
    email TEXT,
    phone TEXT,
    body TEXT NOT NULL
) STRICT;
INSERT INTO "contacts" VALUES(1,'01m8bdmvk92fma3mpscrbgs0aqke211em9hx',1,'ask-01m8bdmvk25e435mvtkkw9h0r594xddsmky6','jane@example.com',NULL,'{"id":"01m8bdmvk92fma3mpscrbgs0aqke211em9hx","email":"jane@example.com","customID":"ask-01m8bdmvk25e435mvtkkw9h0r594xddsmky6","isVerified":true,"createdAt":1795679743587}');
INSERT INTO "contacts" VALUES(2,'01m8bdmvsq7mvtpry0db0jy316c0xxh2mc4a',1,'ask-01m8bdmvsh2cy234y0713wk72sgm1qddmeaf','jane@example.com',NULL,'{"id":"01m8bdmvsq7mvtpry0db0jy316c0xxh2mc4a","email":"jane@example.com","customID":"ask-01m8bdmvsh2cy234y0713wk72sgm1qddmeaf","isVerified":true,"createdAt":1795679743794}');
INSERT INTO "contacts" VALUES(3,'01m8bdn6he9jcwn4q07pcqxd9n2pgzrggnv1',1,NULL,'jonas.weber@example.com',NULL,'{"id":"01m8bdn6he9jcwn4q07pcqxd9n2pgzrggnv1","email":"jonas.weber@example.com","isVerified":true,"createdAt":1795679754797}');
CREATE TABLE counters (
    name TEXT PRIMARY KEY,
    value INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO "counters" VALUES('knowledge',2);
INSERT INTO "counters" VALUES('ticket',1003);
CREATE TABLE effects (
    key TEXT PRIMARY KEY,
    session TEXT,
    begun_at INTEGER,
    intent TEXT,
    finished_at INTEGER,
    record TEXT
) STRICT, WITHOUT ROWID;
INSERT INTO "effects" VALUES('effect-b9177c6307215580735dda0817750bb8','01m8bdn6hd3mnxhyydr26ht404cgzhr5wjdt',1795679754904,'{"key":"effect-b9177c6307215580735dda0817750bb8","session":"01m8bdn6hd3mnxhyydr26ht404cgzhr5wjdt","customerSequence":1,"proposal":{"name":"cancel_order","arguments":{"number":"FH-10423"}}}',1795679754913,'{"name":"cancel_order","arguments":{"number":"FH-10423"},"outcome":"not_found","changes":false,"result":"The API answered 404.\nstatus: 404\nbody: {\"error\":\"Not Found\",\"message\":\"There is no such order.\",\"statusCode\":404}","fields":{}}');
CREATE TABLE entries (
    ticket INTEGER NOT NULL REFERENCES sessions (ticket),
    sequence INTEGER NOT NULL,
    at INTEGER NOT NULL,
    kind TEXT NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (ticket, sequence)
) STRICT, WITHOUT ROWID;
INSERT INTO "entries" VALUES(1001,1,1795679743587,'message','{"message":{"_0":{"id":"01m8bdmvk35aatqb84sfazw92wmphmm2wpcf","author":{"customer":{}},"text":"How do I send something back?","citations":[],"attachments":[],"at":1795679743587}}}');
INSERT INTO "entries" VALUES(1001,2,1795679743663,'message','{"message":{"_0":{"id":"01m8bdmvnf1jktjk1q5f53j50gv32bvhx3fw","author":{"ai":{}},"text":"You can send back whatever you do not like within 30 days. Print the label in your account and take the parcel to any shop of the carrier.","citations":[{"article":"help/returns/send-back","title":"How to send something back"}],"attachments":[],"at":1795679743663}}}');
INSERT INTO "entries" VALUES(1002,1,1795679743794,'message','{"message":{"_0":{"id":"01m8bdmvsj2kxx8vvte28ep3b4nfzny2d7gw","author":{"customer":{}},"text":"I want to talk to a human please","citations":[],"attachments":[],"at":1795679743794}}}');
INSERT INTO "entries" VALUES(1002,2,1795679743814,'handoff','{"handoff":{"_0":{"trigger":"explicit_request","reasons":["user_requested_human_assistance"],"explanation":"The customer asked for a person: I want to talk to a human please","summary":"Asked first: I want to talk to a human please","sentiment":"neutral","at":1795679743814}}}');
INSERT INTO "entries" VALUES(1002,3,1795679743814,'owner','{"owner":{"_0":{"team":{}},"by":{"ai":{}}}}');
INSERT INTO "entries" VALUES(1002,4,1795679743814,'message','{"message":{"_0":{"id":"01m8bdmvt6f13av0wt57a8j2cyvw716kt1d6","author":{"ai":{}},"text":"Of course. I''ve passed the conversation on to our team, and somebody will reply here.","citations":[],"attachments":[],"at":1795679743814}}}');
INSERT INTO "entries" VALUES(1003,1,1795679754797,'message','{"message":{"_0":{"id":"01m8bdn6hd5gm52t6y1xym9bm5g7y9jgzgsj","author":{"customer":{}},"text":"Please cancel my order FH-10423","citations":[],"attachments":[],"at":1795679754797}}}');
INSERT INTO "entries" VALUES(1003,2,1795679754849,'message','{"message":{"_0":{"id":"01m8bdn6k19n6jy0s32qp380639rr3zdqkyq","author":{"ai":{}},"text":"Shall I cancel order **FH-10423**? Please answer yes or no.","citations":[],"attachments":[],"at":1795679754849}}}');
INSERT INTO "entries" VALUES(1003,3,1795679754882,'message','{"message":{"_0":{"id":"01m8bdn6m2c9z6v1ev3yvw0231xdgwyy8gb6","author":{"customer":{}},"text":"yes","citations":[],"attachments":[],"at":1795679754882}}}');
INSERT INTO "entries" VALUES(1003,4,1795679754917,'action','{"action":{"_0":{"name":"cancel_order","arguments":{"number":"FH-10423"},"outcome":"not_found","changes":false,"result":"The API answered 404.\nstatus: 404\nbody: {\"error\":\"Not Found\",\"message\":\"There is no such order.\",\"statusCode\":404}","fields":{}}}}');
INSERT INTO "entries" VALUES(1003,5,1795679754917,'message','{"message":{"_0":{"id":"01m8bdn6n5cysqg7ghgfx407xgs9xvxy7bjt","author":{"ai":{}},"text":"I couldn''t find anything for that order number. Could you check it and send it again?","citations":[],"attachments":[],"at":1795679754917}}}');
CREATE TABLE index_snapshot (
    slot INTEGER PRIMARY KEY CHECK (slot = 1),
    version INTEGER NOT NULL,
    body BLOB NOT NULL
) STRICT;
INSERT INTO "index_snapshot" VALUES(1,2,X'4F4358494E444558010000005E02000000000000702874A4CAE4C6180100000002000000656E0100000000000000010000001600000068656C702F72657475726E732F73656E642D6261636B20000000373735363935363339373433323133636336633132353864316636323366303800000000010000001A000000486F7720746F2073656E6420736F6D657468696E67206261636B02000000656E01000000170000002F68656C702F72657475726E732F73656E642D6261636B000000008A000000596F752063616E2073656E64206261636B20776861746576657220796F7520646F206E6F74206C696B652077697468696E20333020646179732E205072696E7420746865206C6162656C20696E20796F7572206163636F756E7420616E642074616B65207468652070617263656C20746F20616E792073686F70206F662074686520636172726965722E4F00000073656E64736F6D6574686261636B72657475726E7768617465766C696B6577697468696E33306461797072696E746C6162656C6163636F756E7474616B6570617263656C73686F706361727269657210000000040000000A0000000E000000140000001A0000001E0000002400000026000000290000002E000000330000003A0000003E00000044000000480000004F000000120000000000000001000000020000000300000000000000020000000400000005000000060000000700000008000000090000000A0000000B0000000C0000000D0000000E0000000F000000020000000000000002000000010000000000000002000000030000000400000002000000030000000400000002000000040000001200000002000000FFFFFFFF00000000020000000001');
CREATE TABLE members (
    id TEXT PRIMARY KEY,
    name_key TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    role TEXT NOT NULL,
    password_hash TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    disabled_at INTEGER
) STRICT, WITHOUT ROWID;
CREATE TABLE message_hashes (
    channel TEXT NOT NULL,
    thread TEXT NOT NULL,
    hash TEXT NOT NULL,
    at INTEGER NOT NULL,
    ticket INTEGER NOT NULL REFERENCES sessions (ticket),
    sequence INTEGER NOT NULL,
    PRIMARY KEY (channel, thread, hash)
) STRICT, WITHOUT ROWID;
INSERT INTO "message_hashes" VALUES('api','ask-01m8bdmvk25e435mvtkkw9h0r594xddsmky6','3b047489cf3db40c1694a429cb315abf',1795679743587,1001,1);
INSERT INTO "message_hashes" VALUES('api','ask-01m8bdmvsh2cy234y0713wk72sgm1qddmeaf','5fc5cf95783cbdffd51c767e9ac55b10',1795679743794,1002,1);
CREATE TABLE message_ids (
    channel TEXT NOT NULL,
    provider_id TEXT NOT NULL,
    ticket INTEGER NOT NULL REFERENCES sessions (ticket),
    sequence INTEGER NOT NULL, at INTEGER,
    PRIMARY KEY (channel, provider_id)
) STRICT, WITHOUT ROWID;
INSERT INTO "message_ids" VALUES('terminal','terminal-01m8bdn6hc7jmsvpygn2hh353jvntmwej8zq/1',1003,1,1795679754797);
INSERT INTO "message_ids" VALUES('terminal','terminal-01m8bdn6hc7jmsvpygn2hh353jvntmwej8zq/2',1003,3,1795679754882);
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
INSERT INTO "outbox" VALUES(1,'01m8bdmvk38n1nphbpyp4jd7ksnw5kfd5bmd-2-message',1001,'channel:api','delivered',1,1795679743663,1795679743663,NULL,NULL,NULL,2,NULL,1795679743663);
INSERT INTO "outbox" VALUES(2,'01m8bdmvsj0bt858gpttt3rept6hnb9xnstk-2-handoff-file-drop',1002,'helpdesk:file-drop','pending',2,1795679756541,1795679743814,NULL,NULL,'Helpdesk file-drop is not configured in this process.',NULL,'{"handoff":{"_0":"file-drop","_1":{"trigger":"explicit_request","reasons":["user_requested_human_assistance"],"explanation":"The customer asked for a person: I want to talk to a human please","summary":"Asked first: I want to talk to a human please","sentiment":"neutral","at":1795679743814}}}',1795679743814);
INSERT INTO "outbox" VALUES(3,'01m8bdmvsj0bt858gpttt3rept6hnb9xnstk-4-message',1002,'channel:api','delivered',1,1795679743814,1795679743814,NULL,NULL,NULL,4,NULL,1795679743814);
INSERT INTO "outbox" VALUES(4,'01m8bdn6hd3mnxhyydr26ht404cgzhr5wjdt-2-message',1003,'channel:terminal','delivered',1,1795679754849,1795679754849,NULL,NULL,NULL,2,NULL,1795679754849);
INSERT INTO "outbox" VALUES(5,'01m8bdn6hd3mnxhyydr26ht404cgzhr5wjdt-5-message',1003,'channel:terminal','delivered',1,1795679754917,1795679754917,NULL,NULL,NULL,5,NULL,1795679754917);
CREATE TABLE remembered_answers (
    key BLOB PRIMARY KEY,
    fingerprint BLOB NOT NULL,
    answer BLOB,
    expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE removed_sessions (
            ticket INTEGER PRIMARY KEY,
            id TEXT NOT NULL UNIQUE,
            at INTEGER NOT NULL
        ) STRICT;
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
INSERT INTO "sessions" VALUES(1001,'01m8bdmvk38n1nphbpyp4jd7ksnw5kfd5bmd',1,'api','ask-01m8bdmvk25e435mvtkkw9h0r594xddsmky6','open','ai',0,1795679743587,0,NULL,NULL,1795679743663,'{"id":"01m8bdmvk38n1nphbpyp4jd7ksnw5kfd5bmd","ticket":1001,"channel":"api","channelKind":"api","thread":"ask-01m8bdmvk25e435mvtkkw9h0r594xddsmky6","contact":"01m8bdmvk92fma3mpscrbgs0aqke211em9hx","hasOtherSenders":false,"status":"open","owner":{"ai":{}},"language":"en","tags":["vip","eu"],"clarifications":0,"expiry":{"at":1795766143663,"status":"closed_resolved","actor":{"ai":{}}},"placeholders":{"highest":{}},"createdAt":1795679743587,"updatedAt":1795679743663,"lastSequence":2,"lastCustomerSequence":1,"settledSequence":1}',1795766143663);
INSERT INTO "sessions" VALUES(1002,'01m8bdmvsj0bt858gpttt3rept6hnb9xnstk',2,'api','ask-01m8bdmvsh2cy234y0713wk72sgm1qddmeaf','open','person',0,1795679743794,0,NULL,NULL,1795679743814,'{"id":"01m8bdmvsj0bt858gpttt3rept6hnb9xnstk","ticket":1002,"channel":"api","channelKind":"api","thread":"ask-01m8bdmvsh2cy234y0713wk72sgm1qddmeaf","contact":"01m8bdmvsq7mvtpry0db0jy316c0xxh2mc4a","hasOtherSenders":false,"status":"open","owner":{"person":{"_0":"Ana"}},"language":"en","tags":[],"handoff":{"trigger":"explicit_request","reasons":["user_requested_human_assistance"],"explanation":"The customer asked for a person: I want to talk to a human please","summary":"Asked first: I want to talk to a human please","sentiment":"neutral","at":1795679743814},"clarifications":0,"placeholders":{"highest":{}},"createdAt":1795679743794,"updatedAt":1795679743814,"lastSequence":4,"lastCustomerSequence":1,"settledSequence":1}',NULL);
INSERT INTO "sessions" VALUES(1003,'01m8bdn6hd3mnxhyydr26ht404cgzhr5wjdt',3,'terminal','terminal-01m8bdn6hc7jmsvpygn2hh353jvntmwej8zq','open','ai',0,1795679754882,0,NULL,NULL,1795679754917,'{"id":"01m8bdn6hd3mnxhyydr26ht404cgzhr5wjdt","ticket":1003,"channel":"terminal","channelKind":"api","thread":"terminal-01m8bdn6hc7jmsvpygn2hh353jvntmwej8zq","contact":"01m8bdn6he9jcwn4q07pcqxd9n2pgzrggnv1","hasOtherSenders":false,"status":"open","owner":{"ai":{}},"language":"en","tags":[],"clarifications":2,"expiry":{"at":1795938954917,"status":"closed_unresolved","actor":{"system":{}}},"placeholders":{"highest":{}},"createdAt":1795679754797,"updatedAt":1795679754917,"lastSequence":5,"lastCustomerSequence":3,"settledSequence":3}',1795938954917);
CREATE TABLE sign_ins (
    digest BLOB PRIMARY KEY,
    person TEXT NOT NULL REFERENCES members (id),
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE team_documents (
    kind TEXT NOT NULL,
    id TEXT NOT NULL,
    body TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    PRIMARY KEY (kind, id)
) STRICT, WITHOUT ROWID;
CREATE TABLE traces (
    number INTEGER PRIMARY KEY,
    ticket INTEGER NOT NULL REFERENCES sessions (ticket),
    body BLOB NOT NULL
, at INTEGER) STRICT;
INSERT INTO "traces" VALUES(1,1001,X'4D0400005866A96EFC1E8D96CB7A823010465F651EA0552E094956DDB6BB6EBB0C048482490CA81F5F5FBE136DD550A4AE27D79F39277C9D018EE22DCFD5F6A0ABA4CF68D56EA8C8C76C5765E3A1485AE7D4CEB200F2DF096DCA75AC6D9DDBD1924FC5DA5E1F695B299A6FBD9D679511D841D08C0946D22CE2B7A2B8908F82BDEB8C57730465E00DFA522BE8D14D43DDE80DE4E8D49719A1F8942EB7472F2D1965D6177717980A039BF3FED8C7E09F2C91623C0F728EAFB05DA30AF64EF76B1FCDB30F2468D32BA53EC3C1CC2578A52D598988472411116331E1C49FE56A827886F3F0FA94DE9CFD5F367FF0F9307B28A43E9FCC5F008EB51C3002072396F0BB6B3340D7B425F85F8F46431A819263BF8277D7E80186BA844EE6650758C3290E6451983D56F0DD8441E2443FC44A84BAF319483D021266C154A74A211DDAD4AD7C10B3E83F10B4CF26245B70C653927192C482D0F469D64513F79C4C72DB5041A2CB26F9B35F20123215CDD2468B6241997C03F19A6EB6',1795679743663);
INSERT INTO "traces" VALUES(2,1002,X'080200005866A96EFC1E9DD55D0EC2200C00E0AB70842DC8DF113C0628D9E2061257C7162F2F8D198ADB62E2134F2D05DA8FC76B80ABDA4973762370CBC15A378F27C56F56463F0F2CD228EA261443BE040C97CA8064B2090040D346C05B6FD4E407E8F04EB7C82874508C0B250E54D6D844198A3CF909D85D338E246A0F04AE0474DFE1AA497B77DA93D0A72F0C1FF5DB14BCA82537FDC8BD61CAA6187BF16B31DE2AAC5C2E01510CEBC8BCFC3C1476FE5E19FFFD1129E31395B9B02F',1795679743814);
INSERT INTO "traces" VALUES(3,1003,X'5B0300005866A96EFC1E8D963B6F83301080FF8AC588D40863F39ABA45C9D6A16B1511A0450D3891212D4ED5FFDEB379D980A5EEE7D3F97CDF77FEE901F6701D9F73165E30E65D48B38C1789F86AD35B1791A68B2FEF224D0DC8C703654E6AD69542E4DC0FCB967A34FB78943CF8FECC5BD9D32D6518764882304AA280C6A62826F241B05667BC54B0A80A94A5D0B40AD502C13B141CED0F4FD8A33ED9508AECD3747FA2E5DE70CAA631AC0996CA80F1B4C75AF1775EAF0C6CAB4B6091C84FB4AAD7BCAF90C3661DC6F17F20A73A7A82176BEF8D8E5F242F3760D9F7FFA442F5985832AA3781F85AED2B4615007CDA4EB6F4FAFFC061F7FAACCC3BBDB99CF079B938209EAA42C77146FA0171DD31DC759FD13045BD2290281A1823C4AEBB81DF7960CCF29790CDBB5C71FFF6FB07AD281D09',1795679754917);
INSERT INTO "traces" VALUES(4,1003,X'990400005866A96EFC1E9D56C96E833010FD9511975EDA883D2197AA8A143597AA871CA9AA800193C5AE88694BA3FC7BC7388BD9AAA817046266183FE6BD79074560D3DA4D22C27CE6D91F93B5703296A6198DCCD813DE7AF319F8C28A1A243F2750E2ECD837AD2A52D83E15AEE9C6D90F2DBCAF351112D38E64382D75083C7F1C8C3D3730E50C5E84E2D2240AECA06654F833BAB221B1E84BEF918D5E5118CA6F8B020EE060E820BF8D256728A73ACB5B756CEDC45D3E77286535BBD0B36F60140E2EEE68946B514A28CFEC92E73A712E5EE1446EDFEB403DE28FAEBBEC53BAAB86B1BFAEBEF50D56EEA25A4FE7CF0F96E9DA8EA252136E5FC3A96521FEF709DD6130DC89292F99741831EED94C93818BE358D2049E5E17A0C4252180D33F0A9942732A9F421671524DE1101A4951F02234A6A1F1C205CC65EDD0B80F8D933FAADF60C122817C0F8C037A1C0A35EAA33A4E559D71926028963E6267698E7EABF6496D7070E9DEEE3A1610F3724BD89D80346704CF53099AB30C525E80A02BA1FA00F55B463093D150F112704FC51BC805A610D8277891F7D92A678F27F5D3A8D8E8A92D515727549FE5EDF80BC7BB899E',1795679754917);
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
INSERT INTO "vault" VALUES('01m8bdmvk38n1nphbpyp4jd7ksnw5kfd5bmd','EMAIL',1,'k1',X'01020304',X'0A0B0C',1795679743587);
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
CREATE INDEX sign_ins_by_person ON sign_ins (person);
CREATE INDEX sign_ins_by_expiry ON sign_ins (expires_at);
CREATE INDEX remembered_answers_by_expiry ON remembered_answers (expires_at);
COMMIT;
