internal import Dispatch

#if canImport(Darwin)
    internal import Darwin
#else
    internal import Glibc
#endif

/// Hears when the process is asked to stop: Ctrl-C, or `SIGTERM` from whoever runs it.
///
/// Before this is made, such a signal ends the process at once; from then on none is missed.
struct StopSignals: Sendable {
    private let requests: AsyncStream<Void>

    /// Returns once the signals are heard.
    static func listen() async -> StopSignals {
        let (requests, continuation) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        for number in [SIGINT, SIGTERM] {
            let source = DispatchSource.makeSignalSource(signal: number)
            // Holds the source for as long as the process lives.
            source.setEventHandler { withExtendedLifetime(source) { _ = continuation.yield() } }
            await withCheckedContinuation { registered in
                source.setRegistrationHandler { registered.resume() }
                source.resume()
            }
            #if canImport(Darwin)
                // Here the source only watches. On Linux it has put a handler of its own in the default's place.
                signal(number, SIG_IGN)
            #endif
        }
        return StopSignals(requests: requests)
    }

    /// Returns when the process is asked to stop.
    func wait() async {
        for await _ in requests { break }
    }
}
