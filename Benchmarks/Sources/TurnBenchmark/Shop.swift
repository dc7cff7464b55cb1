import OpenCXCore
@_spi(OpenCXStorage) import OpenCXCore

/// A shop's help centre, as large as asked for.
enum Shop {
    private static let matters = ["Returns", "Delivery", "Repairs", "Warranty", "Payment", "Gift cards", "Sizes"]

    static func articles(_ count: Int) -> [Article] {
        (0..<count).map { number in
            let matter = matters[number % matters.count]
            let text = """
                Everything about \(matter.lowercased()) number \(number), and what to do when something goes wrong.

                ## How does it work?

                1. Open your orders and choose the order.
                2. Select \(matter.lowercased()) and follow the steps on the page.

                ## How long does it take?

                It takes \(2 + number % 9) business days and costs \(number % 30) EUR.
                """
            return Article(
                id: ArticleID(source: "shop", key: "\(number)"), source: "shop",
                title: RedactedText(restoredFromStore: "\(matter) \(number)"),
                markdown: RedactedText(restoredFromStore: text), url: "https://help.example/\(number)", revision: "1")
        }
    }
}

/// The tool: looks an order up in this process.
struct OrderLookup: ActionProvider {
    func actions() async throws -> [ActionDefinition] {
        [
            ActionDefinition(
                name: "order_status", summary: "Look up where an order is and when it arrives",
                examples: ["Where is my order?", "When does my order arrive?"],
                parameters: [ActionParameter(name: "number", label: "order number", source: .code("FH-#####"))],
                effect: .lookup)
        ]
    }

    func call(_ call: ActionCall) async throws -> ActionResult {
        ActionResult(fields: [
            "number": call.arguments["number"] ?? UnredactedText("?"), "status": UnredactedText("on its way"),
            "arrives": UnredactedText("Friday"),
        ])
    }
}
