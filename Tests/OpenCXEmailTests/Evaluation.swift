import Foundation
import OpenCXCore
import Testing

@testable import OpenCXEmail

/// Measures reading and splitting on data sets that are not part of the repository: `OPENCX_DATA` names their folder, each set
/// unpacked there as `mime/dev.jsonl`, `reply_quotes/dev.jsonl`.
@Suite struct Evaluation {
    private static let folder = ProcessInfo.processInfo.environment["OPENCX_DATA"]
    private static let isVerbose = ProcessInfo.processInfo.environment["OPENCX_DATA_VERBOSE"] != nil

    private func rows<Row: Decodable>(_ name: String, as type: Row.Type) throws -> [Row] {
        let text = try String(contentsOfFile: (Self.folder ?? "") + "/" + name, encoding: .utf8)
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        return try text.split(separator: "\n").map { try decoder.decode(Row.self, from: Data($0.utf8)) }
    }

    private struct ReplyRow: Decodable {
        var id, input, kind, reply, rule: String
    }

    @Test(.enabled(if: folder != nil, "OPENCX_DATA is not set")) func `quotes and signatures of other people's mails`()
        throws
    {
        let rows = try rows("reply_quotes/dev.jsonl", as: ReplyRow.self)
        var table: [String: (exact: Int, count: Int, f1: Double, tooMany: Int, lost: Int)] = [:]
        for row in rows {
            let text = try text(of: row)
            let split = ReplySplitter().split(text)
            // Where only quotes are to go, the signature stays.
            let found =
                row.rule == "quote"
                ? split.sections.filter { $0.kind != .quote }.flatMap(\.lines).joined(separator: "\n") : split.words
            let wanted =
                row.kind == "html" ? HTMLText(keepsLinks: false, marksQuotes: false).text(of: row.reply) : row.reply
            let (a, b) = (words(found), words(wanted))
            let isExact = a == b
            for key in [row.kind + " " + row.rule, row.kind == "html" ? "all html" : "all text and eml"] {
                var entry = table[key] ?? (0, 0, 0, 0, 0)
                entry.count += 1
                entry.exact += isExact ? 1 : 0
                entry.f1 += f1(a, b)
                entry.tooMany += has(a, beyond: b) ? 1 : 0
                entry.lost += has(b, beyond: a) ? 1 : 0
                table[key] = entry
            }
            if !isExact, Self.isVerbose {
                print(
                    "=== \(row.id) \(row.kind) \(row.rule)\n--- input\n\(text)\n--- wanted\n\(wanted)\n--- found\n\(found)"
                )
            }
        }
        for (key, entry) in table.sorted(by: { $0.key < $1.key }) {
            let count = Double(entry.count)
            print(
                "reply_quotes \(key): n \(entry.count), exact \(three(Double(entry.exact) / count)), word F1 "
                    + "\(three(entry.f1 / count)), a word too many \(three(Double(entry.tooMany) / count)), a word lost "
                    + "\(three(Double(entry.lost) / count))")
        }
    }

    private func text(of row: ReplyRow) throws -> String {
        switch row.kind {
        case "html": HTMLText(keepsLinks: false).text(of: row.input)
        case "eml": MailText(keepsLinks: false).text(of: try MailReader().read(Array(row.input.utf8)))
        default: row.input.withUnixLines
        }
    }

    private struct MIMERow: Decodable {
        struct Address: Decodable, Hashable { var name, address: String? }
        struct File: Decodable, Hashable {
            var name, type: String?
            var bytes: Int?
        }
        struct Expected: Decodable {
            var attachments: [File]
            var cc, from, to: [Address]
            var date, inReplyTo, messageId, subject: String?
            var html, text: [String]
        }
        var id, group, oracle, emlBase64: String
        var expect: Expected
    }

    @Test(.enabled(if: folder != nil, "OPENCX_DATA is not set")) func `MIME of other people's tests`() throws {
        var right: [String: Int] = [:]
        let rows = try rows("mime/dev.jsonl", as: MIMERow.self)
        for row in rows {
            let bytes = Array(Data(base64Encoded: row.emlBase64) ?? Data())
            let mail = (try? MailReader().read(bytes)) ?? MailMessage()
            var wrong: [String] = []
            func check(_ name: String, _ isRight: Bool, _ detail: @autoclosure () -> String) {
                for key in [name, "\(row.oracle): \(name)"] { right[key, default: 0] += isRight ? 1 : 0 }
                if !isRight { wrong.append("\(name): \(detail())") }
            }
            let e = row.expect
            func fold(_ texts: [String]) -> [String] {
                texts.map { words($0).joined(separator: " ") }.filter { !$0.isEmpty }
            }
            check("text", fold(mail.texts) == fold(e.text), "\(mail.texts) not \(e.text)")
            check("html", fold(mail.htmls) == fold(e.html), "\(mail.htmls) not \(e.html)")
            func addresses(_ a: [MailAddress]) -> [MIMERow.Address] {
                a.map { .init(name: $0.name, address: $0.address) }
            }
            check("from", addresses(mail.from) == e.from, "\(mail.from) not \(e.from)")
            check("to", addresses(mail.to) == e.to, "\(mail.to) not \(e.to)")
            check("cc", addresses(mail.cc) == e.cc, "\(mail.cc) not \(e.cc)")
            check("subject", mail.subject == e.subject, "\(mail.subject ?? "-") not \(e.subject ?? "-")")
            check("message id", mail.messageID == e.messageId, "\(mail.messageID ?? "-") not \(e.messageId ?? "-")")
            let date = e.date.flatMap { ISO8601DateFormatter().date(from: $0) }
            check(
                "date", (mail.date?.milliseconds).map { $0 / 1000 } == date.map { Int64($0.timeIntervalSince1970) },
                "\(mail.date as Any) not \(e.date ?? "-")")
            check(
                "files",
                mail.files.count == e.attachments.count
                    && zip(mail.files, e.attachments).allSatisfy { file, wanted in
                        (wanted.name == nil || file.name == wanted.name)
                            && (wanted.type == nil || file.mediaType == wanted.type)
                            && (wanted.bytes == nil || file.bytes.count == wanted.bytes)
                    }, "\(mail.files.map { ($0.name ?? "-", $0.mediaType, $0.bytes.count) }) not \(e.attachments)")
            for key in ["everything", "\(row.oracle): everything"] { right[key, default: 0] += wrong.isEmpty ? 1 : 0 }
            if !wrong.isEmpty, Self.isVerbose {
                print(
                    "=== \(row.id)\n\(wrong.joined(separator: "\n"))\n--- mail\n\(String(decoding: bytes, as: UTF8.self))"
                )
            }
        }
        let counts = Dictionary(grouping: rows, by: \.oracle).mapValues(\.count)
        for (key, count) in right.sorted(by: { $0.key < $1.key }) {
            let total = key.split(separator: ":").first.flatMap { counts[String($0)] } ?? rows.count
            print("mime \(key): \(count) of \(total)")
        }
    }

    private func words(_ text: String) -> [Substring] { text.split(whereSeparator: \.isWhitespace) }

    private func has(_ a: [Substring], beyond b: [Substring]) -> Bool {
        var left = Dictionary(b.map { ($0, 1) }, uniquingKeysWith: +)
        for word in a {
            guard let count = left[word], count > 0 else { return true }
            left[word] = count - 1
        }
        return false
    }

    private func f1(_ a: [Substring], _ b: [Substring]) -> Double {
        if a.isEmpty || b.isEmpty { return a.isEmpty && b.isEmpty ? 1 : 0 }
        var left = Dictionary(b.map { ($0, 1) }, uniquingKeysWith: +)
        var common = 0
        for word in a where (left[word] ?? 0) > 0 {
            left[word, default: 0] -= 1
            common += 1
        }
        return 2 * Double(common) / Double(a.count + b.count)
    }

    private func three(_ value: Double) -> String { String(format: "%.3f", value) }
}
