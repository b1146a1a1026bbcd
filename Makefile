# The only commands anyone needs. `make` alone lists them.
# Everything it makes stays in this folder: .venv (libraries), .chengxin (data).

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
UV := $(BIN)/uv
READY := $(VENV)/ready
READY_DEV := $(VENV)/ready-dev
READY_BENCH := $(VENV)/ready-bench
READY_SPARK := $(VENV)/ready-spark
INSTALL := $(UV) pip install --quiet --compile-bytecode --python $(BIN)/python
SOURCES := src tests bench conftest.py

# uv uses the Python that is here and never fetches another.
export UV_PYTHON_DOWNLOADS := never
# The registry may be a mirror of the city's own: trust whom this machine trusts.
export UV_SYSTEM_CERTS := true
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.DEFAULT_GOAL := help
.PHONY: help run test check lint audit fmt bench prove seed requirements clean

help: ## 列出全部命令 List the commands
	@grep -E '^[a-z]+:.*## ' Makefile | sed -E 's/:[^#]*## /\t/' | expand -t 16

run: $(READY) ## 从零启动全部 From a bare machine to a running site
	@$(BIN)/chengxin serve

test: $(READY_DEV) ## 全部测试 Every test; starts its own database
	@$(BIN)/pytest --numprocesses 2 --dist loadfile --no-loadscope-reorder

check: $(READY_DEV) ## 格式、规范、类型、约定、测试 Format, lint, types, contracts, tests
	@$(MAKE) --no-print-directory test lint

lint: $(READY_DEV)
	$(BIN)/ruff format --check $(wildcard $(SOURCES))
	$(BIN)/ruff check $(wildcard $(SOURCES))
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/djlint --quiet --lint src
	$(BIN)/python -m chengxin.site.cli rulebook check
	$(BIN)/uv pip check --python $(BIN)/python

audit: $(READY_DEV) ## 已知漏洞 Known weaknesses of the libraries; asks the network
	$(BIN)/pip-audit --strict --require-hashes --disable-pip -r requirements.txt

fmt: $(READY_DEV) ## 整理格式 Format and mend what can be mended
	$(BIN)/ruff check --fix-only --quiet $(wildcard $(SOURCES))
	$(BIN)/ruff format --quiet $(wildcard $(SOURCES))

bench: $(READY_BENCH) ## 性能测量 Repeatable benchmarks
	@for bench in bench/bench_*.py; do echo "== $$bench"; $(BIN)/python "$$bench" || exit 1; done

prove: $(READY_DEV) $(READY_SPARK) ## 故障证明 Slow proofs: kills in mid-batch, a cluster
	@for proof in bench/prove_*.py; do echo "== $$proof"; $(BIN)/python "$$proof" || exit 1; done

seed: $(READY) ## 载入演示城市 Load the synthetic city
	@$(BIN)/chengxin seed

# Pinned with hashes, and no download address: the machine's own registry serves them.
COMPILE := $(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --custom-compile-command "make requirements"
requirements: $(VENV)/uv ## 重新锁定依赖 Pin the dependencies anew
	$(COMPILE) bootstrap.in -o bootstrap.txt
	$(COMPILE) --extra build pyproject.toml -o requirements.txt
	$(COMPILE) --extra build --extra dev --extra cluster -c requirements.txt pyproject.toml -o requirements-dev.txt
	$(COMPILE) --extra bench -c requirements-dev.txt pyproject.toml -o requirements-bench.txt
	$(COMPILE) --no-deps spark.in -o requirements-spark.txt

clean: ## 删除环境，保留数据 Remove the environment, keep the data
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis

$(VENV)/uv: bootstrap.txt
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "需要 Python 3.11 或更高版本。 Python 3.11 or newer is needed.")'
	@$(PYTHON) -m venv $(VENV) || { echo "无法创建虚拟环境：请安装 python3-venv。 No virtual environment: install python3-venv."; exit 1; }
	@$(BIN)/python -m pip install --quiet --require-hashes -r bootstrap.txt
	@touch $@

$(READY): $(VENV)/uv requirements.txt pyproject.toml
	@echo "安装依赖（按哈希校验） Installing the libraries, each checked by its hash …"
	@$(INSTALL) --require-hashes -r requirements.txt
	@$(INSTALL) --no-deps --no-build-isolation --editable .
	@touch $@

$(READY_DEV): $(READY) requirements-dev.txt
	@echo "安装测试工具 Installing the tools for tests and checks …"
	@$(INSTALL) --require-hashes -r requirements-dev.txt
	@touch $@

$(READY_BENCH): $(READY_DEV) requirements-bench.txt
	@echo "安装对照用的同类库 Installing the libraries we are measured beside …"
	@$(INSTALL) --require-hashes -r requirements-bench.txt
	@touch $@

# In a folder of its own: Spark and its client are packages of one name.
$(READY_SPARK): $(VENV)/uv requirements-spark.txt
	@echo "安装 Spark，用于集群证明 Installing Spark for the proof on a cluster …"
	@$(INSTALL) --require-hashes --no-deps --target $(VENV)/spark -r requirements-spark.txt
	@touch $@
