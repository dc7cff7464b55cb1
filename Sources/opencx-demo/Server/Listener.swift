internal import CMicrohttpd
internal import OpenCXCore

/// What the library's callbacks share: one per running server.
final class Listener: Sendable {
    let configuration: HTTPServerConfiguration
    let handler: @Sendable (WebhookRequest) async -> WebhookAnswer
    let log: (@Sendable (AccessRecord) -> Void)?
    let statistics: HTTPServerStatistics
    let inFlight = InFlight()
    let connections = Connections()

    init(
        configuration: HTTPServerConfiguration, statistics: HTTPServerStatistics,
        log: (@Sendable (AccessRecord) -> Void)?,
        handler: @escaping @Sendable (WebhookRequest) async -> WebhookAnswer
    ) {
        self.configuration = configuration
        self.statistics = statistics
        self.log = log
        self.handler = handler
    }

    /// Does something while slow clients are looked for.
    func whileSweeping(_ body: @Sendable () async -> Void) async {
        await withTaskGroup(of: Void.self) { group in
            group.addTask {
                while (try? await Task.sleep(for: self.configuration.sweepInterval)) != nil {
                    self.statistics.cut(self.connections.sweep())
                }
            }
            await body()
            group.cancelAll()
        }
    }

    /// Lets requests in flight finish, for as long as the configuration allows; then none is waiting for a handler.
    ///
    /// Those that only wait for news are told to end first: they would use up all the time there is.
    func drain() async {
        _ = inFlight.enter(.draining)
        statistics.drain()
        var finished = await inFlight.waitUntilEmpty(
            atMost: min(configuration.drainTimeout, configuration.windDownDelay))
        if !finished {
            for exchange in inFlight.enter(.draining) { exchange.windDown() }
            finished = await inFlight.waitUntilEmpty(atMost: configuration.drainTimeout)
        }
        for exchange in inFlight.enter(.stopping) { exchange.abandon(.stopping) }
        // Those who were told to come back later get a moment to read it.
        if !finished { _ = await inFlight.waitUntilEmpty(atMost: .milliseconds(500)) }
        await inFlight.waitUntilNothingResumes()
    }
}

// The library calls these on its own threads. They are free functions, so no actor can claim them: a closure formed in
// an isolated context would trap there.

/// Says whether a new connection is welcome.
func acceptConnection(
    context: UnsafeMutableRawPointer?, address: UnsafePointer<sockaddr>?, size: socklen_t
) -> MHD_Result {
    listener(context)?.inFlight.phase == .open ? .YES : .NO
}

/// Begins a request; what it returns is the request's state until `requestCompleted` releases it.
func requestTarget(
    context: UnsafeMutableRawPointer?, target: UnsafePointer<CChar>?, connection: OpaquePointer?
) -> UnsafeMutableRawPointer? {
    guard let listener = listener(context), let target else { return nil }
    let exchange = Exchange(listener: listener, target: String(cString: target))
    opencx_mhd_drop_query(target)
    listener.inFlight.insert(exchange)
    return Unmanaged.passRetained(exchange).toOpaque()
}

/// Goes on with a request.
func requestAccess(
    context: UnsafeMutableRawPointer?, connection: OpaquePointer?, target: UnsafePointer<CChar>?,
    method: UnsafePointer<CChar>?, version: UnsafePointer<CChar>?, upload: UnsafePointer<CChar>?,
    uploadSize: UnsafeMutablePointer<Int>?, state: UnsafeMutablePointer<UnsafeMutableRawPointer?>?
) -> MHD_Result {
    guard let connection, let method, let version, let uploadSize, let raw = state?.pointee else { return .NO }
    let exchange = Unmanaged<Exchange>.fromOpaque(raw).takeUnretainedValue()
    let bytes = UnsafeRawBufferPointer(start: upload, count: upload == nil ? 0 : uploadSize.pointee)
    uploadSize.pointee = 0
    return exchange.step(connection, method: method, version: version, upload: bytes)
}

/// Ends a request, whichever way it ended; the library calls it exactly once per `requestTarget`.
func requestCompleted(
    context: UnsafeMutableRawPointer?, connection: OpaquePointer?,
    state: UnsafeMutablePointer<UnsafeMutableRawPointer?>?, reason: MHD_RequestTerminationCode
) {
    guard let state, let raw = state.pointee else { return }
    state.pointee = nil
    let exchange = Unmanaged<Exchange>.fromOpaque(raw).takeRetainedValue()
    exchange.end(connection)
    listener(context)?.inFlight.remove(exchange)
}

/// A connection begins or ends; the library calls this before the first request, and before it closes the socket.
func connectionChanged(
    context: UnsafeMutableRawPointer?, pointer: OpaquePointer?,
    kept: UnsafeMutablePointer<UnsafeMutableRawPointer?>?, code: MHD_ConnectionNotificationCode
) {
    guard let listener = listener(context), let pointer, let kept else { return }
    if let raw = kept.pointee {
        kept.pointee = nil
        let connection = Unmanaged<Connection>.fromOpaque(raw).takeRetainedValue()
        listener.connections.remove(connection)
        listener.statistics.disconnect()
    } else if code == .CONNECTION_NOTIFY_STARTED {
        let connection = Connection(
            socket: opencx_mhd_socket(pointer), peer: opencx_mhd_peer(pointer).flatMap(IPAddress.init),
            deadline: .now + listener.configuration.headTimeout)
        kept.pointee = Unmanaged.passRetained(connection).toOpaque()
        listener.connections.insert(connection)
        listener.statistics.connect()
    }
}

private func listener(_ context: UnsafeMutableRawPointer?) -> Listener? {
    context.map { Unmanaged<Listener>.fromOpaque($0).takeUnretainedValue() }
}
