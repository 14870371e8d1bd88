/** In which order the containers of failed pods came to their ends, and which of them are victims of others. */
import type { IPod } from 'kubernetes-models/v1';
import { jobController } from '../../api/labels.ts';
import { type ContainerReport, containersOf, type End } from './containers.ts';
import type { Rule as FirstMatchRule } from '../../api/rules.ts';
import { isDisrupted } from '../podend.ts';
import type { Finding } from './finding.ts';
import type { Place } from './place.ts';
import { beginOf, conditionOf, goingSince, latest, timeOf } from './times.ts';

/** How a pod failed by one of its containers; or by itself, if no container tells. */
export interface Ending {
  readonly pod: IPod;
  readonly container?: ContainerReport;
  readonly end?: End;
  /** RFC 3339. */
  readonly at: string | undefined;
  /** What follows the container's name: nothing, or " in pod 2" of a gang. */
  readonly where: string;
  /** Whether it ended by itself, was killed, or was killed since its pod had to go: then others are to blame, if anybody is. */
  readonly fate: 'Own' | 'Killed' | 'Going';
}

/** A rule about how a pod failed for good. */
export type EndRule = FirstMatchRule<[Ending, Place], Finding>;

/** Times have the precision of seconds, and the clocks of nodes differ: within that nobody knows who was first. */
const sameTime = 1000;

const fates: readonly Ending['fate'][] = ['Own', 'Killed', 'Going'];

/** Whether the kubelet threw the pod out, because it took too much or its node ran short of something. */
export function isEvicted({ status }: IPod): boolean {
  return status?.phase === 'Failed' && status.reason === 'Evicted';
}

/**
 * The endings that made the last pod fail, the first of them first: those of pods that lived at its time, since pods of earlier tries
 * have nothing to do with it.
 */
export function endingsOf(pods: readonly IPod[], place: Place): Ending[] {
  const failed = pods.filter(({ status }) => status?.phase === 'Failed');
  const all = failed.flatMap((pod) => endingsOfPod(pod, place));
  const last = all.toSorted((one, other) => timeOf(one.at) - timeOf(other.at)).at(-1);
  const begun = last === undefined ? 0 : timeOf(beginOf(last.pod));
  return inOrder(all.filter(({ at }) => timeOf(at) === 0 || timeOf(at) >= begun));
}

/** Those that ended at the same time as the first one, as far as clocks tell, and by themselves as it did. */
export function atOnce(endings: readonly Ending[]): Ending[] {
  const [first] = endings;
  return endings.filter(
    ({ at, fate, pod }) => pod !== first?.pod && fate === 'Own' && first?.fate === 'Own' && isSameTime(at, first.at),
  );
}

/** By time; of those whose times do not differ, who ended by itself comes first. */
function inOrder(endings: readonly Ending[]): Ending[] {
  const byTime = endings.toSorted((one, other) => timeOf(one.at) - timeOf(other.at));
  const together = byTime.filter(({ at }) => isSameTime(at, byTime[0]?.at));
  const byFate = together.toSorted((one, other) => fates.indexOf(one.fate) - fates.indexOf(other.fate));
  return [...byFate, ...byTime.filter((one) => !together.includes(one))];
}

function isSameTime(one: string | undefined, other: string | undefined): boolean {
  return Math.abs(timeOf(one) - timeOf(other)) <= sameTime;
}

/** A sidecar is killed when the others have ended, so it made no pod fail. */
function endingsOfPod(pod: IPod, place: Place): Ending[] {
  const where = placeInGang(pod);
  const own = containersOf(pod, place).flatMap((container): Ending[] => {
    const end = container.status.state?.terminated;
    if (end === undefined || end.exitCode === 0 || container.part === 'Sidecar' || isEvicted(pod)) return [];
    return [{ pod, container, end, at: latest([end.finishedAt]), where, fate: fateOf(pod, end) }];
  });
  const at = latest([conditionOf(pod, 'Ready')?.lastTransitionTime ?? beginOf(pod)]);
  return own.length > 0 ? own : [{ pod, at, where, fate: isDisrupted(pod) ? 'Going' : 'Own' }];
}

function fateOf(pod: IPod, end: End): Ending['fate'] {
  if (timeOf(end.finishedAt) >= goingSince(pod) || isDisrupted(pod)) return 'Going';
  return end.reason !== 'OOMKilled' && killed.includes(end.exitCode) ? 'Killed' : 'Own';
}

/** The exit codes of SIGINT, SIGKILL and SIGTERM. Other signals are of the program's own making. */
const killed = [130, 137, 143];

function placeInGang({ metadata }: IPod): string {
  const index = /^\d{1,10}$/.exec(metadata?.annotations?.[jobController.completionIndex] ?? '')?.[0];
  return index === undefined ? '' : ` in pod ${index}`;
}
