#if canImport(Darwin)
    internal import Darwin
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Glibc
#endif

/// Why a file was not read, in words that complete "The file …".
struct FileProblem: Error {
    enum Reason { case missing, forbidden, notAFile, tooLarge, system }
    var reason: Reason
    var message: String

    fileprivate init(_ reason: Reason, _ message: String) {
        self.reason = reason
        self.message = message
    }

    fileprivate init(code: Int32) {
        switch code {
        case ENOENT, ENOTDIR: self.init(.missing, "does not exist")
        case EACCES, EPERM:
            self.init(.forbidden, "may not be read by the user that runs this process; give that user the right to")
        case ELOOP: self.init(.notAFile, "is a symbolic link that leads nowhere; replace it by the file itself")
        default: self.init(.system, "cannot be read: \(String(cString: strerror(code)))")
        }
    }
}

/// Reading whole files, and nothing else: no link is followed in the last step, and no device or pipe is ever read.
enum FileReading {
    /// What a path leads to.
    enum Kind { case file, folder, link, other }

    /// What lies at the path itself, without following a link there.
    static func kind(of path: String) throws(FileProblem) -> Kind {
        var status = stat()
        if lstat(path, &status) != 0 { throw FileProblem(code: errno) }
        switch status.st_mode & S_IFMT {
        case S_IFREG: return .file
        case S_IFDIR: return .folder
        case S_IFLNK: return .link
        default: return .other
        }
    }

    /// The path with every link resolved.
    static func resolved(_ path: String) throws(FileProblem) -> String {
        guard let resolved = realpath(path, nil) else { throw FileProblem(code: errno) }
        defer { free(resolved) }
        return String(cString: resolved)
    }

    /// The bytes of a regular file.
    ///
    /// - Parameters:
    ///   - prefix: reads no more than these bytes of it, when given; `limit` does not count then.
    static func bytes(of path: String, limit: Int, prefix: Int? = nil) throws(FileProblem) -> [UInt8] {
        // Without O_NONBLOCK, opening a named pipe waits for a writer.
        let file = open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
        if file < 0 { throw FileProblem(code: errno) }
        defer { close(file) }
        var status = stat()
        if fstat(file, &status) != 0 { throw FileProblem(code: errno) }
        guard status.st_mode & S_IFMT == S_IFREG else {
            throw FileProblem(.notAFile, "is not a regular file; replace it by one")
        }
        // The file may grow while it is read, so the limit counts what is read.
        let most = prefix ?? limit + 1
        var bytes: [UInt8] = []
        bytes.reserveCapacity(min(most, max(0, Int(status.st_size))))
        while bytes.count < most {
            let count = try append(to: &bytes, from: file, atMost: min(1 << 16, most - bytes.count))
            if count == 0 { break }
        }
        if prefix == nil, bytes.count > limit {
            throw FileProblem(.tooLarge, "is larger than \(limit) bytes; split it into several articles")
        }
        return bytes
    }

    private static func append(to bytes: inout [UInt8], from file: Int32, atMost size: Int) throws(FileProblem) -> Int {
        var code: Int32 = 0
        let chunk = [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
            var result = read(file, buffer.baseAddress, size)
            while result < 0, errno == EINTR { result = read(file, buffer.baseAddress, size) }
            code = result < 0 ? errno : 0
            count = max(0, result)
        }
        if code != 0 { throw FileProblem(code: code) }
        bytes += chunk
        return chunk.count
    }
}
