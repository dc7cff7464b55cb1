internal import OpenCXCore

/// What a response that is no success means. The vendor's own words stay out: they may quote the request.
enum OpenAIFailure {
    static let vendor = "The OpenAI-compatible server"

    static func error(_ status: Int?, _ header: (String) -> String?, _ body: [UInt8]) -> ModelError {
        let json = try? JSONValue(parsing: body)
        let error = json?["error"]
        let names = [error?["code"]?.string, error?["type"]?.string].compactMap { $0 }
        let (code, advice) = classify(status, names, error?["message"]?.string ?? "")
        return ModelError(
            code, "\(vendor) \(advice)", status: status,
            requestID: header("x-request-id").map { String($0.prefix(80)) },
            retryAfter: RetryAfter.duration(header),
            shouldRetry: header("x-should-retry").flatMap { ["true": true, "false": false][$0] })
    }

    private static func classify(
        _ status: Int?, _ names: [String], _ message: String
    ) -> (ModelError.Code, StaticString) {
        func isNamed(_ name: String) -> Bool { names.contains { $0.hasPrefix(name) } }
        if isNamed("insufficient_quota") || status == 402 {
            return (.quotaExceeded, "says that the account has nothing left to spend; check its billing.")
        }
        if isNamed("context_length_exceeded") || status == 413 || isTooLong(message) {
            return (.contextTooLong, "says that the prompt is too long; lower PromptLimits.promptTokens.")
        }
        switch status {
        case 401, 403:
            return (.unauthorized, "refused the key; check that it is set, valid and allowed to use the model.")
        case 408: return (.timeout, "took too long.")
        case 429: return (.rateLimited, "is asked too often.")
        case 404: return (.badRequest, "knows no such model or path; check the model's name and the base URL.")
        case 503, 529: return (.overloaded, "has too much to do.")
        case .some(500...): return (.unavailable, "failed.")
        case .some(400..<500):
            return (.badRequest, "did not accept the request; check the model's name and the dialect.")
        case .some: return (.malformed, "gave an unexpected answer; check the base URL.")
        // In the middle of a stream there is a name only.
        case nil where isNamed("rate_limit"): return (.rateLimited, "is asked too often.")
        case nil where isNamed("overloaded"): return (.overloaded, "has too much to do.")
        case nil where isNamed("invalid_request"): return (.badRequest, "did not accept the request.")
        case nil: return (.unavailable, "failed in the middle of its answer.")
        }
    }

    /// vLLM and llama.cpp have no name for it.
    private static func isTooLong(_ message: String) -> Bool {
        message.contains("maximum context length") || message.contains("exceeds the available context size")
    }
}
