import { patchCommand } from '../../../api/command.ts';
import { duration } from '../../../api/duration.ts';
import { type Remedy, written } from '../../../api/message.ts';
import { keyOf } from '../../../api/resource.ts';
import type { ITrainingRun } from '../../../api/types.ts';
import { evidenceCommand } from '../../../workload/diagnosis/words.ts';
import { editCommand } from '../status/advice.ts';
import type { AttemptFacts } from './facts.ts';
import { findingOfGang, gangOf, longestPause, partlyPlaced, pauses, waitOf } from './gang.ts';
import type { Held, Problem } from './waiting.ts';
import { toldOf } from './words.ts';

const reason = 'GangWaits';

/** What is told of a gang of which only some pods have a place, and of one that has given its places back. */
export function gangWaits(facts: AttemptFacts, now: Date): Held | undefined {
  return gaveBack(facts, now) ?? holdsPlaces(facts, now);
}

/** As long as others wait for nothing but a place: what else is wrong with a pod is told by itself. */
function holdsPlaces(facts: AttemptFacts, now: Date): Held | undefined {
  const places = partlyPlaced(facts);
  const finding = places && findingOfGang(facts);
  if (places === undefined || finding?.reason !== 'Unschedulable') return undefined;
  const { what, remedies, quote, after } = toldOf(finding, facts, now);
  const { placed, members } = places;
  const message = written({
    what: `attempt ${facts.attempt.name} has a place for only ${placed} of its ${members} pods, and holds that until there is one for each: ${what}`,
    remedies: [
      {
        text: `wait: it starts by itself once all have one, and after ${duration(waitOf(facts.run))} without another one it gives back what it holds, so that others can end, and tries again`,
      },
      ...remedies,
    ],
    quote,
  });
  return { problem: { reason, message, isStalled: false }, ...(after !== undefined && { requeueAfter: after }) };
}

/** What is told of one whose pods ended before all had a place; made again the `times`th time. */
export function gangGaveUp(facts: AttemptFacts, times: number): Problem {
  const { key, run, attempt } = facts;
  const { placed, nodes } = gangOf(facts) ?? {};
  const wait = duration(waitOf(run));
  const message = written({
    what:
      `attempt ${attempt.name} had a place for only ${placed} of its ${nodes} pods, and main gave up before there was one for each. That is ` +
      `not counted as a failure`,
    remedies: [
      { text: `wait, its Job is made again by itself within ${rangeOf(run, times)}, and later each time` },
      {
        text: `have main wait longer for its partners than gangWait (${wait}), or lower that`,
        command: editCommand(key),
      },
      { text: 'see what the nodes have', command: evidenceCommand({ type: 'Nodes' }, { ...key, selector: '' }) },
    ],
  });
  return { reason, message, isStalled: false };
}

function gaveBack(facts: AttemptFacts, now: Date): Held | undefined {
  const { job, key, run, attempt } = facts;
  const gang = gangOf(facts);
  if (job === undefined || gang === undefined || !pauses(facts, now)) return undefined;
  const { placed, nodes, givenBack, waitsFor } = gang;
  const often = givenBack === 1 ? '' : ` (${givenBack} times by now)`;
  const remedies: Remedy[] = [
    { text: `wait, it tries again by itself within ${rangeOf(run, givenBack)}, and waits longer each time` },
    {
      text: 'let it try now',
      command: patchCommand('job', { ...key, name: keyOf(job).name }, { suspend: false }),
    },
    { text: 'see what the nodes have', command: evidenceCommand({ type: 'Nodes' }, { ...key, selector: '' }) },
  ];
  const message = written({
    what:
      `attempt ${attempt.name} had a place for only ${placed} of its ${nodes} pods, and held that in vain for ${duration(waitOf(run))}; it has ` +
      `given it back${often}, so that others can use it`,
    remedies,
    quote: { by: 'the scheduler', words: waitsFor },
  });
  return { problem: { reason, message, isStalled: false } };
}

function rangeOf(run: ITrainingRun, times: number): string {
  return duration(Math.ceil(longestPause(run, times) / 60_000) * 60_000);
}
