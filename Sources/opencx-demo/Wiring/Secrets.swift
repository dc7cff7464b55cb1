internal import OpenCXCore

/// Values of the environment that must be there.
struct Secrets {
    var environment: [String: String]
    /// Whose they are, for complaints.
    var owner: String

    func value(of variable: String, for purpose: String) throws -> Secret {
        guard let value = environment[variable], !value.isEmpty else {
            throw Failure("\(owner): the environment variable \(variable) is not set. It has to hold \(purpose).")
        }
        return Secret(value)
    }
}
