package import OpenCXCore

extension WebhookResponse {
    /// An error as whoever asked can read it: a page for a browser that is on its way to one, else the JSON of
    /// ``error(_:_:headers:)``.
    ///
    /// - Parameters:
    ///   - status: the status.
    ///   - message: what is wrong and what to do about it.
    ///   - headers: what else the answer says.
    ///   - asking: the request's headers.
    package static func error(
        _ status: Int, _ message: String, headers: [(name: String, value: String)] = [],
        to asking: [(name: String, value: String)]
    ) -> WebhookResponse {
        guard ErrorPage.isWanted(by: asking) else { return error(status, message, headers: headers) }
        return WebhookResponse(
            status: status, headers: ErrorPage.headers + headers,
            body: Array(ErrorPage.html(status, reason(status), message).utf8))
    }
}

/// An error as a page of its own, with nothing on it that a browser would have to fetch or run.
enum ErrorPage {
    static let headers: [(name: String, value: String)] = [
        ("Content-Type", "text/html; charset=utf-8"), ("X-Content-Type-Options", "nosniff"),
        ("Content-Security-Policy", "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"),
        ("Cache-Control", "no-store"),
    ]

    /// Browsers name HTML when they go to a page; scripts and programs ask for JSON, or for anything.
    static func isWanted(by asking: [(name: String, value: String)]) -> Bool {
        asking.contains { name, value in
            name.lowercased() == "accept"
                && value.split(separator: ",").contains { range in
                    range.prefix { $0 != ";" }.lowercased().filter { $0 != " " } == "text/html"
                }
        }
    }

    static func html(_ status: Int, _ reason: String, _ message: String) -> String {
        """
        <!doctype html>
        <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark"><title>\(status) \(HTMLEscaping.escaped(reason))</title></head>
        <body><main><h1>\(HTMLEscaping.escaped(reason))</h1><p>\(HTMLEscaping.escaped(message))</p></main></body></html>

        """
    }
}
