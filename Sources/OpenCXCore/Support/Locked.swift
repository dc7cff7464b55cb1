#if OPENCX_TSAN
    internal import Glibc
#else
    package import Synchronization
#endif

/// A value behind a lock: state is a value type, and whatever changes it is a short closure without effects.
///
/// `Synchronization.Mutex` outside of sanitizer builds. ThreadSanitizer reports false races for it on Linux, so builds
/// with `-DOPENCX_TSAN` use a POSIX mutex instead.
package final class Locked<Value>: Sendable {
    #if OPENCX_TSAN
        // Safe: `value` is only touched between lock and unlock of `mutex`, and both live as long as the object.
        private nonisolated(unsafe) let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
        private nonisolated(unsafe) var value: Value

        package init(_ value: sending Value) {
            self.value = value
            pthread_mutex_init(mutex, nil)
        }

        deinit {
            pthread_mutex_destroy(mutex)
            mutex.deallocate()
        }

        package func withLock<Result: Sendable, Failure: Error>(
            _ body: (inout sending Value) throws(Failure) -> Result
        ) throws(Failure) -> Result {
            pthread_mutex_lock(mutex)
            defer { pthread_mutex_unlock(mutex) }
            return try body(&value)
        }

        /// `nil` when somebody else holds the lock.
        package func withLockIfAvailable<Result: Sendable, Failure: Error>(
            _ body: (inout sending Value) throws(Failure) -> Result
        ) throws(Failure) -> Result? {
            guard pthread_mutex_trylock(mutex) == 0 else { return nil }
            defer { pthread_mutex_unlock(mutex) }
            return try body(&value)
        }
    #else
        @usableFromInline let mutex: Mutex<Value>

        package init(_ value: sending Value) {
            mutex = Mutex(value)
        }

        @inlinable
        package func withLock<Result: Sendable, Failure: Error>(
            _ body: (inout sending Value) throws(Failure) -> Result
        ) throws(Failure) -> Result {
            try mutex.withLock { value throws(Failure) in try body(&value) }
        }

        /// `nil` when somebody else holds the lock.
        @inlinable
        package func withLockIfAvailable<Result: Sendable, Failure: Error>(
            _ body: (inout sending Value) throws(Failure) -> Result
        ) throws(Failure) -> Result? {
            try mutex.withLockIfAvailable { value throws(Failure) in try body(&value) }
        }
    #endif
}
