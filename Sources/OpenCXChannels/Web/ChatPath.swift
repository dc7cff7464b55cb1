internal import OpenCXCore

/// What a path under `/v1/sessions/{thread}/` asks for.
struct ChatPath {
    enum Resource: String {
        case messages, stream, resolve, rating, files
    }

    let thread: ThreadID
    let resource: Resource

    init?(_ path: String) {
        let parts = path.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 5, parts[0].isEmpty, parts[1] == "v1", parts[2] == "sessions",
            let resource = Resource(rawValue: String(parts[4])),
            (16...64).contains(parts[3].utf8.count),
            parts[3].utf8.allSatisfy({ $0 == 45 || (48...57).contains($0) || (97...122).contains($0 | 0x20) })
        else { return nil }
        thread = ThreadID(String(parts[3]))
        self.resource = resource
    }
}
