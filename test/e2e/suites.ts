/** The suites that there are, and how they share clusters. */
import { argocd } from './argocd/index.ts';
import { artifacts } from './artifacts/index.ts';
import { cli } from './cli/index.ts';
import { firstModel } from './first-model/index.ts';
import { gangs } from './gangs.ts';
import { current } from './current/index.ts';
import { helm } from './helm/index.ts';
import { kill } from './kill.ts';
import { loop } from './loop.ts';
import { outcomes } from './outcomes/index.ts';
import { observer } from './observer/index.ts';
import { pods } from './pods/index.ts';
import { servers } from './servers/index.ts';
import { surge } from './surge/index.ts';
import type { Suite } from './suite.ts';

/** In the order in which those play that have to be alone. */
export const suites: Readonly<Record<string, Suite>> = {
  loop,
  observer,
  gangs,
  surge,
  outcomes,
  pods,
  artifacts,
  servers,
  cli,
  helm,
  argocd,
  kill,
  current,
  'first-model': firstModel,
};

type Named = readonly [name: string, suite: Suite];

/** What plays on one cluster: in turns, and those of one turn side by side. */
export interface Play {
  readonly cluster: string;
  readonly installs: Suite['installs'];
  readonly suites: readonly Named[];
  readonly turns: readonly (readonly Named[])[];
}

/**
 * What a command line asks for: one suite, or without a name all that have a quick form.
 * @throws Error that says what there is.
 */
export function chosen(
  name: string | undefined,
  scenes: readonly string[],
  all: Readonly<Record<string, Suite>> = suites,
): readonly Named[] {
  if (name === undefined) return Object.entries(all).filter(([, { quick }]) => quick !== 'none');
  const suite = Object.hasOwn(all, name) ? all[name] : undefined;
  if (!suite) throw new Error(`There is no suite "${name}". Suites: ${Object.keys(all).join(', ')}.`);
  const unknown = scenes.filter((scene) => !suite.scenes?.includes(scene));
  if (unknown.length === 0) return [[name, suite]];
  const known = suite.scenes ? `Scenes: ${suite.scenes.join(', ')}.` : 'It has none.';
  throw new Error(`The suite ${name} has no scene "${unknown.join('", "')}". ${known}`);
}

/** A suite that is named has a cluster of its own; of the others most share one, since it costs a minute to make. */
export function playOf(asked: readonly Named[], name: string | undefined): readonly Play[] {
  if (name !== undefined) return asked.map(onItsOwn);
  const alone = asked.filter(([, { quick }]) => quick === 'alone');
  const beside = asked.filter(([, { quick }]) => quick === 'beside');
  const turns = [...alone.map((one) => [one]), ...(beside.length > 0 ? [beside] : [])];
  const shared: Play = { cluster: 'e2e', installs: 'flyball', suites: [...alone, ...beside], turns };
  const own = asked.filter(([, { quick }]) => quick === 'own cluster').map(onItsOwn);
  return [...(turns.length > 0 ? [shared] : []), ...own];
}

function onItsOwn(one: Named): Play {
  return { cluster: one[0], installs: one[1].installs, suites: [one], turns: [[one]] };
}
