/// One linear model for each class, against all others: support vectors, found by dual coordinate descent (Hsieh et al. 2008,
/// the method of LIBLINEAR). Training goes over the rows in an order of its own, so that it comes out alike each time.
struct LinearModel: Sendable {
    let classCount: Int
    /// By feature, then class.
    private let weights: [Float]
    private let biases: [Float]

    /// Trains a model.
    ///
    /// - Parameters:
    ///   - rows: the examples, all of about the same length.
    ///   - classes: the class of each example; `nil` for one that belongs to none.
    ///   - featureCount: how many features there are.
    ///   - cost: what an example on the wrong side costs; more of it fits the examples more closely.
    init(rows: [SparseVector], classes: [Int?], classCount: Int, featureCount: Int, cost: Float = 2) {
        self.classCount = classCount
        var weights = [Float](repeating: 0, count: featureCount * classCount)
        var biases = [Float](repeating: 0, count: classCount)
        let packed = PackedRows(rows)
        for index in 0..<classCount {
            let (learned, bias) = packed.train(
                isPositive: classes.map { $0 == index }, featureCount: featureCount, cost: cost, seed: UInt64(index))
            for feature in learned.indices where learned[feature] != 0 {
                weights[feature * classCount + index] = learned[feature]
            }
            biases[index] = bias
        }
        self.weights = weights
        self.biases = biases
    }

    /// How much speaks for each class.
    func margins(_ vector: SparseVector) -> [Float] {
        var margins = biases
        let classCount = classCount
        weights.withUnsafeBufferPointer { weights in
            margins.withUnsafeMutableBufferPointer { margins in
                for (place, value) in zip(vector.places, vector.values) {
                    let start = Int(place) * classCount
                    for index in 0..<classCount { margins[index] += value * weights[start + index] }
                }
            }
        }
        return margins
    }
}

/// Rows one after the other, the way the inner loop wants them.
private struct PackedRows {
    private var starts: [Int] = [0]
    private var places: [Int32] = []
    private var values: [Float] = []
    private var squares: [Float] = []

    init(_ rows: [SparseVector]) {
        for row in rows {
            places += row.places
            values += row.values
            starts.append(places.count)
            squares.append(row.values.reduce(1) { $0 + $1 * $1 })
        }
    }

    /// At most this many times over all rows.
    private static let roundLimit = 60

    func train(isPositive: [Bool], featureCount: Int, cost: Float, seed: UInt64) -> (weights: [Float], bias: Float) {
        var weights = [Float](repeating: 0, count: featureCount)
        var bias: Float = 0
        var alphas = [Float](repeating: 0, count: squares.count)
        var active = Array(squares.indices)
        var random = seed &+ 0x9E37_79B9_7F4A_7C15
        let diagonal = 0.5 / cost
        var bound = Float.infinity
        weights.withUnsafeMutableBufferPointer { weights in
            for round in 0..<Self.roundLimit {
                // Fisher and Yates, with a small generator of its own.
                for place in stride(from: active.count - 1, to: 0, by: -1) {
                    random = random &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                    active.swapAt(place, Int((random >> 33) % UInt64(place + 1)))
                }
                var most: Float = 0
                var kept: [Int] = []
                kept.reserveCapacity(active.count)
                for row in active {
                    let sign: Float = isPositive[row] ? 1 : -1
                    var dot = bias
                    for place in starts[row]..<starts[row + 1] { dot += values[place] * weights[Int(places[place])] }
                    let gradient = sign * dot - 1 + diagonal * alphas[row]
                    // Far on the right side already: most rows of other classes are, and are left alone from then on.
                    if alphas[row] == 0, gradient > bound { continue }
                    kept.append(row)
                    let projected = alphas[row] == 0 ? min(gradient, 0) : gradient
                    most = max(most, abs(projected))
                    if abs(projected) < 1e-6 { continue }
                    let alpha = max(alphas[row] - gradient / (squares[row] + diagonal), 0)
                    let change = (alpha - alphas[row]) * sign
                    alphas[row] = alpha
                    for place in starts[row]..<starts[row + 1] { weights[Int(places[place])] += change * values[place] }
                    bias += change
                }
                active = kept
                bound = round == 0 ? .infinity : max(most, 0.01)
                if most < 0.1 {
                    if active.count == squares.count || bound == .infinity { break }
                    // Once more over all, to see whether those left alone still are where they were.
                    if round > Self.roundLimit - 3 { break }
                    active = Array(squares.indices)
                    bound = .infinity
                    if round > 20 { break }
                }
            }
        }
        return (weights, bias)
    }
}
