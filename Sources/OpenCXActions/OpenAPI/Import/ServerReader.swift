internal import OpenCXCore

/// Finds out where an operation's calls go.
struct ServerReader {
    let document: Document
    let settings: OpenAPISettings

    /// Scheme, host and the path in front, without a slash at the end.
    func base(for operation: JSONValue, in item: JSONValue, at place: Pointer) throws(OpenAPIError) -> String {
        if let override = settings.serverBaseURL {
            return try checked(override, at: "", isSetting: true)
        }
        if document.version.isTwo { return try baseOfTwo(operation, at: place) }
        for (holder, place) in [
            (operation, place), (item, Pointer(names: place.names.dropLast())), (document.root, .root),
        ] {
            guard case .array(let servers)? = holder["servers"], !servers.isEmpty else { continue }
            return try first(of: servers, at: place.at("servers"))
        }
        return try checked(try absolute("/", at: "/servers"), at: "/servers")
    }

    /// The first address that may be called.
    private func first(of servers: [JSONValue], at place: Pointer) throws(OpenAPIError) -> String {
        var problem: OpenAPIError?
        for (index, server) in servers.enumerated() {
            do throws(OpenAPIError) {
                let place = place.at(index)
                guard let template = server["url"]?.string else {
                    throw OpenAPIError(.cannotDetermineAPIEndpoint, at: "\(place)", "The server has no address.")
                }
                let url = try filled(template, server["variables"] ?? [:], at: place)
                return try checked(try absolute(url, at: "\(place)"), at: "\(place)")
            } catch {
                problem = problem ?? error
            }
        }
        throw problem ?? OpenAPIError(.cannotDetermineAPIEndpoint, at: "\(place)", "There is no server.")
    }

    /// The address with its variables filled in.
    private func filled(
        _ template: String, _ variables: JSONValue, at place: Pointer
    ) throws(OpenAPIError) -> String {
        var url = ""
        var rest = Substring(template)
        while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
            let name = String(rest[rest.index(after: open)..<close])
            let variable = variables[name]
            guard let value = settings.serverVariables[name] ?? variable?["default"]?.argumentText else {
                throw OpenAPIError(
                    .cannotDetermineAPIEndpoint, at: "\(place.at("url"))",
                    "The variable \(name) has no value; set serverVariables or serverBaseURL.")
            }
            if case .array(let allowed)? = variable?["enum"], !allowed.contains(where: { $0.argumentText == value }) {
                throw OpenAPIError(
                    .cannotDetermineAPIEndpoint, at: "\(place.at("variables", name))",
                    "The value of the variable \(name) is none of those that the document lists.")
            }
            url += rest[..<open] + value
            rest = rest[rest.index(after: close)...]
        }
        return url + rest
    }

    private func baseOfTwo(_ operation: JSONValue, at place: Pointer) throws(OpenAPIError) -> String {
        let path = document.root["basePath"]?.string ?? ""
        guard let host = document.root["host"]?.string else {
            return try checked(try absolute(path.isEmpty ? "/" : path, at: "/host"), at: "/host")
        }
        var schemes = ["https"]
        if case .array(let values)? = operation["schemes"] ?? document.root["schemes"], !values.isEmpty {
            schemes = values.compactMap(\.string)
        }
        let scheme = schemes.contains("https") ? "https" : schemes.first { $0 == "http" } ?? ""
        return try checked("\(scheme)://\(host)\(path.hasPrefix("/") || path.isEmpty ? path : "/\(path)")", at: "/host")
    }

    /// An address that may be relative to where the document came from.
    private func absolute(_ url: String, at place: String) throws(OpenAPIError) -> String {
        if url.contains("://") { return url }
        guard let base = settings.documentURL, let address = Address(base) else {
            throw OpenAPIError(
                .cannotDetermineAPIEndpoint, at: place,
                "The document does not say where its API is, or only relative to itself; set serverBaseURL.")
        }
        if url.hasPrefix("//") { return "\(address.scheme):\(url)" }
        if url.hasPrefix("/") { return address.origin + url }
        let folder = address.path.split(separator: "/", omittingEmptySubsequences: false).dropLast()
        return address.origin + (folder.joined(separator: "/") + "/" + url)
    }

    private func checked(_ url: String, at place: String, isSetting: Bool = false) throws(OpenAPIError) -> String {
        let code: OpenAPIError.Code = isSetting ? .badSettings : .cannotDetermineAPIEndpoint
        guard let address = Address(url) else {
            throw OpenAPIError(
                code, at: place,
                "The API's address is not one such as https://api.example.com/v1; set serverBaseURL.")
        }
        guard address.scheme == "https" || address.isLoopback && settings.allowsLoopbackHTTP else {
            throw OpenAPIError(
                code, at: place,
                address.isLoopback
                    ? "Plain HTTP to this machine has to be allowed: allowsLoopbackHTTP."
                    : "The API's address is not HTTPS; set serverBaseURL to one that is.")
        }
        var path = address.path
        while path.hasSuffix("/") { path.removeLast() }
        return address.origin + path
    }
}

/// An absolute address in its parts.
struct Address {
    var scheme: String
    /// Host and port.
    var authority: String
    var path: String

    /// `nil` unless it is HTTP or HTTPS with a host, and has neither a name and password nor a query.
    init?(_ url: String) {
        let isClean = url.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F } && !url.contains { "\\\"<>^`{|}?#@".contains($0) }
        guard isClean, let end = url.firstIndex(of: ":"), url[end...].hasPrefix("://") else { return nil }
        scheme = url[..<end].lowercased()
        let rest = url[url.index(end, offsetBy: 3)...]
        let slash = rest.firstIndex(of: "/") ?? rest.endIndex
        authority = rest[..<slash].lowercased()
        path = String(rest[slash...])
        guard scheme == "https" || scheme == "http", !host.isEmpty else { return nil }
        guard !path.split(separator: "/").contains(where: { $0 == ".." || $0 == "." }) else { return nil }
    }

    var origin: String { "\(scheme)://\(authority)" }

    var host: String {
        if authority.hasPrefix("["), let end = authority.firstIndex(of: "]") { return String(authority[...end]) }
        return String(authority.prefix { $0 != ":" })
    }

    var isLoopback: Bool {
        let parts = host.split(separator: ".", omittingEmptySubsequences: false)
        let isFour = parts.count == 4 && parts.first == "127" && parts.allSatisfy { UInt8($0) != nil }
        return host == "localhost" || host == "[::1]" || isFour
    }
}
