internal import FoundationEssentials
public import OpenCXCore

/// Chat on a web page, over plain HTTP: the page posts what the customer writes and polls for what comes back.
///
/// A conversation is named by an unguessable id that the page makes; whoever knows it can read the conversation, and nobody
/// else can. Visitors are unverified: an address typed into a chat proves nothing, so it finds no contact.
///
/// Where ``/OpenCXCore/AgentSettings/streamedChannels`` names it, replies can be read while they grow: see
/// ``growingReplies(in:)``.
public struct WebChannel: StreamingChannel {
    /// Names the channel.
    public let id: ChannelID

    /// ``/OpenCXCore/ChannelKind/web``.
    public var kind: ChannelKind { .web }

    private let replies = ReplyBroadcast()

    /// Where the files go that visitors attach; `nil` where none are taken.
    let files: WebFiles?

    /// Makes a channel with this name.
    ///
    /// - Parameters:
    ///   - id: names the channel.
    ///   - files: where the files go that visitors attach; without it none are taken.
    public init(id: ChannelID = "web", files: WebFiles? = nil) {
        self.id = id
        self.files = files
    }

    /// Parses `POST /v1/sessions/{thread}/messages` with a JSON body `{"text", "id", "name", "files"}`. The `id` is the page's own
    /// for the message, the same when it posts it again; `files` are ids that ``WebFiles`` has given out in this conversation.
    public func receive(_ request: WebhookRequest) async throws -> [InboundMessage] {
        guard let path = ChatPath(request.path), path.resource == .messages else {
            throw ChannelError(
                .notFound,
                "Messages are posted to /v1/sessions/{id}/messages, where {id} is 16 to 64 letters, digits and hyphens."
            )
        }
        // A browser sends this type across origins only after asking, so no foreign page can post in a visitor's name.
        guard request.header("content-type")?.lowercased().hasPrefix("application/json") == true else {
            throw ChannelError(.malformed, "The content type must be application/json.")
        }
        let body: MessageBody
        do {
            body = try JSONDecoder().decode(MessageBody.self, from: Data(request.body))
        } catch {
            throw ChannelError(.malformed, "The body must be JSON: {\"text\": \"…\", \"id\": \"…\"}.")
        }
        if let id = body.id, id.isEmpty || id.utf8.count > 200 {
            throw ChannelError(.malformed, "\"id\" must have 1 to 200 bytes.")
        }
        if let name = body.name, name.utf8.count > 200 {
            throw ChannelError(.malformed, "\"name\" must have at most 200 bytes.")
        }
        let thread = path.thread
        return [
            InboundMessage(
                channel: id, channelKind: kind, thread: thread,
                // The page's ids are unique within its conversation only.
                providerID: body.id.map { "\(thread)/\($0)" },
                sender: ContactHandle(customID: thread.rawValue, name: body.name, isVerified: false),
                text: UnredactedText(body.text), attachments: try await attachments(body.files ?? [], of: thread))
        ]
    }

    private func attachments(_ ids: [String], of thread: ThreadID) async throws -> [InboundAttachment] {
        if ids.isEmpty { return [] }
        guard let files, ids.count <= Self.filesPerMessage else {
            throw ChannelError(.malformed, "\"files\" may name \(files == nil ? 0 : Self.filesPerMessage) files.")
        }
        var attachments: [InboundAttachment] = []
        for id in ids {
            // Somebody else's file, and one that never was, are the same to whoever asks.
            guard WebFileLocation.isID(id), let file = try await files.find(id, thread) else {
                throw ChannelError(.malformed, "\"files\" names a file that was not sent in this conversation.")
            }
            attachments.append(
                InboundAttachment(
                    name: UnredactedText(file.name), mediaType: file.mediaType, byteCount: file.byteCount,
                    place: WebFileLocation.place(of: id)))
        }
        return attachments
    }

    /// How many files a message may have.
    static let filesPerMessage = 5

    /// 202 and where the message went.
    public func acknowledgement(of request: WebhookRequest, accepted: [AcceptedMessage]) -> WebhookResponse {
        guard let message = accepted.first else { return WebhookResponse(status: 202) }
        return .json(
            [
                "session": .string(message.session.rawValue), "ticket": .integer(Int64(message.ticket.rawValue)),
                "sequence": .integer(Int64(message.sequence)), "message": .string(message.message.rawValue),
            ], status: 202)
    }

    /// Does nothing: the page fetches what the store holds.
    public func send(_ message: OutboundMessage) async throws -> DeliveryReceipt {
        DeliveryReceipt()
    }

    /// Hands the piece on to those who read its conversation.
    public func show(_ piece: ReplyPiece) {
        replies.show(piece)
    }

    /// The replies of a conversation while they grow in this process, from now on; they end when the reading task is cancelled.
    /// A message that was shown this way comes once more with the conversation's messages, under the same `id`.
    public func growingReplies(in thread: ThreadID) -> ReplyBroadcast.Pieces {
        replies.pieces(in: thread)
    }

    private struct MessageBody: Decodable {
        var text: String
        var id: String?
        var name: String?
        var files: [String]?
    }
}
