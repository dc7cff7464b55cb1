import OpenCXCore
import Testing

@testable import OpenCXTwilio

/// Twilio's own vectors: twilio-python, `tests/unit/test_request_validator.py`.
struct TwilioSignatureTests {
    private static let url = "https://mycompany.com/myapp.php?foo=1&bar=2"
    private static let form =
        "CallSid=CA1234567890ABCDE&Digits=1234&From=%2B14158675309&To=%2B18005551212&Caller=%2B14158675309"
    private let signature = TwilioSignature(token: Secret("12345"))

    @Test(arguments: [
        (url, form, "RSOYDt4T1cUTdK1PDd93/VVr8B8="),
        (url, "Sid=CA123&SidAccount=AC123&Digits=5678&Digits=1234&Digits=1234", "IK+Dwps556ElfBT0I3Rgjkr1wJU="),
        // Signed with the port or without, whatever Twilio was told to call.
        ("https://mycompany.com:443/myapp.php?foo=1&bar=2", form, "kvajT1Ptam85bY51eRf/AJRuM3w="),
        ("https://mycompany.com/myapp.php?foo=1&bar=2", form, "kvajT1Ptam85bY51eRf/AJRuM3w="),
        ("https://mycompany.com:443/myapp.php?foo=1&bar=2", form, "RSOYDt4T1cUTdK1PDd93/VVr8B8="),
        ("http://mycompany.com:80/myapp.php?foo=1&bar=2", form, "0ZXoZLH/DfblKGATFgpif+LLRf4="),
        ("http://mycompany.com/myapp.php?foo=1&bar=2", form, "0ZXoZLH/DfblKGATFgpif+LLRf4="),
        ("http://mycompany.com:1234/myapp.php?foo=1&bar=2", form, "Zmvh+3yNM1Phv2jhDCwEM3q5ebU="),
    ])
    func `what Twilio signs is taken`(url: String, body: String, given: String) {
        #expect(signature.isValid(given, url: url, form: FormFields(Array(body.utf8)), body: Array(body.utf8)))
    }

    @Test func `a body that is no form is bound by its digest`() {
        let body = Array(#"{"property": "value", "boolean": true}"#.utf8)
        let url = Self.url + "&bodySHA256=0a1ff7634d9ab3b95db5c9a2dfe9416e41502b283a80c7cf19632632f96e6620"
        let given = "a9nBmqA0ju/hNViExpshrM61xv4="
        #expect(signature.isValid(given, url: url, form: nil, body: body))
        #expect(!signature.isValid(given, url: url, form: nil, body: body + [32]))
        #expect(!signature.isValid(given, url: Self.url, form: nil, body: body))
    }

    @Test(arguments: [
        nil, "", "SSOYDt4T1cUTdK1PDd93/VVr8B8=", "RSOYDt4T1cUTdK1PDd93/VVr8B8", "not base64", "AAAA",
        "kvajT1Ptam85bY51eRf/AJRuM3w=, RSOYDt4T1cUTdK1PDd93/VVr8B8=",
    ])
    func `anything else is refused`(given: String?) {
        let body = Array(Self.form.utf8)
        #expect(!signature.isValid(given, url: Self.url, form: FormFields(body), body: body))
    }

    @Test func `a changed field, URL or token is refused`() {
        let given = "RSOYDt4T1cUTdK1PDd93/VVr8B8="
        let body = Array(Self.form.utf8)
        let changed = Array((Self.form + "&Extra=1").utf8)
        #expect(!signature.isValid(given, url: Self.url, form: FormFields(changed), body: changed))
        #expect(!signature.isValid(given, url: Self.url + "&x=1", form: FormFields(body), body: body))
        let other = TwilioSignature(token: Secret("12346"))
        #expect(!other.isValid(given, url: Self.url, form: FormFields(body), body: body))
    }
}
