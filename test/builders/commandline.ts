import { Readable, Writable } from 'node:stream';
import { Cluster } from '../../src/cli/cluster/cluster.ts';
import { type ExitCode, Refused } from '../../src/cli/command.ts';
import { connectionOptions, type Flags, timeoutOf } from '../../src/cli/flags.ts';
import { explained } from '../../src/cli/failure.ts';
import { Output, type Stream } from '../../src/cli/output/output.ts';
import { sentence, styled, text } from '../../src/cli/output/text.ts';
import { run } from '../../src/cli/program.ts';
import type { FakeApiServer } from './apiserver.ts';

/** What a command printed, and how it ended. */
export interface Played {
  readonly out: string;
  readonly err: string;
  readonly exitCode: ExitCode;
}

interface Circumstances {
  readonly now?: Date;
  /** Whether a person looks on, so that there are colours. */
  readonly isTerminal?: boolean;
  readonly input?: string;
  readonly stop?: AbortSignal;
  /** Filled as it is written, where a command goes on until it is stopped. */
  readonly written?: { out: string; err: string };
}

/** Runs `kubectl flyball LINE` against a server in this process, as main.ts does; words with spaces stand in double quotation marks, or line is all words. */
export async function play(
  server: Pick<FakeApiServer, 'url'>,
  line: string | readonly string[],
  circumstances: Circumstances = {},
): Promise<Played> {
  const {
    now = new Date('2026-11-24T10:10:00Z'),
    isTerminal = false,
    input = '',
    stop = new AbortController().signal,
    written = { out: '', err: '' },
  } = circumstances;
  const out = recorded(isTerminal, (chunk) => {
    written.out += chunk;
  });
  const err = recorded(isTerminal, (chunk) => {
    written.err += chunk;
  });
  const connect = () => Promise.resolve({ server: server.url, headers: {}, tls: {} });
  const opened: Cluster[] = [];
  let given: Flags = { color: 'auto' };
  const outputTo = (stream: Stream) => new Output(stream, isTerminal, true, connectionOptions(given));
  const ended = await run(typeof line === 'string' ? words(line) : line, {
    version: '0.0.0',
    write: (text) => out.write(text),
    writeError: (text) => err.write(text),
    invocation: (arguments_, options, flags) => {
      given = flags;
      return {
        words: arguments_,
        options,
        flags,
        out: outputTo(out),
        err: outputTo(err),
        input: Readable.from([Buffer.from(input)]),
        now: () => now,
        stop,
        cluster: () => {
          const chosen = { connect, server: server.url, context: 'test', namespace: 'team' };
          opened.push(new Cluster(chosen, flags.namespace, { timeout: timeoutOf(flags) }));
          return opened.at(-1)!;
        },
      };
    },
  }).catch((error: unknown): ExitCode => {
    const told = explained(error, { server: server.url, namespace: 'team' });
    outputTo(err).line(text`${styled('bad', 'error:')} ${sentence(told)}`);
    return error instanceof Refused ? error.exitCode : 1;
  });
  await Promise.all(opened.map((cluster) => cluster.close()));
  return { ...written, exitCode: ended };
}

function recorded(isTTY: boolean, hear: (chunk: string) => void): Stream {
  const stream = new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      hear(chunk.toString());
      done();
    },
  });
  return Object.assign(stream, { isTTY, columns: 100 });
}

function words(line: string): string[] {
  return [...line.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? '');
}
