internal import OpenCXCore

/// Keeps the best articles seen so far: by score, then by id.
struct BestArticles {
    /// An article and its score.
    struct Candidate {
        var view: Int
        var article: Int
        var score: Float
        var id: ArticleID

        /// Whether it comes before another.
        func precedes(_ other: Candidate) -> Bool {
            score != other.score ? score > other.score : id < other.id
        }
    }

    private let limit: Int
    /// A heap with the worst in front.
    private var heap: [Candidate] = []

    init(limit: Int) {
        self.limit = limit
    }

    /// What an article must beat; `nil` while there is room.
    var threshold: Float? { heap.count < limit ? nil : heap.first?.score }

    /// Takes an article in, if it is good enough.
    mutating func offer(_ candidate: Candidate) {
        if heap.count < limit {
            heap.append(candidate)
            var place = heap.count - 1
            while place > 0, heap[(place - 1) / 2].precedes(heap[place]) {
                heap.swapAt(place, (place - 1) / 2)
                place = (place - 1) / 2
            }
        } else if candidate.precedes(heap[0]) {
            heap[0] = candidate
            sink()
        }
    }

    private mutating func sink() {
        var place = 0
        while true {
            var worst = place
            for child in [2 * place + 1, 2 * place + 2] where child < heap.count {
                if heap[worst].precedes(heap[child]) { worst = child }
            }
            if worst == place { return }
            heap.swapAt(place, worst)
            place = worst
        }
    }

    /// What is left, best first.
    func sorted() -> [Candidate] { heap.sorted { $0.precedes($1) } }
}

/// The smallest of the `limit` largest numbers.
struct SmallestOfLargest {
    private let limit: Int
    private var largest: [Float] = []

    init(_ limit: Int) {
        self.limit = max(limit, 1)
    }

    /// The smallest of the largest; `nil` while there are fewer.
    var value: Float? { largest.count < limit ? nil : largest.last }

    mutating func offer(_ number: Float) {
        if largest.count >= limit, let last = largest.last, number <= last { return }
        var low = 0
        var high = largest.count
        while low < high {
            let middle = (low + high) / 2
            if largest[middle] >= number { low = middle + 1 } else { high = middle }
        }
        largest.insert(number, at: low)
        if largest.count > limit { largest.removeLast() }
    }
}
