internal import OpenCXCore

/// Keeps the best articles of a shard seen so far: by score, then by id.
struct BestArticles {
    /// An article and its score. Small, for a heap moves it about; its id is looked up when scores are equal, which is seldom.
    struct Candidate {
        var view: Int
        var article: Int
        var score: Float
    }

    private let limit: Int
    /// A heap with the worst in front.
    private var heap: [Candidate] = []
    private let shard: Shard

    init(limit: Int, in shard: Shard) {
        self.limit = limit
        self.shard = shard
        // A limit may be anything.
        heap.reserveCapacity(min(limit, 64))
    }

    /// Takes an article in, if it is good enough.
    @inline(__always)
    mutating func offer(_ candidate: Candidate) {
        // As nearly always.
        if heap.count == limit, candidate.score < heap[0].score { return }
        take(candidate)
    }

    private mutating func take(_ candidate: Candidate) {
        if heap.count < limit {
            heap.append(candidate)
            var place = heap.count - 1
            while place > 0, precedes(heap[(place - 1) / 2], heap[place]) {
                heap.swapAt(place, (place - 1) / 2)
                place = (place - 1) / 2
            }
        } else if precedes(candidate, heap[0]) {
            heap[0] = candidate
            sink()
        }
    }

    private mutating func sink() {
        var place = 0
        while true {
            var worst = place
            for child in [2 * place + 1, 2 * place + 2] where child < heap.count {
                if precedes(heap[worst], heap[child]) { worst = child }
            }
            if worst == place { return }
            heap.swapAt(place, worst)
            place = worst
        }
    }

    /// What is left, best first.
    func sorted() -> [Candidate] { heap.sorted(by: precedes) }

    @inline(__always)
    private func precedes(_ a: Candidate, _ b: Candidate) -> Bool {
        a.score != b.score ? a.score > b.score : shard.id(a.view, a.article) < shard.id(b.view, b.article)
    }
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
