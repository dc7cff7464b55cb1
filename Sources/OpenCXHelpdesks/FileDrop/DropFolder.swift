internal import OpenCXCore

#if canImport(Darwin)
    internal import Darwin
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Glibc
#endif

/// The folder that files are dropped into: whole files or none.
struct DropFolder {
    let path: String

    /// Whether a file was dropped before: it is there, or in `done`.
    func holds(_ name: String) throws(HelpdeskError) -> Bool {
        for candidate in ["\(path)/\(name)", "\(path)/done/\(name)"] {
            var status = stat()
            if lstat(candidate, &status) == 0 { return true }
            if errno != ENOENT, errno != ENOTDIR { throw failure(errno) }
        }
        return false
    }

    /// Writes a file under a temporary name and renames it once its bytes are on the disk.
    func drop(_ bytes: [UInt8], as name: String) throws(HelpdeskError) {
        // Tries of several processes must not write into one another's file.
        let temporary = "\(path)/.\(name).\(UInt64.random(in: .min ... .max)).tmp"
        let file = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
        if file < 0 { throw failure(errno) }
        var code = Self.fill(file, with: bytes)
        if close(file) != 0, code == 0 { code = errno }
        if code == 0, rename(temporary, "\(path)/\(name)") != 0 { code = errno }
        if code != 0 {
            unlink(temporary)
            throw failure(code)
        }
        try makeRenameDurable()
    }

    /// The error number, or 0.
    private static func fill(_ file: Int32, with bytes: [UInt8]) -> Int32 {
        // A umask can only take away from the mode that the file was made with; a default ACL can add to it.
        if fchmod(file, 0o600) != 0 { return errno }
        let code = bytes.withUnsafeBytes { buffer -> Int32 in
            var rest = buffer
            while !rest.isEmpty {
                let count = write(file, rest.baseAddress, rest.count)
                if count < 0, errno == EINTR { continue }
                if count < 0 { return errno }
                rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(count))
            }
            return 0
        }
        if code != 0 { return code }
        return fsync(file) == 0 ? 0 : errno
    }

    /// Without this, a power failure can undo the rename although the receipt is stored.
    private func makeRenameDurable() throws(HelpdeskError) {
        let folder = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        if folder < 0 { throw failure(errno) }
        defer { close(folder) }
        // Some file systems cannot sync a folder, and say so with EINVAL: there is nothing more to be done on them.
        if fsync(folder) != 0, errno != EINVAL { throw failure(errno) }
    }

    private func failure(_ code: Int32) -> HelpdeskError {
        let reason = String(cString: strerror(code))
        switch code {
        case ENOENT, ENOTDIR:
            return HelpdeskError(
                .unavailable, "The folder for handoffs, \"\(path)\", does not exist. Create it or mount its volume.")
        case EACCES, EPERM, EROFS:
            return HelpdeskError(
                .unauthorized,
                "The folder for handoffs, \"\(path)\", may not be written to (\(reason)). Give the user that runs this "
                    + "process the right to read, write and enter it.")
        case ENOSPC, EDQUOT:
            return HelpdeskError(
                .unavailable, "There is no room for handoffs in \"\(path)\" (\(reason)). Free some space.")
        default:
            return HelpdeskError(
                .unavailable, "A handoff cannot be written to \"\(path)\": \(reason). Check the folder and its disk.")
        }
    }
}
