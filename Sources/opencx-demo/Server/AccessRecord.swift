/// A request that is over, for an access log.
///
/// It says nothing about a person: the target's query, the body, the address and all headers are left out, and of the path
/// nothing is told but which of the server's own patterns it fits.
public struct AccessRecord: Sendable {
    /// The request's number since the server started.
    public var number: Int
    /// The method, as far as the server knows it.
    public var method: String
    /// The status that was answered; 0 if the connection ended first.
    public var status: Int
    /// How many bytes of body were sent, or handed over to be sent.
    public var bytes: Int
    /// From the request's first line to the answer's end.
    public var duration: Duration
    private let target: String

    init(number: Int, method: String, target: String, status: Int, bytes: Int, duration: Duration) {
        self.number = number
        self.method = RequestHead.methods.contains(method) ? method : "?"
        self.target = target
        self.status = status
        self.bytes = bytes
        self.duration = duration
    }

    /// The record as a line: `id=7 method=GET route=/v1/sessions/{id}/messages status=200 bytes=512 ms=3.1`.
    ///
    /// - Parameter routes: the patterns that the path may fit.
    public func line(routes: RoutePatterns) -> String {
        let microseconds = Int(duration / .microseconds(1))
        return "id=\(number) method=\(method) route=\(route(in: routes)) status=\(status) bytes=\(bytes) "
            + "ms=\(microseconds / 1000).\(microseconds / 100 % 10)"
    }

    /// The pattern that the path fits.
    public func route(in routes: RoutePatterns) -> String {
        RequestTarget(target).map { routes.pattern(of: $0.path) } ?? RoutePatterns.none
    }
}

/// The paths of a server with their changing parts left open, so that a log can say which one was asked for and not what
/// was in it.
public struct RoutePatterns: Sendable {
    private let patterns: [(text: String, parts: [Substring])]

    /// What a path is called that fits none.
    public static let none = "-"

    /// Reads patterns such as `/v1/sessions/{id}/messages`. `{…}` stands for one part of a path, and `{…}...` at the end
    /// for all that follow. The first that fits counts.
    public init(_ patterns: [String]) {
        self.patterns = patterns.map { ($0, $0.split(separator: "/")) }
    }

    /// The first pattern that the path fits; ``none`` if it fits none of them.
    public func pattern(of path: String) -> String {
        let parts = path.split(separator: "/")
        return patterns.first { Self.fits(parts, $0.parts) }?.text ?? Self.none
    }

    private static func fits(_ path: [Substring], _ pattern: [Substring]) -> Bool {
        let isOpen = pattern.last?.hasSuffix("}...") == true
        guard isOpen ? path.count >= pattern.count : path.count == pattern.count else { return false }
        return zip(path, pattern).allSatisfy { $1.hasPrefix("{") || $0 == $1 }
    }
}
