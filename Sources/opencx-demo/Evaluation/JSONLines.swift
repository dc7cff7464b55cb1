internal import FoundationEssentials

/// A file with a JSON object in each line, plain or compressed with gzip.
enum JSONLines {
    static func read<Line: Decodable>(_ path: String, as _: Line.Type, expecting form: String) throws -> [Line] {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw Failure("\(path) cannot be read. Is the path right, and may you read the file?")
        }
        var bytes = Array(data)
        if bytes.starts(with: [0x1F, 0x8B]) {
            guard let plain = Gunzip.decompress(bytes, limit: 1 << 30) else {
                throw Failure("\(path) is damaged, or unpacks to more than 1 GB.")
            }
            bytes = plain
        }
        let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).enumerated()
        return try lines.compactMap { number, line -> Line? in
            if line.isEmpty || line.elementsEqual("\r".utf8) { return nil }
            do {
                return try JSONDecoder().decode(Line.self, from: Data(line))
            } catch {
                throw Failure("\(path), line \(number + 1): expected \(form).")
            }
        }
    }
}
