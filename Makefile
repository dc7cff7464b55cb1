# OpenCX for Swift: `make demo` starts a complete agent on this machine; `make help` lists the rest.

SWIFT ?= swift
# Where the demo listens (0 takes any free port) and what it keeps.
PORT ?= 8080
DATA ?= .demo
# Further arguments for `swift test`, the demo or the benchmarks: make test ARGS="--filter Redaction".
ARGS ?=
# How often kill-rounds kills.
ROUNDS ?= 200
# Flags of every build: the same everywhere, so that nothing is compiled twice. In continuous integration, warnings are errors.
FLAGS ?= $(if $(CI),-Xswiftc -warnings-as-errors)
# The packages over this one build into its folder, so that the library is compiled once for all of them.
SCRATCH := $(CURDIR)/.build
SWIFT_FILES := Package.swift Sources Tests Examples Benchmarks

# What make simulate runs: SEEDS seeds from FROM on, or one SEED with everything that happens.
SEEDS ?=
FROM ?=
SEED ?=

export SWIFT FLAGS SCRATCH SEEDS FROM SEED SCREENSHOTS
.DEFAULT_GOAL := help
.PHONY: help setup demo test simulate mutants guards fuzz kill-rounds bench peers format lint docs examples linkage llm-mock browser-tests mail-servers schemathesis clean

help:
	@echo 'make demo      start the sample shop'\''s agent on http://127.0.0.1:$(PORT)/ (PORT=, DATA=)'
	@echo 'make test      run the tests (ARGS="--filter Name")'
	@echo 'make simulate  run whole agents in the simulator (SEEDS=10000; SEED=n shows one)'
	@echo 'make mutants   show that the simulator finds what is broken on purpose (some minutes)'
	@echo 'make guards    show that the tests notice each guard against misuse that is taken away (some minutes)'
	@echo 'make lint      check the formatting; make format puts it right'
	@echo 'make docs      build the documentation into .build/docs'
	@echo 'make examples  build, test and run the packages in Examples'
	@echo 'make linkage   check what the core links and imports'
	@echo 'make browser-tests  drive chromium against the demo: a visitor, an agent, accessibility (SCREENSHOTS=folder)'
	@echo 'make mail-servers  send and fetch mail through Postfix and Dovecot, started on this machine for it'
	@echo 'make llm-mock  check the requests to language models against a mock of the vendors'
	@echo 'make schemathesis  let schemathesis loose on the REST API (needs the Python package index once)'
	@echo 'make kill-rounds  kill a process that writes, ROUNDS times; nothing it acknowledged may be missing'
	@echo 'make bench     measure (release build; some minutes)'
	@echo 'make peers     measure the same turn by frameworks in Python (needs the Python package index once; CUSTOMERS=)'
	@echo 'make setup     install the system libraries that are missing'
	@echo 'make clean     remove everything built, and the demo'\''s data'

setup:
	@Scripts/setup

# Debug: built in a minute where a release build takes several, and fast enough for a person at the other end.
# The server takes the place of the shell, so that signals reach it.
demo: setup
	@$(SWIFT) build $(FLAGS) --product opencx-demo
	@exec .build/debug/opencx-demo serve --data '$(DATA)' --knowledge Examples/help-center \
	  --config Examples/fernhill.json --port $(PORT) $(ARGS)

# Fuzzing keeps both cores busy, so it has a run of its own: a short one among the tests, a long one by `make fuzz`.
FUZZING := ^OpenCXFuzzTests
# Tests that talk to sockets and processes have runs of their own: beside hundreds of others that want the processors, what
# they wait for comes too late.
WAITING := ^OpenCX(Demo|DemoServer|Curl|Webhooks|MCP)Tests
WAITING_RUNS := '^OpenCX(Curl|Webhooks|MCP)Tests' '^OpenCXDemoServerTests' '^OpenCXDemoTests'
# Without a bound the library begins all tests at once, and one that has begun is out of time before its turn on a busy machine.
TEST = $(SWIFT) test $(FLAGS) --skip-build --disable-xctest --quiet --experimental-maximum-parallelization-width 4

# Prints failures and the closing lines; ARGS=--verbose prints everything of one run of all.
test: setup
	@$(SWIFT) build $(FLAGS) --build-tests
	@$(TEST) $(if $(ARGS),$(ARGS),--skip '$(WAITING)' --skip '$(FUZZING)')
	@$(if $(ARGS),true,for run in $(WAITING_RUNS); do $(TEST) --filter "$$run" || exit 1; done)
	@$(if $(ARGS),true,OPENCX_FUZZ_ROUNDS=40 $(TEST) --filter '$(FUZZING)')

# Seeded mutations of what every parser reads. OPENCX_FUZZ_ROUNDS and OPENCX_FUZZ_SEED say how many and which.
fuzz: setup
	@$(SWIFT) build $(FLAGS) --build-tests
	@$(TEST) --filter '$(FUZZING)'

# Kills a process that writes, at any moment, ROUNDS times; each time the next one must find all that was acknowledged.
kill-rounds: setup
	@$(SWIFT) build $(FLAGS) --build-tests
	@KILL_ROUNDS=$(ROUNDS) $(SWIFT) test $(FLAGS) --skip-build --disable-xctest --filter KillRoundsTests

simulate:
	@Scripts/simulate

mutants:
	@Scripts/mutations $(ARGS)

guards: setup
	@Scripts/guards $(ARGS)

bench: setup
	@Scripts/bench $(ARGS)

peers: setup
	@Scripts/peers

format:
	@$(SWIFT) format format -i -r -p $(SWIFT_FILES)

lint:
	@$(SWIFT) format lint --strict -r -p $(SWIFT_FILES)
	@echo 'lint: no findings'

docs: setup
	@Scripts/docs

examples: setup
	@Scripts/examples

linkage: setup
	@Scripts/linkage-test

clean:
	@rm -rf .build .demo Examples/*/.build Benchmarks/.build Tests/LinkageTest/.build

# Requests to language models against the vendors' own types; says so and succeeds where the mock server is not at hand.
llm-mock: setup
	@Scripts/llm-mock-check

# A visitor and an agent in two browsers; says so and succeeds where there is no chromium.
browser-tests: setup
	@Scripts/browser-tests

# The channel alone, then the demo in a conversation with a mail program of Python's. Says so and succeeds where there are no mail
# servers, or no rights to start them.
mail-servers: setup
	@Scripts/mail-servers $(SWIFT) test $(FLAGS) --filter MailServerTests
	@$(SWIFT) build $(FLAGS) --product opencx-demo
	@Scripts/mail-servers Scripts/mail-conversation "$$($(SWIFT) build $(FLAGS) --show-bin-path)/opencx-demo"

# ARGS go to schemathesis; SECONDS_AT_MOST, EXAMPLES and SEED to the script.
schemathesis: setup
	@$(SWIFT) build $(FLAGS) --product opencx-demo
	@ARGS='$(ARGS)' Scripts/schemathesis
