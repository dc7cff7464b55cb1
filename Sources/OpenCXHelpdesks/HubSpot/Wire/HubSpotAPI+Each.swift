internal import OpenCXCore

extension HubSpotAPI {
    /// Does something for each, eight at once, and keeps the order: HubSpot waits five seconds for the answer to a
    /// hundred events.
    static func each<Item: Sendable, Result: Sendable>(
        _ items: [Item], _ work: @escaping @Sendable (Item) async throws -> Result
    ) async throws -> [Result] {
        try await withThrowingTaskGroup(of: (Int, Result).self) { group in
            var results: [Int: Result] = [:]
            var next = 0
            while next < min(8, items.count) {
                let place = next
                group.addTask { (place, try await work(items[place])) }
                next += 1
            }
            for try await (place, result) in group {
                results[place] = result
                if next < items.count {
                    let place = next
                    group.addTask { (place, try await work(items[place])) }
                    next += 1
                }
            }
            return items.indices.compactMap { results[$0] }
        }
    }
}
