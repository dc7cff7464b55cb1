internal import OpenCXCore

/// Where a response sends a request on to.
///
/// Done here and not by curl, which would take custom headers with keys in them along to another host.
enum Redirect {
    private static let statuses: Set<Int> = [301, 302, 303, 307, 308]
    /// What another origin may know of the request.
    private static let harmlessHeaders: Set<String> = ["accept", "accept-language", "range", "user-agent"]

    /// The request that follows the redirect; nil when the response is none that may be followed.
    static func request(after request: HTTPRequest, status: Int, location: String?) -> HTTPRequest? {
        guard statuses.contains(status), request.method == "GET" || request.method == "HEAD", request.body.isEmpty,
            let location, let old = URLParts(request.url), let new = URLParts(location, relativeTo: request.url),
            new.scheme == "https" || new.scheme == "http" && old.scheme == "http"
        else { return nil }
        var next = request
        next.url = new.text
        if !new.hasOrigin(of: old) {
            next.headers.removeAll { !harmlessHeaders.contains($0.name.lowercased()) }
        }
        return next
    }
}
