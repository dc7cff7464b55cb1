internal import OpenCXAccess
internal import OpenCXCore

/// A page or a form of the team, and what somebody must be allowed to reach it.
struct Route: Sendable {
    enum Method: String, Sendable { case get = "GET", post = "POST" }

    var method: Method
    /// Below the mount point; `{name}` stands for one part of a path.
    var path: String
    /// `nil` for what everybody may who is signed in.
    var permission: TeamPermission?
    var handle: @Sendable (Visit) async throws -> WebhookAnswer

    init(
        _ method: Method, _ path: String, _ permission: TeamPermission?,
        _ handle: @escaping @Sendable (Visit) async throws -> WebhookAnswer
    ) {
        self.method = method
        self.path = path
        self.permission = permission
        self.handle = handle
    }

    /// The parts that the names stand for; `nil` when the path is another one.
    func parameters(in path: Substring) -> [String: String]? {
        let pattern = self.path.split(separator: "/")
        let parts = path.split(separator: "/", omittingEmptySubsequences: false).dropFirst()
        guard pattern.count == parts.count else { return nil }
        var parameters: [String: String] = [:]
        for (expected, part) in zip(pattern, parts) {
            if expected.hasPrefix("{") {
                guard !part.isEmpty else { return nil }
                parameters[String(expected.dropFirst().dropLast())] = String(part)
            } else if expected != part {
                return nil
            }
        }
        return parameters
    }
}

/// A request of somebody who is signed in.
struct Visit: Sendable {
    var request: WebhookRequest
    var parameters: [String: String]
    var form: Form
    var visitor: SignedInMember

    var member: TeamMember { visitor.member }
    /// Goes into every form.
    var formToken: String { visitor.csrfToken.reveal() }

    func may(_ permission: TeamPermission) -> Bool { visitor.may(permission) }

    /// Whether it is the pages' script that asks, rather than a browser on its way to a page.
    var isFromScript: Bool { request.header("accept")?.hasPrefix("application/json") ?? false }

    /// A query parameter; `nil` where it is empty.
    func query(_ name: String) -> String? {
        request.parameter(name).flatMap { $0.isEmpty ? nil : String($0.prefix(500)) }
    }
}
