"""The official Python client: openai_client.py BASE MODEL TIMES."""

import hashlib
import json
import sys
import time

from openai import OpenAI

base, model, times = sys.argv[1], sys.argv[2], int(sys.argv[3])
client = OpenAI(base_url=base, api_key="a-token")


def ask(model):
    """One answer's text, and the seconds to its first piece."""
    asked = time.perf_counter()
    first = None
    pieces = []
    messages = [{"role": "user", "content": "Why?"}]
    for chunk in client.chat.completions.create(model=model, messages=messages, stream=True):
        text = chunk.choices[0].delta.content if chunk.choices else None
        if text:
            first = first or time.perf_counter() - asked
            pieces.append(text)
    return "".join(pieces), first


ask("plain-100")
cpu, wall = time.process_time(), time.perf_counter()
readings = [ask(model) for _ in range(times)]
found = {
    "cpu_ms": (time.process_time() - cpu) * 1000,
    "wall_ms": (time.perf_counter() - wall) * 1000,
    "sha256": hashlib.sha256(readings[-1][0].encode()).hexdigest(),
    "first_us": [first * 1e6 for _, first in readings],
}
print(json.dumps(found))
