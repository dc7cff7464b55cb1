internal import FoundationEssentials
internal import OpenCXCore

/// Risk and coverage as a picture (SVG): how many answers are wrong, against how many questions are answered.
struct RiskPicture {
    private let curve: RiskCoverage
    /// A confidence whose place on the curve is marked.
    private let threshold: Double?
    /// A share of wrong answers that is drawn as a line.
    private let budget: Double?

    private static let (width, height) = (720.0, 440.0)
    private static let (left, right, top, bottom) = (70.0, 20.0, 50.0, 60.0)
    /// Steps that nobody would see are left out.
    private static let pointLimit = 400

    init(_ curve: RiskCoverage, threshold: Double? = nil, budget: Double? = nil) {
        self.curve = curve
        self.threshold = threshold
        self.budget = budget
    }

    func write(to path: String) throws {
        do {
            try Data(svg.utf8).write(to: URL(filePath: path), options: .atomic)
        } catch {
            throw Failure("\(path) cannot be written. Is the path right, and may you write there?")
        }
    }

    var svg: String {
        var parts = [
            """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(Int(Self.width)) \(Int(Self.height))" \
            font-family="sans-serif" font-size="13">
            <rect width="100%" height="100%" fill="white"/>
            <text x="\(Int(Self.left))" y="28" font-size="16">Wrong answers, by the share of questions answered alone \
            (AURC \(fixed(curve.area)))</text>
            """
        ]
        for tenth in 0...10 { parts += grid(Double(tenth) / 10) }
        parts.append(label("questions answered", x: (Self.left + Self.width - Self.right) / 2, y: Self.height - 14))
        parts.append(
            "<text transform=\"translate(18 \(px(y(0.5)))) rotate(-90)\" text-anchor=\"middle\">answers wrong</text>")
        if let budget { parts.append(line(from: (0, budget), to: (1, budget), "#b00020", dashed: true)) }
        let shown = thinned
        if !shown.isEmpty {
            let points = shown.map { "\(px(x($0.coverage))),\(px(y($0.risk)))" }.joined(separator: " ")
            parts.append("<polyline fill=\"none\" stroke=\"#1455a4\" stroke-width=\"2\" points=\"\(points)\"/>")
        }
        if let threshold, let point = curve.points.last(where: { $0.threshold >= threshold }) {
            parts.append(
                "<circle cx=\"\(px(x(point.coverage)))\" cy=\"\(px(y(point.risk)))\" r=\"5\" fill=\"#1455a4\"/>")
            parts.append(
                label("from confidence \(fixed(threshold))", x: x(point.coverage), y: y(point.risk) - 10))
        }
        return parts.joined(separator: "\n") + "\n</svg>\n"
    }

    private var thinned: [RiskCoverage.Point] {
        let step = max(1, curve.points.count / Self.pointLimit)
        return curve.points.enumerated().filter { $0.offset % step == 0 || $0.offset == curve.points.count - 1 }
            .map(\.element)
    }

    private func grid(_ share: Double) -> [String] {
        let percent = "\(Int((share * 100).rounded())) %"
        return [
            line(from: (share, 0), to: (share, 1), "#dddddd"), line(from: (0, share), to: (1, share), "#dddddd"),
            label(percent, x: x(share), y: Self.height - Self.bottom + 18),
            "<text x=\"\(px(Self.left - 8))\" y=\"\(px(y(share) + 4))\" text-anchor=\"end\">\(percent)</text>",
        ]
    }

    private func line(
        from a: (Double, Double), to b: (Double, Double), _ color: String, dashed: Bool = false
    ) -> String {
        "<line x1=\"\(px(x(a.0)))\" y1=\"\(px(y(a.1)))\" x2=\"\(px(x(b.0)))\" y2=\"\(px(y(b.1)))\" stroke=\"\(color)\""
            + (dashed ? " stroke-dasharray=\"6 4\"/>" : "/>")
    }

    private func label(_ text: String, x: Double, y: Double) -> String {
        "<text x=\"\(px(x))\" y=\"\(px(y))\" text-anchor=\"middle\">\(text)</text>"
    }

    private func x(_ share: Double) -> Double { Self.left + share * (Self.width - Self.left - Self.right) }
    private func y(_ share: Double) -> Double {
        Self.height - Self.bottom - share * (Self.height - Self.top - Self.bottom)
    }
    private func px(_ number: Double) -> String { fixed(number) }
}
