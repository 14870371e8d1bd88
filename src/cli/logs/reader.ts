import { setTimeout as sleep } from 'node:timers/promises';
import type { IPod } from 'kubernetes-models/v1';
import { pods } from '../../api/kinds.ts';
import { keyOf, uidOf } from '../../api/resource.ts';
import { errorMessage, KubernetesError } from '../../kube/errors.ts';
import { hasRun, statusIn } from '../../product/logs/containers.ts';
import { lastWordsIn } from '../../product/logs/gone.ts';
import type { LogSource } from '../../product/logs/sources.ts';
import type { Cluster } from '../cluster/cluster.ts';
import { type LogEntry, mark } from './entry.ts';
import { type LogLine, LineReader, momentOf } from './lines.ts';
import { Resumption } from './resumption.ts';

export interface ReadOptions {
  readonly follow: boolean;
  /** How many of the last lines; all if undefined. */
  readonly tail: number | undefined;
  /** From when on; from the beginning if undefined. */
  readonly since: Date | undefined;
  readonly now: () => Date;
}

/** How long to wait before the second try. */
const firstPause = 500;

/** How often a log is asked for that is only read once. */
const mostTries = 6;

/** How a log is asked for: as it goes on, as far as it goes, or that of the container before its last restart. */
type Pass = 'Follow' | 'Once' | 'Previous';

/** Whether there is more to come. */
type Outcome = 'Done' | 'Again';

/**
 * The log of one container, in batches. Whatever breaks on the way, no line comes twice and none is left out that the node still has. What
 * cannot be read is told as an entry.
 */
export class ContainerLog {
  readonly #cluster: Cluster;
  readonly #source: LogSource;
  readonly #options: ReadOptions;
  readonly #stop: AbortSignal;
  readonly #longestPause: number;
  #resumption = new Resumption();
  #tail: number | undefined;
  /** When a log was first followed of which nothing is wanted that was there before; undefined of others. */
  #followedSince: Date | undefined;
  #pod: IPod;
  #restarts: number;
  /** How often nothing came, one time after the other. */
  #silences = 0;
  /** What was told last, so that it is not told at each try. */
  #told = '';

  /** @param longestPause Milliseconds between two tries. */
  constructor(cluster: Cluster, source: LogSource, options: ReadOptions, stop: AbortSignal, longestPause = 10_000) {
    this.#cluster = cluster;
    this.#source = source;
    this.#options = options;
    this.#tail = options.tail;
    this.#stop = stop;
    this.#longestPause = longestPause;
    this.#pod = source.pod;
    this.#restarts = this.#status?.restartCount ?? 0;
  }

  async *entries(): AsyncGenerator<readonly LogEntry[]> {
    if (this.#restarts > 0) yield* this.#previous();
    if (!this.#options.follow) return yield* this.#whole();
    while (!this.#stop.aborted) {
      if ((yield* this.#pass('Follow')) === 'Done') return;
      if (!(yield* this.#look())) return yield* this.#whole();
    }
  }

  get #status() {
    return statusIn(this.#pod, this.#source.container);
  }

  /** Reads to the end, also where the connection breaks. */
  async *#whole(pass: 'Once' | 'Previous' = 'Once'): AsyncGenerator<readonly LogEntry[]> {
    while ((yield* this.#pass(pass)) === 'Again') await this.#pause();
  }

  /** Reads until the log ends, or its connection does. */
  async *#pass(pass: Pass): AsyncGenerator<readonly LogEntry[], Outcome> {
    try {
      for await (const lines of this.#lines(pass)) {
        if (lines.length === 0) continue;
        this.#silences = 0;
        yield lines.map(entryOf);
      }
      this.#told = '';
      return pass === 'Follow' ? 'Again' : 'Done';
    } catch (error) {
      if (this.#stop.aborted) return 'Done';
      return yield* this.#afterFailure(error, pass);
    }
  }

  async *#lines(pass: Pass): AsyncGenerator<readonly LogLine[]> {
    const chunks = await this.#cluster.stream(this.#call(pass), this.#stop);
    const reader = new LineReader();
    this.#resumption.begin();
    const fresh = (lines: readonly LogLine[]) => lines.filter((line) => this.#resumption.isNew(line));
    for await (const chunk of chunks) {
      yield fresh(reader.push(chunk));
      const progress = pass === 'Follow' ? reader.progress() : undefined;
      if (progress !== undefined) yield [progress];
    }
    yield fresh(reader.end());
  }

  #call(pass: Pass) {
    const { namespace, name } = keyOf(this.#pod);
    const { since, now } = this.#options;
    const resumed = this.#resumption.since ?? this.#followedSince?.toISOString();
    if (pass === 'Follow' && this.#tail === 0) this.#followedSince ??= now();
    const query = {
      container: this.#source.container,
      timestamps: 'true',
      follow: pass === 'Follow' ? 'true' : undefined,
      previous: pass === 'Previous' ? 'true' : undefined,
      sinceTime: resumed ?? since?.toISOString(),
      tailLines: resumed === undefined ? this.#tail?.toString() : undefined,
    };
    const path = `/api/v1/namespaces/${encodeURIComponent(namespace)}/pods/${encodeURIComponent(name)}/log`;
    return { method: 'GET', path, query, timeout: 30_000 } as const;
  }

  /** What the container said before it was restarted, and that it was. */
  async *#previous(): AsyncGenerator<readonly LogEntry[]> {
    yield* this.#whole('Previous');
    const end = this.#status?.lastState?.terminated;
    const how = end === undefined ? '' : ` after it ended with exit code ${end.exitCode}`;
    yield [mark(`restarted${how}; that was restart ${this.#restarts}`)];
    this.#resumption = new Resumption();
  }

  async *#afterFailure(error: unknown, pass: Pass): AsyncGenerator<readonly LogEntry[], Outcome> {
    if (!(error instanceof KubernetesError)) {
      return yield* this.#afterSilence(pass, `the log broke off: ${errorMessage(error)}`);
    }
    const { code, reason, message } = error;
    const isWaiting = reason === 'BadRequest' && (this.#status === undefined || !hasRun(this.#status));
    if (isWaiting && pass === 'Follow') return 'Again';
    // The log may well be there, where the API server is too busy or cannot reach the node.
    if (code >= 429) {
      const words = `this log cannot be read now: ${message}`;
      if (pass === 'Follow') yield* this.#tell(words);
      return yield* this.#afterSilence(pass, words);
    }
    if (code === 401 || code === 403) yield [mark(`this log may not be read: ${message}`, 'Unread')];
    else if (pass === 'Previous') {
      // A node keeps it only for a while.
      if (code !== 400 && code !== 404) yield [mark(`this log cannot be read: ${message}`, 'Unread')];
    } else if (isWaiting) yield [mark(`no log yet: ${message}`)];
    else yield [mark(`this log is gone: ${message}`, 'Gone'), ...this.#lastWords()];
    return 'Done';
  }

  /** What did not come may come yet. Whoever does not follow does not wait for ever. */
  *#afterSilence(pass: Pass, words: string): Generator<readonly LogEntry[], Outcome> {
    if (pass === 'Follow' || this.#silences < mostTries) return 'Again';
    yield [mark(words, 'Unread'), ...(pass === 'Once' ? this.#lastWords() : [])];
    return 'Done';
  }

  *#tell(words: string): Generator<readonly LogEntry[]> {
    if (this.#told !== words) yield [mark(words, 'Gone')];
    this.#told = words;
  }

  #lastWords(): LogEntry[] {
    const words = lastWordsIn(this.#pod, this.#source.container)?.trim() ?? '';
    return words === ''
      ? []
      : [mark('its last words, as its pod remembers them:'), ...words.split('\n').map(remembered)];
  }

  /** Waits until the container runs again. False if it does not: then the rest of its log is all that comes. */
  async *#look(): AsyncGenerator<readonly LogEntry[], boolean> {
    for (;;) {
      await this.#pause();
      if (this.#stop.aborted) return false;
      const found = await this.#podNow();
      if (found === 'Unknown') return true;
      if (found === undefined) return false;
      this.#pod = found;
      const status = this.#status;
      if (status !== undefined && status.restartCount > this.#restarts) {
        this.#restarts = status.restartCount;
        this.#tail = undefined;
        yield* this.#previous();
      }
      if (isOver(found, this.#source.container)) return false;
      // A container that waits says nothing, and what it said before was read.
      if (status?.state?.waiting === undefined) return true;
    }
  }

  async #podNow(): Promise<IPod | 'Unknown' | undefined> {
    try {
      const found = await this.#cluster.client.get(pods, keyOf(this.#pod));
      return found !== undefined && uidOf(found) === uidOf(this.#pod) ? found : undefined;
    } catch {
      // Whatever is wrong, the next try to read the log tells it.
      return 'Unknown';
    }
  }

  async #pause(): Promise<void> {
    const time = Math.min(this.#longestPause, firstPause * 2 ** this.#silences);
    this.#silences += 1;
    await sleep(time, undefined, { signal: this.#stop }).catch(() => undefined);
  }
}

/** Whether a container has ended for good. */
function isOver(pod: IPod, name: string): boolean {
  const end = statusIn(pod, name)?.state?.terminated;
  if (pod.status?.phase === 'Succeeded' || pod.status?.phase === 'Failed') return true;
  if (end === undefined) return false;
  const own = pod.spec?.initContainers?.find((container) => container.name === name)?.restartPolicy;
  const policy = own ?? pod.spec?.restartPolicy ?? 'Always';
  const isInit = pod.spec?.initContainers?.some((container) => container.name === name) === true && own === undefined;
  return policy === 'Never' || (end.exitCode === 0 && (policy === 'OnFailure' || isInit));
}

function entryOf({ stamp, words, cut }: LogLine): LogEntry {
  return { moment: momentOf(stamp), stamp, words, cut };
}

function remembered(words: string): LogEntry {
  return { moment: undefined, stamp: '', words, cut: 0 };
}
