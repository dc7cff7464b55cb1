internal import CMicrohttpd
internal import Dispatch

/// The library's server: its threads, its connections, the listening socket.
struct Daemon: @unchecked Sendable {
    // Safe to hand to another thread: both are used for nothing but `stop`, which is called once, by the task that
    // started the daemon.
    private let pointer: OpaquePointer
    private let context: Unmanaged<Listener>

    /// Two threads parse and send; handlers run in Swift's own pool.
    private static let threads: UInt32 = 2

    /// Starts serving the socket; the daemon owns it from here on.
    static func start(_ listener: Listener, on socket: ListeningSocket) throws(HTTPServerError) -> Daemon {
        let configuration = listener.configuration
        guard let connections = UInt32(exactly: configuration.maximumConnections), connections >= threads,
            let perAddress = UInt32(exactly: configuration.connectionsPerAddress ?? 0),
            let idle = UInt32(exactly: configuration.idleTimeout), configuration.maximumHeaderBytes >= 1024
        else {
            throw HTTPServerError(
                .badConfiguration, "The listener needs at least \(threads) connections and 1024 bytes for headers.")
        }
        let context = Unmanaged.passRetained(listener)
        let pointer = opencx_mhd_start(
            socket.descriptor, threads, connections, perAddress, idle, configuration.maximumHeaderBytes,
            context.toOpaque(), acceptConnection, requestTarget, requestAccess, requestCompleted, connectionChanged)
        guard let pointer else {
            context.release()
            throw HTTPServerError(.failed, "The HTTP library cannot start: too little memory or too few descriptors.")
        }
        return Daemon(pointer: pointer, context: context)
    }

    /// Closes every connection and ends the threads. No connection may be suspended any more.
    func stop() async {
        // Joining threads blocks, so it is kept away from the pool, and on a queue of its own nothing else that blocks
        // can hold it up.
        await withCheckedContinuation { continuation in
            DispatchQueue(label: "opencx-demo.stop").async {
                MHD_stop_daemon(pointer)
                context.release()
                continuation.resume()
            }
        }
    }
}
