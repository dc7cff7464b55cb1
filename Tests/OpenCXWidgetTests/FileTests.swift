import Foundation
import Glibc
import OpenCXCore
import Testing

@testable import OpenCXWidget

/// What is taken as a file, and where it is kept.
@Suite struct FileTests {
    static let known: [(String, [UInt8], String)] = [
        ("a.png", [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0], "image/png"),
        ("photo.JPG", [0xFF, 0xD8, 0xFF, 0xE0], "image/jpeg"), ("a.gif", Array("GIF89a".utf8), "image/gif"),
        ("a.webp", Array("RIFF".utf8) + [1, 2, 3, 4] + Array("WEBPVP8 ".utf8), "image/webp"),
        ("a.pdf", Array("%PDF-1.7\n".utf8), "application/pdf"),
        ("a.xls", [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1], "application/vnd.ms-excel"),
        (
            "a.xlsx", [0x50, 0x4B, 0x03, 0x04] + [UInt8](repeating: 0, count: 26) + Array("[Content_Types].xml".utf8),
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        ),
        ("a.mp4", [0, 0, 0, 24] + Array("ftypisom".utf8), "video/mp4"),
        ("a.csv", Array("a;b\n1;ü\n".utf8), "text/csv"), ("a.b.txt", Array("hello".utf8), "text/plain"),
        // The bytes count, not the name.
        ("a.txt", Array("GIF89a".utf8), "image/gif"), ("a.html", [0xFF, 0xD8, 0xFF, 0xE0], "image/jpeg"),
    ]

    @Test(arguments: known)
    func `a file is what its bytes are`(name: String, bytes: [UInt8], type: String) {
        #expect(FileKind.of(bytes[...], named: name, among: FileKind.all)?.mediaType == type)
    }

    static let unknown: [(String, [UInt8])] = [
        ("a.png", Array("<script>alert(1)</script>".utf8)), ("a.html", Array("<p>hello</p>".utf8)),
        ("a.svg", Array("<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>".utf8)),
        ("a.exe", Array("MZ".utf8) + [0, 1]), ("a", Array("text".utf8)), ("a.txt", [0x61, 0x00, 0x62]),
        ("a.txt", [0xFF, 0xFE, 0x61, 0x62]), ("a.csv", []), ("a.zip", [0x50, 0x4B, 0x03, 0x04, 0, 0]),
        ("a.xlsx", [0x50, 0x4B, 0x03, 0x04] + [UInt8](repeating: 0, count: 26) + Array("evil.exe".utf8)),
        ("a.js", Array("alert(1)".utf8)), ("a.jpg", [0xFF, 0xD8]),
    ]

    @Test(arguments: unknown)
    func `other kinds are none`(name: String, bytes: [UInt8]) {
        #expect(FileKind.of(bytes[...], named: name, among: FileKind.all) == nil)
    }

    @Test(arguments: [
        ("a.png", "a.png"), ("../../etc/passwd", "passwd"), ("C:\\fakepath\\bill.pdf", "bill.pdf"), ("", "file"),
        ("..", "file"), ("a\u{0}b\r\nc.txt", "abc.txt"), ("exe.\u{202E}gpj", "exe.gpj"),
        ("Rechnung März.pdf", "Rechnung März.pdf"),
    ])
    func `a name is a name and no path`(given: String, kept: String) {
        #expect(FileName.kept(of: given) == kept)
        let long = FileName.kept(of: String(repeating: "x", count: 500) + ".pdf")
        #expect(long.count == FileName.limit && long.hasSuffix(".pdf"))
    }

    @Test func `a file is kept, found by its name alone, and removed`() async throws {
        let folder = TemporaryFolder()
        let store = FolderFileStore(directory: folder.path)
        let file = Self.file("hello")
        let id = try await store.add(file)
        #expect(try await store.file(id) == file)
        #expect(try await FolderFileStore(directory: folder.path).record(id) == file.record)
        let attributes = try FileManager.default.attributesOfItem(atPath: "\(folder.path)/\(id)")
        #expect((attributes[.posixPermissions] as? NSNumber)?.intValue == 0o600)
        try await store.remove(id)
        try await store.remove(id)
        #expect(try await store.file(id) == nil)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
    }

    @Test func `no name leads out of the folder`() async throws {
        let folder = TemporaryFolder()
        let inner = folder.path + "/uploads"
        let store = FolderFileStore(directory: inner)
        _ = try await store.add(Self.file("hello"))
        try Data("secret".utf8).write(to: URL(filePath: folder.path + "/secret"))
        try JSONEncoder().encode(Self.file("secret").record).write(to: URL(filePath: folder.path + "/secret.json"))
        let names: [FileID] = [
            "../secret", "..%2Fsecret", "", ".", "..", "/etc/passwd", "a", FileID(String(repeating: "../", count: 16)),
            FileID(String(repeating: "a", count: 48) + "/"), FileID(String(repeating: "A", count: 48)),
        ]
        for name in names {
            #expect(try await store.file(name) == nil, "\(name)")
            #expect(try await store.record(name) == nil, "\(name)")
            try await store.remove(name)
        }
        #expect(FileManager.default.fileExists(atPath: folder.path + "/secret"))
    }

    @Test func `a link leads nowhere`() async throws {
        let folder = TemporaryFolder()
        let store = FolderFileStore(directory: folder.path + "/uploads")
        let id = try await store.add(Self.file("hello"))
        let path = "\(folder.path)/uploads/\(id)"
        try Data("secret".utf8).write(to: URL(filePath: folder.path + "/secret"))
        for ending in ["", ".json"] {
            let file = try Data(contentsOf: URL(filePath: path + ending))
            try FileManager.default.removeItem(atPath: path + ending)
            try FileManager.default.createSymbolicLink(
                atPath: path + ending, withDestinationPath: folder.path + "/secret")
            #expect(try await store.file(id) == nil, "\(ending)")
            try FileManager.default.removeItem(atPath: path + ending)
            try file.write(to: URL(filePath: path + ending))
        }
        #expect(try await store.file(id) != nil)
    }

    @Test func `what a process that died has left is removed in time`() async throws {
        let folder = TemporaryFolder()
        let store = FolderFileStore(directory: folder.path)
        let whole = try await store.add(Self.file("hello", at: 5000))
        let names = [String(repeating: "a", count: 48), String(repeating: "b", count: 48) + ".json", "notes"]
        for name in names { try Data("{".utf8).write(to: URL(filePath: "\(folder.path)/\(name)")) }
        func left() throws -> Set<String> { Set(try FileManager.default.contentsOfDirectory(atPath: folder.path)) }
        _ = try await store.removeFiles(before: Timestamp(milliseconds: 1000))
        #expect(try left() == Set(names + ["\(whole)", "\(whole).json"]), "they are new")
        for name in names {
            try FileManager.default.setAttributes(
                [.modificationDate: Date(timeIntervalSince1970: 1)], ofItemAtPath: "\(folder.path)/\(name)")
        }
        #expect(try await store.removeFiles(before: Timestamp(milliseconds: 2000)) == 0)
        #expect(try left() == ["\(whole)", "\(whole).json", "notes"], "what is not its own is left alone")
    }

    @Test func `a folder that cannot be written to is said, and leaves nothing behind`() async throws {
        let folder = TemporaryFolder()
        try Data().write(to: URL(filePath: folder.path + "/file"))
        for directory in ["/file", "/file/uploads"] {
            let store = FolderFileStore(directory: folder.path + directory)
            let error = await #expect(throws: FileStoreError.self) { try await store.add(Self.file("hello")) }
            #expect(error?.code == .unavailable)
            #expect(error?.description.contains("written") == true && error?.description.contains(folder.path) == false)
        }
    }

    /// A disk that takes only so much, in a process of its own.
    @Test func `a file that does not fit on the disk leaves nothing behind`() async {
        await #expect(processExitsWith: .success) {
            signal(SIGXFSZ, SIG_IGN)
            var limit = rlimit(rlim_cur: 4096, rlim_max: 4096)
            guard setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit) == 0 else { exit(1) }
            let folder = TemporaryFolder()
            let store = FolderFileStore(directory: folder.path, capacityPerOwner: 8000)
            do {
                _ = try await store.add(FileTests.file(String(repeating: "x", count: 5000)))
                exit(2)
            } catch is FileStoreError {
                let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
                guard names.isEmpty else { exit(3) }
            }
            // What was not kept takes no room.
            for _ in 0..<2 { _ = try await store.add(FileTests.file(String(repeating: "x", count: 4000))) }
        }
    }

    @Test func `there is a bound for each visitor and for all, also after a restart`() async throws {
        let folder = TemporaryFolder()
        let store = FolderFileStore(directory: folder.path, capacity: 20, capacityPerOwner: 10)
        let first = try await store.add(Self.file("12345", owner: "a"))
        _ = try await store.add(Self.file("12345", owner: "a"))
        await #expect(throws: FileStoreError.self) { try await store.add(Self.file("1", owner: "a")) }
        _ = try await store.add(Self.file("1234567890", owner: "b"))
        await #expect(throws: FileStoreError.self) { try await store.add(Self.file("1", owner: "c")) }
        let again = FolderFileStore(directory: folder.path, capacity: 20, capacityPerOwner: 10)
        await #expect(throws: FileStoreError.self) { try await again.add(Self.file("1", owner: "c")) }
        try await again.remove(first)
        _ = try await again.add(Self.file("1", owner: "a"))
    }

    @Test func `old files go`() async throws {
        let folder = TemporaryFolder()
        let store = FolderFileStore(directory: folder.path)
        let old = try await store.add(Self.file("old", at: 1000))
        let new = try await store.add(Self.file("new", at: 2000))
        #expect(try await store.removeFiles(before: Timestamp(milliseconds: 2000)) == 1)
        #expect(try await store.record(old) == nil)
        #expect(try await store.record(new) != nil)
    }

    fileprivate static func file(_ text: String, owner: String = "a", at time: Int64 = 1) -> UploadedFile {
        UploadedFile(
            record: UploadedFile.Record(
                name: "a.txt", mediaType: "text/plain", byteCount: text.utf8.count, owner: owner,
                at: Timestamp(milliseconds: time)), bytes: Array(text.utf8))
    }
}

/// A folder that goes with the test.
final class TemporaryFolder: Sendable {
    let path: String

    init() {
        path = FileManager.default.temporaryDirectory.path + "/opencx-widget-\(UUID().uuidString)"
        try? FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }
}
