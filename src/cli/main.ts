import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join, parse } from 'node:path';
import { chosenCluster } from '../kube/connection.ts';
import { errorMessage } from '../kube/errors.ts';
import { Cluster } from './cluster/cluster.ts';
import { agentBy } from './cluster/proxy.ts';
import { type Invocation, Refused } from './command.ts';
import { explained, type Target } from './failure.ts';
import { connectionOptions, type Flags, timeoutOf } from './flags.ts';
import { isColoured, isReaderGone, Output, type Stream } from './output/output.ts';
import { sentence, styled, text } from './output/text.ts';
import { run, type Surroundings } from './program.ts';

/** Set by hack/build.ts. */
declare const FLYBALL_VERSION: string | undefined;

/** How long a command may take to end after Ctrl-C. */
const lastWords = 500;

/** How long connections may take to close once a command has ended. */
const longestRest = 2_000;

const none = 'there is no kubeconfig, which says where the cluster is; name one by --kubeconfig, or set KUBECONFIG';

const { env } = process;
let target: Target | undefined;
let given: Flags = { color: 'auto' };

/**
 * `kubectl flyball`: the composition root of the command line. It reads the environment and the kubeconfig, and does nothing that the
 * user's own rights do not allow.
 */
async function main(line: readonly string[]): Promise<number> {
  let cluster: Cluster | undefined;
  const stop = new AbortController();
  const stopped = endBySignal(stop);
  endWithReader(stop);
  const surroundings: Surroundings = {
    version: typeof FLYBALL_VERSION === 'undefined' ? 'development' : FLYBALL_VERSION,
    width: process.stdout.columns,
    write: (words) => process.stdout.write(words),
    writeError: (words) => process.stderr.write(words),
    invocation: (words, options, flags): Invocation => {
      given = flags;
      return {
        words,
        options,
        flags,
        out: outputTo(process.stdout),
        err: outputTo(process.stderr),
        input: process.stdin,
        now: () => new Date(),
        stop: stop.signal,
        cluster: () => (cluster ??= connect(flags)),
      };
    },
  };
  try {
    const code = await run(line, surroundings);
    return stopped() ?? code;
  } catch (error) {
    if (!stop.signal.aborted)
      outputTo(process.stderr).line(text`${styled('bad', 'error:')} ${sentence(explained(error, target))}`);
    return stopped() ?? (error instanceof Refused ? error.exitCode : 1);
  } finally {
    await cluster?.close();
  }
}

/** Asks the command to end, and ends it. Gives the exit code of the signal, once there was one. */
function endBySignal(stop: AbortController): () => number | undefined {
  let code: number | undefined;
  for (const [signal, number] of [
    ['SIGHUP', 1],
    ['SIGINT', 2],
    ['SIGTERM', 15],
  ] as const) {
    process.once(signal, () => {
      code = 128 + number;
      stop.abort();
      setTimeout(() => process.exit(code), lastWords).unref();
    });
  }
  return () => code;
}

/**
 * Whoever reads the first lines alone, such as head, has seen enough, and a terminal may be gone. The command is asked to end, and writes no more there;
 * how it ended is told by its own exit code.
 */
function endWithReader(stop: AbortController): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (!isReaderGone(error)) process.exit(1);
      Object.assign(stream, { write: () => true });
      stop.abort();
    });
  }
}

function outputTo(stream: Stream): Output {
  return new Output(stream, isColoured(stream, given.color, env), isUnicode(), connectionOptions(given));
}

/** As POSIX finds the encoding. Windows has none in the environment, and terminals that show all characters. */
function isUnicode(): boolean {
  return process.platform === 'win32' || /utf-?8/i.test(env['LC_ALL'] || env['LC_CTYPE'] || env['LANG'] || '');
}

function connect(flags: Flags): Cluster {
  const timeout = timeoutOf(flags);
  const chosen = chosenBy(flags);
  const agentOf = agentBy({
    kubeconfig: chosen.proxy,
    https: env['HTTPS_PROXY'] ?? env['https_proxy'],
    http: env['HTTP_PROXY'] ?? env['http_proxy'],
    none: env['NO_PROXY'] ?? env['no_proxy'],
  });
  const cluster = new Cluster(chosen, flags.namespace, { timeout, agentOf });
  target = { server: chosen.server, namespace: cluster.namespace, installHint: chosen.installHint };
  return cluster;
}

function chosenBy({ kubeconfig, context, as, asGroup }: Flags): ReturnType<typeof chosenCluster> {
  const kubeconfigs = kubeconfig === undefined ? kubeconfigsOf(env['KUBECONFIG']) : [kubeconfig];
  if (kubeconfigs?.some((file) => !existsSync(file))) throw new Refused(`there is no file ${kubeconfig}`, 2);
  if (kubeconfigs?.length === 0) throw new Refused(none, 2);
  try {
    const chosen = chosenCluster({
      ...(kubeconfigs !== undefined && { kubeconfigs }),
      ...(context !== undefined && { context }),
      ...(as !== undefined && { as }),
      ...(asGroup !== undefined && { asGroups: asGroup }),
    });
    if (!isNone(chosen)) return chosen;
  } catch (error) {
    throw new Refused(`the kubeconfig cannot be used: ${errorMessage(error)}`, 2);
  }
  throw new Refused(none, 2);
}

/** Where there is no kubeconfig, kubectl takes this, and says that nothing listens there. */
function isNone({ server }: { readonly server: string }): boolean {
  return server === 'http://localhost:8080' && !existsSync(join(homedir(), '.kube', 'config'));
}

/** As kubectl does, without those files that are not there. */
function kubeconfigsOf(list: string | undefined): readonly string[] | undefined {
  return list ? list.split(delimiter).filter((file) => file !== '' && existsSync(file)) : undefined;
}

/** kubectl asks what may be completed by calling the same program by another name. */
function isCompletion(): boolean {
  return [process.argv0, process.argv[1] ?? ''].some((path) => parse(path).name === 'kubectl_complete-flyball');
}

/** Connections that nobody needs any more do not keep the process; words on their way do. */
function endUnlessWriting(code: number): void {
  setTimeout(() => {
    if (process.stdout.writableLength + process.stderr.writableLength > 0) endUnlessWriting(code);
    else process.exit(code);
  }, longestRest).unref();
}

const line = process.argv.slice(2);
void main(isCompletion() ? ['complete', '--', ...line] : line).then((code) => {
  process.exitCode = code;
  endUnlessWriting(code);
});
