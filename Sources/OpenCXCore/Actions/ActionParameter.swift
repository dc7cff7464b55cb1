/// What an action needs to know, and where that comes from.
public struct ActionParameter: Sendable, Hashable {
    /// The argument's name.
    public var name: String
    /// What it is, in words for the customer: "order number".
    public var label: String
    /// The label in other languages.
    public var translations: [LanguageTag: String]
    /// Where the value comes from.
    public var source: Source
    /// What the value must be, as JSON Schema; references lead to ``ActionDefinition/schemaDefinitions``.
    public var schema: JSONValue
    /// Whether the action cannot be called without it.
    public var isRequired: Bool
    /// What the team allows, whatever the system behind the action would: amounts, lists of values.
    public var limits: [ArgumentLimit]

    /// Where an argument comes from.
    public enum Source: Sendable, Hashable {
        /// The conversation: a code of this form, where `#` is a digit, `@` a letter, and the rest stands for itself,
        /// whatever its capitals.
        case code(String)
        /// The conversation: whatever fits ``ActionParameter/schema``.
        case conversation
        /// The verified contact's e-mail address. Bound by the platform, never by a model.
        case contactEmail
        /// The verified contact's telephone number. Bound by the platform, never by a model.
        case contactPhone
        /// The verified contact's custom id. Bound by the platform, never by a model.
        case contactCustomID
    }

    /// Makes a parameter from its parts; without a schema, a code gets that of its form, and anything else may be any text.
    public init(
        name: String, label: String, source: Source, translations: [LanguageTag: String] = [:],
        schema: JSONValue? = nil, isRequired: Bool = true, limits: [ArgumentLimit] = []
    ) {
        self.name = name
        self.label = label
        self.source = source
        self.translations = translations
        self.isRequired = isRequired
        self.limits = limits
        if case .code(let form) = source, schema == nil {
            self.schema = CodeForm(form).schema
        } else {
            self.schema = schema ?? ["type": "string"]
        }
    }

    /// The label in a language, or the plain one where there is none.
    public func label(in language: LanguageTag) -> String {
        translations[language] ?? translations[LanguageTag(rawValue: language.primary)] ?? label
    }

    /// Whether the value names the customer and so comes from the verified contact only (law 10).
    public var isBoundByPlatform: Bool {
        switch source {
        case .code, .conversation: false
        case .contactEmail, .contactPhone, .contactCustomID: true
        }
    }
}
