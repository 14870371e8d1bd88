import type { IPod } from 'kubernetes-models/v1';
import type { Quote } from '../../api/condition.ts';
import { keyOf } from '../../api/resource.ts';
import { firstMatch } from '../../api/rules.ts';
import { mainContainer } from '../container.ts';
import { containersOf, lastWords } from './containers.ts';
import { mainCrashing, neighbourCrashing, neighbourEnded } from './crashing.ts';
import { endRules } from './ended.ts';
import type { Case, Finding, Rule } from './finding.ts';
import type { Place } from './place.ts';
import { waitsFor } from './lasting.ts';
import { imageRefused, runsAsRoot } from './images.ts';
import { atOnce, type Ending, endingsOf } from './order.ts';
import { sourceMissing } from './references.ts';
import { claimMissing, claimUnbound, unschedulable } from './scheduling.ts';
import { isGoing, timeOf } from './times.ts';
import { transferFailing } from './transfers.ts';
import { commandRefused, containerRefused } from './waiting.ts';

/**
 * Rules about living pods, by how much they tell: a user's container that crashes comes before whatever else is wrong, and what merely
 * waits comes last. Of what is equally telling, what began first is told.
 */
const livingRules: readonly (readonly Rule[])[] = [
  [mainCrashing],
  [
    claimMissing,
    claimUnbound,
    imageRefused,
    sourceMissing,
    runsAsRoot,
    commandRefused,
    containerRefused,
    transferFailing,
    neighbourCrashing,
    neighbourEnded,
  ],
  [unschedulable],
];

/**
 * What is wrong with the pods of a Job or of a revision, whoever's containers they have: with those that live, else how those that failed
 * came to their end, the first first. It depends on what pods tell alone, and not on their order. Undefined if nothing is known to be wrong.
 */
export function findingOf(pods: readonly IPod[], place: Place): Finding | undefined {
  const sorted = pods.toSorted(byName);
  const cases = sorted.filter((pod) => isLiving(pod) && !isGoing(pod)).flatMap((pod) => casesOf(pod, place));
  return firstFound(livingRules, cases) ?? howEnded(sorted, place);
}

/**
 * What pods wait for that do not work, or not yet, be it in the ordinary course of things: until it has lasted for long, that is no
 * problem. Undefined if all work.
 */
export function stillWaiting(pods: readonly IPod[], place: Place, now: Date): Finding | undefined {
  const living = pods.toSorted(byName).filter(isLiving);
  return earliest(living.flatMap((pod) => waitsFor(pod, place, now) ?? []));
}

function firstFound(rules: readonly (readonly Rule[])[], cases: readonly Case[]): Finding | undefined {
  return firstMatch(rules.map((equal) => () => earliest(cases.flatMap((one) => firstMatch(equal, one) ?? []))));
}

/** What nobody knows the beginning of comes last. */
function earliest(findings: readonly Finding[]): Finding | undefined {
  const begun = ({ since }: Finding) => timeOf(since) || Infinity;
  return findings.reduce<Finding | undefined>(
    (first, other) => (first === undefined || begun(other) < begun(first) ? other : first),
    undefined,
  );
}

function howEnded(pods: readonly IPod[], place: Place): Finding | undefined {
  const endings = endingsOf(pods, place);
  const index = endings.findIndex((ending) => firstMatch(endRules, ending, place) !== undefined);
  const told = endings.slice(index);
  const [first] = told;
  const finding = index < 0 || first === undefined ? undefined : firstMatch(endRules, first, place);
  if (first === undefined || finding === undefined) return undefined;
  return withOthers(withUser(finding, first), atOnce(told));
}

/** Who reads of somebody else's container also wants to know how their own fared. */
function withUser(finding: Finding, { pod }: Ending): Finding {
  const own = containersOf(pod).find(({ isMain }) => isMain);
  const end = own?.status.state?.terminated;
  if (finding.container === undefined || finding.isMain || own === undefined || end === undefined) return finding;
  const what = `${finding.what}; the user's command ended with exit code ${end.exitCode}`;
  return { ...finding, what, quote: [...quotesOf(finding), ...(end.exitCode === 0 ? [] : [lastWords(own, end)])] };
}

/** How many of those that ended at once have their say. */
const mostQuoted = 2;

/** Nobody knows which of those came first that ended within a second of each other. */
function withOthers(finding: Finding, others: readonly Ending[]): Finding {
  if (others.length === 0) return finding;
  const named = others.slice(0, mostQuoted);
  const more = others.length > mostQuoted ? ` and ${others.length - mostQuoted} more` : '';
  const what = `${finding.what}; in the same second it ended${named.map(({ where }) => where).join(',')}${more} too`;
  const quotes = named.flatMap(({ container, end, where }) => (container ? [lastWords(container, end, where)] : []));
  const { container = mainContainer } = finding;
  const all = { remedy: 'read their logs', evidence: { type: 'Logs', container } } as const;
  return { ...finding, what, quote: [...quotesOf(finding), ...quotes], ...(finding.evidence?.type === 'Log' && all) };
}

function quotesOf({ quote }: Finding): readonly Quote[] {
  return [quote ?? []].flat();
}

function casesOf(pod: IPod, place: Place): Case[] {
  const containers = containersOf(pod, place);
  return containers.length === 0 ? [{ pod, place }] : containers.map((container) => ({ pod, place, container }));
}

function isLiving({ status }: IPod): boolean {
  return status?.phase !== 'Failed' && status?.phase !== 'Succeeded';
}

function byName(one: IPod, other: IPod): number {
  return keyOf(one).name < keyOf(other).name ? -1 : 1;
}
