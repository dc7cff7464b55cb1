internal import OpenCXAccess
internal import OpenCXCore

/// Tries a question out.
extension KnowledgePages {
    func searchForm(_ visit: Visit, text: String) -> HTML {
        let isTeam = visit.query("as") == "agent"
        return form(.get, .action(layout.path("/knowledge/search")), .class("search boxed"), .role("search")) {
            label(.for("question"), .class("visually-hidden")) { "A question, as a customer would ask it" }
            Icon.search.html
            input(
                .id("question"), .name("q"), .type("search"), .value(text), .maxlength(500), .required,
                .placeholder("Ask as a customer would"))
            select(.name("as"), .aria(.label, "Whose eyes the search has")) {
                option(.value("customer"), .selected.when(!isTeam)) { "as a customer" }
                option(.value("agent"), .selected.when(isTeam)) { "as the team" }
            }
            button(.type("submit")) { "Test search" }
        }
    }

    func search(_ visit: Visit) async throws -> WebhookAnswer {
        let text = visit.query("q") ?? ""
        let result =
            text.isEmpty
            ? KnowledgeSearchResult() : try await find(text, as: visit.query("as") == "agent" ? .agent : .customer)
        let best = result.passages.map(\.score).max() ?? 0
        let content = section(.class("page")) {
            p { a(.href(layout.path("/knowledge"))) { "Knowledge" } }
            h1 { "Test search" }
            searchForm(visit, text: text)
            p(.class("quiet-text"), .role("status")) {
                "\(result.passages.count) passages for \(result.termCount) searched words; "
                    + "\(Percent.text(result.unknownShare)) of the question's weight lies on words that none holds."
            }
            ol(.class("results")) { for ranked in result.passages { li(.class("card")) { passage(ranked, best) } } }
        }
        return PageResponse.page(layout.page("Test search", .knowledge, visit, content: content))
    }

    /// Searches with what the AI would search with: the question without personal data. A redaction of its own keeps nothing.
    private func find(_ text: String, as reader: KnowledgeReader) async throws -> KnowledgeSearchResult {
        var counts = PlaceholderCounts()
        let question = try await Redaction().redact(UnredactedText(text), in: "test-search", counts: &counts)
        return try await agent.parts.knowledge.search(KnowledgeQuery(text: question, reader: reader, limit: 10))
    }

    private func passage(_ ranked: RankedPassage, _ best: Double) -> HTML {
        group {
            h2 { a(.href(target(ranked.passage.article))) { ranked.passage.title.text } }
            if !ranked.passage.headings.isEmpty {
                p(.class("quiet-text")) { ranked.passage.headings.map(\.text).joined(separator: " › ") }
            }
            p(.class("scores")) {
                Bar.html(best > 0 ? ranked.score / best : 0)
                span { "score \(Percent.two(ranked.score))" }
                span { "covers \(Percent.text(ranked.coverage))" }
                if !ranked.matchedTerms.isEmpty { span { "matched \(ranked.matchedTerms.joined(separator: ", "))" } }
                Self.audience(ranked.passage.audience)
            }
            div(.class("said article"), .lang(ranked.passage.locale.rawValue), .dir("auto")) {
                HTML.article(ranked.passage.markdown)
            }
        }
    }
}
