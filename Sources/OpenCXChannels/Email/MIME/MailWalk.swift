/// Goes through the parts of a mail and sorts them into texts to read, files, and reports; much as JMAP does (RFC 8621, 4.1.4).
struct MailWalk {
    let limits: MailLimits
    private var texts: [String] = []
    private var htmls: [String] = []
    private var body: [MailBody] = []
    private var files: [MailFile] = []
    private var report: MailReport?
    private var leaves = 0
    private var textBytes = 0
    private var isCut = false

    init(limits: MailLimits) {
        self.limits = limits
    }

    /// Where a part stands.
    private struct Place {
        var depth = 0
        var isFirst = true
        var isRelated = false
        var isReport = false
        /// Whether somebody else chooses among the texts.
        var isAlternative = false
    }

    mutating func read(_ root: MIMEEntity) { read(root, Place()) }

    /// Puts what was found into a mail.
    func finish(_ mail: inout MailMessage) {
        mail.texts = texts
        mail.htmls = htmls
        mail.body = body
        mail.files = files
        mail.report = report
        mail.isCut = mail.isCut || isCut
    }

    private mutating func read(_ entity: MIMEEntity, _ place: Place) {
        guard place.depth <= limits.depth, leaves < limits.partCount else {
            isCut = true
            return
        }
        switch entity.kind {
        case .container: readContainer(entity, place)
        case .message: readMessage(entity, place)
        case .leaf:
            leaves += 1
            readLeaf(entity, place)
        }
    }

    private mutating func readContainer(_ entity: MIMEEntity, _ place: Place) {
        let type = entity.mediaType
        if type == "multipart/report" {
            if report == nil { report = MailReport(kind: entity.parameter("report-type")?.lowercased() ?? "") }
        }
        if entity.childCount > limits.partCount { isCut = true }
        let before = body
        for (index, child) in entity.children(limit: limits.partCount).enumerated() {
            read(
                child,
                Place(
                    depth: place.depth + 1, isFirst: index == 0, isRelated: type == "multipart/related",
                    isReport: type == "multipart/report",
                    isAlternative: place.isAlternative || type == "multipart/alternative"))
        }
        if type == "multipart/alternative", !place.isAlternative {
            body = before + Self.choose(among: Array(body.dropFirst(before.count)))
        }
    }

    /// Of alternatives the plain ones, if they say anything.
    private static func choose(among alternatives: [MailBody]) -> [MailBody] {
        let plain = alternatives.filter { if case .plain = $0 { true } else { false } }
        let saysSomething = plain.contains {
            if case .plain(let text) = $0 { text.contains { !$0.isWhitespace } } else { false }
        }
        let rest = alternatives.filter { if case .html = $0 { true } else { false } }
        return saysSomething || rest.isEmpty ? plain : rest
    }

    /// A mail within the mail is a file: somebody else wrote it.
    private mutating func readMessage(_ entity: MIMEEntity, _ place: Place) {
        leaves += 1
        guard let inner = entity.inner else { return addFile(entity, isInline: false) }
        if place.isReport, report?.returnedHeaders.isEmpty == true {
            let headers = returned(inner.headers)
            report?.returnedHeaders = headers
        }
        let subject = inner.headers.raw(limit: limits.headerCount).first { $0.name == "subject" }
        var file = file(entity, isInline: false)
        if file.name == nil, let subject { file.name = HeaderText.decode(subject.value).trimmingSpaces + ".eml" }
        files.append(file)
    }

    private func returned(_ headers: MIMEHeaders) -> [MailHeader] {
        headers.raw(limit: limits.headerCount).map { MailHeader(name: $0.name, value: HeaderText.decode($0.value)) }
    }

    private mutating func readLeaf(_ entity: MIMEEntity, _ place: Place) {
        let type = entity.mediaType
        if place.isReport, readReport(entity, type) { return }
        let isText = type == "text/plain" || type == "text/html"
        let isMedia = ["image/", "audio/", "video/"].contains { type.hasPrefix($0) }
        let hasName = entity.fileName != nil
        guard isText, !entity.isAttachment, place.isFirst || (!place.isRelated && !hasName) else {
            return addFile(entity, isInline: isMedia && !entity.isAttachment && entity.contentID != nil)
        }
        let room = limits.textByteCount - textBytes
        var bytes = entity.content(limit: room + 1)
        if bytes.count > room {
            bytes.removeLast()
            isCut = true
        }
        textBytes += bytes.count
        let charset = entity.parameter("charset") ?? (type == "text/html" ? HTMLCharset.declared(in: bytes) : nil)
        let text = Charset.decode(bytes, as: charset).withUnixLines
        if type == "text/html" {
            htmls.append(text)
            body.append(.html(text))
        } else {
            let isFlowed = entity.parameter("format")?.lowercased() == "flowed"
            texts.append(text)
            let deletes = entity.parameter("delsp")?.lowercased() == "yes"
            body.append(.plain(isFlowed ? FlowedText.unfold(text, deletesSpaces: deletes) : text))
        }
    }

    /// The fields of a report, or the headers that came back with it.
    private mutating func readReport(_ entity: MIMEEntity, _ type: String) -> Bool {
        switch type {
        case "message/delivery-status", "message/global-delivery-status", "message/feedback-report",
            "message/disposition-notification":
            let text = Charset.decode(entity.content(limit: 64 << 10), as: nil).withUnixLines
            let blocks = HeaderBlocks.read(text)
            report?.blocks += blocks
            return true
        case "text/rfc822-headers", "message/rfc822-headers":
            let text = Charset.decode(entity.content(limit: 64 << 10), as: nil).withUnixLines
            if report?.returnedHeaders.isEmpty == true {
                report?.returnedHeaders = HeaderBlocks.read(text).first ?? []
            }
            return true
        default: return false
        }
    }

    private mutating func addFile(_ entity: MIMEEntity, isInline: Bool) {
        files.append(file(entity, isInline: isInline))
    }

    private func file(_ entity: MIMEEntity, isInline: Bool) -> MailFile {
        MailFile(
            name: entity.fileName.map { HeaderText.clean($0) }, mediaType: entity.mediaType,
            contentID: entity.contentID, isInline: isInline, bytes: entity.content())
    }
}

/// Blocks of `Name: value` lines with empty lines in between.
enum HeaderBlocks {
    static func read(_ text: String) -> [[MailHeader]] {
        var blocks: [[MailHeader]] = []
        var block: [MailHeader] = []
        for line in text.split(separator: "\n", omittingEmptySubsequences: false).prefix(2000) {
            if line.allSatisfy(\.isWhitespace) {
                if !block.isEmpty { blocks.append(block) }
                block = []
            } else if line.first == " " || line.first == "\t" {
                if !block.isEmpty { block[block.count - 1].value += " " + line.trimmingSpaces }
            } else if let colon = line.firstIndex(of: ":") {
                let value = HeaderText.decode(line[line.index(after: colon)...].trimmingSpaces)
                block.append(MailHeader(name: line[..<colon].lowercased(), value: value))
            }
        }
        if !block.isEmpty { blocks.append(block) }
        return blocks
    }
}

extension HeaderBlocks {
    /// The first block, values as they came.
    static func raw(_ text: String, limit: Int) -> [(name: String, value: String)] {
        var result: [(name: String, value: String)] = []
        for line in text.withUnixLines.split(separator: "\n", omittingEmptySubsequences: false) {
            if line.isBlank {
                if result.isEmpty { continue }
                break
            }
            if line.first == " " || line.first == "\t" {
                if !result.isEmpty { result[result.count - 1].value += " " + line.trimmingSpaces }
            } else if result.count < limit, let colon = line.firstIndex(of: ":") {
                result.append((line[..<colon].lowercased(), line[line.index(after: colon)...].trimmingSpaces))
            }
        }
        return result
    }
}

/// The charset that an HTML text names itself.
enum HTMLCharset {
    static func declared(in bytes: [UInt8]) -> String? {
        // Valid UTF-8 is never anything else by accident.
        guard String(validating: bytes, as: UTF8.self) == nil else { return nil }
        let head = Array(bytes.prefix(2048))
        let folded = head.map { $0 | 0x20 }
        let word = Array("charset=".utf8)
        guard head.count > word.count else { return nil }
        for start in 0..<(head.count - word.count) where folded[start] == word[0] && folded[start...].starts(with: word)
        {
            let name = head[(start + word.count)...].prefix { !" >;/".utf8.contains($0) }
            return String(decoding: name, as: UTF8.self)
        }
        return nil
    }
}
