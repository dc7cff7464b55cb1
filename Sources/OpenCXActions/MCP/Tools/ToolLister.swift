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
                let name = PlainNames.line(tool["name"]?.string ?? "", limit: 128)
                list.refused.append(MCPToolList.Refusal(tool: name, reason: error))
            }
        }
        list.actions = plans.map(\.definition)
        list.notes = notes + reader.notes + unmet(Set(tools.compactMap { $0["name"]?.string })) + unused(plans)
        return (plans, list)
    }

    /// Settings for tools that the server does not have: misspelt, or the server is another one than was thought.
    private func unmet(_ names: Set<String>) -> [MCPError] {
        var wanted = settings.allowedTools ?? []
        wanted.formUnion(settings.tools.keys)
        wanted.formUnion(settings.bindings.compactMap(\.tool))
        wanted.formUnion(settings.limits.compactMap(\.tool))
        return wanted.subtracting(names).sorted().map {
            MCPError(.badSettings, "There are settings for the tool \($0), which the server does not have.")
        }
    }

    /// Bindings and limits for all tools that no tool has an argument for.
    private func unused(_ plans: [ToolPlan]) -> [MCPError] {
        let arguments = Set(plans.flatMap(\.arguments.values))
        let isUnused = { (argument: String) in
            !arguments.contains { argument == $0 || argument.hasPrefix($0 + ".") }
        }
        let bindings = settings.bindings.filter { $0.tool == nil && isUnused($0.argument) }.map(\.argument)
        let limits = settings.limits.filter { $0.tool == nil && isUnused($0.argument) }.map(\.argument)
        return (bindings + limits).map {
            MCPError(.badSettings, "There is a binding or a limit for the argument \($0), which no tool has.")
        }
    }
}
