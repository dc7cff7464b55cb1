extension TopicModel {
    /// The examples as rows, to learn from all of them or from some.
    struct Training {
        let rows: [SparseVector]
        /// The single words of each example, and what they weigh.
        let words: [SparseVector]
        let classes: [Int]
        let topicCount: Int
        let featureCount: Int

        private static let folds = 3

        func model(of places: [Int]) -> LinearModel {
            LinearModel(
                rows: places.map { rows[$0] }, classes: places.map { classes[$0] }, classCount: topicCount + 1,
                featureCount: featureCount)
        }

        /// Learns what to make of the models' margins by cross-validation: each fold leaves out a third of the examples, and with
        /// many topics a third of the topics as well, which then are something else and very much like the others.
        func scope() -> ScopeModel {
            var inside: [ScopeView] = []
            var outside: [(view: ScopeView, weight: Double)] = []
            let leavesTopicsOut = topicCount >= 6
            for fold in 0..<Self.folds {
                func isLeftOut(_ place: Int) -> Bool {
                    leavesTopicsOut && classes[place] < topicCount && classes[place] % Self.folds == fold
                }
                let training = rows.indices.filter { $0 % Self.folds != fold && !isLeftOut($0) }
                let model = model(of: training)
                let known = Set(training.flatMap { rows[$0].places })
                for place in rows.indices {
                    let isOut = isLeftOut(place)
                    // The left out topics are many; half of their examples will do.
                    guard isOut ? place % 2 == 0 : place % Self.folds == fold else { continue }
                    let view = ScopeView(
                        model.margins(rows[place]), coverage: coverage(of: place, knowing: known),
                        topicCount: topicCount)
                    if isOut || classes[place] == topicCount {
                        outside.append((view, isOut ? 0.5 : 1))
                    } else if view.best == classes[place] {
                        // One that was taken for another topic is a bad example of what is well known, and no stranger either.
                        inside.append(view)
                    }
                }
            }
            let left = outside.count { $0.weight < 1 }
            let others = outside.count - left
            // The two kinds of strangers weigh in proportion one to two, whatever their numbers.
            if left > 0, others > 0 {
                for place in outside.indices {
                    outside[place].weight = outside[place].weight < 1 ? 0.5 / Double(left) : 1 / Double(others)
                }
            }
            return ScopeModel.fit(inside, outside)
        }

        /// Words that only this example has would be new to a model that has not seen it.
        private func coverage(of place: Int, knowing known: Set<Int32>) -> Double {
            var seen: Float = 0
            var all: Float = 0
            for (word, weight) in zip(words[place].places, words[place].values) {
                all += weight
                if known.contains(word) { seen += weight }
            }
            return all > 0 ? Double(seen / all) : 0
        }
    }
}
