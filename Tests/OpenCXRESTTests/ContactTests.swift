import OpenCXCore
import OpenCXREST
import OpenCXTesting
import Testing

@Suite struct ContactTests {
    private func add(_ site: Site, _ contact: JSONValue) async throws -> Answered {
        try await site.send("POST", "/contacts", ["contact": contact])
    }

    @Test func `a contact is added, found, changed and forgotten`() async throws {
        let site = try await Site()
        let made = try await add(
            site,
            ["email": "Kim@Example.com", "phone": "+49 170 1234567", "name": "Kim", "custom_data": ["plan": "pro"]])
        #expect(made.status == 201 && made["email"] == "kim@example.com" && made["phone_number"] == "+491701234567")
        #expect(made["is_verified"] == true && made["custom_data"] == ["plan": "pro"])
        let path = "/contacts/\(made["id"].string ?? "")"
        #expect(made.header("location") == path)
        #expect(try await site.send("GET", path).json == made.json)

        let changed = try await site.send(
            "PATCH", path, ["contact": ["name": "Kim Lee", "phone": .null, "custom_data": ["plan": "", "seats": "3"]]])
        #expect(changed.status == 200 && changed["name"] == "Kim Lee" && changed["phone_number"] == .null)
        #expect(changed["email"] == "kim@example.com" && changed["custom_data"] == ["seats": "3"])
        #expect(try await site.send("PATCH", path, ["contact": [:]]).json == changed.json)

        // Who writes with this address is this contact.
        let session = try await site.receive("Hello", customer: "kim").session
        #expect(try await site.send("GET", "/chat/sessions/\(session)").json.at("contact.id") == made["id"])

        let gone = try await site.send("DELETE", path)
        #expect(gone.status == 200 && gone["sessions"].texts.isEmpty)
        #expect(gone.json.at("sessions") != [])
        #expect(try await site.send("GET", path).status == 404)
        #expect(try await site.send("DELETE", path).status == 404)
        #expect(try await site.send("PATCH", path, ["contact": ["name": "x"]]).status == 404)
        #expect(try await site.send("GET", "/chat/sessions/\(session)").status == 404)
    }

    @Test func `a contact is somebody, and nobody else`() async throws {
        let site = try await Site()
        #expect(try await add(site, ["name": "Kim"]).status == 400)
        #expect(try await add(site, [:]).status == 400)
        let kim = try await add(site, ["email": "kim@example.com"])
        #expect(kim.status == 201)
        // The same address is the same contact; what is new is added.
        let again = try await add(site, ["email": "KIM@example.com", "name": "Kim"])
        #expect(again.status == 200 && again["id"] == kim["id"] && again["name"] == "Kim")
        let lee = try await add(site, ["custom_id": "lee"])
        #expect(lee.status == 201)
        let path = "/contacts/\(lee["id"].string ?? "")"
        let taken = try await site.send("PATCH", path, ["contact": ["email": "kim@example.com"]])
        #expect(taken.status == 409 && !taken.message.contains("kim"))
        #expect(try await site.send("PATCH", path, ["contact": ["custom_id": "other"]]).status == 400)
        let empty = try await site.send(
            "PATCH", "/contacts/\(kim["id"].string ?? "")", ["contact": ["email": .null]])
        #expect(empty.status == 409)
        let long = try await add(
            site, ["custom_id": "x", "custom_data": ["a": .string(String(repeating: "ä", count: 2000))]])
        #expect(long.status == 422)
    }

    @Test func `contacts are listed page by page`() async throws {
        let site = try await Site()
        for count in 1...7 {
            #expect(try await add(site, ["custom_id": .string("c\(count)")]).status == 201)
        }
        var seen: [String] = []
        var path = "/contacts?limit=3"
        while true {
            let page = try await site.send("GET", path)
            seen += page.items.compactMap { $0["custom_id"]?.string }
            guard let next = page["next"].string else { break }
            path = "/contacts?limit=3&cursor=" + next
        }
        #expect(seen.sorted() == (1...7).map { "c\($0)" })
    }

    @Test func `a session is opened for a contact, and holds a conversation`() async throws {
        let site = try await Site()
        try await site.running {
            let contact = try await add(site, ["email": "kim@example.com"])["id"]
            let opened = try await site.send(
                "POST", "/chat/sessions", ["contact_id": contact, "channel": ["type": "api"]])
            #expect(opened.status == 201 && opened.json.at("channel.type") == "api" && opened["status"] == "open")
            let id = opened["id"].string ?? ""
            #expect(opened.header("location") == "/chat/sessions/\(id)")
            let body: JSONValue = ["sender": "contact", "message": ["type": "text", "text": "Do you ship to Spain?"]]
            let answer = try await site.send("POST", "/chat/sessions/\(id)/send", body)
            #expect(answer["data"].at("autopilotResponse.value.content") == "Yes, we do.")
            #expect(answer["data"].at("session.id") == opened["id"])
            #expect(answer["data"].at("session.contact.id") == contact)
            let another = try await site.send(
                "POST", "/chat/sessions", ["contact_id": contact, "channel": ["type": "api"]])
            #expect(another["id"] != opened["id"])
            #expect(try await site.send("GET", "/chat/sessions?contact_id=\(contact.string ?? "")").items.count == 2)
        }
        let none = try await site.send(
            "POST", "/chat/sessions", ["contact_id": "none", "channel": ["type": "api"]])
        #expect(none.status == 404)
        let web = try await site.send(
            "POST", "/chat/sessions", ["contact_id": "none", "channel": ["type": "web"]])
        #expect(web.status == 400)
    }
}
