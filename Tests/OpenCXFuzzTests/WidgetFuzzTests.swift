import Testing

@testable import OpenCXCore
@testable import OpenCXWidget

/// What the chat widget, or somebody in its place, sends.
@Suite struct WidgetFuzzTests {
    @Test func `a form with files is read or refused, and what is read lies in the body`() {
        let fuzz = Fuzz(
            [
                "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.csv\"\r\nContent-Type: text/csv\r\n\r\n"
                    + "a,b\r\n1,2\r\n--b--\r\n",
                "--b\r\nContent-Disposition: form-data; name=\"x\"\r\n\r\ny\r\n--b\r\ncontent-disposition: form-data; name=file; "
                    + "filename=\"\\\"\"\r\n\r\n\r\n--b--",
            ],
            tokens: ["--b", "\r\n--b", "--b--", "--", "\r\n\r\n", "filename=", "name=\"", ";", "form-data", "\\\""])
        fuzz.run { bytes, _ in
            guard let parts = try? Multipart.parts(of: bytes, contentType: "multipart/form-data; boundary=b") else {
                return
            }
            if parts.count > Multipart.partLimit || parts.reduce(0, { $0 + $1.body.count }) > bytes.count {
                throw Fuzz.Wrong("more was read than there is")
            }
            for part in parts {
                let name = FileName.kept(of: part.fileName ?? "")
                if name.isEmpty || name.contains("/") || name.contains("\\") || name.count > FileName.limit + 12 {
                    throw Fuzz.Wrong("\(name.count) characters are no name")
                }
            }
        }
    }

    @Test func `a content type is read whatever it is`() {
        let fuzz = Fuzz(
            ["multipart/form-data; boundary=\"a;b\"; x=y", "text/csv;charset=utf-8"],
            tokens: ["boundary=", ";", "\"", "\\", "=", ";;", "boundary=\"\""])
        fuzz.run { bytes, _ in
            let text = String(decoding: bytes, as: UTF8.self)
            _ = HeaderValue(text)
            _ = try? Multipart.parts(of: Array("--b\r\n".utf8), contentType: text)
        }
    }

    @Test func `no token but the right one is good`() throws {
        let tokens = try ContactTokens(key: Secret("0123456789abcdef0123456789abcdef"))
        let now = Timestamp(milliseconds: 1_700_000_000_000)
        let token = try tokens.issue(for: ContactHandle(customID: "42", isVerified: true), at: now)
        let fuzz = Fuzz([token], tokens: [".", "..", "=", "-", "_", "eyJhbGciOiJub25lIn0", "+", "/"])
        fuzz.run { bytes, _ in
            let text = String(decoding: bytes, as: UTF8.self)
            if text != token, tokens.visitor(text, at: now) != nil { throw Fuzz.Wrong("another token is good") }
        }
    }

    @Test func `a message of the widget is read or refused`() {
        let fuzz = Fuzz(
            [
                #"{"uuid":"00000000-0000-4000-8000-000000000001","content":"Hi","session_id":"s","bot_token":"t","#
                    + #""attachments":[{"id":"1","url":"u"}],"custom_data":{"a":1},"language":"de","initial_messages":["#
                    + #"{"uuid":"00000000-0000-4000-8000-000000000002","content":"Hello"}]}"#
            ],
            tokens: ["null", "{}", "[]", "\"uuid\":", "\"content\":1", "true", "1e400", "\"language\":\"-\""])
        fuzz.run { bytes, _ in
            do {
                _ = try WidgetMessage(Fields(WebhookRequest(body: bytes)))
            } catch is WidgetProblem {}
        }
    }

    @Test func `a path leads somewhere or nowhere`() {
        let fuzz = Fuzz(
            ["/backend/widget/v2/poll/x", "/backend/widget/v5/chat/x/stream", "/backend/widget/v2/files/abc"],
            tokens: ["/", "//", "..", "v2", "v5", "chat", "stream", "files"])
        fuzz.run { bytes, _ in
            let path = String(decoding: bytes, as: UTF8.self)
            _ = WidgetRoute.methods(at: path)
            _ = FileLocation(url: path)
        }
    }
}
