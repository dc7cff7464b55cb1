internal import Glibc

/// An IPv4 or IPv6 address with a port, in the system's form.
struct SocketAddress {
    private enum Form {
        case v4(sockaddr_in)
        case v6(sockaddr_in6)
    }
    private let form: Form

    /// Reads an IP address, or `localhost`. Other names are refused: looking them up blocks, and may give several.
    init(host: String, port: in_port_t) throws(HTTPServerError) {
        var v4 = sockaddr_in()
        v4.sin_family = sa_family_t(AF_INET)
        v4.sin_port = port.bigEndian
        var v6 = sockaddr_in6()
        v6.sin6_family = sa_family_t(AF_INET6)
        v6.sin6_port = port.bigEndian
        if inet_pton(AF_INET, host == "localhost" ? "127.0.0.1" : host, &v4.sin_addr) == 1 {
            form = .v4(v4)
        } else if inet_pton(AF_INET6, host, &v6.sin6_addr) == 1 {
            form = .v6(v6)
        } else {
            throw HTTPServerError(
                .badConfiguration, "\"\(host)\" is not an IP address: use one, such as 127.0.0.1, or localhost.")
        }
    }

    var family: Int32 {
        switch form {
        case .v4: AF_INET
        case .v6: AF_INET6
        }
    }

    /// Whether only this machine can reach the address: 127.0.0.0/8 or ::1.
    var isLoopback: Bool {
        switch form {
        case .v4(let address): UInt32(bigEndian: address.sin_addr.s_addr) >> 24 == 127
        case .v6(let address):
            withUnsafeBytes(of: address.sin6_addr) { $0.dropLast().allSatisfy { $0 == 0 } && $0.last == 1 }
        }
    }

    func withPointer<Result>(_ body: (UnsafePointer<sockaddr>, socklen_t) -> Result) -> Result {
        func call<Address>(_ address: Address) -> Result {
            withUnsafePointer(to: address) { pointer in
                pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    body($0, socklen_t(MemoryLayout<Address>.size))
                }
            }
        }
        return switch form {
        case .v4(let address): call(address)
        case .v6(let address): call(address)
        }
    }

    /// The port that a bound socket has.
    static func port(of descriptor: Int32) -> in_port_t? {
        var storage = sockaddr_storage()
        var size = socklen_t(MemoryLayout<sockaddr_storage>.size)
        let known = withUnsafeMutablePointer(to: &storage) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(descriptor, $0, &size) }
        }
        guard known == 0 else { return nil }
        // The port stands at the same place in both forms.
        return withUnsafeBytes(of: storage) { $0.loadUnaligned(fromByteOffset: 2, as: in_port_t.self).bigEndian }
    }
}
