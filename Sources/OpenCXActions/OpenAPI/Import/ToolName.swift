internal import OpenCXCore

/// Names for operations that have none.
enum ToolName {
    /// A name out of method and path: `get_orders_by_id` for `GET /orders/{id}`.
    static func derived(method: String, path: String) -> String {
        let parts = path.split(separator: "/").map { part -> String in
            guard part.hasPrefix("{"), part.hasSuffix("}") else { return String(part) }
            return "by_\(part.dropFirst().dropLast())"
        }
        if parts.isEmpty { return "\(method.lowercased())_root" }
        return PlainWords.name(([method.lowercased()] + parts).joined(separator: "_"))
    }
}
