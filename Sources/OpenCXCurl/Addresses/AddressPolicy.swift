/// Which addresses an HTTP client may connect to, so that a URL that somebody else chose cannot reach the inside.
///
/// The check is made on the address that is really connected to, at the moment of connecting: what a name resolved to
/// earlier, and how an address is spelled in the URL, do not matter.
public struct AddressPolicy: Hashable, Sendable {
    private let allowsEverything: Bool
    private let networks: [IPNetwork]
    private let hosts: Set<String>

    private init(allowsEverything: Bool, networks: [IPNetwork] = [], hosts: Set<String> = []) {
        self.allowsEverything = allowsEverything
        self.networks = networks
        self.hosts = hosts
    }

    /// Addresses of the public internet, and no others: no loopback, private, link-local, carrier or multicast address,
    /// no cloud's metadata service, nothing reserved, however it is embedded in IPv6.
    public static let publicOnly = AddressPolicy(allowsEverything: false)

    /// Every address. For endpoints that only you configure, such as a model server on this machine.
    public static let unrestricted = AddressPolicy(allowsEverything: true)

    /// Public addresses, and what is named here.
    ///
    /// - Parameters:
    ///   - networks: blocks of addresses that are inside but may be reached.
    ///   - hosts: names whose address may be any; who answers for such a name in the DNS is trusted.
    public static func publicAnd(networks: [IPNetwork] = [], hosts: [String] = []) -> AddressPolicy {
        AddressPolicy(allowsEverything: false, networks: networks, hosts: Set(hosts.map(normalized)))
    }

    /// Whether a connection to the address may be made for a URL with this host.
    ///
    /// - Parameters:
    ///   - address: what is about to be connected to.
    ///   - host: the host of the URL; only looked at when the address alone is not allowed.
    public func allows(_ address: IPAddress, host: @autoclosure () -> String?) -> Bool {
        if allowsEverything || Self.isPublic(address) || networks.contains(where: { $0.contains(address) }) {
            return true
        }
        guard !hosts.isEmpty, let host = host() else { return false }
        return hosts.contains(Self.normalized(host))
    }

    /// Whether nothing is ever refused.
    var isUnrestricted: Bool { allowsEverything }

    private static func normalized(_ host: String) -> String {
        var name = host.lowercased()[...]
        if name.hasSuffix(".") { name = name.dropLast() }
        if name.hasPrefix("[") && name.hasSuffix("]") { name = name.dropFirst().dropLast() }
        return String(name)
    }

    /// Whether the address belongs to the public internet.
    static func isPublic(_ address: IPAddress) -> Bool {
        if let v4 = address.v4 { return isPublic(v4) }
        // Translators to IPv4 (NAT64, 6to4) reach what is embedded.
        if nat64.contains(address) { return isPublic(UInt32(truncatingIfNeeded: address.low)) }
        if sixToFour.contains(address) { return isPublic(UInt32(truncatingIfNeeded: address.high >> 16)) }
        return globalUnicast.contains(address) && !reservedV6.contains { $0.contains(address) }
    }

    private static func isPublic(_ v4: UInt32) -> Bool {
        let address = IPAddress(v4: v4)
        return !reservedV4.contains { $0.contains(address) }
    }

    // The registries of special-purpose addresses: RFC 6890 and what IANA has added since.
    private static let reservedV4 = blocks(
        // This network, private (RFC 1918), carrier NAT (RFC 6598), loopback, link-local with most metadata services.
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.168.0.0/16",
        // Protocol assignments, documentation, 6to4 relays, benchmarks.
        "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24",
        // Multicast; reserved, with the broadcast address.
        "224.0.0.0/4", "240.0.0.0/4",
        // Azure's platform services, on an address that looks public.
        "168.63.129.16")
    private static let globalUnicast = block("2000::/3")
    // Teredo and other protocol assignments, documentation.
    private static let reservedV6 = blocks("2001::/23", "2001:db8::/32", "3fff::/20")
    private static let nat64 = block("64:ff9b::/96")
    private static let sixToFour = block("2002::/16")

    private static func blocks(_ texts: String...) -> [IPNetwork] { texts.map(block) }

    private static func block(_ text: String) -> IPNetwork {
        // Only called with the literals above, and the tests read every one of them.
        guard let network = IPNetwork(text) else { preconditionFailure("\(text) is no network.") }
        return network
    }
}
