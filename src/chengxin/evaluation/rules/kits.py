"""The offline recompute kit 复算包: checked, judged again, and compared; no database.

A kit is a zip of five JSON files: `manifest.json` (what it is, the SHA-256 of the others, the
digest of the evaluation), `inputs.json` (the organisation's own facts), `model.json` (the model of
that edition, spelled out), `codelists.json` (what the codes mean) and `result.json`.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from chengxin.evaluation.errors import KitRefused
from chengxin.evaluation.rules.judging import judge
from chengxin.evaluation.rules.spelling import inputs_from_json, model_from_json
from chengxin.evaluation.values import Outcome
from chengxin.kernel.canonical import canonical_json, sha256_hex

FORMAT: Final = "chengxin-evaluation-kit-1"
MANIFEST: Final = "manifest.json"
PARTS: Final = ("codelists.json", "inputs.json", "model.json", "result.json")
HEAD: Final = ("subject", "model", "edition", "on", "known")


@dataclass(frozen=True)
class Difference:
    """One place where the recomputed evaluation differs from the published one."""

    where: str
    published: Any
    recomputed: Any

    def text(self, language: str) -> str:
        """One sentence."""
        if language.startswith("zh"):
            return f"“{self.where}”公布为 {self.published}，复算为 {self.recomputed}。"
        return f"{self.where}: published {self.published}, recomputed {self.recomputed}."


@dataclass(frozen=True)
class Recomputed:
    """What a kit says, what it gives when judged again, and where the two differ."""

    manifest: Mapping[str, Any]
    published: Mapping[str, Any]
    outcome: Outcome | None
    differences: tuple[Difference, ...]


def evaluation_digest(
    head: Mapping[str, Any], inputs: Mapping[str, Any], model: Mapping[str, Any], result: Any
) -> str:
    """SHA-256 over what an evaluation read, by which model, and what it found."""
    whole = {
        **{name: head[name] for name in HEAD},
        "inputs": sha256_hex(canonical_json(inputs)),
        "definition": sha256_hex(canonical_json(model)),
        "result": result,
    }
    return sha256_hex(canonical_json(whole))


def kit_files(
    head: Mapping[str, Any],
    inputs: Mapping[str, Any],
    model: Mapping[str, Any],
    codelists: Mapping[str, Any],
    result: Mapping[str, Any],
) -> dict[str, bytes]:
    """The files of a kit, the same bytes whenever they are asked for."""
    contents = (codelists, inputs, model, result)
    parts = {name: canonical_json(one) for name, one in zip(PARTS, contents, strict=True)}
    manifest = {
        **head,
        "format": FORMAT,
        "digest": evaluation_digest(head, inputs, model, result),
        "files": {name: sha256_hex(content) for name, content in parts.items()},
    }
    return {MANIFEST: canonical_json(manifest), **parts}


def recompute(files: Mapping[str, bytes], digest: str = "") -> Recomputed:
    """Judge a kit again and compare. `digest` is what the public page shows, if it is at hand.

    Raises: `KitRefused` if a file is missing, was changed, or is not what the digest is of.
    """
    manifest = _manifest(files)
    if digest and digest != manifest.get("digest"):
        raise KitRefused(
            problem_zh="摘要与公示页面上的不同", problem_en="its digest is not the published one"
        )
    codelists, inputs, model, published = (_part(files, manifest, name) for name in PARTS)
    del codelists
    try:
        found = evaluation_digest(manifest, inputs, model, published)
        definition = model_from_json(model)
        business, facts = inputs_from_json(inputs)
        on = date.fromisoformat(manifest["on"])
    except (KeyError, TypeError, ValueError) as error:
        raise KitRefused(
            problem_zh="内容读不懂", problem_en="its content makes no sense"
        ) from error
    if found != manifest.get("digest"):
        raise KitRefused(
            problem_zh="内容与摘要不符", problem_en="its content does not fit its digest"
        )
    outcome = judge(definition, business, facts, on)
    again = outcome.as_json() if outcome else {}
    return Recomputed(manifest, published, outcome, tuple(_differences("", published, again)))


def _manifest(files: Mapping[str, bytes]) -> dict[str, Any]:
    missing = [name for name in (MANIFEST, *PARTS) if name not in files]
    if missing or set(files) - {MANIFEST, *PARTS}:
        names = "、".join(missing or sorted(set(files) - {MANIFEST, *PARTS}))
        raise KitRefused(problem_zh=f"文件不对：{names}", problem_en=f"wrong files: {names}")
    manifest = _json(files[MANIFEST], MANIFEST)
    if manifest.get("format") != FORMAT or not isinstance(manifest.get("files"), dict):
        raise KitRefused(problem_zh="不是复算包", problem_en="this is no such kit")
    return manifest


def _part(files: Mapping[str, bytes], manifest: Mapping[str, Any], name: str) -> dict[str, Any]:
    if sha256_hex(files[name]) != manifest["files"].get(name):
        raise KitRefused(problem_zh=f"{name} 被改动", problem_en=f"{name} was changed")
    return _json(files[name], name)


def _json(content: bytes, name: str) -> dict[str, Any]:
    try:
        data = json.loads(content)
    except ValueError as error:
        raise KitRefused(problem_zh=f"{name} 读不懂", problem_en=f"{name} is no JSON") from error
    if not isinstance(data, dict):
        raise KitRefused(problem_zh=f"{name} 读不懂", problem_en=f"{name} is no object")
    return data


def _differences(where: str, published: Any, again: Any) -> list[Difference]:
    if isinstance(published, Mapping) and isinstance(again, Mapping):
        names = sorted({*published, *again})
        pairs = [(f"{where}.{name}" if where else name, name) for name in names]
        return [
            one
            for place, name in pairs
            for one in _differences(place, published.get(name), again.get(name))
        ]
    both = (published, again)
    if all(isinstance(one, Sequence) and not isinstance(one, str) for one in both):
        longest = max(len(published), len(again))
        left, right = (list(one) + [None] * (longest - len(one)) for one in both)
        return [
            one
            for index in range(longest)
            for one in _differences(f"{where}[{index}]", left[index], right[index])
        ]
    return [] if published == again else [Difference(where, published, again)]
