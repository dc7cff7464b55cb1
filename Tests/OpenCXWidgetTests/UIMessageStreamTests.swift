import OpenCXCore
import Testing

@testable import OpenCXWidget

/// The wire format of replies that grow.
@Suite struct UIMessageStreamTests {
    private func events(_ bytes: [UInt8]) -> [JSONValue] { WidgetReply(status: 200, headers: [], body: bytes).events }

    @Test func `a reply that grows is one part, and an article it rests on a source`() {
        var stream = UIMessageStream()
        stream.show("Within 60 days.", of: "m1")
        stream.show("Within 60 days.", of: "m1")
        stream.show("Within 60 days. Keep the label 🏷.", of: "m1")
        stream.add(
            [Citation(article: ArticleID(source: "s", key: "k"), title: "Returns", url: "https://help.example/r")], [])
        stream.finish(["sessionIsHandedOff": false])
        #expect(
            events(stream.take()) == [
                ["type": "start", "messageId": "m1"], ["type": "start-step"],
                ["type": "text-start", "id": "text-1"],
                ["type": "text-delta", "id": "text-1", "delta": "Within 60 days."],
                ["type": "text-delta", "id": "text-1", "delta": " Keep the label 🏷."],
                ["type": "text-end", "id": "text-1"],
                [
                    "type": "source-url", "sourceId": "s/k", "url": "https://help.example/r", "title": "Returns",
                ],
                ["type": "finish-step"], ["type": "finish", "messageMetadata": ["sessionIsHandedOff": false]],
                .string("[DONE]"),
            ])
        #expect(stream.take().isEmpty)
    }

    @Test func `what is said after all takes the place of what was shown`() {
        var stream = UIMessageStream()
        stream.show("Yes.", of: "m1")
        stream.show("A colleague will answer.", of: "m1")
        // What is no longer said must not stay, so the page is to draw the reply anew.
        stream.settle("m1", rows: ["m1"])
        stream.finish([:])
        let types = events(stream.take()).compactMap { $0["type"]?.string }
        #expect(
            types == [
                "start", "start-step", "text-start", "text-delta", "text-end", "data-retracted", "text-start",
                "text-delta", "text-end", "finish-step", "finish",
            ])
    }

    @Test func `calls that the page may show are tool parts`() {
        var stream = UIMessageStream()
        stream.show("It is on its way.", of: "m1")
        let done = ActionRecord(
            name: "order_status", arguments: ["order": "FH-1"], outcome: .succeeded, result: "shipped",
            fields: ["status": "shipped"])
        let failed = ActionRecord(name: "refund", arguments: [:], outcome: .failed, result: "no")
        stream.add([], [done, failed])
        let tools = events(stream.take()).filter { $0["toolCallId"] != nil }
        #expect(
            tools == [
                [
                    "type": "tool-input-available", "toolCallId": "m1-1", "toolName": "order_status",
                    "input": ["order": "FH-1"],
                ],
                ["type": "tool-output-available", "toolCallId": "m1-1", "output": ["status": "shipped"]],
                ["type": "tool-input-available", "toolCallId": "m1-2", "toolName": "refund", "input": [:]],
                ["type": "tool-output-error", "toolCallId": "m1-2", "errorText": "no"],
            ])
    }

    @Test func `an end without a reply is an end`() {
        var stopped = UIMessageStream()
        stopped.abort()
        #expect(events(stopped.take()).last == .string("[DONE]"))
        var failed = UIMessageStream()
        failed.show("Half", of: "m1")
        failed.fail("Later.")
        #expect(events(failed.take()).suffix(2) == [["type": "error", "errorText": "Later."], .string("[DONE]")])
    }
}
