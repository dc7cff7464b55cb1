/// What the agent says of its own accord, in one language. The team's own words may replace any of it.
public struct Wording: Sendable, Hashable {
    /// In answer to a greeting.
    public var greeting: RedactedText
    /// In answer to a thank-you.
    public var thanks: RedactedText
    /// In answer to a farewell.
    public var farewell: RedactedText
    /// When the question is too short to search for.
    public var tooShort: RedactedText
    /// Before an answer that may be beside the point.
    public var unsure: RedactedText
    /// When somebody takes over because the AI does not know.
    public var handoffUnknown: RedactedText
    /// Before links to articles that may help until somebody answers.
    public var related: RedactedText
    /// When somebody takes over because the customer asked for it.
    public var handoffRequested: RedactedText
    /// When somebody takes over because the customer is upset.
    public var handoffUpset: RedactedText
    /// When somebody takes over for any other reason.
    public var handoffOther: RedactedText
    /// When somebody takes over because the AI's answers do not help.
    public var handoffStuck: RedactedText
    /// Asks what it is about before a request for a person is passed on.
    public var beforeHandoff: RedactedText
    /// When the customer asks for a person and the AI never hands off.
    public var humanDeclined: RedactedText
    /// When the customer asks for a person and the AI is to try first.
    public var humanLater: RedactedText
    /// Asks what it is about, after such a refusal.
    public var whatAbout: RedactedText
    /// When the AI has no answer and does not hand off.
    public var unknownDeclined: RedactedText
    /// When the AI must not speak of a subject and does not hand off.
    public var topicDeclined: RedactedText
    /// Asks for other words, when the AI has no answer and is to try again.
    public var rephrase: RedactedText
    /// Asks for a detail; `{label}` stands for it.
    public var missingDetail: RedactedText
    /// When what the customer asks about is not found; `{label}` stands for the details.
    public var notFound: RedactedText
    /// Asks whether to do something; `{action}` stands for it.
    public var confirmAction: RedactedText
    /// When the customer says no to that.
    public var declined: RedactedText
    /// Asks for a rating once the session has ended, where that is asked by a message (``SatisfactionPolicy/messageChannels``).
    public var survey: RedactedText

    /// Makes wording from its parts.
    public init(
        greeting: RedactedText, thanks: RedactedText, farewell: RedactedText, tooShort: RedactedText,
        unsure: RedactedText, handoffUnknown: RedactedText, related: RedactedText, handoffRequested: RedactedText,
        handoffUpset: RedactedText, handoffOther: RedactedText, handoffStuck: RedactedText,
        beforeHandoff: RedactedText, humanDeclined: RedactedText, humanLater: RedactedText, whatAbout: RedactedText,
        unknownDeclined: RedactedText, topicDeclined: RedactedText, rephrase: RedactedText, missingDetail: RedactedText,
        notFound: RedactedText,
        confirmAction: RedactedText, declined: RedactedText,
        survey: RedactedText =
            "How was our help, from 1 (terrible) to 5 (excellent)? Please reply with the number, and a few words if you like."
    ) {
        self.greeting = greeting
        self.thanks = thanks
        self.farewell = farewell
        self.tooShort = tooShort
        self.unsure = unsure
        self.handoffUnknown = handoffUnknown
        self.related = related
        self.handoffRequested = handoffRequested
        self.handoffUpset = handoffUpset
        self.handoffOther = handoffOther
        self.handoffStuck = handoffStuck
        self.beforeHandoff = beforeHandoff
        self.humanDeclined = humanDeclined
        self.humanLater = humanLater
        self.whatAbout = whatAbout
        self.unknownDeclined = unknownDeclined
        self.topicDeclined = topicDeclined
        self.rephrase = rephrase
        self.missingDetail = missingDetail
        self.notFound = notFound
        self.confirmAction = confirmAction
        self.declined = declined
        self.survey = survey
    }

    /// English.
    public static let english = Wording(
        greeting: "Hello! What can I help you with?",
        thanks: "You're welcome! Is there anything else I can help you with?",
        farewell: "Goodbye, and thanks for writing!",
        tooShort: "Could you tell me a bit more, in a sentence or two? Then I can look it up for you.",
        unsure: "I'm not completely sure this is what you're looking for, but it may help:",
        handoffUnknown:
            "I don't have a reliable answer to that, so I've passed your question on to our team. Somebody will reply here.",
        related: "In the meantime, these articles may help:",
        handoffRequested: "Of course. I've passed the conversation on to our team, and somebody will reply here.",
        handoffUpset: "I'm sorry about the trouble. I've passed this on to our team, and somebody will reply here.",
        handoffOther: "This is something for our team. I've passed it on, and somebody will reply here.",
        handoffStuck: "I'm sorry that didn't help. I've passed this on to our team, and somebody will reply here.",
        beforeHandoff:
            "Of course. So that my colleagues can help you right away: what is it about, in a sentence or two?",
        humanDeclined: "I'm an AI assistant and can't connect you with a person here, but I'd like to help.",
        humanLater: "I'd like to try to help you first. If that doesn't work, my colleagues will take over.",
        whatAbout: "What is it about, in a sentence or two?",
        unknownDeclined:
            "I'm sorry, I don't have a reliable answer to that. Could you ask in other words, or tell me more?",
        topicDeclined: "I'm sorry, I can't help with this subject here. Is there anything else I can do for you?",
        rephrase: "I haven't found a reliable answer to that yet. Could you ask in other words, or tell me a bit more?",
        missingDetail: "Could you tell me your {label}?",
        notFound: "I couldn't find anything for that {label}. Could you check it and send it again?",
        confirmAction: "Shall I do that for you: {action}? Please answer yes or no.",
        declined: "All right, I won't. Is there anything else I can help you with?")

    /// German.
    public static let german = Wording(
        greeting: "Hallo! Wobei kann ich Ihnen helfen?",
        thanks: "Gern geschehen! Kann ich sonst noch etwas für Sie tun?",
        farewell: "Auf Wiedersehen und danke für Ihre Nachricht!",
        tooShort: "Können Sie mir in ein, zwei Sätzen etwas mehr dazu sagen? Dann schaue ich für Sie nach.",
        unsure: "Ich bin nicht ganz sicher, ob es das ist, was Sie suchen, aber vielleicht hilft es:",
        handoffUnknown:
            """
            Darauf habe ich keine verlässliche Antwort. Ich habe Ihre Frage an unser Team weitergegeben; jemand antwortet Ihnen \
            hier.
            """,
        related: "Bis dahin helfen vielleicht diese Artikel:",
        handoffRequested: "Gern. Ich habe das Gespräch an unser Team weitergegeben; jemand antwortet Ihnen hier.",
        handoffUpset:
            "Der Ärger tut mir leid. Ich habe das an unser Team weitergegeben; jemand antwortet Ihnen hier.",
        handoffOther: "Das ist etwas für unser Team. Ich habe es weitergegeben; jemand antwortet Ihnen hier.",
        handoffStuck:
            "Schade, dass das nicht geholfen hat. Ich habe es an unser Team weitergegeben; jemand antwortet Ihnen hier.",
        beforeHandoff:
            "Gern. Damit meine Kollegen Ihnen gleich helfen können: Worum geht es, in ein, zwei Sätzen?",
        humanDeclined:
            "Ich bin ein KI-Assistent und kann Sie hier nicht mit einem Menschen verbinden, helfe Ihnen aber gern.",
        humanLater:
            "Ich möchte Ihnen gern erst selbst helfen. Wenn das nicht gelingt, übernehmen meine Kollegen.",
        whatAbout: "Worum geht es, in ein, zwei Sätzen?",
        unknownDeclined:
            """
            Darauf habe ich leider keine verlässliche Antwort. Können Sie es anders fragen oder mir mehr dazu sagen?
            """,
        topicDeclined: "Dabei kann ich hier leider nicht helfen. Kann ich sonst noch etwas für Sie tun?",
        rephrase:
            """
            Ich habe noch keine verlässliche Antwort darauf gefunden. Können Sie es anders fragen oder mir etwas mehr dazu \
            sagen?
            """,
        missingDetail: "Nennen Sie mir bitte: {label}",
        notFound: "Dazu habe ich nichts gefunden ({label}). Könnten Sie die Angabe prüfen und noch einmal schicken?",
        confirmAction: "Soll ich das für Sie tun: {action}? Bitte antworten Sie mit Ja oder Nein.",
        declined: "In Ordnung, dann nicht. Kann ich sonst noch etwas für Sie tun?",
        survey:
            """
            Wie war unsere Hilfe, von 1 (schlecht) bis 5 (sehr gut)? Bitte antworten Sie mit der Zahl, gern mit ein paar Worten \
            dazu.
            """)

    /// The built-in languages.
    public static let builtIn: [LanguageTag: Wording] = ["en": .english, "de": .german]
}

/// Wording by language.
public struct Phrasebook: Sendable, Hashable {
    /// The wording of each language.
    public var wordings: [LanguageTag: Wording]
    /// The language for customers whose own is not there.
    public var fallback: LanguageTag

    /// Makes a phrasebook.
    public init(wordings: [LanguageTag: Wording] = Wording.builtIn, fallback: LanguageTag = "en") {
        self.wordings = wordings
        self.fallback = fallback
    }

    /// The wording for a language, or the nearest there is.
    public subscript(language: LanguageTag) -> Wording {
        wordings[language] ?? wordings[LanguageTag(rawValue: language.primary)] ?? wordings[fallback] ?? .english
    }
}

extension RedactedText {
    /// The text with `{name}` replaced by a value, for each name given. What a value holds is not looked at again.
    package func filling(_ values: [String: RedactedText]) -> RedactedText {
        var result = ""
        var rest = text[...]
        while let open = rest.firstIndex(of: "{") {
            result += rest[..<open]
            rest = rest[rest.index(after: open)...]
            guard let close = rest.firstIndex(of: "}"), let value = values[String(rest[..<close])] else {
                result += "{"
                continue
            }
            result += value.text
            rest = rest[rest.index(after: close)...]
        }
        return RedactedText(derived: result + rest, from: self)
    }
}
