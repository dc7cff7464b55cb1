internal import OpenCXCore

/// Reads a server's list of tools, page by page.
struct ToolLister {
    let settings: MCPSettings

    /// How many pages are read.
    static let pageLimit = 100

    func list(_ client: Client) async throws -> (plans: [ToolPlan], list: MCPToolList) {
        guard try await client.session().hasTools else { return ([], MCPToolList()) }
        var tools: [JSONValue] = []
        var notes: [MCPError] = []
        var cursors: Set<String> = []
        var cursor: String?
        repeat {
            let page = try await client.request(
                "tools/list", cursor.map { ["cursor": .string($0)] } ?? [:], timeout: settings.timeout)
            guard case .array(let more)? = page["tools"] else { throw LinkFailure.malformed("no list of tools") }
            tools += more.prefix(settings.toolLimit + 1 - tools.count)
            cursor = page["nextCursor"]?.string
            if tools.count > settings.toolLimit {
                tools.removeLast(tools.count - settings.toolLimit)
                notes.append(
                    MCPError(.tooMany, "There are more than \(settings.toolLimit) tools; the rest is not read."))
                break
            }
            // A server that leads in a circle, or never comes to an end, is read no further.
            if let next = cursor, !cursors.insert(next).inserted || cursors.count >= Self.pageLimit {
                notes.append(MCPError(.tooMany, "The list of tools does not end; the rest is not read."))
                break
            }
        } while cursor != nil
        return read(tools, notes)
    }

    /// Makes actions of tools.
    func read(_ tools: [JSONValue], _ notes: [MCPError] = []) -> (plans: [ToolPlan], list: MCPToolList) {
        var plans: [ToolPlan] = []
        var list = MCPToolList()
        var reader = ToolReader(settings)
        var names: Set<String> = []
        for tool in tools {
            do throws(MCPError) {
                let plan = try reader.plan(tool)
                guard names.insert(plan.definition.name).inserted else {
                    throw MCPError(.nameTaken, "The name \(plan.definition.name) is taken by another tool.")
                }
                plans.append(plan)
            } catch {
                let name = PlainWords.line(tool["name"]?.string ?? "", limit: 128)
                list.refused.append(MCPToolList.Refusal(tool: name, reason: error))
            }
        }
        list.actions = plans.map(\.definition)
        list.notes =
            notes + reader.notes + unmet(Set(tools.compactMap { $0["name"]?.string }))
            + reader.rules.unmet(of: nil).map {
                MCPError(.badSettings, "There is a \($0.kind) for the argument \($0.argument), which no tool has.")
            }
        return (plans, list)
    }

    /// Settings for tools that the server does not have: misspelt, or the server is another one than was thought.
    private func unmet(_ names: Set<String>) -> [MCPError] {
        var wanted = settings.allowedTools ?? []
        wanted.formUnion(settings.tools.keys)
        wanted.formUnion(ActionRules(bindings: settings.bindings, limits: settings.limits).actions)
        return wanted.subtracting(names).sorted().map {
            MCPError(.badSettings, "There are settings for the tool \($0), which the server does not have.")
        }
    }
}
