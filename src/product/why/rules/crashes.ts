/** Rules about a container that came to an end and is started again: the operator tells of it once that has happened more than twice. */
import type { IPod } from 'kubernetes-models/v1';
import { containersOf, type ContainerReport, lastWords, titleOf } from '../../../workload/diagnosis/containers.ts';
import { evidenceCommand } from '../../../workload/diagnosis/words.ts';
import { isLiving } from '../../../workload/podend.ts';
import { shortened } from '../../../api/condition.ts';
import { oneLine } from '../../../api/text.ts';
import { keyOf } from '../../../api/resource.ts';
import type { Case, Rule } from '../case.ts';
import { edit } from '../commands.ts';
import { eventsOfCase } from '../events.ts';
import type { Focus } from '../focus.ts';

/** Some time after its end a container that works is taken for one. */
const overcome = 600_000;

interface Crash {
  readonly pod: IPod;
  readonly container: ContainerReport;
  readonly end: NonNullable<NonNullable<ContainerReport['status']['lastState']>['terminated']>;
}

export const crashed: Rule = (one, now) => {
  const crash = one.focus && crashIn(one.focus, now);
  if (crash === undefined || isKilledByProbe(one) || isOvershadowed(one, crash)) return undefined;
  const { pod, container, end } = crash;
  const { restartCount } = container.status;
  const often = `${restartCount} ${restartCount === 1 ? 'time' : 'times'}`;
  const isOutOfMemory = end.reason === 'OOMKilled';
  const why = isOutOfMemory
    ? `${titleOf(container)} was killed for lack of memory (OOMKilled)${limitOf(container)}, and has been started again ${often}`
    : `${titleOf(container)} ended with exit code ${end.exitCode}, and has been started again ${often}`;
  return {
    why: `${why}${wordsOf(crash)}`,
    actor: container.owner === 'User' ? 'Author' : 'Administrator',
    ...(end.finishedAt !== undefined && { since: end.finishedAt.toString() }),
    next: stepsOf(one, crash, isOutOfMemory),
    proofs: [
      {
        source: `container ${container.status.name} of Pod ${keyOf(pod).name}`,
        words: `${container.status.state?.waiting?.reason ?? 'Running'}, ended before with ${end.reason ?? ''}, exit code ${end.exitCode}`,
        ...(end.finishedAt !== undefined && { at: end.finishedAt.toString() }),
      },
    ],
  };
};

/** Its exit code tells nothing then, and the probe does. */
function isKilledByProbe(one: Case): boolean {
  return eventsOfCase(one, 'Killing').some(({ message = '' }) => /failed (?:liveness|startup) probe/.test(message));
}

/** What came through is no cause as long as something else is found. */
function isOvershadowed({ finding }: Case, { container }: Crash): boolean {
  return container.status.ready && finding !== undefined && finding.container !== container.status.name;
}

function crashIn({ pods, place }: Focus, now: Date): Crash | undefined {
  const crashes = pods.filter(isLiving).flatMap((pod) =>
    containersOf(pod, place).flatMap((container) => {
      const end = container.status.lastState?.terminated;
      const isOver = container.status.ready && now.getTime() - Date.parse(end?.finishedAt?.toString() ?? '') > overcome;
      return end === undefined || isOver || container.part === 'Init' ? [] : [{ pod, container, end }];
    }),
  );
  return crashes.find(({ container }) => container.status.state?.waiting !== undefined) ?? crashes[0];
}

const longestWords = 400;

function wordsOf({ container, end }: Crash): string {
  const { by, words = '' } = lastWords(container, end);
  const said = oneLine(words);
  const told = said.length > longestWords ? `…${said.slice(-longestWords)}` : said;
  return told === '' ? '' : `; ${by} said: ${shortened(told, longestWords + 1)}`;
}

function limitOf({ spec }: ContainerReport): string {
  const limit = spec?.resources?.limits?.['memory'];
  return limit === undefined ? ', without a limit of its own' : `, at its limit of ${limit}`;
}

function stepsOf(one: Case, { pod, container }: Crash, isOutOfMemory: boolean) {
  const { place, source } = one.focus ?? {};
  const isPrevious = container.status.state?.waiting !== undefined || container.status.state?.running !== undefined;
  const log = { type: 'Log', pod: keyOf(pod).name, container: container.status.name, previous: isPrevious } as const;
  const read = source === undefined ? [] : [{ text: 'read its log', command: evidenceCommand(log, source) }];
  const raise = edit(one, `raise ${place?.container ?? 'spec'}.resources.memory, or use less`);
  return isOutOfMemory && container.isMain ? [raise, ...read] : read;
}
