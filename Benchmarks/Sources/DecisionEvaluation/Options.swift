/// What the command line asks for.
struct Options {
    var folder = "."
    var parts: Set<String> = []
    /// How many rows of each set; `nil` for all.
    var rows: Int?
    var model: String?
    var modelURL: String?
    var provider = "openai"
    var keyVariable: String?

    struct Wrong: Error, CustomStringConvertible {
        var description: String
    }

    init(_ words: some Sequence<String>) throws {
        var plain: [String] = []
        var words = Array(words)[...]
        while let word = words.popFirst() {
            guard word.hasPrefix("--") else {
                plain.append(word)
                continue
            }
            guard let value = words.popFirst() else { throw Wrong(description: "\(word) needs a value.") }
            switch word {
            case "--model": model = value
            case "--model-url": modelURL = value
            case "--key-variable": keyVariable = value
            case "--provider" where ["openai", "anthropic"].contains(value): provider = value
            case "--rows":
                guard let count = Int(value), count > 0 else { throw Wrong(description: "--rows needs a number.") }
                rows = count
            default: throw Wrong(description: "There is no option \(word) \(value).")
            }
        }
        if model == nil, modelURL != nil || keyVariable != nil {
            throw Wrong(description: "Name the model with --model.")
        }
        folder = plain.first ?? "."
        parts = Set(plain.dropFirst())
    }

    func wants(_ part: String) -> Bool { parts.isEmpty || parts.contains(part) }

    /// The rows of a set that count.
    func sample(_ all: [Row]) -> [Row] {
        guard let rows, rows < all.count else { return all }
        return (0..<rows).map { all[$0 * all.count / rows] }
    }
}
