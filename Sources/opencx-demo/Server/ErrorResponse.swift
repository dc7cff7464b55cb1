internal import CMicrohttpd
package import OpenCXCore

extension WebhookResponse {
    /// An error in the one shape that clients know: `{"statusCode":413,"message":"…","error":"Payload Too Large"}`.
    package static func error(
        _ status: Int, _ message: String, headers: [(name: String, value: String)] = []
    ) -> WebhookResponse {
        let body = #"{"statusCode":\#(status),"message":\#(quoted(message)),"error":\#(quoted(reason(status)))}"#
        return WebhookResponse(
            status: status, headers: [("Content-Type", "application/json; charset=utf-8")] + headers,
            body: Array(body.utf8))
    }

    static func reason(_ status: Int) -> String {
        switch status {
        // The name that clients of this field know; the newest standard says "Content Too Large".
        case 413: "Payload Too Large"
        default:
            UInt32(exactly: status).flatMap(MHD_get_reason_phrase_for).map { String(cString: $0) } ?? "Error"
        }
    }

    private static func quoted(_ text: String) -> String {
        var quoted = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": quoted += "\\\""
            case "\\": quoted += "\\\\"
            case "\u{0}"..."\u{1F}":
                let digits = String(scalar.value, radix: 16)
                quoted += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: quoted.unicodeScalars.append(scalar)
            }
        }
        return quoted + "\""
    }
}
