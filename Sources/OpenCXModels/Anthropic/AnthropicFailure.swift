internal import OpenCXCore

/// What a response that is no success means. The vendor's own words stay out: they may quote the request.
enum AnthropicFailure {
    static let vendor = "Anthropic"

    static func error(_ status: Int?, _ header: (String) -> String?, _ body: [UInt8]) -> ModelError {
        let json = try? JSONValue(parsing: body)
        let error = json?["error"]
        let isSpent = error?["details"]?["error_code"]?.string == "enforced_spend_limit_reached"
        let isTooLong = error?["message"]?.string?.contains("prompt is too long") == true
        let (code, advice) = classify(status, error?["type"]?.string ?? "", isSpent: isSpent, isTooLong: isTooLong)
        let requestID = header("request-id") ?? json?["request_id"]?.string
        return ModelError(
            code, "\(vendor) \(advice)", status: status, requestID: requestID.map { String($0.prefix(80)) },
            retryAfter: RetryAfter.duration(header),
            shouldRetry: header("x-should-retry").flatMap { ["true": true, "false": false][$0] })
    }

    private static func classify(
        _ status: Int?, _ name: String, isSpent: Bool, isTooLong: Bool
    ) -> (ModelError.Code, StaticString) {
        if isSpent || name == "billing_error" || status == 402 {
            return (.quotaExceeded, "says that the account has nothing left to spend; check its billing.")
        }
        if isTooLong || name == "request_too_large" || status == 413 {
            return (.contextTooLong, "says that the prompt is too long; lower PromptLimits.promptTokens.")
        }
        switch name {
        case "authentication_error", "permission_error":
            return (.unauthorized, "refused the key; check that it is set, valid and allowed to use the model.")
        case "not_found_error": return (.badRequest, "knows no such model; check its name.")
        case "rate_limit_error": return (.rateLimited, "is asked too often.")
        case "overloaded_error": return (.overloaded, "has too much to do.")
        case "timeout_error": return (.timeout, "took too long.")
        case "api_error": return (.unavailable, "failed.")
        default: break
        }
        switch status {
        case 401, 403:
            return (.unauthorized, "refused the key; check that it is set, valid and allowed to use the model.")
        case 408: return (.timeout, "took too long.")
        case 429: return (.rateLimited, "is asked too often.")
        case 503, 529: return (.overloaded, "has too much to do.")
        case .some(500...): return (.unavailable, "failed.")
        case .some(400..<500): return (.badRequest, "did not accept the request; check the model's name.")
        case .some: return (.malformed, "gave an unexpected answer; check the base URL.")
        case nil: return (.unavailable, "failed in the middle of its answer.")
        }
    }
}
