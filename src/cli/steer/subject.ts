import { modelDeployments, trainingRuns } from '../../api/customkinds.ts';
import type { Key, Kind } from '../../api/resource.ts';
import { namedObject } from '../cluster/kinds.ts';
import { Refused } from '../command.ts';

/** Which object is meant: `NAME` of the kind that the command is about, `KIND/NAME` or `KIND NAME`. @throws Refused for another kind. */
export function subjectOf(words: readonly string[], namespace: string, kind: Kind, instead: string): Key {
  const [first = ''] = words;
  if (words.length === 1 && !first.includes('/')) return { namespace, name: first };
  const { kind: found, key } = namedObject(words, namespace);
  if (found.kind === kind.kind) return key;
  throw new Refused(`this is for a ${kind.kind}, and ${words.join(' ')} is a ${found.kind}${instead}`, 2);
}

/** Of a command that is about both: the kind is undefined where the name alone was given. */
export function eitherOf(words: readonly string[], namespace: string): { readonly kind?: Kind; readonly key: Key } {
  const [first = ''] = words;
  if (words.length === 1 && !first.includes('/')) return { key: { namespace, name: first } };
  const { kind, key } = namedObject(words, namespace);
  const isEither = [trainingRuns, modelDeployments].some((one) => one.kind === kind.kind);
  if (isEither) return { kind, key };
  throw new Refused(`a ${kind.kind} is never suspended or paused; a TrainingRun or a ModelDeployment may be`, 2);
}
