internal import OpenCXCore

/// What the provider has told of a message, and of its parts, as the column holds it: `sent`, `sent 1:delivered 2:sent`,
/// ` 1:delivered`.
enum StageColumn {
    static func text(of entry: OutboxEntry) -> String? {
        guard let parts = entry.parts, !parts.isEmpty else { return entry.stage?.rawValue }
        let told = parts.sorted { $0.key < $1.key }.map { " \($0.key):\($0.value.rawValue)" }
        return (entry.stage?.rawValue ?? "") + told.joined()
    }

    static func read(_ text: String, into entry: inout OutboxEntry) {
        let words = text.split(separator: " ", omittingEmptySubsequences: false)
        entry.stage = words.first.flatMap { DeliveryStage(rawValue: String($0)) }
        for word in words.dropFirst() {
            let pair = word.split(separator: ":")
            guard pair.count == 2, let number = Int(pair[0]), let stage = DeliveryStage(rawValue: String(pair[1]))
            else {
                continue
            }
            entry.parts = (entry.parts ?? [:]).merging([number: stage], uniquingKeysWith: { $1 })
        }
    }
}
