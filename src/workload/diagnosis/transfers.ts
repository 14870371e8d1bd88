/** Rules about the containers of ours that move artifacts: what they do while they run, and how they failed. */
import type { IPod } from 'kubernetes-models/v1';
import { type Quote, shortened } from '../../api/condition.ts';
import { outputAway, outputRefused, peopleMend, type TransferContainer, transferContainers } from '../transfers.ts';
import {
  type ContainerReport,
  containersOf,
  type End,
  isLost,
  isUnstarted,
  lastWords,
  saveName,
} from './containers.ts';
import type { Finding, LastingRule, Move, Rule } from './finding.ts';
import { inMemory } from './memory.ts';
import type { EndRule } from './order.ts';
import type { Place } from './place.ts';
import { isGoing, turnOf } from './times.ts';
import type { FindingReason } from './reasons.ts';
import { refusalOf } from './waiting.ts';

/** URIs may be hundreds of characters long, and a remedy has to follow. */
const longestURI = 192;

/** Which of our containers it is; undefined for all others. */
export function transferOf({ status, owner }: ContainerReport): TransferContainer | undefined {
  return owner === 'Ours' ? transferContainers.find((name) => name === status.name) : undefined;
}

/** The field that says with what artifacts are fetched and saved. */
export function storageField({ container }: Place): string {
  return `${container}.storage`;
}

interface Words {
  /** "fetches s3://data/train into the pod": what follows the name of the container. */
  readonly does: string;
  /** "fetching s3://data/train". */
  readonly doing: string;
}

const reasons: Readonly<Record<TransferContainer, { readonly runs: FindingReason; readonly fails: FindingReason }>> = {
  'check-output': { runs: 'InitRunning', fails: 'OutputNotWritable' },
  fetch: { runs: 'Fetching', fails: 'FetchFailed' },
  verify: { runs: 'Fetching', fails: 'FetchFailed' },
  restore: { runs: 'Fetching', fails: 'FetchFailed' },
  save: { runs: 'Saving', fails: 'SaveFailed' },
  checkpoint: { runs: 'Saving', fails: 'CheckpointFailed' },
};

function wordsOf(transfer: TransferContainer, { spec }: ContainerReport): Words {
  const [first = '', second = ''] = spec?.args ?? [];
  switch (transfer) {
    case 'fetch': {
      const count = Math.ceil((spec?.args ?? []).length / 2);
      const what = count === 1 ? uriIn(first) : `${count} artifacts`;
      return { does: `fetches ${what}, and what needs it starts after that`, doing: `fetching ${what}` };
    }
    case 'check-output': {
      const what = `whether the output can be written to ${uriIn(first)}`;
      return { does: `finds out ${what}, and the command starts after that`, doing: `finding out ${what}` };
    }
    case 'verify':
      return {
        does: 'compares what was fetched with its digests, and what needs it starts after that',
        doing: 'comparing what was fetched with its digests',
      };
    case 'restore': {
      const what = `the last checkpoint from ${uriIn(first)}, if there is one`;
      return { does: `fetches ${what}, and the command starts after that`, doing: `fetching ${what},` };
    }
    case 'save':
      return {
        does: `uploads the output to ${uriIn(second)}, since the command has ended well`,
        doing: `uploading the output to ${uriIn(second)}`,
      };
    case 'checkpoint':
      return {
        does: `uploads the last checkpoint to ${uriIn(second)}, since the command has ended`,
        doing: `uploading checkpoints to ${uriIn(second)}`,
      };
  }
}

/** Without what the kubelet puts in: the folder of the pod. */
function uriIn(argument: string): string {
  return shortened(argument.replace(/\/?\$\(.*$/, ''), longestURI);
}

/** It goes on by itself. How far it is stands in its log alone. */
export const transferring: LastingRule = (pod, place) => {
  const all = containersOf(pod, place);
  const container = all.find((one) => one.saves && isAtWork(one, all)) ?? all.find((one) => isAtWork(one, all));
  const transfer = container && transferOf(container);
  if (container === undefined || transfer === undefined) return undefined;
  const { startedAt } = container.status.state?.running ?? {};
  const main = all.find(({ isMain }) => isMain)?.status.state?.terminated;
  const since = transfer === 'checkpoint' ? main?.finishedAt : startedAt;
  return {
    ...aboutTransfer(container, 'Ours'),
    lasts: true,
    ...(typeof since === 'string' && { since }),
    reason: reasons[transfer].runs,
    what: `container ${container.status.name} ${wordsOf(transfer, container).does}`,
    move: 'Wait',
    remedy: 'see how far it is',
    evidence: { ...logOf(pod, container), lines: 1 },
  };
};

/** Beside a command that runs checkpoints are uploaded in the ordinary course of things. */
function isAtWork(container: ContainerReport, all: readonly ContainerReport[]): boolean {
  const transfer = transferOf(container);
  if (transfer === undefined || container.status.state?.running === undefined) return false;
  return (
    transfer !== 'checkpoint' || all.some(({ isMain, status }) => isMain && status.state?.terminated !== undefined)
  );
}

/** In a pod that starts its containers again: it is told from the first failure on, until it has come through. */
export const transferFailing: Rule = ({ pod, container, place }) => {
  const transfer = container && transferOf(container);
  const end = container && failureOf(container);
  if (container === undefined || transfer === undefined || end === undefined) return undefined;
  if (refusalOf(container) !== undefined || !isOwnEnd(end) || isInVain(transfer, pod, place)) return undefined;
  const isOver =
    container.part !== 'Sidecar' && pod.spec?.restartPolicy === 'Never' && container.status.restartCount === 0;
  const again = isOver
    ? ''
    : transfer === 'checkpoint'
      ? ', and is tried again while the command goes on'
      : ', and is tried again';
  // The same at each failure: it is told once, not at each try.
  return failed(pod, container, { transfer, end, place, again, where: '', at: turnOf(pod, container) });
};

/** How it failed last, unless it has come through since: what runs again may fail again, and a sidecar that has not ends well. */
function failureOf({ status: { state, lastState } }: ContainerReport): End | undefined {
  const last = state?.terminated ?? lastState?.terminated;
  return last?.exitCode === 0 ? undefined : last;
}

/** Nobody goes on from there. */
function isInVain(transfer: TransferContainer, pod: IPod, place: Place): boolean {
  const main = containersOf(pod, place).find(({ isMain }) => isMain);
  return transfer === 'checkpoint' && main?.status.state?.terminated?.exitCode === 0;
}

export const transferFailed: EndRule = ({ pod, container, end, at, where }, place) => {
  const transfer = container && transferOf(container);
  if (container === undefined || transfer === undefined || end === undefined) return undefined;
  if (!isOwnEnd(end)) return undefined;
  return failed(pod, container, { transfer, end, place, again: '', where, at });
};

interface Failed {
  readonly transfer: TransferContainer;
  readonly end: End;
  readonly place: Place;
  readonly again: string;
  readonly where: string;
  readonly at: string | null | undefined;
}

function failed(pod: IPod, container: ContainerReport, { transfer, end, place, again, where, at }: Failed): Finding {
  const cause = causeOf(container, end, place);
  const isOutOfMemory = cause.reason === 'OutOfMemory';
  const how = isOutOfMemory ? `OOMKilled${inMemory(pod, container)}` : `exit code ${end.exitCode}`;
  const by = `container ${container.status.name}${where}, ${how}`;
  const isOutput = cause.reason === undefined && isAboutOutput(container, end);
  return {
    ...aboutTransfer(container, cause.owner),
    lasts: false,
    ...(typeof at === 'string' && { since: at }),
    reason: cause.reason ?? (isOutput ? 'OutputNotWritable' : reasons[transfer].fails),
    what: isOutput ? unwritable(pod, by) : `${wordsOf(transfer, container).doing} failed (${by})${again}`,
    move: cause.move,
    remedy: cause.remedy,
    ...(cause.field !== undefined && { field: cause.field }),
    quote: isOutOfMemory ? [] : quoteOf(container, end, where),
    ...(cause.isTold !== true && !isGoing(pod) && { evidence: logOf(pod, container, again !== '') }),
  };
}

/** Whoever fetches finds out before whether the output can be written, and says so by its exit code. */
function isAboutOutput({ status, spec }: ContainerReport, { exitCode }: End): boolean {
  const codes = [outputRefused, outputAway];
  return status.name === checkName || (spec?.command !== undefined && codes.includes(exitCode));
}

const checkName: TransferContainer = 'check-output';

/** People have to know that no training was lost. */
function unwritable({ spec }: IPod, by: string): string {
  const [, output = ''] = spec?.containers.find(({ name }) => name === saveName)?.args ?? [];
  return `the output cannot be written to ${uriIn(output)} (${by}), so the command was not started and nothing is lost`;
}

interface Cause {
  readonly reason?: FindingReason;
  readonly owner: Finding['owner'];
  readonly move: Move;
  readonly remedy: string;
  readonly field?: string;
  /** Whether its log would tell nothing more. */
  readonly isTold?: true;
}

/** They did not fail, but were killed: by whoever took the pod away, or for what nobody tells. */
const killed = [130, 137, 143];

/** What is not is told by the rules for any container. */
function isOwnEnd(end: End): boolean {
  if (isUnstarted(end) || isLost(end)) return false;
  return end.reason === 'OOMKilled' || !killed.includes(end.exitCode);
}

function causeOf({ spec }: ContainerReport, end: End, place: Place): Cause {
  if (end.reason === 'OOMKilled') {
    const remedy = "the administrator of Flyball has to raise storage.resources in the chart's values";
    return { reason: 'OutOfMemory', owner: 'Ours', move: 'Repeat', remedy, isTold: true };
  }
  if (/no space left on device|disk quota exceeded/i.test(end.message ?? '')) {
    const field = `${storageField(place)}.volume`;
    const remedy = `give ${field} more room: a larger limit or claim, or a claim of the pod's own (ephemeral)`;
    return { reason: 'NoSpaceLeft', owner: 'User', move: 'Edit', remedy, field, isTold: true };
  }
  // Of another image nobody knows what its exit codes mean.
  const isForeign = spec?.command === undefined;
  if (end.exitCode === peopleMend || end.exitCode === outputRefused || isForeign) {
    return { owner: 'User', move: 'Mend', remedy: 'mend what it says' };
  }
  return { owner: 'Ours', move: 'Repeat', remedy: 'see whether the store answers, and what was tried' };
}

/** What ours say at their end is one sentence whose beginning tells most; what was left of a log is told by its end. */
function quoteOf(container: ContainerReport, end: End, where: string): Quote {
  const { telling, ...quote } = lastWords(container, end, where);
  const isLog = (end.message ?? '').trim().includes('\n');
  return isLog && telling !== undefined ? { ...quote, telling } : quote;
}

function aboutTransfer(
  { status }: ContainerReport,
  owner: Finding['owner'],
): Pick<Finding, 'container' | 'isMain' | 'owner'> {
  return { container: status.name, isMain: false, owner };
}

function logOf(pod: IPod, { status }: ContainerReport, isAgain = false) {
  const previous = isAgain && status.lastState?.terminated !== undefined;
  return { type: 'Log', pod: pod.metadata?.name ?? '', container: status.name, previous } as const;
}
