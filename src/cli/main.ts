import { chosenCluster } from '../kube/connection.ts';
import { errorMessage } from '../kube/errors.ts';
import { Cluster } from './cluster/cluster.ts';
import { type ExitCode, type Invocation, Refused } from './command.ts';
import type { Flags } from './flags.ts';
import { Output, type Stream } from './output/output.ts';
import { message, styled, text } from './output/text.ts';
import { run, type Surroundings } from './program.ts';

/** Set by hack/build.ts. */
declare const FLYBALL_VERSION: string | undefined;

/**
 * `kubectl flyball`: the composition root of the command line. It reads the environment and the kubeconfig, and does nothing that the
 * user's own rights do not allow.
 */
async function main(line: readonly string[]): Promise<ExitCode> {
  const stop = new AbortController();
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => stop.abort());
  // Whoever reads the first lines alone, such as head, has seen enough.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));
  let cluster: Cluster | undefined;
  const surroundings: Surroundings = {
    version: typeof FLYBALL_VERSION === 'undefined' ? 'development' : FLYBALL_VERSION,
    write: (words) => process.stdout.write(words),
    writeError: (words) => process.stderr.write(words),
    invocation: (words, options, flags): Invocation => ({
      words,
      options,
      flags,
      out: outputTo(process.stdout, flags),
      err: outputTo(process.stderr, flags),
      input: process.stdin,
      now: () => new Date(),
      stop: stop.signal,
      cluster: () => (cluster ??= connect(flags)),
    }),
  };
  try {
    return await run(line, surroundings);
  } catch (error) {
    if (stop.signal.aborted) return 1;
    const err = outputTo(process.stderr, { color: 'auto' });
    err.line(text`${styled('bad', 'error:')} ${message(errorMessage(error))}`);
    return error instanceof Refused ? error.exitCode : 1;
  } finally {
    await cluster?.close();
  }
}

function outputTo(stream: Stream, { color }: Flags): Output {
  const isWanted = stream.isTTY === true && !process.env['NO_COLOR'] && process.env['TERM'] !== 'dumb';
  return new Output(stream, color === 'auto' ? isWanted : color === 'always', isUnicode());
}

/** As POSIX finds the encoding. Windows has none in the environment, and terminals that show all characters. */
function isUnicode(): boolean {
  const { LC_ALL, LC_CTYPE, LANG } = process.env;
  return process.platform === 'win32' || /utf-?8/i.test(LC_ALL || LC_CTYPE || LANG || '');
}

function connect({ namespace, kubeconfig, context, as, asGroup }: Flags): Cluster {
  try {
    const choice = {
      ...(kubeconfig !== undefined && { kubeconfig }),
      ...(context !== undefined && { context }),
      ...(as !== undefined && { as }),
      ...(asGroup !== undefined && { asGroups: asGroup }),
    };
    return new Cluster(chosenCluster(choice), namespace);
  } catch (error) {
    throw new Refused(errorMessage(error));
  }
}

void main(process.argv.slice(2)).then((code) => {
  process.exitCode = code;
});
