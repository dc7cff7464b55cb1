internal import OpenCXCore

/// The bytes of an index: a name, a version, a length, a sum, and the shards.
enum IndexSnapshot {
    private static let name: [UInt8] = Array("OCXINDEX".utf8)
    /// Changes with the format and with the analysis of text, for terms of another analysis would never match.
    private static let version: UInt32 = 1
    private static let headerLength = 28

    static func bytes(of state: IndexState) -> [UInt8] {
        var payload = ByteWriter()
        let segments = state.shards.compactMap { shard in shard.compacted().map { (shard.language, $0) } }
        payload.write(count: segments.count)
        for (language, segment) in segments {
            payload.write(language)
            segment.write(to: &payload)
        }
        var writer = ByteWriter()
        writer.write(version)
        writer.write(UInt64(payload.bytes.count))
        writer.write(Checksum.of(payload.bytes[...]))
        return name + writer.bytes + payload.bytes
    }

    static func state(
        from bytes: [UInt8], parameters: RankingParameters
    ) throws(SearchSnapshotError) -> IndexState {
        guard bytes.starts(with: name.prefix(bytes.count)) else {
            throw SearchSnapshotError(.notASnapshot, "The bytes are not a snapshot of a search index.")
        }
        guard bytes.count >= headerLength else { throw .truncated }
        var header = ByteReader(bytes[name.count..<headerLength])
        let version = try header.number()
        guard version == Self.version else {
            throw SearchSnapshotError(
                .unsupportedVersion, "The snapshot of the search index has version \(version), not \(Self.version).")
        }
        let payload = bytes[headerLength...]
        let length = try header.longNumber()
        guard length <= UInt64(payload.count) else { throw .truncated }
        guard length == UInt64(payload.count), Checksum.of(payload) == (try header.longNumber()) else {
            throw .corrupted
        }
        var reader = ByteReader(payload)
        var segments: [(language: String, segment: Segment)] = []
        for _ in 0..<(try reader.count(of: 1)) {
            let language = try reader.text()
            segments.append((language, try Segment.read(from: &reader)))
        }
        let ids = segments.flatMap { $0.segment.entries.map(\.id) }
        guard reader.isAtEnd, Set(ids).count == ids.count,
            Set(segments.map(\.language)).count == segments.count
        else { throw .corrupted }
        return IndexState(parameters: parameters, segments: segments)
    }
}

extension SearchIndex {
    /// The index as bytes: what to write to a file, so that the next start need not read all articles again.
    ///
    /// Holds the articles' text, so it deserves the same care as the store.
    public func snapshot() -> [UInt8] {
        IndexSnapshot.bytes(of: snapshotOfState())
    }

    /// The index that ``snapshot()`` wrote.
    ///
    /// - Throws: ``SearchSnapshotError`` when the bytes are damaged, cut off, or of another release's format.
    public convenience init(snapshot: [UInt8]) throws(SearchSnapshotError) {
        self.init(try IndexSnapshot.state(from: snapshot, parameters: RankingParameters()))
    }
}
