import OpenCXCore
import OpenCXOpenAPI
import Testing

@testable import OpenCXHelpCenter

/// OpenAPI documents and articles.
@Suite struct DocumentTests {
    private static let yaml = """
        openapi: 3.1.0
        info: {title: T, version: "1"}
        servers: [{url: "https://api.example.com/{v}", variables: {v: {default: v2}}}]
        paths:
          /orders/{id}:
            parameters: [{$ref: "#/components/parameters/id"}]
            post:
              operationId: refund_order
              description: Refunds an order of the customer's.
              security: [{key: []}]
              requestBody:
                required: true
                content: {application/json: {schema: {$ref: "#/components/schemas/Refund"}}}
              responses: {"200": {description: ok}}
        components:
          parameters: {id: {name: id, in: path, required: true, schema: {type: string, pattern: "^[A-Z]+$"}}}
          securitySchemes: {key: {type: apiKey, in: header, name: X-Key}}
          schemas:
            Refund:
              type: object
              required: [amount]
              properties: {amount: {type: number}, to: {$ref: "#/components/schemas/Refund"}, note: {type: string}}
        """
    private static let json = """
        {"swagger":"2.0","info":{"title":"T","version":"1"},"host":"api.example.com","basePath":"/v1","schemes":["https"],
        "paths":{"/a/{b}":{"get":{"operationId":"get_something","description":"Gets something for the customer.",
        "parameters":[{"name":"b","in":"path","required":true,"type":"string"},{"name":"q","in":"query","type":"array",
        "items":{"type":"string"},"collectionFormat":"multi"},{"name":"body","in":"body","schema":{"type":"object"}}],
        "responses":{"200":{"description":"ok"}}}}}}
        """

    @Test func `an OpenAPI document becomes actions, or is refused with a place`() {
        let fuzz = Fuzz(
            [Self.yaml, Self.json],
            tokens: [
                "$ref: \"#/components/schemas/Refund\"", "$ref: \"#/paths/~1orders~1{id}\"", "\"$ref\":\"#\"",
                "allOf: [", "oneOf:", "{id}",
                "in: cookie", "in: header", "style: deepObject", "explode: true", "trace:", "http://",
                "file:///etc/passwd", "//x",
                "x-open-pinned: true", "type: [\"null\", object]", "nullable: true", "multipart/form-data", "&a", "*a",
                "3.0.0",
            ])
        var settings = OpenAPISettings(
            credentials: [:], derivesNames: true, bindings: [ActionBinding("note", to: .email)],
            limits: [ActionLimit("to.to.amount", maximum: 50)])
        settings.documentURL = "https://docs.example.com/api.yaml"
        fuzz.run { bytes, random in
            for settings in [OpenAPISettings(derivesNames: true), settings] {
                do throws(OpenAPIError) {
                    let imported = try OpenAPIImport(document: bytes, settings: settings)
                    for action in imported.actions {
                        if PlainWords.name(action.name) != action.name { throw OpenAPIError(.badName, "FUZZ") }
                        _ = action.inputSchema.serialized()
                    }
                } catch {
                    if error.message.isEmpty || error.message == "FUZZ" { throw Fuzz.Wrong("\(error)") }
                }
            }
        }
    }

    @Test func `an article is read, or refused with what to do`() {
        let fuzz = Fuzz(
            [
                "---\ntitle: T\ndescription: D\nlocale: en\nsegments: [a]\ndraft: true\n---\n\n# H\n\nText [l](./x.md) `c`.\n\n1. a\n2. b\n",
                "# Only a heading\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n> quote\n\n```\ncode\n```\n",
                "plain text, *no* front matter",
            ],
            tokens: [
                "---\n", "title:", "[", "](", "![", "<a ", "<!--", "```", "~~~", "|", "> ", "- ", "1. ", "# ",
                "####### ", "&amp;", "**", "_",
                "[x]: <", "\\", "http://", "\r",
            ])
        fuzz.run { bytes, _ in
            do throws(KnowledgeSourceError) {
                let text = try ArticleText(bytes, shownAs: "x.md")
                _ = text
            } catch {
                if error.description.isEmpty { throw Fuzz.Wrong("no message") }
            }
            let text = String(decoding: bytes, as: UTF8.self)
            _ = MarkdownHTML.renderHTML(text)
            _ = PlainText.of(text)
            let article = Article(
                id: "s/a", source: "s", title: "T", markdown: RedactedText(derived: text))
            let passages = article.passages()
            for (place, passage) in passages.enumerated() where passage.ordinal != place {
                throw Fuzz.Wrong("passages are not counted")
            }
        }
    }
}
