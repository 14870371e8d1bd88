/** I8: what is written is bounded, and so is the memory. */
import type { Resource } from '../../../src/api/resource.ts';
import { type Evidence, nameOf, type Rule } from './evidence.ts';

export const boundRules: readonly Rule[] = [statusesAreSmall, memoryIsBounded, answersAreBounded];

const largestStatus = 64 * 1024;
const longestText = 2_048;
/** In MiB; an operator of these sizes takes less than half. */
const mostMemory = 400;
/** In bytes, of one answer: several times what can be meant, and what networks hold on the way. */
const mostOfAnAnswer = 64 * 1024 * 1024;

function statusesAreSmall({ changes, description }: Evidence): readonly string[] {
  const parents = new Set(description.parents.map(({ plural }) => plural));
  return changes.flatMap(({ plural, object }) => {
    const { status } = object as Resource & { readonly status?: unknown };
    if (!parents.has(plural) || status === undefined) return [];
    const size = Buffer.byteLength(JSON.stringify(status));
    const longest = Math.max(0, ...textsOf(status).map((text) => text.length));
    return [
      ...(size > largestStatus ? [`I8: the status of ${nameOf(object)} takes ${size} bytes`] : []),
      ...(longest > longestText ? [`I8: a text in the status of ${nameOf(object)} has ${longest} characters`] : []),
    ];
  });
}

function textsOf(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsOf) : [];
}

function memoryIsBounded({ peakMemory }: Evidence): readonly string[] {
  return peakMemory > mostMemory ? [`I8: the operator took ${Math.round(peakMemory)} MiB`] : [];
}

/** Who reads an answer to its end before it looks at its size is at the mercy of who answers. */
function answersAreBounded({ measurements }: Evidence): readonly string[] {
  return measurements
    .filter(({ taken = 0 }) => taken > mostOfAnAnswer)
    .map(({ taken, expression }) => `I8: the operator took ${taken} bytes of the answer to ${expression}`);
}
