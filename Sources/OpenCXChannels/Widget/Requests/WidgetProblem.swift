internal import OpenCXCore

/// Why a request is not answered as asked. The texts are for developers and for visitors alike: what is wrong, and nothing of what
/// is stored.
struct WidgetProblem: Error, Sendable {
    var status: Int
    var message: String
    /// In how many seconds to try again, where that is of use.
    var retryAfter: Int64?

    init(_ status: Int, _ message: String) {
        self.status = status
        self.message = message
    }

    /// The widget token is missing or another organization's.
    static let wrongWidgetToken = WidgetProblem(
        401, "The X-Bot-Token header must hold this organization's widget token.")
    /// There is no good contact token. The widget then makes a new contact, where it can.
    static let wrongContactToken = WidgetProblem(
        401, "The Authorization header must hold a contact token that is valid and has not expired.")
    /// The same for a session that is not there and for one of somebody else, so that nobody learns which ids there are.
    static let noSession = WidgetProblem(404, "There is no such session.")
    static let noStorage = WidgetProblem(503, "Files cannot be kept at the moment. Please try again later.")
    static let noFile = WidgetProblem(404, "There is no such file.")
    /// An unverified visitor is somebody else on each device.
    static let noDevice = WidgetProblem(
        403, "An unverified contact must name its external_id; without it, conversations are not listed or begun.")
    static let forbiddenOrigin = WidgetProblem(
        403, "This page may not use the widget. Add its origin to the allowed ones.")
    static let nothingHere = WidgetProblem(404, "There is nothing at this path.")

    static func malformed(_ what: String) -> WidgetProblem { WidgetProblem(400, what) }

    static func tooMany(after time: Duration) -> WidgetProblem {
        var problem = WidgetProblem(429, "Too many requests. Please wait a moment.")
        problem.retryAfter = max(1, time.wholeSeconds)
        return problem
    }

    var response: WebhookResponse {
        var response = WebhookResponse.error(status, message)
        if let retryAfter { response.headers.append(("retry-after", String(retryAfter))) }
        return response
    }
}
