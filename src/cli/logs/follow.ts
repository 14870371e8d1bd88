import { idOfSource, type LogSource } from '../../product/logs/sources.ts';
import { Changes } from '../cluster/changes.ts';
import { errorMessage } from '../../kube/errors.ts';
import { Refused, type Invocation } from '../command.ts';
import { message, styled, text } from '../output/text.ts';
import { printWhole, tellUnread, withinLimit } from './once.ts';
import type { LogPrinter } from './printer.ts';
import { ContainerLog, type ReadOptions } from './reader.ts';
import type { Look, Subject } from './subject.ts';

/** Prints what there is, and goes on with what comes, whichever pod it comes from, until it is over or the person has seen enough. */
export async function follow(
  invocation: Invocation,
  subject: Subject,
  options: ReadOptions,
  printer: LogPrinter,
): Promise<void> {
  const ending = new AbortController();
  const stop = AbortSignal.any([invocation.stop, ending.signal]);
  const changes = new Changes(invocation.cluster(), subject.namespace);
  changes.watch(subject.watched, stop);
  try {
    await new Following(invocation, subject, options, printer, changes, stop).run();
  } finally {
    ending.abort();
  }
}

class Following {
  readonly #invocation: Invocation;
  readonly #subject: Subject;
  readonly #options: ReadOptions;
  readonly #printer: LogPrinter;
  readonly #changes: Changes;
  readonly #stop: AbortSignal;
  readonly #begun = new Set<string>();
  readonly #told = new Set<string>();
  #open = 0;

  constructor(
    invocation: Invocation,
    subject: Subject,
    options: ReadOptions,
    printer: LogPrinter,
    changes: Changes,
    stop: AbortSignal,
  ) {
    this.#invocation = invocation;
    this.#subject = subject;
    this.#options = options;
    this.#printer = printer;
    this.#changes = changes;
    this.#stop = stop;
  }

  async run(): Promise<void> {
    const first = await this.#subject.look();
    const over = first.sources.filter(({ pod }) => isFinished(pod.status?.phase));
    for (const source of over) this.#begun.add(idOfSource(source));
    await printWhole(this.#invocation, { ...first, sources: over }, { ...this.#options, follow: false }, this.#printer);
    for (let look: Look | 'Unknown' = first; !this.#stop.aborted; look = await this.#lookAgain()) {
      if (look !== 'Unknown' && this.#take(look)) return;
      await this.#changes.next(this.#stop);
    }
  }

  /** True if all is over. */
  #take(look: Look): boolean {
    const fresh = look.sources.filter((source) => !this.#begun.has(idOfSource(source)));
    for (const source of withinLimit(fresh, this.#open, (words) => this.#tell(words))) this.#begin(source);
    if (look.ended !== undefined && this.#open === 0) {
      this.#tell(look.ended);
      return true;
    }
    if (this.#open === 0 && look.goesOn !== undefined) this.#tell(`waiting: ${look.goesOn}`);
    return false;
  }

  #begin(source: LogSource): void {
    this.#begun.add(idOfSource(source));
    this.#open += 1;
    void this.#print(source).then(() => {
      this.#open -= 1;
      this.#changes.note();
    });
  }

  async #print(source: LogSource): Promise<void> {
    try {
      const log = new ContainerLog(this.#invocation.cluster(), source, this.#options, this.#stop);
      for await (const entries of log.entries()) {
        await this.#printer.print(entries.map((entry) => [source.prefix, entry]));
      }
    } catch (error) {
      if (!this.#stop.aborted) this.#tell(`${source.prefix}: ${errorMessage(error)}`);
    }
  }

  /** An API server that does not answer for a while ends nothing; what the person asked about may be gone for good. */
  async #lookAgain(): Promise<Look | 'Unknown'> {
    try {
      const look = await this.#subject.look();
      tellUnread(
        this.#invocation,
        look.unread.filter(({ what }) => !this.#told.has(what)),
      );
      for (const { what } of look.unread) this.#told.add(what);
      return look;
    } catch (error) {
      if (error instanceof Refused) throw error;
      if (!this.#stop.aborted) this.#tell(`the API server does not answer: ${errorMessage(error)}`);
      return 'Unknown';
    }
  }

  /** Each thing once. */
  #tell(words: string): void {
    if (this.#told.has(words)) return;
    this.#told.add(words);
    this.#invocation.err.line(text`${styled('faint', message(words))}`);
  }
}

function isFinished(phase: string | undefined): boolean {
  return phase === 'Succeeded' || phase === 'Failed';
}
