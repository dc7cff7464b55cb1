"""The turn of TurnBenchmark in Python: by hand, and with frameworks that are installed.

A customer writes; model call, tool call, tool (in this process), model call, reply stored. None of them redacts, decides whether
to answer, keeps what has been done from being done twice, traces, or stores the message before it acknowledges it.

    peers.py PEER URL CUSTOMERS TURNS DIRECTORY      PEER: raw, openai-agents, langgraph, pydantic-ai
"""

import asyncio
import importlib.metadata
import json
import os
import resource
import sqlite3
import sys
import time

SYSTEM = "You are Fern, the support agent of Fernhill. Thank the customer for waiting."
TOOL_SUMMARY = "Look up where an order is and when it arrives"


def order_status(number: str) -> dict:
    return {"number": number, "status": "on its way", "arrives": "Friday"}


def raw(url: str, path: str):
    """The floor: a client for HTTP and a database, and nothing else."""
    import aiohttp

    database = sqlite3.connect(path)
    database.execute("PRAGMA journal_mode = WAL")
    database.execute("PRAGMA synchronous = FULL")
    database.execute("CREATE TABLE messages (id INTEGER PRIMARY KEY, session TEXT, body TEXT)")
    parameters = {"type": "object", "properties": {"number": {"type": "string"}}, "required": ["number"]}
    function = {"name": "order_status", "description": TOOL_SUMMARY, "parameters": parameters}
    client = aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0))

    async def turn(session: str, text: str) -> str:
        rows = database.execute("SELECT body FROM messages WHERE session = ? ORDER BY id", (session,))
        history = [{"role": "system", "content": SYSTEM}] + [json.loads(body) for (body,) in rows]
        new = [{"role": "user", "content": text}]
        while True:
            request = {"model": "fake", "messages": history + new, "tools": [{"type": "function", "function": function}]}
            async with client.post(f"{url}/chat/completions", json=request) as response:
                message = (await response.json())["choices"][0]["message"]
            new.append(message)
            if not message.get("tool_calls"):
                break
            for call in message["tool_calls"]:
                result = order_status(**json.loads(call["function"]["arguments"]))
                new.append({"role": "tool", "tool_call_id": call["id"], "content": json.dumps(result)})
        database.executemany(
            "INSERT INTO messages (session, body) VALUES (?, ?)", [(session, json.dumps(entry)) for entry in new]
        )
        database.commit()
        return message["content"]

    return turn, client.close


def openai_agents(url: str, path: str):
    from agents import Agent, OpenAIChatCompletionsModel, Runner, SQLiteSession, function_tool, set_tracing_disabled
    from openai import AsyncOpenAI

    set_tracing_disabled(True)
    tool = function_tool(order_status, description_override=TOOL_SUMMARY)
    model = OpenAIChatCompletionsModel("fake", AsyncOpenAI(base_url=url, api_key="benchmark"))
    agent = Agent(name="Fern", instructions=SYSTEM, tools=[tool], model=model)

    async def turn(session: str, text: str) -> str:
        store = SQLiteSession(session, path)
        try:
            return (await Runner.run(agent, text, session=store)).final_output
        finally:
            store.close()

    return turn, None


async def langgraph(url: str, path: str):
    from langchain_openai import ChatOpenAI
    from langgraph.checkpoint.sqlite.aio import AsyncSqliteSaver
    from langgraph.prebuilt import create_react_agent

    order_status.__doc__ = TOOL_SUMMARY
    saver = AsyncSqliteSaver.from_conn_string(path)
    checkpointer = await saver.__aenter__()
    model = ChatOpenAI(model="fake", base_url=url, api_key="benchmark")
    agent = create_react_agent(model, [order_status], prompt=SYSTEM, checkpointer=checkpointer)

    async def turn(session: str, text: str) -> str:
        said = {"messages": [{"role": "user", "content": text}]}
        state = await agent.ainvoke(said, {"configurable": {"thread_id": session}})
        return state["messages"][-1].content

    return turn, lambda: saver.__aexit__(None, None, None)


def pydantic_ai(url: str, path: str):
    from pydantic_ai import Agent
    from pydantic_ai.messages import ModelMessagesTypeAdapter
    from pydantic_ai.models.openai import OpenAIChatModel
    from pydantic_ai.providers.openai import OpenAIProvider

    database = sqlite3.connect(path)
    database.execute("CREATE TABLE runs (id INTEGER PRIMARY KEY, session TEXT, messages BLOB)")
    order_status.__doc__ = TOOL_SUMMARY
    model = OpenAIChatModel("fake", provider=OpenAIProvider(base_url=url, api_key="benchmark"))
    agent = Agent(model, system_prompt=SYSTEM, tools=[order_status])

    async def turn(session: str, text: str) -> str:
        rows = database.execute("SELECT messages FROM runs WHERE session = ? ORDER BY id", (session,))
        history = [message for (run,) in rows for message in ModelMessagesTypeAdapter.validate_json(run)]
        result = await agent.run(text, message_history=history)
        database.execute("INSERT INTO runs (session, messages) VALUES (?, ?)", (session, result.new_messages_json()))
        database.commit()
        return result.output

    return turn, None


PEERS = {
    "raw": (raw, "aiohttp"),
    "openai-agents": (openai_agents, "openai-agents"),
    "langgraph": (langgraph, "langgraph"),
    "pydantic-ai": (pydantic_ai, "pydantic-ai-slim"),
}


async def main(peer: str, url: str, customers: int, turns: int, directory: str) -> None:
    make, package = PEERS[peer]
    path = os.path.join(directory, f"{peer}-{os.getpid()}.sqlite")
    latencies: list[float] = []

    async def converse(customer: int) -> None:
        # As TurnBenchmark: each waits for the reply, four times in a session.
        for number in range(turns // customers):
            started = time.perf_counter()
            text = f"Hi, where is my order FH-10423? You can reach me at customer{customer}@example.com."
            reply = await turn(f"customer-{customer}-{number // 4}", text)
            assert "FH-10423" in reply, reply
            latencies.append((time.perf_counter() - started) * 1000)

    try:
        made = make(url, path)
        turn, close = await made if asyncio.iscoroutine(made) else made
        await turn("first", "Where is my order FH-10423?")
        before, started = resource.getrusage(resource.RUSAGE_SELF), time.perf_counter()
        await asyncio.gather(*(converse(customer) for customer in range(customers)))
        after, seconds = resource.getrusage(resource.RUSAGE_SELF), time.perf_counter() - started
        if close:
            await close()
    finally:
        for ending in ("", "-wal", "-shm", "-journal"):
            if os.path.exists(path + ending):
                os.remove(path + ending)
    latencies.sort()
    count = len(latencies)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    name = f"{package} {importlib.metadata.version(package)}"
    if peer == "raw":
        name = f"a loop on {name}"
    print(f"{customers:9}  {count / seconds:8.0f}  {cpu * 1000 / count:12.3f}  {latencies[count // 2]:7.2f}  {name}")


if __name__ == "__main__":
    if len(sys.argv) != 6 or sys.argv[1] not in PEERS:
        sys.exit(__doc__)
    asyncio.run(main(sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4]), sys.argv[5]))
