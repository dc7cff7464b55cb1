import OpenCXCore
import Testing

/// Who turns out to be one person, and what is known of them then.
@Suite struct ContactMergeTests {
    private func contact(
        _ id: ContactID, email: String? = nil, phone: String? = nil, customID: String? = nil, at: Int64 = 0,
        isVerified: Bool = true
    ) -> Contact {
        Contact(
            id: id, email: email, phone: phone, customID: customID, isVerified: isVerified,
            createdAt: Timestamp(milliseconds: at))
    }

    private let handle = ContactHandle(email: "a@example.com", phone: "+1", isVerified: true)

    @Test func `what both know is kept, and what the one that stays knows comes first`() throws {
        var stays = contact("a", email: "a@example.com", at: 5)
        stays.attributes = ["plan": "pro"]
        stays.silencedChannels = ["sms"]
        var goes = contact("b", phone: "+1", customID: "7", at: 2)
        goes.name = "Ann"
        goes.attributes = ["plan": "free", "city": "Rome"]
        goes.silencedChannels = ["email"]
        goes.formerIDs = ["z"]
        let merge = try #require(ContactMerge(handle, completing: stays, among: [stays, goes]))
        #expect(merge.absorbed == ["b"])
        let contact = merge.contact
        #expect(contact.attributes == ["plan": "pro", "city": "Rome"])
        #expect(contact.silencedChannels == ["email", "sms"])
        #expect(contact.name == "Ann" && contact.customID == "7" && contact.phone == "+1")
        #expect(contact.formerIDs == ["b", "z"])
        #expect(contact.createdAt == Timestamp(milliseconds: 2))
        for id: ContactID in ["a", "b", "z"] { #expect(contact.isNamed(id)) }
        #expect(!contact.isNamed("c"))
    }

    @Test func `nobody is joined for whom nothing new speaks, or something speaks against it`() {
        let stays = contact("a", email: "a@example.com")
        let other = contact("b", phone: "+1")
        let claimed = ContactHandle(email: "a@example.com", phone: "+1", isVerified: false)
        #expect(ContactMerge(claimed, completing: stays, among: [other]) == nil)
        #expect(ContactMerge(handle, completing: contact("a", customID: "d", isVerified: false), among: [other]) == nil)
        // It had the number before.
        #expect(
            ContactMerge(handle, completing: contact("a", email: "a@example.com", phone: "+1"), among: [other]) == nil)
        let strangers = [
            contact("b", phone: "+1", isVerified: false), contact("b", phone: "+2"),
            contact("b", email: "b@example.com", phone: "+1"),
        ]
        for stranger in strangers { #expect(ContactMerge(handle, completing: stays, among: [stranger]) == nil) }
        // Two customers answer to the number, so it tells of neither, nor of the third who has only that.
        let shared = [
            contact("b", phone: "+1", customID: "1"), contact("c", phone: "+1", customID: "2"),
            contact("d", phone: "+1"),
        ]
        #expect(ContactMerge(handle, completing: stays, among: shared) == nil)
    }

    @Test func `several are joined at once, those seen first first`() throws {
        let stays = contact("a", email: "a@example.com")
        let others = [contact("c", phone: "+1", customID: "7", at: 9), contact("b", phone: "+1", at: 1)]
        let merge = try #require(ContactMerge(handle, completing: stays, among: others))
        #expect(merge.absorbed == ["b", "c"])
    }
}
