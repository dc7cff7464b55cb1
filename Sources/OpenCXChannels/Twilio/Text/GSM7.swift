/// The alphabet of text messages (3GPP TS 23.038, section 6.2.1): one message holds 160 of its characters, and 70 of any other.
enum GSM7 {
    private static let basic = Set(
        """
        @£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿\
        abcdefghijklmnopqrstuvwxyzäöñüà
        """.unicodeScalars)
    /// These take two places.
    private static let extended = Set("\u{0C}^{}\\[~]|€".unicodeScalars)

    /// What is printed almost the same, for characters that word processors and language models like to use.
    private static let substitutes: [Unicode.Scalar: String] = [
        "\u{2018}": "'", "\u{2019}": "'", "\u{201A}": "'", "\u{201B}": "'", "\u{201C}": "\"", "\u{201D}": "\"",
        "\u{201E}": "\"", "\u{2010}": "-", "\u{2011}": "-", "\u{2012}": "-", "\u{2013}": "-", "\u{2014}": "-",
        "\u{2026}": "...", "\u{00A0}": " ", "\u{202F}": " ", "\u{2009}": " ", "\u{2022}": "-", "`": "'",
        "\u{2192}": "->", "\u{200B}": "", "\u{FEFF}": "", "\t": " ",
    ]

    /// How many places a character takes; `nil` when the alphabet lacks it.
    static func places(_ scalar: Unicode.Scalar) -> Int? {
        basic.contains(scalar) ? 1 : extended.contains(scalar) ? 2 : nil
    }

    /// The text with substitutes, if it can then be written in the alphabet; else the text as it is.
    static func simplified(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            if places(scalar) != nil {
                result.unicodeScalars.append(scalar)
            } else if let substitute = substitutes[scalar] {
                result += substitute
            } else {
                return text
            }
        }
        return result
    }
}
