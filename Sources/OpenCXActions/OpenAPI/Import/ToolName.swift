/// Names that every language model takes: letters, digits, underscores and hyphens.
enum ToolName {
    static let lengthLimit = 64

    static func sanitized(_ text: String) -> String {
        var out: [UInt8] = []
        for byte in text.utf8 {
            let isPlain =
                (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
                || byte == 0x5F || byte == 0x2D
            if isPlain {
                out.append(byte)
            } else if out.last != 0x5F {
                out.append(0x5F)
            }
        }
        // `filter[name]` is `filter_name`, not `filter_name_`.
        while out.count > 1, out.last == 0x5F, text.utf8.last != 0x5F { out.removeLast() }
        return String(decoding: out.prefix(lengthLimit), as: UTF8.self)
    }

    /// A name out of method and path: `get_orders_by_id` for `GET /orders/{id}`.
    static func derived(method: String, path: String) -> String {
        let parts = path.split(separator: "/").map { part -> String in
            guard part.hasPrefix("{"), part.hasSuffix("}") else { return String(part) }
            return "by_\(part.dropFirst().dropLast())"
        }
        if parts.isEmpty { return "\(method.lowercased())_root" }
        return sanitized(([method.lowercased()] + parts).joined(separator: "_"))
    }
}
