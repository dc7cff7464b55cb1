/// What members and keys may be called.
enum Naming {
    static func checked(_ name: String, what: String) throws(AccessError) -> String {
        let trimmed = String(name.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
        let isVisible = trimmed.unicodeScalars.allSatisfy { scalar in
            switch scalar.properties.generalCategory {
            case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .surrogate, .unassigned: false
            default: true
            }
        }
        guard !trimmed.isEmpty, trimmed.utf8.count <= 200, isVisible else {
            throw AccessError(.badName, "A \(what) needs a name of at most 200 bytes without control characters.")
        }
        return trimmed
    }
}
