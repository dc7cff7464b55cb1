internal import OpenCXCore

/// Why a request is not answered as asked. The texts are for developers and for visitors alike: what is wrong, and nothing of what
/// is stored.
struct WidgetProblem: Error, Sendable {
    var status: Int
    var message: String

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
    static let noFile = WidgetProblem(404, "There is no such file.")
    /// An unverified visitor is somebody else on each device.
    static let noDevice = WidgetProblem(
        403, "An unverified contact must name its external_id; without it, conversations are not listed or begun.")
    static let forbiddenOrigin = WidgetProblem(
        403, "This page may not use the widget. Add its origin to the allowed ones.")
    static let nothingHere = WidgetProblem(404, "There is nothing at this path.")

    static func malformed(_ what: String) -> WidgetProblem { WidgetProblem(400, what) }

    var response: WebhookResponse { .error(status, message) }
}
