public import OpenCXCore

/// A folder of Markdown files as a help center: one file an article, one folder a topic.
///
/// ```markdown
/// ---
/// title: Return an item
/// description: How to send back what you don't want to keep.
/// ---
///
/// You can return most items within 60 days …
/// ```
///
/// The front matter and each of its keys may be left out:
///
/// | Key | Meaning | Without it |
/// | --- | --- | --- |
/// | `title` | the title | the first heading, else the file's name |
/// | `description` | what the article is for | empty |
/// | `locale` | the language, such as `en` or `pt-BR` | the end of the file's name (`refunds.de.md`), else the default |
/// | `topic` | the topic | the folder's name |
/// | `url` | the article's page | the base URL and the key, when there is a base URL |
/// | `draft` | `true` for articles that only the team may see | published |
/// | `segments` | who may see the article: a name or a list of names | everybody |
///
/// Other keys are ignored. Files end in `.md` or `.markdown` and hold UTF-8. Hidden files and folders are skipped; symbolic
/// links to files within the folder are followed, links to folders are not. Raw HTML, comments and images are left out of
/// articles, with the images' alternative texts kept; links to other articles become links to their pages.
public struct HelpCenterFolder: KnowledgeSource {
    /// Names the source.
    public let id: KnowledgeSourceID
    /// Where the folder is.
    public let path: String
    /// Where the folder is published, such as `https://help.example.com`; an article's page is this and its key.
    public let baseURL: String?
    /// The language of articles that do not say.
    public let defaultLocale: LanguageTag
    /// How much is accepted.
    public let limits: Limits

    /// How much is accepted; meant to stop a wrong path or a runaway export, not a large help center.
    public struct Limits: Sendable, Hashable {
        /// The size of an article's file, in bytes.
        public var fileSize: Int
        /// The number of articles.
        public var fileCount: Int
        /// How deep folders may be nested.
        public var folderDepth: Int

        /// Sets limits.
        public init(fileSize: Int = 1 << 20, fileCount: Int = 50_000, folderDepth: Int = 32) {
            self.fileSize = fileSize
            self.fileCount = fileCount
            self.folderDepth = folderDepth
        }
    }

    /// Names a folder; nothing is read yet.
    ///
    /// - Parameters:
    ///   - id: names the source.
    ///   - path: where the folder is.
    ///   - baseURL: where the folder is published; without it, articles have no page unless their front matter says so, and
    ///     links between articles become plain text.
    ///   - defaultLocale: the language of articles that do not say.
    ///   - limits: how much is accepted.
    public init(
        id: KnowledgeSourceID, path: String, baseURL: String? = nil, defaultLocale: LanguageTag = "en",
        limits: Limits = Limits()
    ) {
        self.id = id
        self.path = path
        self.baseURL = baseURL
        self.defaultLocale = defaultLocale
        self.limits = limits
    }

    /// Every article in the folder.
    ///
    /// Files that cannot be read, are too large or hold no UTF-8 are among the failures. What is wrong inside of a file
    /// comes up when it is fetched, for a listing parses nothing.
    ///
    /// - Throws: ``/OpenCXCore/KnowledgeSourceError`` when the folder or a folder in it cannot be listed.
    @concurrent
    public func list() async throws -> KnowledgeListing {
        let root = try HelpCenterRoot(path: path, limits: limits)
        let walk = try FolderWalk(root, limits: limits)
        var listing = KnowledgeListing(revisions: [:], failures: walk.failures)
        var digests: [String: ArticleDigest] = [:]
        for (key, file) in walk.files {
            try Task.checkCancellation()
            do throws(KnowledgeSourceError) {
                let bytes = try root.bytes(of: file)
                try ArticleText.check(bytes, shownAs: root.shown(file))
                digests[key] = ArticleDigest(bytes, key: key)
            } catch {
                // What is not there was deleted since the walk.
                if error.code != .notFound { listing.failures[key] = error }
            }
        }
        for (key, digest) in digests {
            listing.revisions[key] = digest.revision(settings: settings) { target in
                digests[target]?.frontMatter ?? LinkTargets.digest(of: target, in: root)
            }
        }
        return listing
    }

    /// One article.
    ///
    /// - Throws: ``/OpenCXCore/KnowledgeSourceError`` with the file, the line and what to do, when it cannot be read or
    ///   understood.
    @concurrent
    public func article(_ key: String) async throws -> SourceArticle {
        let root = try HelpCenterRoot(path: path, limits: limits)
        let file = try root.file(of: key)
        let bytes = try root.bytes(of: file)
        let text = try ArticleText(bytes, shownAs: root.shown(file))
        let digest = ArticleDigest(bytes, key: key)
        let targets = LinkTargets(digest.targets, in: root)
        return try text.article(
            key: key, defaultLocale: defaultLocale, address: PublishedAddress(baseURL), targets: targets,
            revision: digest.revision(settings: settings) { targets.digest(of: $0) })
    }

    /// What decides, besides the files, how articles come out.
    private var settings: [String] {
        [ArticleText.version, PublishedAddress(baseURL).base ?? "", defaultLocale.rawValue]
    }
}
