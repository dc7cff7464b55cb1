/// What a language model costs, by the token.
public struct ModelPrice: Sendable, Hashable {
    /// For a million tokens that it reads.
    public var prompt: Double
    /// For a million tokens that it reads from its vendor's cache.
    public var cached: Double
    /// For a million tokens that it writes.
    public var reply: Double

    /// Makes a price; without one of its own, what comes from the cache costs as much as the rest.
    public init(prompt: Double, cached: Double? = nil, reply: Double) {
        self.prompt = prompt
        self.cached = cached ?? prompt
        self.reply = reply
    }

    /// What a use cost.
    public func cost(of usage: ModelUsage) -> Double {
        let cached = min(usage.cachedTokens ?? 0, usage.promptTokens ?? 0)
        let fresh = (usage.promptTokens ?? 0) - cached
        let sum =
            Double(fresh) * prompt + Double(cached) * self.cached + Double(usage.replyTokens ?? 0) * reply
        return sum / 1_000_000
    }
}

/// What language models cost. Traces keep tokens, not money: prices change, and are looked up when somebody asks.
public struct ModelPrices: Sendable, Hashable {
    /// The prices by the model's name, or by how it begins: vendors put dates behind the name.
    public var models: [String: ModelPrice]
    /// The currency, for people.
    public var currency: String

    /// Makes a list of prices.
    public init(_ models: [String: ModelPrice] = [:], currency: String = "USD") {
        self.models = models
        self.currency = currency
    }

    /// The price of a model: of names that fit, the longest counts. `nil` when none does.
    public func price(of model: String) -> ModelPrice? {
        models.filter { model.hasPrefix($0.key) }.max { $0.key.utf8.count < $1.key.utf8.count }?.value
    }

    /// What several uses cost together; `nil` when the price of one of them is not known, or nothing was used.
    public func cost(of uses: [ModelUse]) -> Double? {
        if uses.isEmpty { return nil }
        var sum = 0.0
        for use in uses {
            guard let price = price(of: use.model) else { return nil }
            sum += price.cost(of: use.usage)
        }
        return sum
    }
}
