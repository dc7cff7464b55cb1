import FoundationEssentials
import OpenCXCore
import OpenCXPages

/// What a browser does: keeps cookies, sends forms, and remembers the token of the page it has seen last.
final class Browser {
    let pages: TeamPages
    private(set) var cookies: [String: String] = [:]
    private(set) var token = ""

    init(pages: TeamPages) {
        self.pages = pages
    }

    func signIn(_ name: String, _ password: String) async throws {
        try await get("/team/sign-in")
        let reply = try await post("/team/sign-in", ["name": name, "password": password])
        guard reply.status == 303 else { throw Refused() }
        try await get("/team/account")
    }

    @discardableResult
    func get(_ target: String, headers: [(name: String, value: String)] = []) async throws -> Reply {
        try await send("GET", target, headers: headers)
    }

    /// - Parameters:
    ///   - fields: the form's, besides its token.
    ///   - token: the form's token; `nil` sends none.
    @discardableResult
    func post(
        _ target: String, _ fields: [String: String] = [:], token: String?,
        headers: [(name: String, value: String)] = []
    ) async throws -> Reply {
        var fields = fields
        fields["csrf_token"] = token
        let body = fields.map { "\($0.key)=\(Self.encoded($0.value))" }.joined(separator: "&")
        return try await send(
            "POST", target, headers: [("content-type", "application/x-www-form-urlencoded")] + headers,
            body: Array(body.utf8))
    }

    @discardableResult
    func post(
        _ target: String, _ fields: [String: String] = [:], headers: [(name: String, value: String)] = []
    ) async throws -> Reply {
        try await post(target, fields, token: token, headers: headers)
    }

    func send(
        _ method: String, _ target: String, headers: [(name: String, value: String)] = [], body: [UInt8] = []
    ) async throws -> Reply {
        let path = target.prefix { $0 != "?" && $0 != "#" }
        let query = target.dropFirst(path.count + 1).split(separator: "&").map {
            pair -> (name: String, value: String) in
            let name = pair.prefix { $0 != "=" }
            return (String(name), String(pair.dropFirst(name.count + 1)))
        }
        let cookie = cookies.map { "\($0.key)=\($0.value)" }.joined(separator: "; ")
        let request = WebhookRequest(
            method: method, path: String(path), query: query,
            headers: headers + (cookie.isEmpty ? [] : [("cookie", cookie)]), body: body)
        guard let answer = await pages.answer(request) else { throw NotForThePages() }
        for (name, value) in answer.headers where name == "set-cookie" {
            let pair = value.prefix { $0 != ";" }
            let name = pair.prefix { $0 != "=" }
            cookies[String(name)] = String(pair.dropFirst(name.count + 1))
        }
        let reply = Reply(answer: answer)
        if let token = reply.text.firstMatch(of: #/name="csrf_token" value="([^"]*)"/#) { self.token = String(token.1) }
        return reply
    }

    static func encoded(_ text: String) -> String {
        text.utf8.map { byte in
            let isPlain = (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
            let digits = String(byte, radix: 16, uppercase: true)
            return isPlain ? String(UnicodeScalar(byte)) : "%" + (digits.count == 1 ? "0" : "") + digits
        }.joined()
    }

    struct Refused: Error {}
    struct NotForThePages: Error {}
}

/// An answer of the pages.
struct Reply {
    var answer: WebhookAnswer

    var status: Int { answer.status }
    var text: String {
        if case .response(let response) = answer { String(decoding: response.body, as: UTF8.self) } else { "" }
    }
    static func json(_ text: String) throws -> JSONValue {
        try JSONDecoder().decode(JSONValue.self, from: Data(text.utf8))
    }
    var isStream: Bool { if case .stream = answer { true } else { false } }
    func header(_ name: String) -> String? { answer.headers.first { $0.name == name }?.value }
}
