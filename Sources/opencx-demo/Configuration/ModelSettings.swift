internal import OpenCXCore

/// A language model, as the configuration names it. Its key is in the environment, so that the file can be shown around.
struct ModelSettings: Sendable, Hashable {
    enum Provider: String, Sendable {
        case openAI = "openai"
        case anthropic
    }

    var provider: Provider
    var name: String
    var baseURL: String?
    var keyVariable: String?
    /// Whether it reads messages for topics and signs, too; one more call for each message.
    var classifies = false
    /// Whether it writes the summaries of handoffs, too.
    var summarizes = false

    init(_ reader: ConfigurationReader) throws {
        guard let provider = Provider(rawValue: try reader.required("provider")) else {
            throw reader.problem("provider", "must be \"openai\" or \"anthropic\"")
        }
        self.provider = provider
        name = try reader.required("name")
        baseURL = try reader.string("base_url")
        if let url = baseURL, !url.hasPrefix("https://"), !url.hasPrefix("http://") {
            throw reader.problem("base_url", "must begin with https:// or http://")
        }
        // A server of one's own may want no key; the vendors do.
        keyVariable = baseURL == nil ? try reader.required("key_variable") : try reader.string("key_variable")
        classifies = try reader.bool("classifies") ?? classifies
        summarizes = try reader.bool("summarizes") ?? summarizes
        try reader.finish()
    }
}

extension ModelPrices {
    /// What models cost for a million tokens.
    init(_ reader: ConfigurationReader) throws {
        self.init()
        currency = try reader.string("currency") ?? currency
        for (name, price) in try reader.namedObjects("models") ?? [:] {
            func number(_ key: String) throws -> Double? { try price.number(key, in: 0...1_000_000) }
            guard let prompt = try number("prompt") else { throw price.problem("prompt", "is missing") }
            guard let reply = try number("reply") else { throw price.problem("reply", "is missing") }
            models[name] = ModelPrice(prompt: prompt, cached: try number("cached"), reply: reply)
            try price.finish()
        }
        try reader.finish()
    }
}
