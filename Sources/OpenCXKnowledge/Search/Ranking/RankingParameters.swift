/// The numbers that the ranking hangs on.
///
/// Found on four public sets of questions (a forum, two product manuals, a bank's procedures) and chosen where the figures are
/// flat: none of them is worth more than a point or two by itself.
struct RankingParameters: Sendable {
    /// How much an occurrence in the title counts, against one in the text.
    var titleWeight: Float = 2
    /// How much an occurrence in a heading counts, against one in the text.
    var headingWeight: Float = 1
    /// How far the length of titles and headings is evened out.
    var titleLength: Float = 0.5
    /// How far the length of texts is evened out.
    var bodyLength: Float = 0.75
    /// How slowly further occurrences of a term stop to count (BM25's k1).
    var saturation: Float = 3
    /// The same for the words of the question (BM25's k3): who repeats a word means it.
    var questionSaturation: Float = 12
    /// How much two neighbouring words of the question count, found as neighbours, against a word.
    var pairShare: Float = 0.3
    /// How much the article as a whole counts, against the passage.
    var articleShare: Float = 1
    /// How much more an article counts all words of whose title the question speaks of.
    var titleBoost: Float = 0.4
    /// In a question with as many terms, half of `titleBoost` is left: long questions hold a title's words by chance.
    var titleBoostTerms: Float = 200
    /// What a term counts that the question misspells, by the number of wrong letters.
    var misspellingShares: [Float] = [1, 0.7, 0.5]
    /// What a word of small talk counts, see ``SmallTalk``.
    var smallTalkShare: Float = 0.5
    /// What a synonym of a term counts.
    var synonymShare: Float = 0.5
    /// What the second, third, … passage of one article counts: its score divided by its rank in the article.
    var passagesPerArticle = 3
}
