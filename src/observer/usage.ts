import { valueAt } from './pointer.ts';
import type { SkipReason } from './skip.ts';

/** How many tokens one answer took, as the server tells. A server of embeddings tells no output. */
export interface Usage {
  readonly input?: number;
  readonly output?: number;
}

/** No model takes or makes as many at once: who tells more has made a mistake, and one answer is not to spoil a counter for ever. */
const mostTokens = 100_000_000;

/**
 * What a document of OpenAI's API tells of its tokens, in either of its vocabularies: that of completions, or that of the Responses API,
 * whose last event has the whole response in it. Only members of those names at their places count, so that no generated text is read.
 */
export function usageIn(document: unknown): Usage | Extract<SkipReason, 'Missing' | 'WrongType'> {
  const usage = valueAt(document, '/usage') ?? valueAt(document, '/response/usage');
  if (usage === undefined || usage === null) return 'Missing';
  const input = valueAt(usage, '/prompt_tokens') ?? valueAt(usage, '/input_tokens');
  const output = valueAt(usage, '/completion_tokens') ?? valueAt(usage, '/output_tokens');
  if (input === undefined && output === undefined) return 'Missing';
  if (![input, output].every((count) => count === undefined || isCount(count))) return 'WrongType';
  return { ...(isCount(input) && { input }), ...(isCount(output) && { output }) };
}

/** The same of a stream's events, the newest of which come first: servers tell at the end, or again and again what it was so far. */
export function usageInEvents(documents: Iterable<unknown>): ReturnType<typeof usageIn> {
  for (const document of documents) {
    const usage = usageIn(document);
    if (usage !== 'Missing') return usage;
  }
  return 'Missing';
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 && value <= mostTokens;
}
