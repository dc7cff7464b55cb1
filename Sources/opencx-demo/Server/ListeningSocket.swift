internal import Glibc

/// A TCP socket that is bound and listening.
///
/// Made here and handed to the library, so that a port in use or a forbidden address gets an error that says so.
struct ListeningSocket {
    let descriptor: Int32
    let port: Int

    /// Opens the socket that the configuration asks for.
    static func open(_ configuration: HTTPServerConfiguration) throws(HTTPServerError) -> ListeningSocket {
        guard let port = in_port_t(exactly: configuration.port) else {
            throw HTTPServerError(.badConfiguration, "\(configuration.port) is not a port: use 0 to 65535.")
        }
        let address = try SocketAddress(host: configuration.host, port: port)
        guard address.isLoopback || configuration.allowsRemote else {
            throw HTTPServerError(
                .notLoopback,
                """
                \(configuration.host) can be reached from other machines, and this server has no TLS and no accounts. \
                Listen on 127.0.0.1, or allow remote clients explicitly and put a proxy with TLS in front.
                """)
        }
        let descriptor = socket(address.family, Int32(SOCK_STREAM.rawValue) | nonBlockingPrivate, 0)
        guard descriptor >= 0 else { throw failure("open a socket", configuration, errno) }
        do {
            return try listen(descriptor, at: address, configuration)
        } catch {
            close(descriptor)
            throw error
        }
    }

    private static func listen(
        _ descriptor: Int32, at address: SocketAddress, _ configuration: HTTPServerConfiguration
    ) throws(HTTPServerError) -> ListeningSocket {
        // A restarted server may take its port back while old connections linger; two listeners are still refused.
        var yes: Int32 = 1
        setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &yes, socklen_t(MemoryLayout<Int32>.size))
        guard address.withPointer({ bind(descriptor, $0, $1) }) == 0 else {
            throw failure("listen on", configuration, errno)
        }
        // Two sockets may be bound to one port as long as neither listens, so this can be the call that finds it taken.
        guard Glibc.listen(descriptor, SOMAXCONN) == 0 else { throw failure("listen on", configuration, errno) }
        guard let port = SocketAddress.port(of: descriptor) else { throw failure("listen on", configuration, errno) }
        return ListeningSocket(descriptor: descriptor, port: Int(port))
    }

    private static func failure(
        _ deed: String, _ configuration: HTTPServerConfiguration, _ code: Int32
    ) -> HTTPServerError {
        let place = "\(configuration.host), port \(configuration.port)"
        return switch code {
        case EADDRINUSE:
            HTTPServerError(
                .portInUse,
                """
                Port \(configuration.port) on \(configuration.host) is taken by another program. \
                Stop that program, or choose another port (0 takes any free one).
                """)
        case EACCES, EPERM:
            HTTPServerError(
                .notPermitted, "This user may not listen on \(place). Choose a port of 1024 or above.")
        case EADDRNOTAVAIL:
            HTTPServerError(.badConfiguration, "\(configuration.host) is not an address of this machine.")
        default:
            HTTPServerError(.failed, "Cannot \(deed) \(place): \(String(cString: strerror(code))).")
        }
    }
}

/// The library accepts in a loop until nothing is left, so the socket must not block; children must not inherit it.
private let nonBlockingPrivate = Int32(SOCK_NONBLOCK.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
