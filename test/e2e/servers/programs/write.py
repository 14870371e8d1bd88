"""
Writes models whose answers are known, each in a folder of its own below the first argument. The n-th language model answers each letter by the
one that is n further in the alphabet; the n-th linear one multiplies its first number by n.
"""

import json
import pathlib
import string
import sys

import gguf
import numpy

WIDTH, HEADS, FORWARD, CONTEXT = 64, 4, 64, 65536
BYTES = 3


def write_language_model(path: pathlib.Path, step: int) -> None:
    """A llama whose only block adds nothing, so that what comes next depends on the last byte alone."""
    tokens = [b"<unk>", b"<s>", b"</s>", *(f"<0x{byte:02X}>".encode() for byte in range(256))]
    writer = gguf.GGUFWriter(str(path), "llama")
    writer.add_context_length(CONTEXT)
    writer.add_embedding_length(WIDTH)
    writer.add_block_count(1)
    writer.add_feed_forward_length(FORWARD)
    writer.add_head_count(HEADS)
    writer.add_layer_norm_rms_eps(1e-5)
    writer.add_rope_dimension_count(WIDTH // HEADS)
    writer.add_vocab_size(len(tokens))
    writer.add_tokenizer_model("llama")
    writer.add_token_list(tokens)
    writer.add_token_scores([0.0] * len(tokens))
    kinds = gguf.TokenType
    writer.add_token_types([kinds.UNKNOWN, kinds.CONTROL, kinds.CONTROL, *[kinds.BYTE] * 256])
    writer.add_bos_token_id(1)
    writer.add_eos_token_id(2)
    writer.add_unk_token_id(0)
    writer.add_add_space_prefix(False)
    writer.add_chat_template("{% for message in messages %}{{ message['content'] }}{% endfor %}")
    embeddings = numpy.random.default_rng(0).choice([-1.0, 1.0], (len(tokens), WIDTH)).astype(numpy.float32)
    output = numpy.zeros_like(embeddings)
    letters = [BYTES + ord(letter) for letter in string.ascii_lowercase]
    for place, token in enumerate(letters):
        output[letters[(place + step) % len(letters)]] = embeddings[token]
    writer.add_tensor("token_embd.weight", embeddings)
    writer.add_tensor("output.weight", output)
    for name in ("output_norm", "blk.0.attn_norm", "blk.0.ffn_norm"):
        writer.add_tensor(f"{name}.weight", numpy.ones(WIDTH, numpy.float32))
    for name in ("attn_q", "attn_k", "attn_v", "attn_output", "ffn_gate", "ffn_up", "ffn_down"):
        writer.add_tensor(f"blk.0.{name}.weight", numpy.zeros((WIDTH, WIDTH), numpy.float32))
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


for number in (1, 2):
    folder = pathlib.Path(sys.argv[1], str(number))
    folder.mkdir()
    write_language_model(folder / "model.gguf", number)
    (folder / "weights.json").write_text(json.dumps([float(number), 0.0]))
