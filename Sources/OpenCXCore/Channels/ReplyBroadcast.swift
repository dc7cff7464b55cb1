/// Hands pieces of growing replies to whoever reads their conversation in this process: what a ``StreamingChannel`` may keep.
///
/// A slow reader loses nothing that matters and holds up nobody: text that it has not read yet becomes one piece, and a reply that
/// was taken back before it was read is not shown at all.
public final class ReplyBroadcast: Sendable {
    private let readers = Locked<[ThreadID: [WeakReader]]>([:])

    private struct WeakReader: Sendable {
        weak let reader: Reader?
    }

    /// Makes a place that nobody reads yet.
    public init() {}

    /// Hands a piece on to those who read its conversation.
    public func show(_ piece: ReplyPiece) {
        let all = readers.withLock { $0[piece.thread] } ?? []
        for weak in all { weak.reader?.add(piece) }
    }

    /// The pieces of a conversation from now on. They end when the task that reads them is cancelled.
    public func pieces(in thread: ThreadID) -> Pieces {
        let reader = Reader()
        readers.withLock { readers in
            readers[thread, default: []].append(WeakReader(reader: reader))
            // Those who have gone leave nothing behind but this.
            if readers.count & (readers.count - 1) == 0 || readers[thread, default: []].count > 8 {
                readers = readers.compactMapValues { all in
                    let left = all.filter { $0.reader != nil }
                    return left.isEmpty ? nil : left
                }
            }
        }
        return Pieces(reader: reader)
    }

    /// Pieces as they come. To be read by one task.
    public struct Pieces: AsyncSequence, Sendable {
        fileprivate let reader: Reader

        /// Reads them.
        public func makeAsyncIterator() -> Iterator { Iterator(reader: reader) }

        /// Reads pieces.
        public struct Iterator: AsyncIteratorProtocol {
            fileprivate let reader: Reader

            /// The next piece; `nil` once the task is cancelled.
            public mutating func next() async -> ReplyPiece? { await reader.next() }

            /// The next piece; `nil` once the task is cancelled.
            public mutating func next(isolation actor: isolated (any Actor)?) async -> ReplyPiece? {
                await reader.next()
            }
        }
    }

    fileprivate final class Reader: Sendable {
        private let waiting = Locked(UnreadPieces())
        private let signal = Signal()

        func add(_ piece: ReplyPiece) {
            waiting.withLock { $0.add(piece) }
            signal.raise()
        }

        func next() async -> ReplyPiece? {
            while !Task.isCancelled {
                if let piece = waiting.withLock({ $0.take() }) { return piece }
                await signal.wait()
            }
            return nil
        }
    }
}

/// What a reader has not read yet, in few pieces however many came.
struct UnreadPieces {
    private(set) var pieces: [ReplyPiece] = []
    /// The ends of more replies than this are of no use to anybody who shows a conversation.
    static let limit = 16

    mutating func add(_ piece: ReplyPiece) {
        switch piece.content {
        case .began:
            dropText(of: piece.session)
            pieces.append(piece)
        case .grew(let more):
            guard let last = pieces.lastIndex(where: { $0.session == piece.session }),
                let longer = pieces[last].adding(more)
            else { return pieces.append(piece) }
            pieces[last] = longer
        case .committed:
            pieces.append(piece)
        case .retracted:
            dropText(of: piece.session)
            pieces.append(piece)
        }
        if pieces.count > Self.limit { pieces.removeFirst(pieces.count - Self.limit) }
    }

    mutating func take() -> ReplyPiece? { pieces.isEmpty ? nil : pieces.removeFirst() }

    private mutating func dropText(of session: SessionID) {
        pieces.removeAll { $0.session == session && $0.isText }
    }
}

extension ReplyPiece {
    fileprivate var isText: Bool {
        switch content {
        case .began, .grew: true
        case .committed, .retracted: false
        }
    }

    /// The piece with more text at its end; `nil` for one that has none.
    fileprivate func adding(_ more: RedactedText) -> ReplyPiece? {
        var piece = self
        switch content {
        case .began(let text): piece.content = .began(text + more)
        case .grew(let text): piece.content = .grew(text + more)
        case .committed, .retracted: return nil
        }
        return piece
    }
}
