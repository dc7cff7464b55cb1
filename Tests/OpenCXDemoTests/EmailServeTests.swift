import Foundation
import OpenCXCore
import Testing

/// `serve` with the key `email`: mails come in as a provider posts them, and answers go out by SMTP.
@Suite(.timeLimit(.minutes(2))) struct EmailServeTests {
    private let folder: TemporaryFolder
    private let catcher: MailCatcher
    private static let environment = ["MAIL_SECRET": "a secret of 16 bytes", "POSTMARK": "opensesame"]

    init() throws {
        catcher = try MailCatcher()
        folder = try TemporaryFolder([
            "config.json": """
            {"email": [{"addresses": ["help@fernhill.example"], "name": "Fernhill", "secret_variable": "MAIL_SECRET",
              "smtp": {"host": "127.0.0.1", "port": \(catcher.port), "security": "none"},
              "inbound": {"provider": "postmark", "password_variable": "POSTMARK"}}]}
            """
        ])
    }

    private func serve(_ environment: [String: String] = environment) throws -> DemoProcess {
        try DemoProcess(
            [
                "serve", "--port", "0", "--knowledge", Demo.examples + "/help-center", "--config",
                folder.path + "/config.json", "--data", folder.path + "/data",
            ], environment: environment)
    }

    private func post(
        _ text: String, id: String, headers: [String: String] = [:], file: Int = 0, password: String = "opensesame",
        to client: WebClient
    ) async throws -> Int {
        let more = (["Message-ID": "<\(id)>"].merging(headers) { $1 }).map { name, value -> JSONValue in
            ["Name": .string(name), "Value": .string(value)]
        }
        let files: [JSONValue] =
            file == 0
            ? []
            : [
                [
                    "Name": "photo.jpg", "ContentType": "image/jpeg", "ContentID": "",
                    "Content": .string(Data(repeating: 7, count: file).base64EncodedString()),
                ]
            ]
        let body: JSONValue = [
            "FromFull": ["Email": "ada@example.com", "Name": "Ada"],
            "ToFull": [["Email": "help@fernhill.example", "Name": ""]], "Subject": "A parcel",
            "MessageID": .string(id), "Date": "Mon, 3 May 2021 10:04:05 +0000", "TextBody": .string(text),
            "HtmlBody": "", "Headers": .array(more), "Attachments": .array(files),
        ]
        let key = Data("opencx:\(password)".utf8).base64EncodedString()
        return try await client.request(
            "POST", "/hooks/email", headers: [("Content-Type", "application/json"), ("Authorization", "Basic \(key)")],
            body: body.serialized()
        ).status
    }

    /// The answer to a mail, once it is there.
    private func answer(to id: String) async throws -> String {
        try await until(within: 30, "\(id) is answered") {
            catcher.mails.first { $0.contains("In-Reply-To: <\(id)>") }
        }
    }

    @Test func `mails are answered by mail, across a restart, each once`() async throws {
        let process = try serve()
        let client = WebClient(port: try await process.port())
        #expect(process.output.contains("e-mail         help@fernhill.example"))
        #expect(try await post("How do I return an item?", id: "m1@x", password: "wrong", to: client) == 401)
        #expect(try await client.request("POST", "/hooks/other", headers: []).status == 404)
        #expect(try await post("How do I return an item?", id: "m1@x", to: client) == 200)
        let answer = try await answer(to: "m1@x")
        #expect(answer.contains("From: Fernhill <help@fernhill.example>") && answer.contains("To: ada@example.com"))
        #expect(answer.contains("Auto-Submitted: auto-replied") && answer.contains("Subject: Re: A parcel ["))
        #expect(try await post("How do I return an item?", id: "m1@x", to: client) == 200, "the provider tries again")
        #expect(
            try await post("I am away", id: "m2@x", headers: ["Auto-Submitted": "auto-replied"], to: client) == 200)
        try await process.cut()

        let again = try serve()
        let second = WebClient(port: try await again.port())
        #expect(
            try await post(
                "How long does delivery take?", id: "m3@x", headers: ["References": "<m1@x>"], file: 8 << 20, to: second
            )
                == 200)
        _ = try await self.answer(to: "m3@x")
        again.send(SIGTERM)
        #expect(try await again.end() == 0)
        #expect(!again.errors.contains("E-mail"), "\(again.errors)")
        #expect(catcher.mails.count == 2)
        let inbox = try await Demo.run("inbox", "list", "--all", "--data", folder.path + "/data")
        #expect(inbox.output.contains("#1001") && !inbox.output.contains("#1002"))
    }

    @Test(arguments: ["MAIL_SECRET", "POSTMARK"])
    func `without its secrets it does not start, and says which is missing`(variable: String) async throws {
        var environment = Self.environment
        environment[variable] = ""
        let process = try serve(environment)
        #expect(try await process.end() == 1)
        #expect(process.errors.contains("\(variable) is not set"), "\(process.errors)")
    }

    @Test func `a mailbox that cannot be reached is told of, and the rest goes on`() async throws {
        let config = try folder.write(
            "imap.json",
            """
            {"email": [{"addresses": ["help@fernhill.example"], "secret_variable": "MAIL_SECRET",
              "smtp": {"host": "127.0.0.1", "port": \(catcher.port), "security": "none"},
              "imap": {"host": "127.0.0.1", "port": 1, "security": "none", "user": "help", "password_variable": "POSTMARK"}}]}
            """)
        let process = try DemoProcess(
            ["serve", "--port", "0", "--config", config, "--data", "none"], environment: Self.environment)
        let client = WebClient(port: try await process.port())
        try await until(within: 20, "the mailbox's trouble is told") {
            process.errors.contains("E-mail channel \"email\": The mail server cannot be reached.") ? true : nil
        }
        #expect(try await client.get(path: "/healthz").status == 200)
        #expect(try await client.request("POST", "/hooks/email", headers: []).status == 404)
        process.send(SIGTERM)
        #expect(try await process.end(within: 60) == 0)
        #expect(!process.errors.contains("opensesame"))
    }
}
