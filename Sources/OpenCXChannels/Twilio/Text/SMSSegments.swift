/// How a text is cut for the air: what carriers count and charge for.
public struct SMSSegments: Sendable, Hashable {
    /// The alphabet a text is sent in.
    public enum Alphabet: Sendable, Hashable {
        /// Seven bits a character: 160 in one message, 153 in each of several.
        case gsm7
        /// Sixteen bits a character: 70 in one message, 67 in each of several.
        case ucs2
    }

    /// The alphabet: one character that GSM-7 lacks makes all of them wide.
    public let alphabet: Alphabet
    /// How many places the text takes, in the alphabet's own units.
    public let units: Int
    /// How many messages are sent, and charged for.
    public let count: Int

    /// Counts a text (3GPP TS 23.040, section 9.2.3.24.1: a part of several gives seven bytes to their order).
    public init(_ text: String) {
        var single = 0
        var parts = 0
        var filled = 0
        let isWide = text.unicodeScalars.contains { GSM7.places($0) == nil }
        alphabet = isWide ? .ucs2 : .gsm7
        let (whole, part) = isWide ? (70, 67) : (160, 153)
        for scalar in text.unicodeScalars {
            // Neither a pair of UTF-16 nor an escape is cut in two.
            let places = isWide ? UTF16.width(scalar) : GSM7.places(scalar) ?? 1
            single += places
            if filled + places > part {
                parts += 1
                filled = 0
            }
            filled += places
        }
        units = single
        count = single == 0 ? 0 : single <= whole ? 1 : parts + 1
    }
}
