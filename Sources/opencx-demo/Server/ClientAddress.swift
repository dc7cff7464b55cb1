internal import OpenCXCore

/// Who is behind a request, as far as that can be known.
enum ClientAddress {
    /// The address of the client.
    ///
    /// Whoever connects may write what they like into a header, so one counts only as far as proxies that are known have written
    /// it: each adds whom it was asked by at the end. What comes from this machine itself is a proxy or a tool, and nobody's
    /// address.
    ///
    /// - Parameters:
    ///   - peer: who has connected.
    ///   - headers: the request's.
    ///   - proxies: the proxies that are known.
    /// - Returns: `nil` where it is not known.
    static func of(
        _ peer: IPAddress?, _ headers: [(name: String, value: String)], behind proxies: [AddressRange]
    ) -> String? {
        guard let peer else { return nil }
        func isProxy(_ address: IPAddress) -> Bool { proxies.contains { $0.contains(address) } }
        var client = peer
        if isProxy(peer) {
            let hops = headers.filter { $0.name.lowercased() == "x-forwarded-for" }.flatMap {
                $0.value.split(separator: ",")
            }
            for hop in hops.reversed() {
                guard let address = IPAddress(hop) else { return nil }
                client = address
                if !isProxy(address) { break }
            }
        }
        return client.isLoopback || isProxy(client) ? nil : client.text
    }
}
