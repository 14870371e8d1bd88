import { milliseconds } from '../../api/duration.ts';
import { namedObject } from '../cluster/kinds.ts';
import { type Invocation, Refused, type Run } from '../command.ts';
import { follow } from './follow.ts';
import { printWhole, tellNothing } from './once.ts';
import { LogPrinter } from './printer.ts';
import type { ReadOptions } from './reader.ts';
import { type Choice, subjectOf } from './subject.ts';

/** Prints the logs of an object. */
export const logs: Run = async (invocation: Invocation) => {
  const choice = choiceOf(invocation);
  const options = readOptions(invocation);
  const cluster = invocation.cluster();
  const subject = await subjectOf(cluster, namedObject(invocation.words, cluster.namespace), choice);
  const printer = new LogPrinter(invocation.out, invocation.options['timestamps'] === true);
  if (options.follow) {
    await follow(invocation, subject, options, printer);
    return printer.isComplete ? 0 : 1;
  }
  const look = await subject.look();
  if (look.sources.length + look.gone.length === 0) tellNothing(invocation, look);
  await printWhole(invocation, look, options, printer);
  return printer.isComplete && look.unread.length === 0 ? 0 : 1;
};

function choiceOf({ options }: Invocation): Choice {
  const { container, stage, revision, allContainers, attempt } = options;
  return {
    container: word(container),
    allContainers: allContainers === true,
    stage: word(stage)?.toLowerCase(),
    revision: word(revision),
    rank: numberOf('--rank', options['rank'], 0),
    attempt: attempt === 'all' ? 'all' : numberOf('--attempt', attempt, 1),
  };
}

function readOptions({ options, now }: Invocation): ReadOptions {
  const since = word(options['since']);
  const time = since === undefined ? undefined : milliseconds(since);
  if (since !== undefined && time === undefined) {
    throw new Refused(`--since takes a length such as 10m or 1h30m, not "${since}"`, 2);
  }
  return {
    follow: options['follow'] === true,
    tail: numberOf('--tail', options['tail'], 0),
    now,
    since: time === undefined ? undefined : new Date(now().getTime() - time),
  };
}

type Value = Invocation['options'][string];

function word(value: Value): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function numberOf(option: string, value: Value, least: number): number | undefined {
  if (value === undefined) return undefined;
  const given = String(value);
  if (/^[0-9]{1,9}$/.test(given) && Number(given) >= least) return Number(given);
  throw new Refused(`${option} takes a number from ${least} on, not "${given}"`, 2);
}
