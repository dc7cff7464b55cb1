import OpenCXCore
import OpenCXHelpCenter
import Testing

@Suite struct FolderListingTests {
    @Test func `skips what is hidden or no article`() async throws {
        let folder = try TemporaryFolder([
            "a.md": "", "b/c/d.markdown": "", ".hidden.md": "", ".git/x.md": "", "image.png": "", "readme": "",
            "md": "",
        ])
        let listing = try await HelpCenterFolder(id: "h", path: folder.path).list()
        #expect(listing.revisions.keys.sorted() == ["a", "b/c/d"])
        #expect(listing.failures.isEmpty)
    }

    @Test func `a broken file fails alone`() async throws {
        let folder = try TemporaryFolder(["good.md": "Text.", "large.md": String(repeating: "x", count: 101)])
        try folder.write("latin.md", bytes: [0x67, 0xFC, 0x6E])
        try folder.write("nul.md", bytes: [0x61, 0, 0x62])
        try folder.write("folder.md/inner.md", "Text.")
        try folder.write("twice.md", "")
        try folder.write("twice.markdown", "")
        let source = HelpCenterFolder(id: "h", path: folder.path, limits: .init(fileSize: 100))
        let listing = try await source.list()
        #expect(listing.revisions.keys.sorted() == ["folder.md/inner", "good"])
        #expect(
            listing.failures.mapValues(\.code) == [
                "large": .tooLarge, "latin": .malformed, "nul": .malformed, "twice": .malformed,
            ])
        for (key, failure) in listing.failures {
            #expect(failure.message.contains("\(folder.path)/\(key)"))
            await #expect(throws: KnowledgeSourceError.self) { try await source.article(key) }
        }
    }

    @Test func `links stay within the folder`() async throws {
        let outside = try TemporaryFolder(["secret.md": "Secret.", "sub/x.md": "Secret."])
        let folder = try TemporaryFolder(["real.md": "Text.", "sub/y.md": "Text."])
        try folder.link("inside.md", to: "real.md")
        try folder.link("outside.md", to: "\(outside.path)/secret.md")
        try folder.link("dangling.md", to: "nowhere.md")
        try folder.link("circle.md", to: "circle.md")
        try folder.link("other", to: "\(outside.path)/sub")
        try folder.link("again", to: "sub")
        try folder.link("loop", to: ".")
        let source = HelpCenterFolder(id: "h", path: folder.path)
        let listing = try await source.list()
        #expect(listing.revisions.keys.sorted() == ["inside", "real", "sub/y"])
        #expect(
            listing.failures.mapValues(\.code) == [
                "outside": .malformed, "dangling": .malformed, "circle": .malformed,
            ])
        for key in [
            "outside", "other/x", "../\(outside.path.split(separator: "/").last ?? "")/secret", "/etc/passwd", ".", "",
        ] {
            await #expect(throws: KnowledgeSourceError.self) { try await source.article(key) }
        }
    }

    @Test func `a folder that is a link is fine`() async throws {
        let folder = try TemporaryFolder(["help/a.md": "Text."])
        try folder.link("current", to: "help")
        let listing = try await HelpCenterFolder(id: "h", path: "\(folder.path)/current").list()
        #expect(listing.revisions.count == 1)
    }

    @Test(arguments: ["missing", "file.md", "file.md/x"])
    func `a path that is no folder says so`(name: String) async throws {
        let folder = try TemporaryFolder(["file.md": ""])
        let path = "\(folder.path)/\(name)"
        let error = await #expect(throws: KnowledgeSourceError.self) {
            try await HelpCenterFolder(id: "h", path: path).list()
        }
        #expect(error?.code == .unreachable)
        #expect(error?.message.contains(path) == true)
        #expect(error?.message.contains("Set the path") == true)
    }

    @Test(arguments: [
        HelpCenterFolder.Limits(fileCount: 2), HelpCenterFolder.Limits(folderDepth: 1),
    ])
    func `a folder beyond the limits is refused as a whole`(limits: HelpCenterFolder.Limits) async throws {
        let folder = try TemporaryFolder(["a.md": "", "b.md": "", "c/d/e.md": ""])
        let source = HelpCenterFolder(id: "h", path: folder.path, limits: limits)
        let error = await #expect(throws: KnowledgeSourceError.self) { try await source.list() }
        #expect(error?.code == .tooLarge)
    }

    @Test(.enabled(if: !isRoot)) func `what may not be read is reported`() async throws {
        let folder = try TemporaryFolder(["a.md": "", "b.md": "", "c/d.md": ""])
        let source = HelpCenterFolder(id: "h", path: folder.path)
        try folder.setMode(0, of: "a.md")
        #expect(try await source.list().failures["a"]?.code == .unauthorized)
        try folder.setMode(0, of: "c")
        // Leaving its articles out would look as if they had been removed.
        let error = await #expect(throws: KnowledgeSourceError.self) { try await source.list() }
        #expect(error?.code == .unreachable)
        try folder.setMode(0o700, of: "c")
    }
}
