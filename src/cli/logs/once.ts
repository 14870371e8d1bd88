import type { LogSource } from '../../product/logs/sources.ts';
import type { Gone } from '../../product/logs/gone.ts';
import type { Unread } from '../cluster/cluster.ts';
import type { Invocation } from '../command.ts';
import { message, styled, text } from '../output/text.ts';
import { mark } from './entry.ts';
import { merged } from './merge.ts';
import type { LogPrinter } from './printer.ts';
import { ContainerLog, type ReadOptions } from './reader.ts';
import type { Look } from './subject.ts';

/** Of logs that are read side by side, each of which has a connection and some hundred KiB of memory. */
const mostAtOnce = 128;

/** Prints all that there is. What ran side by side is put in the order of its times; what came one after the other needs none. */
export async function printWhole(
  invocation: Invocation,
  { sources, gone, unread }: Pick<Look, 'sources' | 'gone' | 'unread'>,
  options: ReadOptions,
  printer: LogPrinter,
): Promise<void> {
  tellUnread(invocation, unread);
  for (const one of gone) await printGone(one, printer);
  const places = Map.groupBy(sources, ({ place }) => place);
  for (const [, all] of places) {
    const read = withinLimit(all, 0, (words) => {
      invocation.err.line(text`${styled('waiting', words)}`);
      printer.leaveOut();
    });
    const logs = read.map((source) =>
      new ContainerLog(invocation.cluster(), source, options, invocation.stop).entries(),
    );
    for await (const items of merged(logs)) {
      await printer.print(items.map(([index, entry]) => [read[index]?.prefix ?? '', entry]));
    }
  }
}

/** As many as may be read at the same time. */
export function withinLimit(
  all: readonly LogSource[],
  open: number,
  tell: (words: string) => void,
): readonly LogSource[] {
  const most = Math.max(0, mostAtOnce - open);
  if (all.length <= most) return all;
  tell(
    `${all.length - most} logs are not read, since at most ${mostAtOnce} are at once: choose by --stage, --rank, --revision or --container`,
  );
  return all.slice(0, most);
}

/** What could not be read may be what was looked for. */
export function tellUnread({ err }: Invocation, unread: readonly Unread[]): void {
  for (const { what, why } of unread) err.line(text`${styled('bad', 'not read:')} ${what}: ${why}`);
}

async function printGone({ prefix, what, lastWords }: Gone, printer: LogPrinter): Promise<void> {
  const told = lastWords === undefined ? '; nothing is known of what was said' : `; last words: ${lastWords}`;
  await printer.print([[prefix, mark(`${what}${told}`, 'Gone')]]);
}

/** Where there is nothing to read, people learn what goes on. */
export function tellNothing({ err }: Invocation, { goesOn }: Look): void {
  err.line(text`there is no log yet${goesOn === undefined ? undefined : text`: ${message(goesOn)}`}`);
}
