internal import OpenCXCore

/// A place in a document (RFC 6901).
struct Pointer: Hashable, CustomStringConvertible {
    var names: [String]

    static let root = Pointer(names: [])

    func at(_ names: String...) -> Pointer { Pointer(names: self.names + names) }
    func at(_ index: Int) -> Pointer { Pointer(names: names + ["\(index)"]) }

    var description: String {
        names.map { name in
            "/"
                + name.split(separator: "~", omittingEmptySubsequences: false).joined(separator: "~0")
                .split(separator: "/", omittingEmptySubsequences: false).joined(separator: "~1")
        }.joined()
    }

    init(names: [String]) {
        self.names = names
    }

    /// Reads the fragment of a reference: `#/components/schemas/A~1B%20C`.
    init?(fragment: String) {
        guard fragment.hasPrefix("#"), let path = PercentEncoding.decoded(String(fragment.dropFirst())) else {
            return nil
        }
        if path.isEmpty {
            names = []
            return
        }
        guard path.hasPrefix("/") else { return nil }
        names = path.dropFirst().split(separator: "/", omittingEmptySubsequences: false).map { name in
            name.split(separator: "~1", omittingEmptySubsequences: false).joined(separator: "/")
                .split(separator: "~0", omittingEmptySubsequences: false).joined(separator: "~")
        }
    }

    /// What stands there.
    func value(in root: JSONValue) -> JSONValue? {
        var value = root
        for name in names {
            switch value {
            case .object(let members):
                guard let member = members[name] else { return nil }
                value = member
            case .array(let items):
                guard let index = Int(name), items.indices.contains(index) else { return nil }
                value = items[index]
            default: return nil
            }
        }
        return value
    }
}
