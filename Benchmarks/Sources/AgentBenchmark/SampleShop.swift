import OpenCXCore
@_spi(OpenCXStorage) import OpenCXCore

/// Made-up articles and questions about them; the same in every run.
enum SampleShop {
    private static let things = [
        "tent", "stove", "jacket", "boots", "pack", "sleeping bag", "lamp", "rope", "map", "compass", "bottle", "knife",
        "hammock",
        "tarp", "pole", "cooker", "pad", "filter", "gloves", "hat",
    ]
    private static let matters = [
        "return", "repair", "cleaning", "warranty", "delivery", "sizes", "spare parts", "storage", "safety", "exchange",
    ]

    static func articles(count: Int) -> [Article] {
        (0..<count).map { number in
            let thing = things[number % things.count]
            let matter = matters[number / things.count % matters.count]
            let text = """
                Everything about \(matter) of your \(thing), and what to do when something goes wrong.

                ## How does \(matter) work for a \(thing)?

                1. Open your orders and choose the \(thing).
                2. Select \(matter) and follow the steps on the page.
                3. Keep the receipt number \(1000 + number) until the \(matter) is finished.

                ## What does it cost?

                The \(matter) of a \(thing) costs \(number % 30) EUR and takes \(2 + number % 9) business days.
                """
            return Article(
                id: ArticleID(source: "shop", key: "\(number)"), source: "shop",
                title: RedactedText(restoredFromStore: "\(thing) \(matter)".capitalized(number)),
                markdown: RedactedText(restoredFromStore: text), url: "https://help.example/\(number)", revision: "1")
        }
    }

    /// What the AI leaves to the team, and what it must not speak of; no question is about them.
    static let topics = [
        Topic(name: "Wholesale", summary: "Resellers, bulk orders and price lists", examples: ["Do you sell in bulk?"]),
        Topic(name: "Press", summary: "Journalists and interviews", examples: ["I write for a magazine"]),
    ]
    static let prohibited = [
        Topic(name: "Legal advice", summary: "Lawsuits and liability", examples: ["Can I sue you for damages?"])
    ]

    static let scenarios = [
        TrainingScenario(name: "Tone", kind: .behavioral, content: "Be brief and friendly."),
        TrainingScenario(
            name: "Store hours", kind: .specific(questions: ["When are you open?", "What are your opening hours?"]),
            content: "We are open from 9 to 5, Monday to Friday."),
    ]

    static func question(_ number: Int) -> String {
        let thing = things[number % things.count]
        let matter = matters[number / 7 % matters.count]
        return "Hi, how does \(matter) work for my \(thing)? You can reach me at customer\(number)@example.com."
    }
}

extension String {
    fileprivate func capitalized(_ number: Int) -> String { prefix(1).uppercased() + dropFirst() }
}
