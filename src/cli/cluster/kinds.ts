import { modelDeployments, modelVersions, monitors, trainingRuns } from '../../api/customkinds.ts';
import type { Key, Kind } from '../../api/resource.ts';
import { Refused } from '../command.ts';

/** The kinds that people name, with the words that kubectl takes for them. */
const named: readonly { readonly kind: Kind; readonly words: readonly string[] }[] = [
  { kind: trainingRuns, words: ['trainingrun', 'trainingruns', 'trun'] },
  { kind: modelVersions, words: ['modelversion', 'modelversions', 'mver'] },
  { kind: modelDeployments, words: ['modeldeployment', 'modeldeployments', 'mdep'] },
  { kind: monitors, words: ['monitor', 'monitors', 'mon'] },
];

/** What completion offers. */
export const kindWords: readonly string[] = named.map(({ words }) => words[0] ?? '');

/** An object as a person names it. */
export interface Named {
  readonly kind: Kind;
  readonly key: Key;
}

/** @throws Refused for a word that names none of our kinds. */
export function kindOf(word: string): Kind {
  const plain = word.toLowerCase().replace(/\.flyball\.dev$/, '');
  const found = named.find(({ words }) => words.includes(plain));
  if (found !== undefined) return found.kind;
  const known = named.map(({ words }) => `${words[0]} (${words[2]})`).join(', ');
  throw new Refused(`"${word}" is no kind of Flyball; there are ${known}`, 2);
}

/** Which object `KIND NAME` or `KIND/NAME` means. @throws Refused if it is neither. */
export function namedObject(words: readonly string[], namespace: string): Named {
  const [kind = '', name, ...more] = words.flatMap((word, index) => (index === 0 ? word.split('/') : [word]));
  if (name === undefined || name === '' || more.length > 0) {
    throw new Refused('name one object, as KIND NAME or KIND/NAME', 2);
  }
  return { kind: kindOf(kind), key: { namespace, name } };
}
