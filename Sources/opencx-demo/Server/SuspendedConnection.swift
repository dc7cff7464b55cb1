internal import CMicrohttpd

/// A connection that waits for a handler, or for the next piece of a body that grows.
struct SuspendedConnection: @unchecked Sendable {
    // Safe to hand to another thread: the pointer is used for nothing but `MHD_resume_connection`, which the library
    // allows from any thread for a suspended connection. Whoever keeps one (`Exchange`, `GrowingBody`) takes it out of
    // its state at most once, and a suspended connection lives until it is resumed.
    private let pointer: OpaquePointer

    /// Suspends a connection. To be called on its own thread, by a callback of the library.
    static func suspend(_ pointer: OpaquePointer) -> SuspendedConnection {
        MHD_suspend_connection(pointer)
        return SuspendedConnection(pointer: pointer)
    }

    func resume() {
        MHD_resume_connection(pointer)
    }
}
