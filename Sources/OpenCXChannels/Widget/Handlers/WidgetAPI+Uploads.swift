internal import OpenCXCore

extension WidgetAPI {
    /// `POST /upload`
    func upload(_ request: WebhookRequest, _ visitor: WidgetVisitor) async throws -> JSONValue {
        guard let files, !settings.fileKinds.isEmpty else { throw WidgetProblem(403, "Files are not taken here.") }
        let part = try filePart(request)
        guard !part.body.isEmpty else { throw WidgetProblem.malformed("The file is empty.") }
        guard part.body.count <= settings.maximumFileBytes else {
            throw WidgetProblem(413, "A file may have at most \(settings.maximumFileBytes) bytes.")
        }
        let name = FileName.kept(of: part.fileName ?? "")
        guard let kind = FileKind.of(part.body, named: name, among: settings.fileKinds) else {
            let endings = settings.fileKinds.compactMap(\.endings.first).joined(separator: ", ")
            throw WidgetProblem(415, "Files of this kind are not taken. These are: \(endings).")
        }
        let record = UploadedFile.Record(
            name: name, mediaType: kind.mediaType, byteCount: part.body.count, owner: visitor.subject,
            at: agent.parts.clock.now())
        do {
            let id = try await files.add(UploadedFile(record: record, bytes: Array(part.body)))
            return ["fileName": .string(name), "fileUrl": .string(fileURL(id, request))]
        } catch let error as FileStoreError where error.code == .full {
            throw WidgetProblem(507, "There is no room for more files.")
        } catch is FileStoreError {
            throw WidgetProblem.noStorage
        }
    }

    private func filePart(_ request: WebhookRequest) throws -> Multipart.Part {
        do throws(Multipart.Problem) {
            let parts = try Multipart.parts(of: request.body, contentType: request.header("content-type") ?? "")
            if let part = parts.first(where: { $0.name == "file" && $0.fileName != nil }) { return part }
        } catch {
            throw WidgetProblem.malformed("The body must be a form (multipart/form-data) with a file.")
        }
        throw WidgetProblem.malformed("The form must have a part \"file\" with a file name.")
    }

    /// `GET /files/{id}`: whoever knows the id has it from who may read the conversation.
    func file(_ id: String, _ request: WebhookRequest) async throws -> WebhookResponse {
        guard let file = try await files?.file(FileID(id)) else { throw WidgetProblem.noFile }
        return .file(file, kinds: settings.fileKinds).answeringRange(of: request)
    }

    /// The files that a message names, as they were uploaded. What the page says of them does not count, and of files that another
    /// visitor has uploaded there is none.
    func attachments(_ all: [Fields], _ visitor: WidgetVisitor) async throws -> [InboundAttachment] {
        var attachments: [InboundAttachment] = []
        for fields in all {
            let url = try fields.required("url", limit: 2000)
            guard let id = FileLocation(url: url)?.id, let record = try await files?.record(id),
                record.owner == visitor.subject
            else { throw WidgetProblem(404, "An attachment has not been uploaded. Send the file again.") }
            attachments.append(
                InboundAttachment(
                    name: UnredactedText(record.name), mediaType: record.mediaType, byteCount: record.byteCount,
                    place: FileLocation(id: id).place))
        }
        return attachments
    }

    /// Where the visitor's browser finds a file.
    func fileURL(_ id: FileID, _ request: WebhookRequest) -> String {
        (settings.baseURL ?? request.ownOrigin ?? "") + WidgetRoute.prefix + "v2/files/" + id.rawValue
    }
}

extension WebhookRequest {
    /// Where the client believes this server to be.
    fileprivate var ownOrigin: String? {
        guard let host = header("host"), (1...255).contains(host.utf8.count),
            host.utf8.allSatisfy({
                switch $0 {
                case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: ":"),
                    UInt8(ascii: "["), UInt8(ascii: "]"):
                    true
                default: (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0 | 0x20)
                }
            })
        else { return nil }
        return (header("x-forwarded-proto") == "https" ? "https://" : "http://") + host
    }
}
