/// Who the AI is when a language model writes its answers (OpenCX, AI profile).
///
/// The team's own words, which customers may come to read in the answers. Make them of configuration with
/// ``Redaction/publish(_:)``.
public struct AIProfile: Sendable, Hashable {
    /// The name it goes by.
    public var name: RedactedText
    /// Whom it speaks for.
    public var company: RedactedText
    /// How it sounds.
    public var tone: RedactedText
    /// What else it keeps to, a sentence each. What holds on some channels only is a behavioral ``TrainingScenario``.
    public var rules: [RedactedText]

    /// Makes a profile.
    public init(
        name: RedactedText = "the assistant", company: RedactedText = "our company",
        tone: RedactedText = "Friendly, brief and to the point.", rules: [RedactedText] = []
    ) {
        self.name = name
        self.company = company
        self.tone = tone
        self.rules = rules
    }
}

/// How much a prompt may hold. Tokens are estimated from bytes, a little high rather than low.
public struct PromptLimits: Sendable, Hashable {
    /// The whole prompt. What does not fit is left out: earlier messages first, oldest of them first, then passages, worst first.
    public var promptTokens: Int
    /// One passage; longer ones are cut.
    public var passageTokens: Int
    /// One result of an action; longer ones are cut.
    public var resultTokens: Int
    /// What the model may write.
    public var replyTokens: Int

    /// Makes limits.
    public init(
        promptTokens: Int = 8000, passageTokens: Int = 800, resultTokens: Int = 1500, replyTokens: Int = 1024
    ) {
        self.promptTokens = promptTokens
        self.passageTokens = passageTokens
        self.resultTokens = resultTokens
        self.replyTokens = replyTokens
    }
}

/// How many tokens a text has, roughly, for any model.
///
/// Four bytes of ASCII count as one token, every two-byte character as half a one, every longer one as a whole one. English prose comes
/// out some tenths too high, German and code close, Chinese and Japanese up to a third too high.
package enum TokenEstimate {
    package static func of(_ text: String) -> Int {
        var text = text
        return text.withUTF8 { bytes in
            var ascii = 0
            var halves = 0
            for byte in bytes {
                ascii += byte < 0x80 ? 1 : 0
                halves += (byte >= 0xC0 ? 1 : 0) + (byte >= 0xE0 ? 1 : 0)
            }
            return (ascii + 3) / 4 + (halves + 1) / 2
        }
    }

    /// The beginning of a text that has about this many tokens, and no half character.
    package static func prefix(_ text: String, tokens: Int) -> String {
        // No text has more tokens than a third of its bytes.
        guard text.utf8.count > 3 * tokens, of(text) > tokens else { return text }
        var ascii = 0
        var halves = 0
        var end = text.startIndex
        for index in text.unicodeScalars.indices {
            let value = text.unicodeScalars[index].value
            if value < 0x80 { ascii += 1 } else { halves += value < 0x800 ? 1 : 2 }
            if (ascii + 3) / 4 + (halves + 1) / 2 > tokens { break }
            end = text.unicodeScalars.index(after: index)
        }
        return String(text[..<end]) + " …"
    }
}
