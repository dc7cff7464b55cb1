/// The one place where text becomes ``RedactedText``: finds personal data, puts placeholders in their stead, and puts raw
/// values back at the boundaries that are meant to see them.
public struct Redaction: Sendable {
    private let redactor: any PIIRedactor
    private let vault: any PIIVault
    private let mask: @Sendable (PIIKind) -> MaskStyle

    /// Joins a redactor, which finds, and a vault, which keeps the raw values.
    ///
    /// - Parameters:
    ///   - redactor: what finds personal data.
    ///   - vault: what keeps the raw values behind placeholders.
    ///   - mask: what stands in the place of each kind.
    public init(
        redactor: any PIIRedactor = PatternRedactor(), vault: any PIIVault = InMemoryVault(),
        mask: @escaping @Sendable (PIIKind) -> MaskStyle = { _ in .placeholder }
    ) {
        self.redactor = redactor
        self.vault = vault
        self.mask = mask
    }

    /// The built-in redactor with what a team has chosen.
    public init(policy: RedactionPolicy, vault: any PIIVault = InMemoryVault()) {
        self.init(redactor: PatternRedactor(policy: policy), vault: vault, mask: { policy.mask(of: $0) })
    }

    /// Replaces personal data by placeholders that are stable within the session.
    ///
    /// - Parameters:
    ///   - text: what came in.
    ///   - session: the session whose placeholders it gets.
    ///   - counts: the placeholders the session has used so far; grows by the new ones.
    ///   - context: what is known about whoever wrote it.
    /// - Throws: what the redactor or the vault throws.
    public func redact(
        _ text: UnredactedText, in session: SessionID, counts: inout PlaceholderCounts,
        context: RedactionContext = RedactionContext()
    ) async throws -> RedactedText {
        try await redact(text, in: session, counts: &counts, context: context, sparing: [])
    }

    /// Replaces personal data in what came from outside, and whatever has the form of a placeholder there: a customer who
    /// writes `[CREDIT_CARD_1]` must not be answered with what somebody else in the conversation has under this name.
    func redactForeign(
        _ text: UnredactedText, in session: SessionID, counts: inout PlaceholderCounts,
        context: RedactionContext = RedactionContext()
    ) async throws -> RedactedText {
        try await redact(text, in: session, counts: &counts, context: context, sparing: [], isForeign: true)
    }

    /// Replaces personal data, but for what the team has published itself in these texts: its own address in an answer is no
    /// customer's.
    func redact(
        _ text: UnredactedText, in session: SessionID, counts: inout PlaceholderCounts,
        context: RedactionContext = RedactionContext(), sparing published: [RedactedText], isForeign: Bool = false
    ) async throws -> RedactedText {
        var text = text
        // What is replaced changes what stands beside the rest, so it is looked at again until nothing more is found.
        for round in 0..<Self.rounds {
            let raw = text.reveal()
            var findings = try await redactor.findings(in: text, context: context)
            if round > 0 || isForeign {
                let written = Self.writtenPlaceholders(in: raw)
                findings.removeAll { finding in written.contains { $0.range.overlaps(finding.range) } }
                if round == 0 { findings += written }
            }
            findings = Self.disjoint(findings, length: raw.utf8.count)
            if !published.isEmpty {
                findings.removeAll { finding in
                    let value = Self.slice(raw, finding.range)
                    return published.contains { $0.text.contains(value) }
                }
            }
            if findings.isEmpty { break }
            text = UnredactedText(try await replace(findings, in: raw, of: session, &counts))
        }
        return RedactedText(redacted: text.reveal())
    }

    private static let rounds = 4

    private func replace(
        _ findings: [PIIFinding], in raw: String, of session: SessionID, _ counts: inout PlaceholderCounts
    ) async throws -> String {
        let values = findings.map { PIIValue(kind: $0.kind, raw: Self.slice(raw, $0.range)) }
        var masks = values.map { value -> String? in
            value.kind == .writtenPlaceholder ? nil : mask(value.kind).mask(value.raw, of: value.kind)
        }
        let kept = zip(values, masks).filter { $0.1 == nil }.map { $0.0 }
        var placeholders = try await vault.placeholders(for: kept, in: session, above: counts)[...]
        counts.include(placeholders)
        for index in masks.indices where masks[index] == nil { masks[index] = placeholders.popFirst()?.description }
        let replacements = zip(masks, values).map { mask, value in mask ?? "[\(value.kind.rawValue)]" }
        return Self.replace(findings.map(\.range), in: raw, by: replacements)
    }

    /// Where a text has the form of a placeholder.
    private static func writtenPlaceholders(in text: String) -> [PIIFinding] {
        guard text.utf8.contains(UInt8(ascii: "[")) else { return [] }
        let bytes = Array(text.utf8)
        var found: [PIIFinding] = []
        for start in bytes.indices where bytes[start] == UInt8(ascii: "[") {
            guard let end = Placeholder.end(at: start, in: bytes) else { continue }
            found.append(PIIFinding(kind: .writtenPlaceholder, range: start..<end))
        }
        return found
    }

    /// Text that the team wrote for publication: articles, scenarios, wording. Their own e-mail addresses and telephone
    /// numbers stay, for publishing them is the point; payment cards and the like are masked for good.
    public func publish(_ text: UnredactedText) async throws -> RedactedText {
        let raw = text.reveal()
        let secret: Set<PIIKind> = [.creditCard, .ssn]
        let findings = try await redactor.findings(in: text).filter { secret.contains($0.kind) }
        let disjoint = Self.disjoint(findings, length: raw.utf8.count)
        if disjoint.isEmpty { return RedactedText(redacted: raw) }
        return RedactedText(
            redacted: Self.replace(disjoint.map(\.range), in: raw, by: disjoint.map { "[\($0.kind.rawValue)]" }))
    }

    /// Puts the raw values back, as far as the vault still knows them. For the boundary to an action or a helpdesk only.
    public func restore(_ text: RedactedText, in session: SessionID) async throws -> UnredactedText {
        let placeholders = text.placeholders
        if placeholders.isEmpty { return UnredactedText(text.text) }
        return Self.put(try await vault.values(of: placeholders, in: session), into: text)
    }

    /// The same, and `nil` where the vault has forgotten some.
    func restoreWhole(_ text: RedactedText, in session: SessionID) async throws -> UnredactedText? {
        let placeholders = text.placeholders
        if placeholders.isEmpty { return UnredactedText(text.text) }
        let values = try await vault.values(of: placeholders, in: session)
        return placeholders.allSatisfy { values[$0] != nil } ? Self.put(values, into: text) : nil
    }

    private static func put(_ values: [Placeholder: String], into text: RedactedText) -> UnredactedText {
        let known = Dictionary(uniqueKeysWithValues: values.map { (Array($0.key.description.utf8), $0.value) })
        let bytes = Array(text.text.utf8)
        var restored: [UInt8] = []
        restored.reserveCapacity(bytes.count)
        var position = 0
        while position < bytes.count {
            // No placeholder is longer, so a text of nothing but brackets stays linear.
            let piece = bytes[position...].prefix(Placeholder.longest)
            if piece.first == UInt8(ascii: "["), let close = piece.firstIndex(of: UInt8(ascii: "]")),
                let value = known[Array(piece[...close])]
            {
                restored += value.utf8
                position = close + 1
            } else {
                restored.append(bytes[position])
                position += 1
            }
        }
        return UnredactedText(String(decoding: restored, as: UTF8.self))
    }

    /// Forgets the raw values of a session.
    public func forget(_ session: SessionID) async throws {
        try await vault.forget(session)
    }

    /// Forgets all raw values that were kept before a time.
    public func expire(before time: Timestamp) async throws {
        try await vault.expire(before: time)
    }

    /// Forgets the raw values that have outlived the vault's lifetime.
    public func expire() async throws {
        try await vault.expire()
    }

    /// Findings in order, none overlapping another, none outside the text.
    private static func disjoint(_ findings: [PIIFinding], length: Int) -> [PIIFinding] {
        let sorted = findings.sorted { a, b in
            if a.range.lowerBound != b.range.lowerBound { return a.range.lowerBound < b.range.lowerBound }
            return a.range.upperBound > b.range.upperBound
        }
        var end = 0
        return sorted.filter { finding in
            guard finding.range.lowerBound >= end, finding.range.upperBound <= length, !finding.range.isEmpty else {
                return false
            }
            end = finding.range.upperBound
            return true
        }
    }

    private static func slice(_ text: String, _ range: Range<Int>) -> String {
        String(decoding: text.utf8.dropFirst(range.lowerBound).prefix(range.count), as: UTF8.self)
    }

    private static func replace(_ ranges: [Range<Int>], in text: String, by replacements: [String]) -> String {
        let bytes = Array(text.utf8)
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count)
        var position = 0
        for (range, replacement) in zip(ranges, replacements) {
            result += bytes[position..<range.lowerBound]
            result += replacement.utf8
            position = range.upperBound
        }
        result += bytes[position...]
        return String(decoding: result, as: UTF8.self)
    }
}
