import Dispatch
import FoundationEssentials
import Glibc
import OpenCXCore
import OpenCXSQLite
import OpenCXTesting
import Testing

@Suite struct CrashTests {
    @Test func `a process that is killed while it writes has every message it acknowledged`() async throws {
        let directory = try TemporaryDirectory()
        let path = directory.path
        await #expect(processExitsWith: .signal(SIGKILL)) { [path = path as String] in
            let store = try SQLiteStore(path: path + "/store.sqlite")
            // Every acknowledgement goes to a file at once, so that it outlives the process.
            let acknowledged = open(path + "/acknowledged", O_WRONLY | O_CREAT | O_APPEND, 0o600)
            await withTaskGroup { group in
                for worker in 0..<32 {
                    group.addTask {
                        for index in 0..<1000 {
                            let number = worker * 1000 + index
                            guard case .accepted = try? await store.accept(intake(number)) else { continue }
                            let line = Array("\(number)\n".utf8)
                            _ = write(acknowledged, line, line.count)
                            if number % 1000 == 40 + worker { kill(getpid(), SIGKILL) }
                        }
                    }
                }
            }
        }
        let lines = String(decoding: try readFile(path + "/acknowledged"), as: UTF8.self).split(separator: "\n")
        let numbers = lines.compactMap { Int($0) }
        #expect(numbers.count > 500)
        let log = try readFile(directory.store + "-wal")
        let main = try readFile(directory.store)

        let store = try SQLiteStore(path: directory.store)
        for number in numbers {
            let session = try #require(try await store.session(SessionID("session-\(number)")))
            #expect(try await store.history(session.id, after: 0, limit: 9).count == session.lastSequence)
            #expect(try await store.contact(session.contact) != nil)
        }
        let tickets = try await store.sessions(.all, limit: .max).map(\.ticket.rawValue).sorted()
        #expect(tickets == Array(1001..<(1001 + tickets.count)))
        #expect(tickets.count >= numbers.count)
        await store.close()

        // Power failure: only a part of the log reached the disk. What is left is whole.
        for share in 0..<10 {
            let torn = directory.path + "/torn-\(share).sqlite"
            try writeFile(main, to: torn)
            try writeFile(Array(log.prefix(log.count * share / 10 + 13)), to: torn + "-wal")
            let store = try SQLiteStore(path: torn)
            let sessions = try await store.sessions(.all, limit: .max)
            #expect(sessions.map(\.ticket.rawValue).sorted() == Array(1001..<(1001 + sessions.count)))
            for session in sessions {
                #expect(try await store.history(session.id, after: 0, limit: 9).count == session.lastSequence)
            }
            await store.close()
        }
    }
}
