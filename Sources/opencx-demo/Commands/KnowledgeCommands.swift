internal import OpenCXCore
internal import OpenCXSearch

extension Command {
    static let knowledgeSync = Command(
        name: "knowledge sync", summary: "bring the knowledge up to date with the folder of articles",
        run: { invocation in
            let started = ContinuousClock.now
            let house = try await House.open(invocation, syncs: false)
            let accounts = try VendorAccounts(house.configuration, clock: house.agent.parts.clock)
            var reports: [(KnowledgeSourceID, KnowledgeSync.Report)] = []
            if house.configuration.knowledge != nil || accounts.sources.isEmpty {
                reports.append((House.source, try await house.sync(invocation.terminal)))
            }
            reports += try await ArticleFeeds(sources: accounts.sources, house: house).sync(invocation.terminal)
            for (source, report) in reports {
                let name = reports.count > 1 ? "\(source): " : ""
                invocation.terminal.print(
                    "\(name)\(report.added) new, \(report.updated) changed, \(report.unchanged) as before, "
                        + "\(report.removed) removed, \(report.failures.count) left out, "
                        + "in \(ContinuousClock.now - started)")
            }
            let failures = reports.reduce(0) { $0 + $1.1.failures.count }
            if failures > 0 { throw Failure("\(failures) articles could not be read; see above.") }
        })

    static let knowledgeSearch = Command(
        name: "knowledge search", summary: "show which passages a question finds",
        operands: [Operand(name: "QUESTION")],
        options: [
            Option(name: "--limit", value: "N", help: "how many passages (default: 5)"),
            Option(name: "--locale", value: "TAG", help: "only articles in this language"),
            Option(name: "--internal", value: nil, help: "drafts and restricted articles too, as an agent sees them"),
        ],
        run: { invocation in
            let house = try await House.open(invocation)
            var counts = PlaceholderCounts()
            let question = try await house.agent.parts.redaction.redact(
                UnredactedText(invocation.operands[0]), in: "search", counts: &counts)
            let result = house.index.search(
                KnowledgeQuery(
                    text: question, locales: invocation["--locale"].map { [LanguageTag(rawValue: $0)] } ?? [],
                    reader: invocation.has("--internal") ? .agent : .customer,
                    limit: try invocation.number("--limit", in: 1...100) ?? 5))
            if result.passages.isEmpty { throw Failure("Nothing matches. Is the knowledge synchronized?") }
            for (rank, found) in result.passages.enumerated() {
                let passage = found.passage
                let path = ([passage.title] + passage.headings).map(\.text).joined(separator: " › ")
                let coverage = Int((found.coverage * 100).rounded())
                let score = (found.score * 100).rounded() / 100
                let text = passage.markdown.text.split(whereSeparator: \.isNewline).joined(separator: " ").prefix(160)
                invocation.terminal.print(
                    "\(rank + 1). \(invocation.terminal.emphasized(path.forTerminal))\(passage.audience.mark)\n"
                        + "   \(passage.id.description.forTerminal)  score \(score), covers \(coverage) % of the question\n"
                        + "   " + String(text).forTerminal)
            }
        })

    static let knowledgeList = Command(
        name: "knowledge list", summary: "list the articles",
        run: { invocation in
            let house = try await House.open(invocation)
            var last: ArticleID?
            var count = 0
            while case let page = try await house.store.articles(after: last, limit: 200), let end = page.last {
                for article in page {
                    invocation.terminal.print(
                        "\(article.id)  [\(article.locale)] \(article.title.text)\(article.audience.mark)".forTerminal)
                }
                count += page.count
                last = end.id
            }
            invocation.terminal.print("\(count) articles")
        })
}

extension Audience {
    fileprivate var mark: String {
        switch self {
        case .everyone: ""
        case .draft: "  (draft)"
        case .segments(let names): "  (only for \(names.joined(separator: ", ")))".forTerminal
        }
    }
}
