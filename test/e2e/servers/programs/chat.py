"""Asks a language model by OpenAI's client, whole and as a stream, and prints what it was answered, and how many tokens that were."""

import json
import sys

import openai

client = openai.OpenAI(base_url=f"{sys.argv[1]}/v1", api_key="none", max_retries=0)
[model] = client.models.list().data
completion = client.completions.create(model=model.id, prompt="say a", max_tokens=5, temperature=0)
message = client.chat.completions.create(
    model=model.id, messages=[{"role": "user", "content": "a"}], max_tokens=5, temperature=0
)
stream = client.completions.create(model=model.id, prompt="a", max_tokens=5, temperature=0, stream=True)
answers = {
    "completions": completion.choices[0].text,
    "chat": message.choices[0].message.content,
    "stream": "".join(chunk.choices[0].text for chunk in stream if chunk.choices),
    "tokens": [completion.usage.prompt_tokens, completion.usage.completion_tokens],
}
print(json.dumps(answers))
