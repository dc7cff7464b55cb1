internal import OpenCXCore

/// What a response, or none, means.
struct ResponseReader {
    let effect: ActionDefinition.Effect
    let limit: Int

    func result(of stream: HTTPResponseStream) async throws -> ActionResult {
        var bytes: [UInt8] = []
        var isCut = false
        for try await chunk in stream.body {
            bytes += chunk.prefix(limit - bytes.count)
            if bytes.count >= limit, chunk.count > 0 {
                isCut = true
                break
            }
        }
        let text = Self.text(stream.status, bytes, stream.header("content-type"), isCut: isCut)
        if (200..<300).contains(stream.status) {
            return ActionResult(fields: Self.fields(stream.status, bytes), text: UnredactedText(text))
        }
        throw failure(status: stream.status, text)
    }

    /// Why a call with this status was none, or why nobody knows.
    private func failure(status: Int, _ text: String) -> any Error {
        let message = "The API answered \(status)."
        switch status {
        case 404, 410: return ActionError(.notFound, message, details: UnredactedText(text))
        case 400..<500 where status != 408 || effect == .lookup:
            return ActionError(.refused, message, details: UnredactedText(text))
        case _ where effect == .lookup:
            return ActionError(.unavailable, message, details: UnredactedText(text))
        default: return HTTPClientError(.interrupted, "\(message) Whether it did what was asked is not known.")
        }
    }

    /// Why there is no response. A change that may have been made stays as it is: nobody knows.
    func failure(_ error: HTTPClientError) -> any Error {
        switch error.code {
        case .unreachable, .badRequest:
            return ActionError(
                .unavailable, "The API could not be called.", details: UnredactedText("Something went wrong"))
        case _ where effect == .change: return error
        case .timeout:
            let milliseconds = OpenAPIActions.timeout.components.seconds * 1000
            return ActionError(
                .unavailable, "The API did not answer in time.",
                details: UnredactedText("status: 408\nbody: Request timed out after \(milliseconds)ms"))
        default:
            return ActionError(
                .unavailable, "The API broke off its answer.", details: UnredactedText("Something went wrong"))
        }
    }

    // MARK: Texts

    private static func text(_ status: Int, _ bytes: [UInt8], _ contentType: String?, isCut: Bool) -> String {
        let body = String(validating: isCut ? wholeCharacters(bytes) : bytes, as: UTF8.self)
        let isText = body.map { !$0.unicodeScalars.contains { $0.value == 0 } } ?? false
        var text = "status: \(status)"
        if let body, isText {
            if !body.isEmpty { text += "\nbody: \(body)" }
            if isCut { text += "\n(The body is longer; the rest was not read.)" }
        } else {
            text += "\nbody: \(bytes.count) bytes that are no text"
        }
        return text
    }

    /// Without the beginning of a character at the end.
    private static func wholeCharacters(_ bytes: [UInt8]) -> [UInt8] {
        var end = bytes.count
        while end > 0, bytes.count - end < 4 {
            let byte = bytes[end - 1]
            if byte < 0x80 { return Array(bytes[..<end]) }
            end -= 1
            if byte >= 0xC0 {
                let length = byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : 2
                return Array(bytes[..<(bytes.count - end >= length ? bytes.count : end)])
            }
        }
        return bytes
    }

    /// The members of a JSON response by name, those inside others with dots, for a reply's wording.
    private static func fields(_ status: Int, _ bytes: [UInt8]) -> [String: UnredactedText] {
        let fields = ["http_status": UnredactedText("\(status)")]
        guard let value = try? JSONValue(parsing: bytes) else { return fields }
        return ResultFields.all(of: value, adding: fields)
    }
}
