import { isFields } from '../../../../domain/canonical.ts';
import type { Protocol } from './protocol.ts';

/**
 * As servers of language models speak it. OpenAI's own API has no word for readiness: that /health answers 200 once the model is loaded, and an
 * error before that or when the engine is dead, is what vLLM, SGLang, llama.cpp's server and Text Generation Inference have in common.
 */
export const openAI: Protocol = {
  name: 'OpenAI',
  probe: (port) => ({ httpGet: { path: '/health', port } }),
  asking: {
    path: () => '/v1/chat/completions',
    description: () => '/v1/models',
    example: chat,
    isModelInBody: true,
  },
};

/** Longer ones are none that a person could have given. */
const longestId = 512;

/** A short question to the first model that the server lists, or to the one that is named; undefined if it lists none. */
function chat(models: unknown, named: string | undefined) {
  const model = named ?? firstModel(models);
  if (model === undefined) return undefined;
  return { model, messages: [{ role: 'user', content: 'Say hello.' }], max_tokens: 16 };
}

function firstModel(models: unknown): string | undefined {
  const listed = isFields(models) ? models['data'] : undefined;
  const first: unknown = Array.isArray(listed) ? listed[0] : undefined;
  const id = isFields(first) ? first['id'] : undefined;
  return typeof id === 'string' && id !== '' && id.length <= longestId ? id : undefined;
}
