import OpenCXCore

extension PIIKind {
    /// A club's membership number.
    static let membership = PIIKind(rawValue: "MEMBERSHIP")
}

/// Finds membership numbers: `M-` and six digits.
struct MembershipRedactor: PIIRedactor {
    func findings(in text: UnredactedText) async throws -> [PIIFinding] {
        let bytes = Array(text.reveal().utf8)
        return bytes.indices.compactMap { start in
            let piece = bytes[start...].prefix(8)
            guard piece.starts(with: "M-".utf8), piece.count == 8,
                piece.dropFirst(2).allSatisfy({ (48...57).contains($0) })
            else { return nil }
            return PIIFinding(kind: .membership, range: start..<piece.endIndex)
        }
    }
}

/// Everything that any of several redactors finds.
struct EveryRedactor: PIIRedactor {
    let redactors: [any PIIRedactor]

    func findings(in text: UnredactedText) async throws -> [PIIFinding] {
        var found: [PIIFinding] = []
        for redactor in redactors { found += try await redactor.findings(in: text) }
        return found
    }
}
