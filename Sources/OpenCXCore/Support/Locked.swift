#if OPENCX_TSAN
    internal import Glibc
#else
    internal import Synchronization
#endif

/// A value behind a lock: state is a value type, and whatever changes it is a short closure without effects.
///
/// `Synchronization.Mutex` outside of sanitizer builds. ThreadSanitizer reports false races for it on Linux, so builds
/// with `-DOPENCX_TSAN` use a POSIX mutex instead.
package final class Locked<Value>: Sendable where Value: Sendable {
    #if OPENCX_TSAN
        // Safe: `value` is only touched between lock and unlock of `mutex`, and both live as long as the object.
        private nonisolated(unsafe) let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
        private nonisolated(unsafe) var value: Value

        package init(_ value: Value) {
            self.value = value
            pthread_mutex_init(mutex, nil)
        }

        deinit {
            pthread_mutex_destroy(mutex)
            mutex.deallocate()
        }

        package func withLock<Result, Failure: Error>(
            _ body: (inout Value) throws(Failure) -> Result
        ) throws(Failure) -> Result {
            pthread_mutex_lock(mutex)
            defer { pthread_mutex_unlock(mutex) }
            return try body(&value)
        }
    #else
        private let mutex: Mutex<Value>

        package init(_ value: Value) {
            mutex = Mutex(value)
        }

        package func withLock<Result: Sendable, Failure: Error>(
            _ body: (inout Value) throws(Failure) -> Result
        ) throws(Failure) -> Result {
            try mutex.withLock { value throws(Failure) in try body(&value) }
        }
    #endif
}
