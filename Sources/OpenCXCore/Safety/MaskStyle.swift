/// What stands in a redacted text in the place of personal data.
public enum MaskStyle: String, Sendable, Hashable, Codable, CaseIterable {
    /// `[CREDIT_CARD_1]`: stable within the session, and the raw value can be put back where it is needed.
    case placeholder
    /// `XXXX-XXXX-XXXX-1234`: the last four digits of a number stay. For good: the raw value is kept nowhere. What has fewer
    /// than eight digits, and what is no number, is masked in full.
    case lastFour
    /// `[CREDIT_CARD]`: nothing stays. For good: the raw value is kept nowhere.
    case full

    /// The mask of a value; `nil` for a placeholder, which only a vault can give.
    func mask(_ value: String, of kind: PIIKind) -> String? {
        switch self {
        case .placeholder: nil
        case .full: "[\(kind.rawValue)]"
        case .lastFour: Self.lastFour(of: value) ?? "[\(kind.rawValue)]"
        }
    }

    private static func lastFour(of value: String) -> String? {
        let characters = PlainForm(value).bytes
        guard characters.count(where: \.isASCIIDigit) >= 8, !characters.contains(UInt8(ascii: "@")) else { return nil }
        var kept = 4
        var masked: [UInt8] = []
        for byte in characters.reversed() {
            if byte.isASCIIAlphanumeric {
                masked.append(kept > 0 ? byte : UInt8(ascii: "X"))
                kept -= 1
            } else if byte == UInt8(ascii: " ") || byte == UInt8(ascii: "-") {
                masked.append(byte)
            }
        }
        return String(decoding: masked.reversed(), as: UTF8.self)
    }
}
