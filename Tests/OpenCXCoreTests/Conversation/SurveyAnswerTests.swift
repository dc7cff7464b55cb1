import Testing

@testable import OpenCXCore

/// What counts as a rating, and what as a message like any other.
@Suite struct SurveyAnswerTests {
    @Test(arguments: [
        ("5", 5, nil), (" 4 \n", 4, nil), ("4/5", 4, nil), ("4 / 5", 4, nil), ("five", 5, nil), ("Five!", 5, nil),
        ("⭐⭐⭐⭐", 4, nil), ("★★★☆☆", 3, nil), ("⭐️ ⭐️", 2, nil), ("5️⃣", 5, nil), ("３", 3, nil), ("٤", 4, nil),
        ("3 out of 5", 3, nil), ("3 von 5", 3, nil), ("fünf", 5, nil), ("5 stars", 5, nil), ("2 Sterne", 2, nil),
        ("5.", 5, nil), ("1!", 1, nil), ("5, thanks", 5, "thanks"), ("5 - quick help", 5, "quick help"),
        ("4/5 took long", 4, "took long"), ("⭐⭐⭐ so so", 3, "so so"), ("5\nGreat service", 5, "Great service"),
        ("5 great service", 5, "great service"), ("1: nobody called", 1, "nobody called"), ("5 Danke!", 5, "Danke!"),
        ("4 – good, but slow", 4, "good, but slow"),
    ])
    func `a plain rating is read, with a word on it`(text: String, score: Int, comment: String?) {
        #expect(SurveyAnswer(text) == SurveyAnswer(score: score, comment: comment))
    }

    @Test(arguments: [
        "", " ", "7", "0", "-1", "6", "10", "55", "5.5", "4,5", "8/10", "4/10", "4/55", "⭐⭐⭐⭐⭐⭐", "★★★★☆☆", "six",
        "good", "thanks",
        "5-pack", "5. Juni", "2 items are missing", "5, 6 and 7 are missing", "5, but where is my refund?",
        "one more thing", "I give it a 5", "5 boxes arrived broken", "order 5", "½", "5%", "#5", "5th", "V",
        "5 great boxes, where are they?",
    ])
    func `anything else is no rating`(text: String) {
        #expect(SurveyAnswer(text) == nil)
    }
}
