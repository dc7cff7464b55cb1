import OpenCXCore
import OpenCXOpenAPI
import OpenCXTesting
import Testing

@testable import opencx_demo

@Suite struct ConfigurationTests {
    struct Bad: Sendable, CustomTestStringConvertible {
        var text: String
        var says: String
        var testDescription: String { text }

        init(_ text: String, says: String) {
            self.text = text
            self.says = says
        }
    }

    @Test(arguments: [
        Bad("", says: "not valid JSON"),
        Bad("title: Help", says: "not valid JSON"),
        Bad(#"{"title": "Help""#, says: "not valid JSON"),
        Bad(#"{"title": "Help"} x"#, says: "not valid JSON"),
        Bad(#"{"port": 1e999}"#, says: "not valid JSON"),
        Bad(String(repeating: "[", count: 100_000), says: "not valid JSON"),
        Bad("[]", says: "must be a JSON object"),
        Bad("null", says: "must be a JSON object"),
        Bad(#""title""#, says: "must be a JSON object"),
        Bad(#"{"title": 1}"#, says: #""title" must be a text"#),
        Bad(#"{"greeting": ["Hi"]}"#, says: #""greeting" must be a text"#),
        Bad(#"{"suggestions": "one"}"#, says: #""suggestions" must be a list"#),
        Bad(#"{"suggestions": ["one", 2]}"#, says: #""suggestions" must hold texts"#),
        Bad(#"{"knowledge": true}"#, says: #""knowledge" must be a text"#),
        Bad(#"{"knowledge": ""}"#, says: #""knowledge" must not be empty"#),
        Bad(#"{"help_base_url": 1}"#, says: #""help_base_url" must be a text"#),
        Bad(#"{"language": {}}"#, says: #""language" must be a text"#),
        Bad(#"{"language": ""}"#, says: #""language" must"#),
        Bad(
            #"{"wording": {"sms": {"en": {"greeting": "Hi"}}}}"#, says: #""wording.sms.en.greeting" is not a key there"#
        ),
        Bad(#"{"wording": {"*": {"en": {"thanks": ""}}}}"#, says: #""wording.*.en.thanks" is empty"#),
        Bad(#"{"wording": {"*": {"en": "Hi"}}}"#, says: #""wording.*.en" must be an object"#),
        Bad(#"{"helpdesk_folder": 1}"#, says: #""helpdesk_folder" must be a text"#),
        Bad(#"{"orders": 1}"#, says: #""orders" must be a text"#),
        Bad(#"{"retention": {"traces": 0.5}}"#, says: #""retention.traces" must be 0, for ever, or at least 1"#),
        Bad(#"{"retention": {"trace": 9}}"#, says: #""retention.trace" is not a key there"#),
        Bad(#"{"retention": {"effects": -1}}"#, says: #""retention.effects" must be a number"#),
        Bad(#"{"pii": {"types": ["EMAILS"]}}"#, says: #""pii.types" has "EMAILS", which is no type"#),
        Bad(#"{"pii": {"mask": "stars"}}"#, says: #""pii.mask" has "stars"; a mask is"#),
        Bad(#"{"pii": {"masks": {"EMAIL": "x"}}}"#, says: #""pii.masks" has "x""#),
        Bad(#"{"pii": {"regions": ["Spain"]}}"#, says: #""pii.regions" has "Spain", which is no region"#),
        Bad(
            #"{"pii": {"custom": [{"name": "X", "pattern": "(a"}]}}"#, says: #""pii.custom[0].pattern" cannot be used"#),
        Bad(#"{"pii": {"custom": [{"name": "X", "pattern": "a*"}]}}"#, says: "it matches the empty text"),
        Bad(#"{"pii": {"kinds": []}}"#, says: #""pii.kinds" is not a key there"#),
        Bad(#"{"vault": {"key": "k1:abc"}}"#, says: #""vault.key" is not a key there"#),
        Bad(#"{"vault": {"lifetime": -1}}"#, says: #""vault.lifetime" must be a number"#),
        Bad(#"{"server": 8080}"#, says: #""server" must be an object"#),
        Bad(#"{"server": {"port": "8080"}}"#, says: #""server.port" must be a whole number from 0 to 65535"#),
        Bad(#"{"server": {"port": 65536}}"#, says: #""server.port" must be a whole number"#),
        Bad(#"{"server": {"port": -1}}"#, says: #""server.port" must be a whole number"#),
        Bad(#"{"server": {"port": 80.5}}"#, says: #""server.port" must be a whole number"#),
        Bad(#"{"server": {"port": 99999999999999999999}}"#, says: #""server.port" must be a whole number"#),
        Bad(#"{"server": {"host": 1}}"#, says: #""server.host" must be a text"#),
        Bad(#"{"server": {"tls": true}}"#, says: #""server.tls" is not a key there; known are access_log"#),
        Bad(#"{"autopilot": []}"#, says: #""autopilot" must be an object"#),
        Bad(#"{"autopilot": {"on": "yes"}}"#, says: #""autopilot.on" must be true or false"#),
        Bad(#"{"autopilot": {"on": 1}}"#, says: #""autopilot.on" must be true or false"#),
        Bad(#"{"autopilot": {"channels": ["web"]}}"#, says: #""autopilot.channels" must be an object"#),
        Bad(#"{"autopilot": {"channels": {"web": "on"}}}"#, says: #""autopilot.channels" must map names"#),
        Bad(#"{"autopilot": {"never_topics": [], "only_topics": []}}"#, says: #""autopilot.only_topics" cannot stand"#),
        Bad(#"{"autopilot": {"never_topics": {"name": "x"}}}"#, says: #""autopilot.never_topics" must be a list"#),
        Bad(#"{"autopilot": {"never_topics": [{}]}}"#, says: #""autopilot.never_topics[0].name" is missing"#),
        Bad(#"{"autopilot": {"only_topics": ["x"]}}"#, says: #""autopilot.only_topics[0]" must be an object"#),
        Bad(
            #"{"autopilot": {"prohibited_topics": [{"name": "x"}, {"name": "y", "exmples": []}]}}"#,
            says: #""autopilot.prohibited_topics[1].exmples" is not a key there"#),
        Bad(#"{"autopilot": {"out_of_scope": "x"}}"#, says: #""autopilot.out_of_scope" must be a list of texts"#),
        Bad(
            #"{"model": {"provider": "openai", "name": "m", "key_variable": "K", "classifies": 1}}"#,
            says: #""model.classifies" must be true or false"#),
        Bad(#"{"autopilot": {"topic_threshold": 1.5}}"#, says: #""autopilot.topic_threshold" must be a number"#),
        Bad(#"{"handoff": {"confidence_threshold": -0.1}}"#, says: #""handoff.confidence_threshold" must be"#),
        Bad(#"{"handoff": {"confidence_threshold": "low"}}"#, says: #""handoff.confidence_threshold" must be"#),
        Bad(#"{"handoff": {"preset": null, "on_fire": 1}}"#, says: #""handoff.on_fire" is not a key there"#),
        Bad(
            #"{"handoff": {"preset": "slow"}}"#,
            says: #""handoff.preset" must be one of "ai_only", "quick", "balanced", "ai_first""#),
        Bad(
            #"{"handoff": {"preset": "quick", "advanced": {}}}"#,
            says: #""handoff.advanced" cannot stand beside "preset""#),
        Bad(#"{"handoff": {"advanced": {"on_anger": true}}}"#, says: #""handoff.advanced.on_anger" is not a key"#),
        Bad(#"{"handoff": {"clarification_limit": 11}}"#, says: #""handoff.clarification_limit" must be a whole"#),
        Bad(#"{"scenarios": [{"kind": "specific"}]}"#, says: #""scenarios[0].questions" needs at least one"#),
        Bad(#"{"scenarios": [{"kind": "odd"}]}"#, says: #""scenarios[0].kind" must be "behavioral" or "specific""#),
        Bad(#"{"scenarios": [{"name": "x"}]}"#, says: #""scenarios[0].kind" is missing"#),
        Bad(#"{"scenarios": [{"kind": "behavioral", "name": "x"}]}"#, says: #""scenarios[0].content" is missing"#),
        Bad(#"{"collecting_delay": 2}"#, says: #""collecting_delay" must be an object"#),
        Bad(#"{"collecting_delay": {"web": "2"}}"#, says: #""collecting_delay" must be a number from 0.0 to 3600.0"#),
        Bad(#"{"collecting_delay": {"web": 3601}}"#, says: #""collecting_delay" must be a number"#),
        Bad(#"{"lifecycle": 24}"#, says: #""lifecycle" must be an object"#),
        Bad(#"{"lifecycle": {"reopening_window": -1}}"#, says: #""lifecycle.reopening_window" must be a number"#),
        Bad(#"{"lifecycle": {"reopening_windows": {"email": "7"}}}"#, says: #""lifecycle.reopening_windows" must"#),
        Bad(#"{"satisfaction": {"channels": {"web": -1}}}"#, says: #""satisfaction.channels" must be a number"#),
        Bad(#"{"satisfaction": {"answer_hours": 0}}"#, says: #""satisfaction.answer_hours" must be a number"#),
        Bad(#"{"satisfaction": {"delay": 1}}"#, says: #""satisfaction.delay" is not a key there"#),
        Bad(#"{"assist": {"channels": "web"}}"#, says: #""assist.channels" must be a list of texts"#),
        Bad(#"{"lifecycle": {"close_after": 1}}"#, says: #""lifecycle.close_after" is not a key there"#),
        Bad(#"{"retry_hours": {"helpdesk": 9000}}"#, says: #""retry_hours.helpdesk" must be a number"#),
        Bad(#"{"webhooks": {}}"#, says: #""webhooks" must be a list"#),
        Bad(#"{"webhooks": [{"id": "crm"}]}"#, says: #""webhooks[0].url" is missing"#),
        Bad(
            #"{"webhooks": [{"id": "crm", "url": "https://x", "secret_variable": "S", "events": ["closed"]}]}"#,
            says: #""webhooks[0].events" has "closed", which is no event; known are conversation.started"#),
        Bad(#"{"model": "gpt"}"#, says: #""model" must be an object"#),
        Bad(#"{"model": {"name": "m"}}"#, says: #""model.provider" is missing"#),
        Bad(
            #"{"model": {"provider": "gpt", "name": "m"}}"#, says: #""model.provider" must be "openai" or "anthropic""#),
        Bad(#"{"model": {"provider": "openai"}}"#, says: #""model.name" is missing"#),
        Bad(#"{"model": {"provider": "openai", "name": "m"}}"#, says: #""model.key_variable" is missing"#),
        Bad(
            #"{"model": {"provider": "openai", "name": "m", "base_url": "localhost"}}"#,
            says: #""model.base_url" must begin with https:// or http://"#),
        Bad(
            #"{"model": {"provider": "openai", "name": "m", "key_variable": "K", "key": "sk"}}"#,
            says: #""model.key" is"#),
        Bad(#"{"actions": {}}"#, says: #""actions" must be a list"#),
        Bad(#"{"actions": [{}]}"#, says: #""actions[0].openapi" is missing"#),
        Bad(#"{"actions": [{"openapi": 1}]}"#, says: #""actions[0].openapi" must be a text"#),
        Bad(#"{"actions": [{"openapi": "a", "bind": []}]}"#, says: #""actions[0].bind" must be an object"#),
        Bad(#"{"actions": [{"openapi": "a", "bind": {"id": 1}}]}"#, says: #""actions[0].bind" must map names"#),
        Bad(
            #"{"actions": [{"openapi": "a", "bind": {"id": "name"}}]}"#,
            says: #""actions[0].bind.id" must be "email", "phone" or "custom_id""#),
        Bad(
            #"{"actions": [{"openapi": "a", "allow_loopback": 1}]}"#, says: #""actions[0].allow_loopback" must be true"#
        ),
        Bad(#"{"actions": [{"openapi": "a", "secret": "x"}]}"#, says: #""actions[0].secret" is not a key there"#),
        Bad(
            #"{"actions": [{"openapi": "a", "labels": {"id": "x"}}]}"#,
            says: #""actions[0].labels.id" must be an object"#),
        Bad(
            #"{"actions": [{"openapi": "a", "operations": {"b": {"reply": {}}}}]}"#,
            says: #""actions[0].operations.b.reply" is not a key there; known are confirmations, examples, on, replies"#
        ),
        Bad(#"{"lease": 0}"#, says: #""lease" must be a number from 1.0 to 3600.0"#),
        Bad(#"{"maximum_message_bytes": 0}"#, says: #""maximum_message_bytes" must be a whole number"#),
        Bad(#"{"tilte": "Help"}"#, says: #""tilte" is not a key there; known are "#),
        Bad(#"{"": 1}"#, says: #""" is not a key there"#),
    ])
    func `a malformed file is named, with the key`(bad: Bad) async throws {
        let folder = try TemporaryFolder()
        let file = try folder.write("config.json", bad.text)
        let failure = #expect(throws: Failure.self) { try Configuration(ConfigurationReader(file: file)) }
        #expect(failure?.description.hasPrefix("\(file): ") == true)
        #expect(failure?.description.contains(bad.says) == true, "\(failure?.description ?? "")")
        let outcome = try await Demo.run("ask", "Hello", "--config", file)
        #expect(outcome.code == 1)
        #expect(outcome.errors.contains(bad.says))
    }

    @Test(arguments: [
        ("invalid UTF-8", Array(#"{"title": "H"#.utf8) + [0xFF, 0xC0] + Array(#""}"#.utf8), "not valid JSON"),
        ("2 MB", Array(#"{"title": "\#(String(repeating: "x", count: 2_000_000))"}"#.utf8), "larger than 1 MB"),
        ("NUL", Array(#"{"title": "H"#.utf8) + [0] + Array(#""}"#.utf8), "not valid JSON"),
    ])
    func `a file of the wrong bytes is refused`(name: String, bytes: [UInt8], says: String) throws {
        let folder = try TemporaryFolder()
        let file = try folder.write("config.json", bytes: bytes)
        let failure = #expect(throws: Failure.self) { try ConfigurationReader(file: file) }
        #expect(failure?.description.hasPrefix("\(file): ") == true)
        #expect(failure?.description.contains(says) == true, "\(failure?.description ?? "")")
    }

    @Test func `a file that is missing or a folder is named`() throws {
        let folder = try TemporaryFolder()
        for path in [folder.path, folder.path + "/none.json", ""] {
            let failure = #expect(throws: Failure.self) { try ConfigurationReader(file: path) }
            #expect(failure?.description.hasPrefix(path) == true)
            #expect(failure?.description.contains("cannot be read") == true)
        }
    }

    @Test func `every key is read`() throws {
        let folder = try TemporaryFolder()
        let file = try folder.write(
            "config.json",
            """
            {"title": "T", "greeting": "G", "suggestions": ["a"], "knowledge": "articles", "help_base_url": "/help",
             "language": "de", "helpdesk_folder": "/drop", "orders": "orders.json",
             "server": {"host": "::1", "port": 0},
             "autopilot": {"on": false, "channels": {"web": true}, "topic_threshold": 0.7,
                           "only_topics": [{"name": "N", "summary": "S", "examples": ["e"]}],
                           "prohibited_topics": [{"name": "P"}], "out_of_scope": ["o"]},
             "handoff": {"confidence_threshold": 1, "clarification_limit": 0,
                         "advanced": {"enabled": true, "on_human_request": false, "on_frustration": false,
                                      "frustration_threshold": 0.25, "on_unproductive": false, "require_problem": true,
                                      "require_replies": 1, "require_replies_on_request": 2}},
             "scenarios": [{"name": "B", "kind": "behavioral", "content": "C"},
                           {"name": "Q", "kind": "specific", "questions": ["q"], "content": "D", "channels": ["web"]}],
             "collecting_delay": {"web": 1.5, "sms": 0}, "lease": 2.5, "maximum_message_bytes": 10}
            """)
        let configuration = try Configuration(ConfigurationReader(file: file))
        #expect(configuration.title == "T")
        #expect(configuration.greeting == "G")
        #expect(configuration.suggestions == ["a"])
        #expect(configuration.knowledge == folder.path + "/articles")
        #expect(configuration.helpBaseURL == "/help")
        #expect(configuration.language == "de")
        #expect(configuration.helpdeskFolder == "/drop")
        #expect(configuration.orders == folder.path + "/orders.json")
        #expect(configuration.host == "::1")
        #expect(configuration.port == 0)
        let settings = configuration.settings
        #expect(!settings.autopilot.isOnByDefault)
        #expect(settings.autopilot.channels == ["web": true])
        #expect(settings.autopilot.topics == .only([Topic(name: "N", summary: "S", examples: ["e"])]))
        #expect(settings.autopilot.prohibitedTopics.map(\.name) == ["P"])
        #expect(settings.autopilot.outOfScope == ["o"])
        #expect(settings.autopilot.topicThreshold == 0.7)
        #expect(
            settings.handoff
                == HandoffPolicy(
                    .advanced(
                        HandoffToggles(
                            onFrustration: false, frustrationThreshold: 0.25, onUnproductive: false,
                            onHumanRequest: false, requiresProblem: true, requiredReplies: 1,
                            requiredRepliesOnRequest: 2)),
                    confidenceThreshold: 1, clarificationLimit: 0))
        #expect(settings.scenarios.map(\.kind) == [.behavioral, .specific(questions: ["q"])])
        #expect(settings.scenarios.last?.channels == ["web"])
        #expect(settings.collectingDelay == [.web: .milliseconds(1500), .sms: .zero])
        #expect(settings.lease == .milliseconds(2500))
        #expect(settings.maximumMessageBytes == 10)
        #expect(settings.phrasebook.fallback == "de")
    }

    @Test(arguments: [
        (#"{"openapi": "none.json"}"#, "none.json: the OpenAPI document cannot be read"),
        (
            #"{"openapi": "api.json", "server": "http://api.example"}"#,
            "api.json: bad_settings: The API's address is not"
        ),
        (#"{"openapi": "api.json", "server": "http://127.0.0.1"}"#, "Plain HTTP to this machine has to be allowed"),
        (#"{"openapi": "api.json", "bind": {"nmae": "email"}}"#, "a binding for the parameter nmae"),
        (#"{"openapi": "api.json", "labels": {"nmae": {"en": "x"}}}"#, "a label for the parameter nmae"),
        (#"{"openapi": "api.json", "operations": {"find": {}}}"#, "settings for the operation find"),
        (#"{"openapi": "api.json", "secret_variable": "OPENCX_NOT_SET"}"#, "OPENCX_NOT_SET is not set"),
        (#"{"openapi": "api.json"}, {"openapi": "api.json"}"#, "have an operation named find_item"),
        (#"{"openapi": "config.json"}"#, "config.json: failed_to_parse_spec"),
    ])
    func `an API that cannot be used is named`(api: String, says: String) async throws {
        let folder = try TemporaryFolder([
            "config.json": #"{"actions": [\#(api)]}"#,
            "api.json": #"""
            {"openapi": "3.1.0", "info": {"title": "Items", "version": "1"}, "servers": [{"url": "https://api.example"}],
             "paths": {"/items/{name}": {"get": {"operationId": "find_item", "description": "Finds an item by its name.",
               "parameters": [{"name": "name", "in": "path", "required": true, "schema": {"type": "string"}}],
               "responses": {}}}}}
            """#,
        ])
        let outcome = try await Demo.run("ask", "Hello", "--config", folder.path + "/config.json")
        #expect(outcome.code == 1)
        #expect(outcome.errors.contains(says), "\(outcome.errors)")
    }

    @Test func `a model's key comes from the environment, and a model on this machine needs none`() throws {
        func answerer(_ model: String, _ environment: [String: String] = [:]) throws -> any Answerer {
            let folder = try TemporaryFolder()
            let file = try folder.write("config.json", #"{"model": \#(model)}"#)
            return try Answering.answerer(
                try Configuration(ConfigurationReader(file: file)), clock: ManualClock(), ids: SequentialIDs(),
                environment: environment)
        }
        for provider in ["openai", "anthropic"] {
            let model = #"{"provider": "\#(provider)", "name": "m", "key_variable": "MODEL_KEY"}"#
            let failure = #expect(throws: Failure.self) { try answerer(model) }
            #expect(failure?.description.contains("MODEL_KEY is not set") == true)
            let known = try #require(try answerer(model, ["MODEL_KEY": "sk-1"]) as? ModelAnswerer)
            #expect(known.fallback is EmbeddedAnswerer)
            let own = #"{"provider": "\#(provider)", "name": "m", "base_url": "http://127.0.0.1:1/v1"}"#
            #expect(try answerer(own) is ModelAnswerer)
        }
        #expect(try Answering.answerer(Configuration(), clock: ManualClock(), ids: SequentialIDs()) is EmbeddedAnswerer)
    }

    @Test func `without its model, the shop still answers`() async throws {
        let folder = try TemporaryFolder([
            "config.json": #"{"model": {"provider": "openai", "name": "m", "base_url": "http://127.0.0.1:1/v1"}}"#
        ])
        let outcome = try await Demo.run("ask", "Hello", "--config", folder.path + "/config.json")
        #expect(outcome.code == 0 && outcome.output.contains("What can I help you with?"), "\(outcome)")
    }

    @Test func `an API is read with all that is said about it`() throws {
        let folder = try TemporaryFolder()
        let file = try folder.write(
            "config.json",
            #"""
            {"actions": [{"openapi": "api.yaml", "server": "https://api.example/v2", "bind": {"customer": "custom_id"},
              "secret_variable": "TOKEN", "allow_loopback": true, "labels": {"id": {"en": "number", "de": "Nummer"}},
              "operations": {"find": {"on": false, "examples": ["e"], "replies": {"de": "r"}, "confirmations": {"en": "c"}}}}]}
            """#)
        let api = try #require(try Configuration(ConfigurationReader(file: file)).actions.first)
        #expect(api.document == folder.path + "/api.yaml")
        #expect(api.secretVariable == "TOKEN" && api.allowsLoopback)
        #expect(api.settings.serverBaseURL == "https://api.example/v2" && api.settings.allowsLoopbackHTTP)
        #expect(api.settings.channels.isEmpty)
        #expect(api.settings.bindings == [ActionBinding("customer", to: .customID)])
        #expect(api.settings.labels == ["id": ["en": "number", "de": "Nummer"]])
        let operation = try #require(api.settings.operations["find"])
        #expect(!operation.isEnabled && operation.examples == ["e"])
        #expect(operation.replies == ["de": "r"] && operation.confirmations == ["en": "c"])
    }

    @Test func `the example's configuration is valid`() throws {
        let configuration = try Configuration(ConfigurationReader(file: Demo.examples + "/fernhill.json"))
        #expect(configuration.suggestions.count == 5)
        #expect(try configuration.orders.map(OrderBook.init(file:))?["FH-10423"] != nil)
    }

    @Test(arguments: ["", "{}", "[1]", #"[{"number": "1"}]"#, "\u{0}"])
    func `orders that cannot be read are named`(text: String) async throws {
        let folder = try TemporaryFolder(["orders.json": text, "config.json": #"{"orders": "orders.json"}"#])
        let outcome = try await Demo.run("ask", "Hello", "--config", folder.path + "/config.json")
        #expect(outcome.code == 1)
        #expect(outcome.errors.contains("\(folder.path)/orders.json: the orders must be"), "\(outcome.errors)")
    }

    @Test func `a channel has words of its own, and the rest is as for all`() throws {
        let folder = try TemporaryFolder([
            "shop.json": """
            {"wording": {"*": {"fr": {"handoff_requested": "Bien sûr.", "thanks": "De rien !"}},
                         "sms": {"en": {"handoff_requested": "OK."}}}}
            """
        ])
        let settings = try Configuration(ConfigurationReader(file: folder.path + "/shop.json")).settings
        #expect(settings.phrasebook["fr"].handoffRequested == "Bien sûr.")
        #expect(settings.phrasebook["fr"].handoffUpset == Wording.english.handoffUpset)
        #expect(settings.phrasebook(on: "sms")["en"].handoffRequested == "OK.")
        #expect(settings.phrasebook(on: "sms")["fr"].thanks == "De rien !")
        #expect(settings.phrasebook(on: "web")["en"] == .english)
    }
}
