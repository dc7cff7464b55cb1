internal import FoundationEssentials
internal import OpenCXCore

/// The folder itself: turns keys into files, and never leaves it.
struct HelpCenterRoot {
    /// The path as it was configured, for messages.
    let path: String
    private let resolved: String
    private let limits: HelpCenterFolder.Limits

    /// Opens the folder.
    ///
    /// - Throws: ``KnowledgeSourceError`` when there is no such folder.
    init(path: String, limits: HelpCenterFolder.Limits) throws(KnowledgeSourceError) {
        self.path = path
        self.limits = limits
        do {
            resolved = try FileReading.resolved(path)
            guard try FileReading.kind(of: resolved) == .folder else {
                throw KnowledgeSourceError(
                    .unreachable,
                    "The help center \"\(path)\" is not a folder. Set the path to the folder that holds the articles.")
            }
        } catch let problem as FileProblem {
            throw KnowledgeSourceError(
                .unreachable,
                "The help center folder \"\(path)\" \(problem.message). Set the path to the folder that holds the "
                    + "articles.")
        } catch let error as KnowledgeSourceError {
            throw error
        } catch {
            throw KnowledgeSourceError(.unreachable, "The help center folder \"\(path)\" cannot be opened.")
        }
    }

    /// A path below the folder, as the file system takes it.
    func full(_ relative: String) -> String {
        relative.isEmpty ? resolved : "\(resolved)/\(relative)"
    }

    /// A path below the folder, as the team knows it.
    func shown(_ relative: String) -> String {
        if relative.isEmpty { return path }
        return path.hasSuffix("/") ? path + relative : "\(path)/\(relative)"
    }

    /// The names in a folder, in an order that does not depend on the machine.
    func names(in folder: String) throws(KnowledgeSourceError) -> [String] {
        do {
            return try FileManager.default.contentsOfDirectory(atPath: full(folder)).sorted { a, b in
                a.utf8.lexicographicallyPrecedes(b.utf8)
            }
        } catch {
            throw KnowledgeSourceError(
                .unreachable,
                "The help center's folder \"\(shown(folder))\" cannot be listed. Give the user that runs this process the "
                    + "right to read and enter it.")
        }
    }

    /// The file of an article.
    ///
    /// - Throws: ``KnowledgeSourceError``, `notFound` when there is none.
    func file(of key: String) throws(KnowledgeSourceError) -> String {
        guard ArticleFile.isKey(key) else {
            throw KnowledgeSourceError(
                .notFound,
                "\(key.quoted()) names no article. A key is a path below the folder without .md, such as "
                    + "returns/refunds.")
        }
        let found = ArticleFile.extensions.map { key + $0 }.filter { path in
            (try? FileReading.kind(of: full(path))) != nil
        }
        guard let file = found.first else {
            throw KnowledgeSourceError(
                .notFound,
                "There is no article \"\(shown(key)).md\". It may have been renamed or deleted since the listing.")
        }
        guard found.count == 1 else {
            throw KnowledgeSourceError(
                .malformed,
                "\"\(shown(found[0]))\" and \"\(shown(found[1]))\" are the same article by name. Rename one of them.")
        }
        return file
    }

    /// The bytes of a file.
    ///
    /// - Parameter prefix: reads no more than these bytes of it, when given.
    func bytes(of file: String, prefix: Int? = nil) throws(KnowledgeSourceError) -> [UInt8] {
        do {
            let target = try FileReading.resolved(full(file))
            guard resolved == "/" || target.hasPrefix(resolved + "/") else {
                throw KnowledgeSourceError(
                    .malformed,
                    "The file \"\(shown(file))\" is a symbolic link that leads out of the folder. Replace it by the file "
                        + "itself.")
            }
            return try FileReading.bytes(of: target, limit: limits.fileSize, prefix: prefix)
        } catch let problem as FileProblem {
            if problem.reason == .missing, (try? FileReading.kind(of: full(file))) == .link {
                throw KnowledgeSourceError(
                    .malformed,
                    "The file \"\(shown(file))\" is a symbolic link that leads nowhere. Mend it or replace it by the "
                        + "file.")
            }
            throw error(problem, at: file)
        } catch let error as KnowledgeSourceError {
            throw error
        } catch {
            throw KnowledgeSourceError(.unreachable, "The file \"\(shown(file))\" cannot be read.")
        }
    }

    /// A file's problem as an error of the source.
    func error(_ problem: FileProblem, at file: String) -> KnowledgeSourceError {
        let code: KnowledgeSourceError.Code =
            switch problem.reason {
            case .missing: .notFound
            case .forbidden: .unauthorized
            case .notAFile: .malformed
            case .tooLarge: .tooLarge
            case .system: .unreachable
            }
        return KnowledgeSourceError(code, "The file \"\(shown(file))\" \(problem.message).")
    }
}
