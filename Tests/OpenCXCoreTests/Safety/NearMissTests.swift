import OpenCXCore
import Testing

/// What looks like personal data and is none.
struct NearMissTests {
    @Test(arguments: [
        // Order numbers, tracking numbers, invoices, product codes.
        "Order 112-4821933-7710245 has not shipped yet.", "order 48213 and order #48214", "invoice INV-2024-9121021",
        "tracking number 1Z9060247858003401", "tracking 7712 3456 7890", "SKU 34181687774023, quantity 1",
        "RMA-2207, FH-10423",
        "case 00123456 is still open", "ticket 4821345678", "my order number is 4155550132", "ISBN 978-3-16-148410-0",
        "EAN 4006381333931", "part no. AB-1234-56", "serial number C02XG2JHJG5H", "meeting ID 812 3456 7890",
        // Versions and machines.
        "version 115.3.1", "Thunderbird 91.0.3.1 crashes", "version 10.0.19045.4046", "error 0x80070057",
        "port 993 and 587",
        "Error 0x86635590 appears since version 18.24.8, port 993.", "Chrome 109.0.5414.120",
        "std::vector<int>::size()",
        "12:34:56", "aspect ratio 16:9", "commit 3f2a9c1d7b",
        // Amounts and dates.
        "it cost 1.234.567,89 EUR", "$1,299.00 or 1 234 567 EUR", "I was charged 43.99 on 2024-01-11",
        "01.02.2026 12:00",
        "It is 10:47 and the meeting was 8/18/2024.", "from 2024-01-15 to 2024-02-15", "since 1977", "1700000000",
        "50% off, 24/7",
        "20 x 30 x 40 cm", "2-4 weeks", "5 – 7 days", "4,815,162,342 views",
        // Codes that would be a card's number without what is before them.
        "parcel AB-4532015112830366", "https://x.example/orders/4532015112830366", "FH-4532 0151",
        // Check digits that are wrong.
        "4532015112830367",
        "4111 1111 1111 1112", "DE88370400440532013000", "DE89 3704 0044 0532 0130 01",
        "44051401358",
        "85.07.30-033.29", "12345678A", "529.982.247-26", "666-12-3456", "000-12-3456", "123-00-4567", "192.168.1.256",
        "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNb",
        // Words.
        "look at this dot on the map", "meet me at the shop", "one two three, testing", "my password is wrong",
        "the password is not accepted", "I forgot my password", "my pin does not work", "reset password: click here",
        "@fernhill on social media", "5 @ 3 EUR", "a 5 star road trip", "100 percent drive",
        "my phone is an iPhone 12 Pro",
        "I called 3 times in 2024", "call me tomorrow at 10:30", "two weeks, three days and four hours", "née Smith",
        "one for you and two for me", "seven of nine", "please change my address", "what is your phone number?",
        "the driver version is 31.0.15", "a 12 month plan", "page 3 of 10", "my card expires 12/27",
    ])
    func `stays as it is`(text: String) async throws {
        #expect(try await RedactedKindsTests.redact(text) == text)
    }
}
