internal import FoundationEssentials
internal import OpenCXAnthropic
internal import OpenCXCore
internal import OpenCXCurl
internal import OpenCXOpenAI

/// Makes what a configuration has a language model do: answer, and where it says so classify and summarize.
enum Answering {
    /// The model's, with the embedded one for when it is down; without a model, the embedded one.
    static func answerer(
        _ configuration: Configuration, clock: any AgentClock, ids: any IDSource,
        environment: [String: String] = ProcessInfo.processInfo.environment
    ) throws -> any Answerer {
        answerer(configuration, asking: try model(configuration, clock: clock, ids: ids, environment: environment))
    }

    /// The same with a model that is there already.
    static func answerer(_ configuration: Configuration, asking model: (any LanguageModel)?) -> any Answerer {
        let phrasebook = configuration.settings.phrasebook
        let embedded = EmbeddedAnswerer(phrasebook: phrasebook)
        guard let model else { return embedded }
        return ModelAnswerer(model, fallback: embedded, phrasebook: phrasebook)
    }

    /// The model's, with the embedded one for when it is down, where the configuration says that it classifies.
    static func classifier(
        _ configuration: Configuration, clock: any AgentClock, ids: any IDSource,
        environment: [String: String] = ProcessInfo.processInfo.environment
    ) throws -> any MessageClassifier {
        classifier(configuration, asking: try model(configuration, clock: clock, ids: ids, environment: environment))
    }

    /// The same with a model that is there already.
    static func classifier(_ configuration: Configuration, asking model: (any LanguageModel)?) -> any MessageClassifier
    {
        guard configuration.model?.classifies == true, let model else { return EmbeddedClassifier() }
        return ModelClassifier(model)
    }

    /// The model's, where the configuration says that it summarizes.
    static func summarizer(
        _ configuration: Configuration, clock: any AgentClock, ids: any IDSource,
        environment: [String: String] = ProcessInfo.processInfo.environment
    ) throws -> any HandoffSummarizer {
        guard configuration.model?.summarizes == true else { return ExtractiveSummarizer() }
        return summarizer(
            configuration, asking: try model(configuration, clock: clock, ids: ids, environment: environment))
    }

    /// The same with a model that is there already.
    static func summarizer(_ configuration: Configuration, asking model: (any LanguageModel)?) -> any HandoffSummarizer
    {
        guard configuration.model?.summarizes == true, let model else { return ExtractiveSummarizer() }
        return ModelSummarizer(model, language: configuration.language)
    }

    private static func model(
        _ configuration: Configuration, clock: any AgentClock, ids: any IDSource, environment: [String: String]
    ) throws -> (any LanguageModel)? {
        guard let model = configuration.model else { return nil }
        // Whoever writes the configuration may well name a model on this machine.
        let http = CurlHTTPClient(CurlConfiguration(addresses: .unrestricted))
        return RetryingModel(try languageModel(model, http, environment), clock: clock, ids: ids)
    }

    private static func languageModel(
        _ model: ModelSettings, _ http: any HTTPClient, _ environment: [String: String]
    ) throws -> any LanguageModel {
        let key = try model.keyVariable.map { variable in
            guard let key = environment[variable], !key.isEmpty else {
                throw Failure(
                    "The environment variable \(variable) is not set. It has to hold the language model's key.")
            }
            return Secret(key)
        }
        switch (model.provider, model.baseURL) {
        case (.openAI, nil): return OpenAIModel(model.name, on: OpenAIServer(apiKey: key), http: http)
        case (.openAI, let url?):
            return OpenAIModel(
                model.name, on: OpenAIServer(baseURL: url, apiKey: key, dialect: .compatible), http: http)
        case (.anthropic, nil): return AnthropicModel(model.name, on: AnthropicServer(apiKey: key), http: http)
        case (.anthropic, let url?):
            return AnthropicModel(model.name, on: AnthropicServer(baseURL: url, apiKey: key), http: http)
        }
    }
}
