/// What a check found, before it is known which check it was; becomes a ``ContractViolation``.
struct Breach: Error {
    var message: String

    init(_ message: String) {
        self.message = message
    }
}
