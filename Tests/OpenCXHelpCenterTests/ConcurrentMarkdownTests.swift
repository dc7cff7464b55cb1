import Markdown
import Testing

struct ConcurrentMarkdownTests {
    @Test func `texts that are parsed at the same time lose nothing`() async throws {
        let text = Array(String(repeating: "~~gone~~ and www.a.example, ", count: 40).utf8)
        let expected = try MarkdownDocument(text).html()
        #expect(expected.contains("<del>gone</del>"))
        let wrong = try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<8 {
                group.addTask {
                    var wrong = 0
                    for _ in 0..<400 where try MarkdownDocument(text).html() != expected { wrong += 1 }
                    return wrong
                }
            }
            return try await group.reduce(0, +)
        }
        #expect(wrong == 0)
    }
}
