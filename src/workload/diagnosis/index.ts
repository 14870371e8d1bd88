import type { IPod } from 'kubernetes-models/v1';
import { keyOf } from '../../api/resource.ts';
import { firstMatch } from '../../api/rules.ts';
import { containersOf, culpritOf } from './containers.ts';
import { commandFailed, commandKilled, commandNotStarted, diskFull, evicted, outOfMemory, podFailed } from './ended.ts';
import type { Case, Finding, Place, Rule } from './finding.ts';
import { claimMissing, unschedulable } from './scheduling.ts';
import {
  containerRefused,
  imagePullFailed,
  mainCrashing,
  neighbourCrashing,
  runsAsRoot,
  secretMissing,
} from './waiting.ts';

/** Living pods first; of those, the user's container that crashes comes before whatever else is wrong, and what merely waits comes last. */
const rules: readonly Rule[] = [
  mainCrashing,
  claimMissing,
  imagePullFailed,
  secretMissing,
  runsAsRoot,
  containerRefused,
  neighbourCrashing,
  unschedulable,
  evicted,
  outOfMemory,
  diskFull,
  commandNotStarted,
  commandKilled,
  commandFailed,
  podFailed,
];

/**
 * What is wrong with pods, as kubelet and scheduler have reported it: the first rule that applies to any container of any pod, the
 * user's and those that others put there alike. Pods come in the order of their names, not in that of their changes, with which the
 * finding would change to and fro. Undefined if none does.
 */
export function findingOf(pods: readonly IPod[], place: Place): Finding | undefined {
  const cases = pods.toSorted(byName).flatMap((pod) => casesOf(pod, place));
  return firstMatch(rules.flatMap((rule) => cases.map((one) => () => rule(one))));
}

function casesOf(pod: IPod, place: Place): Case[] {
  if (pod.status?.phase === 'Failed') {
    const culprit = culpritOf(pod);
    return [culprit === undefined ? { pod, place } : { pod, place, culprit }];
  }
  const containers = containersOf(pod);
  return containers.length === 0 ? [{ pod, place }] : containers.map((container) => ({ pod, place, container }));
}

function byName(one: IPod, other: IPod): number {
  return keyOf(one).name < keyOf(other).name ? -1 : 1;
}
