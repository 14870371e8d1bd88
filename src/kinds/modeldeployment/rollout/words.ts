import { type Command, patchCommand, patchTimeCommand } from '../../../api/command.ts';
import { type Message, written } from '../../../api/message.ts';
import type { Key } from '../../../api/resource.ts';
import type { RolloutSpec } from '../../../api/types.ts';

/** Leaves room for what a condition says around it: what serves meanwhile. */
const longest = 700;

/** As a sentence that others may follow. Unlike the first of a sentence, names stay as they are. */
export function sentence(message: Message): string {
  return `${written(message, longest - 1)}.`;
}

/** Sets fields of spec.rollout; null takes one away. */
export function steer(key: Key, rollout: { readonly [K in keyof RolloutSpec]: RolloutSpec[K] | null }): Command {
  return patchCommand('mdep', key, { rollout });
}

/** Lets what was rejected be tried again. */
export function retry(key: Key): Command {
  return patchTimeCommand('mdep', key, ['rollout', 'retryAt']);
}
