import FoundationEssentials
import OpenCXCore

/// Questions and their answers in one JSON file: `[{"key", "question", "answer", "updated"}]`.
struct QuestionsFile: KnowledgeSource {
    let id: KnowledgeSourceID
    let path: String

    func list() async throws -> KnowledgeListing {
        KnowledgeListing(revisions: try entries().mapValues(\.updated))
    }

    func article(_ key: String) async throws -> SourceArticle {
        guard let entry = try entries()[key] else {
            throw KnowledgeSourceError(.notFound, "There is no question \"\(key)\" in \(path).")
        }
        return SourceArticle(
            key: key, title: entry.question, markdown: entry.answer,
            audience: entry.internal == true ? .draft : .everyone,
            revision: entry.updated)
    }

    private struct Entry: Decodable {
        var key: String
        var question: String
        var answer: String
        var updated: String
        var `internal`: Bool?
    }

    private func entries() throws -> [String: Entry] {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw KnowledgeSourceError(.unreachable, "\(path) cannot be read. Is the path right?")
        }
        do {
            let list = try JSONDecoder().decode([Entry].self, from: data)
            return Dictionary(list.map { ($0.key, $0) }, uniquingKeysWith: { $1 })
        } catch {
            throw KnowledgeSourceError(.malformed, "\(path) is not a list of questions.")
        }
    }
}
