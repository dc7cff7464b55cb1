import OpenCXCore
import OpenCXREST
import OpenCXTesting
import Testing

/// What is not as it should be is refused, and the field named.
@Suite struct StrictnessTests {
    private func post(_ site: Site, _ body: String, type: String? = "application/json") async throws -> Answered {
        var headers = [("authorization", "Bearer " + site.key.reveal())]
        if let type { headers.append(("content-type", type)) }
        return try await site.send(site.request("POST", "/training", headers, Array(body.utf8)))
    }

    @Test(arguments: [
        nil, "text/plain", "application/x-www-form-urlencoded", "multipart/form-data", "application/jsonx", "",
    ])
    func `a body of another type is refused`(_ type: String?) async throws {
        let site = try await Site()
        #expect(try await post(site, #"{"title":"a","content":"b"}"#, type: type).status == 415)
    }

    @Test(arguments: ["application/json", "Application/JSON; charset=utf-8", "application/json ;charset=utf-8"])
    func `JSON is taken, however its type is written`(_ type: String) async throws {
        let site = try await Site()
        #expect(try await post(site, #"{"title":"a","content":"b"}"#, type: type).status == 201)
    }

    @Test(arguments: [
        "", "{", "[1,", "nul", #"{"title":"a","content":"b"}x"#, "{'title':'a'}",
        String(repeating: "[", count: 10_000),
    ])
    func `what is no JSON is a 400`(_ body: String) async throws {
        let site = try await Site()
        #expect(try await post(site, body).status == 400)
    }

    @Test func `a body that is too large is refused`() async throws {
        let site = try await Site()
        let text = String(repeating: "x", count: 1_000_001)
        #expect(try await post(site, #"{"title":"a","content":"\#(text)"}"#).status == 413)
    }

    @Test(arguments: [
        (#"{"content":"b"}"#, "title"), (#"{"title":1,"content":"b"}"#, "title"),
        (#"{"title":"","content":"b"}"#, "title"), (#"{"title":"a","content":"b","tpye":"x"}"#, "no other members"),
        (#"{"title":"a","content":"b","type":"OTHER"}"#, "type"),
        (#"{"title":"a","content":"b","is_draft":"true"}"#, "is_draft"),
        (#"{"title":"a","content":"b","questions":["",1]}"#, "questions[0]"),
        (#"{"title":null,"content":"b"}"#, "title"),
        ("[]", "body"), ("1", "body"), ("null", "body"),
    ])
    func `what does not fit names its field`(_ body: String, _ field: String) async throws {
        let site = try await Site()
        let answer = try await post(site, body)
        #expect(answer.status == 400 && answer.message.contains(field), "\(answer.message)")
    }

    @Test func `a value that is refused is not repeated`() async throws {
        let site = try await Site()
        let body: JSONValue = ["contact": ["email": "jane.doe at example.com", "phone": "none of yours"]]
        let answer = try await site.send("POST", "/contacts", body)
        #expect(answer.status == 400 && !answer.message.contains("jane") && !answer.message.contains("yours"))
    }

    @Test(arguments: [
        "limit=0", "limit=101", "limit=x", "limit=", "limit=1&limit=2", "lmit=5", "handed_off=maybe", "status=closed",
        "created_after=yesterday", "created_after=2026-02-30T00:00:00Z", "cursor=", "contact_id=",
    ])
    func `a query that does not fit is refused`(_ query: String) async throws {
        let site = try await Site()
        #expect(try await site.send("GET", "/chat/sessions?" + query).status == 400)
    }

    @Test func `a cursor that no page gave is refused`() async throws {
        let site = try await Site()
        #expect(try await site.send("GET", "/chat/sessions?cursor=nonsense").status == 422)
    }

    @Test func `errors of what is inside tell nothing of it`() async throws {
        struct Inside: Error, CustomStringConvertible { var description: String { "jane@example.com in /var/lib" } }
        let site = try await Site { $0.authenticateWidgetUser = { _ in throw Inside() } }
        let answer = try await site.send("POST", "/widget/authenticate-user", ["email": "jane@example.com"])
        #expect(answer.status == 503 && answer.header("retry-after") == "1")
        #expect(!answer.message.contains("jane") && !answer.message.contains("/var"))
    }

    @Test func `answers are for no cache`() async throws {
        let site = try await Site()
        for path in ["/contacts", "/contacts/none", "/tags"] {
            let answer = try await site.send("GET", path)
            #expect(
                answer.header("cache-control") == "no-store" && answer.header("x-content-type-options") == "nosniff")
        }
    }
}
