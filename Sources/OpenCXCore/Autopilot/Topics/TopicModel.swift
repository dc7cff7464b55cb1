/// What was learned from topics' examples: which topic a message is about, and whether it is about any of them.
///
/// A linear model for each topic and one for "something else"; what they say, together with how much of the message's words is
/// known, becomes a probability by a logistic regression that was fitted on examples the models had not seen.
struct TopicModel: Sendable {
    let names: [String]
    private let space: FeatureSpace
    private let dense: Int
    private let model: LinearModel
    private let scope: ScopeModel

    /// Learns the topics.
    ///
    /// - Parameters:
    ///   - names: the topics.
    ///   - examples: texts that are about a topic, by its place in `names`, or about none (`nil`).
    ///   - embeddings: a vector for each example, where there is a model that makes them.
    init(names: [String], examples: [Example], embeddings: [[Float]]? = nil) {
        self.names = names
        let features = examples.map { TextFeatures($0.text) }
        let space = FeatureSpace(features, limit: Self.featureLimit(topics: names.count))
        let dense = embeddings?.first?.count ?? 0
        let rows = features.indices.map { place in
            Self.row(features[place], embeddings?[place], in: space)
        }
        self.space = space
        self.dense = dense
        // "Something else" is a class like any other, the last one.
        let classes = examples.map { $0.topic ?? names.count }
        let training = Training(
            rows: rows, words: features.map(space.words), classes: classes, topicCount: names.count,
            featureCount: space.count + dense)
        model = training.model(of: Array(rows.indices))
        scope = training.scope()
    }

    struct Example: Sendable {
        var text: String
        var topic: Int?
    }

    /// The topic that fits best, and how likely the message is about it or another of the list.
    func match(_ text: TextFeatures, embedding: [Float]? = nil) -> TopicMatch? {
        let row = Self.row(text, dense == 0 ? nil : embedding, in: space)
        guard !row.places.isEmpty else { return nil }
        let view = ScopeView(model.margins(row), coverage: space.coverage(text), topicCount: names.count)
        return TopicMatch(topic: names[view.best], score: scope.probability(view))
    }

    private static func row(_ text: TextFeatures, _ embedding: [Float]?, in space: FeatureSpace) -> SparseVector {
        var row = space.vector(text)
        if let embedding {
            let square = embedding.reduce(0) { $0 + $1 * $1 }
            let factor = square > 0 ? 1 / square.squareRoot() : 0
            row.append(embedding.map { $0 * factor }, from: space.count)
        }
        return row
    }

    /// At most 32 MB of weights.
    private static func featureLimit(topics: Int) -> Int { min(65_536, 8_000_000 / (topics + 1)) }
}

/// What a linear model says of a message, as far as it tells whether the message is about any topic.
struct ScopeView: Equatable {
    var best: Int
    var values: [Double]

    init(_ margins: [Float], coverage: Double, topicCount: Int) {
        best = 0
        var second = -Float.infinity
        for index in 1..<max(1, topicCount) {
            if margins[index] > margins[best] {
                second = margins[best]
                best = index
            } else if margins[index] > second {
                second = margins[index]
            }
        }
        let lead = second.isFinite ? margins[best] - second : 1
        values = [Double(margins[best]), coverage, Double(margins[topicCount]), Double(min(lead, 1))]
    }
}

/// A logistic regression over a ``ScopeView``.
struct ScopeModel: Sendable {
    var weights: [Double] = [4, 2, -2, 0]
    var bias = -1.0

    func probability(_ view: ScopeView) -> Double { Elementary.logistic(score(view)) }

    func score(_ view: ScopeView) -> Double {
        zip(weights, view.values).reduce(bias) { $0 + $1.0 * $1.1 }
    }

    /// Fits the weights on standardized values; each side counts alike, however many it has.
    static func fit(_ inside: [ScopeView], _ outside: [(view: ScopeView, weight: Double)]) -> ScopeModel {
        let total = outside.reduce(0) { $0 + $1.weight }
        guard inside.count >= 4, total > 0 else { return ScopeModel() }
        var rows: [Row] = inside.map { Row(values: $0.values, target: 1, weight: 0.5 / Double(inside.count)) }
        rows += outside.map { Row(values: $0.view.values, target: 0, weight: 0.5 * $0.weight / total) }
        let width = inside[0].values.count
        var means = [Double](repeating: 0, count: width)
        var deviations = [Double](repeating: 0, count: width)
        for k in 0..<width {
            for row in rows { means[k] += row.weight * row.values[k] }
            for row in rows {
                let distance = row.values[k] - means[k]
                deviations[k] += row.weight * distance * distance
            }
            deviations[k] = max(1e-3, deviations[k].squareRoot())
            for row in rows.indices { rows[row].values[k] = (rows[row].values[k] - means[k]) / deviations[k] }
        }
        let (weights, bias) = descend(rows, width)
        var model = ScopeModel(weights: weights, bias: bias)
        for k in 0..<width {
            model.weights[k] = weights[k] / deviations[k]
            model.bias -= model.weights[k] * means[k]
        }
        // Few examples make a model that is too strict with what it has not seen: nine in ten of them have to get through.
        let scores = inside.map(model.score).sorted()
        model.bias -= min(0, scores[scores.count / 10])
        return model
    }

    private struct Row {
        var values: [Double]
        var target: Double
        var weight: Double
    }

    /// Gradient descent; a little weight decay keeps sides that do not overlap finite.
    private static func descend(_ rows: [Row], _ width: Int) -> (weights: [Double], bias: Double) {
        var weights = [Double](repeating: 0, count: width)
        var bias = 0.0
        for _ in 0..<400 {
            var slope = weights.map { 0.001 * $0 }
            var biasSlope = 0.0
            for row in rows {
                var score = bias
                for k in 0..<width { score += weights[k] * row.values[k] }
                let error = row.weight * (Elementary.logistic(score) - row.target)
                for k in 0..<width { slope[k] += error * row.values[k] }
                biasSlope += error
            }
            for k in 0..<width { weights[k] -= 2 * slope[k] }
            bias -= 2 * biasSlope
        }
        return (weights, bias)
    }
}
