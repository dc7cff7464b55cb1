internal import CStemmer

/// Snowball's stemmer for one language; without one, words stay as they are.
///
/// The C object is not thread-safe, so this is neither copyable nor sendable: each analysis makes its own, which costs
/// about a microsecond, and no lock is needed.
struct Stemmer: ~Copyable {
    private let pointer: OpaquePointer?

    /// A stemmer for a language, given by its two-letter code.
    init(language: String) {
        pointer = Self.languages.contains(language) ? sb_stemmer_new(language, nil) : nil
    }

    deinit {
        sb_stemmer_delete(pointer)
    }

    /// The languages that Snowball is asked for.
    private static let languages: Set<String> = [
        "ar", "ca", "da", "de", "el", "en", "es", "eu", "fi", "fr", "ga", "hi", "hu", "hy", "id", "it", "lt", "ne",
        "nl",
        "no", "pt", "ro", "ru", "sr", "sv", "ta", "tr", "yi",
    ]

    /// Appends the stem of a lower-case word, without diacritics.
    mutating func appendStem(of word: UnsafeBufferPointer<UInt8>, to result: inout [UInt8]) {
        guard let pointer, let base = word.baseAddress, let length = Int32(exactly: word.count),
            let stem = sb_stemmer_stem(pointer, base, length)
        else { return TextFolding.append(word, to: &result) }
        let count = Int(sb_stemmer_length(pointer))
        // Snowball of some languages leaves nothing of a short word.
        guard count > 0 else { return TextFolding.append(word, to: &result) }
        TextFolding.append(UnsafeBufferPointer(start: stem, count: count), to: &result)
    }
}
