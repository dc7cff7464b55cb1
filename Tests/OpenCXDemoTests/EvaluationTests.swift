import Foundation
import OpenCXCore
import Testing

@testable import opencx_demo

@Suite struct EvaluationTests {
    @Test func `reads questions in each form`() throws {
        let folder = try TemporaryFolder()
        let file = try folder.write(
            "questions.jsonl",
            """
            {"question": "Q", "relevant": ["a/b", "c"], "locale": "de", "strict": true, "id": 7}
            {"query": "R", "relevant": []}\r
            {"title": "T", "body": "B", "relevant": ["a"], "strict": false}

            {"body": "only", "relevant": ["a"]}
            """)
        let questions = try QuestionFile.read(file)
        #expect(questions.map(\.text) == ["Q", "R", "T\nB", "only"])
        #expect(questions.map(\.relevant) == [["a/b", "c"], [], ["a"], ["a"]])
        #expect(questions.map(\.locale) == ["de", nil, nil, nil])
        #expect(questions.map(\.isStrict) == [true, nil, false, nil])
    }

    @Test func `reads a packed file`() throws {
        let packed = [UInt8](Data(base64Encoded: "H4sIAAAAAAACA6tWKixNLS7JzM9TslJQSlTSUVAqSs1JLUvMKwEKRCtlK8XWcgEANehLeSUAAAA=")!)
        let folder = try TemporaryFolder()
        let file = try folder.write("questions.jsonl.gz", bytes: packed)
        #expect(try QuestionFile.read(file).map(\.text) == ["a"])
        let damaged = try folder.write("damaged.jsonl.gz", bytes: packed.dropLast(3))
        let failure = #expect(throws: Failure.self) { try QuestionFile.read(damaged) }
        #expect(failure?.description.hasPrefix("\(damaged) is damaged") == true)
    }

    @Test(arguments: [
        ("", "holds no questions"), ("\n\n", "holds no questions"),
        ("{\"question\": \"Q\", \"relevant\": []}\n\n{\"question\": \"Q\"}", "line 3"),
        ("{\"relevant\": [\"a\"]}", "line 1"), ("{\"question\": 1, \"relevant\": []}", "line 1"),
        ("[]", "line 1"), ("{\"question\": \"Q\", \"relevant\": \"a\"}", "line 1"),
    ])
    func `a malformed file is named, with the line`(text: String, says: String) throws {
        let folder = try TemporaryFolder()
        let file = try folder.write("questions.jsonl", text)
        let failure = #expect(throws: Failure.self) { try QuestionFile.read(file) }
        #expect(failure?.description.hasPrefix(file) == true)
        #expect(failure?.description.contains(says) == true, "\(failure?.description ?? "")")
    }

    @Test(arguments: [
        // One relevant article, at each place that matters.
        ([["a", "b"]], [["a"]], "hit@1 1.000  hit@5 1.000  MRR@10 1.000  nDCG@10 1.000  recall@10 1.000"),
        ([["b", "a"]], [["a"]], "hit@1 0.000  hit@5 1.000  MRR@10 0.500  nDCG@10 0.631  recall@10 1.000"),
        ([["b", "c", "d", "e", "f", "a"]], [["a"]], "hit@1 0.000  hit@5 0.000  MRR@10 0.167  nDCG@10 0.356  recall@10 1.000"),
        ([Array("bcdefghijk").map(String.init) + ["a"]], [["a"]], "hit@1 0.000  hit@5 0.000  MRR@10 0.000  nDCG@10 0.000  recall@10 0.000"),
        ([[]], [["a"]], "hit@1 0.000  hit@5 0.000  MRR@10 0.000  nDCG@10 0.000  recall@10 0.000"),
        // Two relevant ones, first and third: (1 + 1/2) / (1 + 0.6309).
        ([["a", "x", "b"]], [["a", "b"]], "hit@1 1.000  hit@5 1.000  MRR@10 1.000  nDCG@10 0.920  recall@10 1.000"),
        // Two questions: the mean of each.
        ([["a"], ["x", "a"]], [["a"], ["a"]], "hit@1 0.500  hit@5 1.000  MRR@10 0.750  nDCG@10 0.815  recall@10 1.000"),
        ([], [], "hit@1 0.000  hit@5 0.000  MRR@10 0.000  nDCG@10 0.000  recall@10 0.000"),
    ] as [([[String]], [Set<String>], String)])
    func `scores rankings`(rankings: [[String]], relevant: [Set<String>], line: String) {
        var scores = RankingScores()
        for (ranking, relevant) in zip(rankings, relevant) { scores.add(ranking, relevant: relevant) }
        #expect(scores.line == line)
    }

    @Test(arguments: [
        (0.0, "0.000"), (1.0, "1.000"), (0.0005, "0.001"), (0.0495, "0.050"), (-1.25, "-1.250"), (12.3456, "12.346"),
        (-0.0001, "0.000"),
    ])
    func `writes three decimals`(number: Double, text: String) {
        #expect(fixed(number) == text)
    }

    @Test func `measures a small help center`() async throws {
        let folder = try TemporaryFolder([
            "articles/returns/send-back.md": "# Send back an item\n\nYou can send back an item within 60 days.\n",
            "articles/delivery/cost.md": "# Cost of delivery\n\nDelivery to France costs 9 euros.\n",
            "in.jsonl": """
            {"question": "How can I send back an item?", "relevant": ["returns/send-back"], "strict": true}
            {"question": "What does delivery to France cost?", "relevant": ["delivery/cost"], "strict": true}
            {"question": "What does delivery to France cost?", "relevant": ["returns/send-back"]}
            """,
            "out.jsonl": #"{"question": "Who won the chess championship in 1972?", "relevant": []}"#,
        ])
        let articles = ["--knowledge", folder.path + "/articles"]
        let strict = try await Demo.run(["evaluate", folder.path + "/in.jsonl"] + articles)
        #expect(strict.code == 0)
        #expect(strict.output.hasPrefix("2 questions: hit@1 1.000  hit@5 1.000  MRR@10 1.000"), "\(strict.output)")
        #expect(!strict.output.contains("out of scope"))

        let all = try await Demo.run(
            ["evaluate", folder.path + "/in.jsonl", "--all", "--out-of-scope", folder.path + "/out.jsonl"] + articles)
        #expect(all.code == 0)
        #expect(all.output.hasPrefix("3 questions: hit@1 0.667"), "\(all.output)")
        #expect(all.output.contains("1 out of scope: refused 1 = 1.000; AUROC of the confidence 1.000"), "\(all.output)")
    }

    @Test func `measures nothing without questions in scope`() async throws {
        let folder = try TemporaryFolder(["out.jsonl": #"{"question": "Who won?", "relevant": []}"#])
        let outcome = try await Demo.run("evaluate", folder.path + "/out.jsonl")
        #expect(outcome.code == 0)
        #expect(outcome.output.contains("1 out of scope: refused 1 = 1.000"), "\(outcome.output)")
    }
}
