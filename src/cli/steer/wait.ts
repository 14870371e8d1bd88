import { setTimeout as sleep } from 'node:timers/promises';
import { milliseconds } from '../../api/duration.ts';
import { written } from '../../api/message.ts';
import type { Key, Kind, Resource } from '../../api/resource.ts';
import { uidOf } from '../../api/resource.ts';
import { errorMessage, KubernetesError } from '../../kube/errors.ts';
import type { Outcome } from '../../product/steering/steering.ts';
import type { Cluster } from '../cluster/cluster.ts';
import { type Invocation, Refused } from '../command.ts';
import { message, text } from '../output/text.ts';

/** What is waited for. */
export interface Awaited<R extends Resource> {
  readonly kind: Kind<R>;
  readonly key: Key;
  /** Another object of that name is not waited for. */
  readonly uid: string;
  readonly outcome: (object: R) => Outcome;
}

/** A server that fails, or that ends or forbids watches, is not asked again at once. */
const pauseBetweenReads = 1000;

/** Until a patch has taken effect, or will not, or the time is over; tells each news. */
export async function wait<R extends Resource>(
  cluster: Cluster,
  awaited: Awaited<R>,
  invocation: Invocation,
): Promise<Outcome> {
  try {
    return await awaitOutcome(cluster, awaited, invocation);
  } catch (error) {
    if (!isRefusal(error)) throw error;
    const what = 'It was patched, but you may not read what becomes of it';
    return { type: 'Bad', message: written({ what, quote: { by: 'the API server', words: error.message } }) };
  }
}

async function awaitOutcome<R extends Resource>(
  cluster: Cluster,
  awaited: Awaited<R>,
  { err, stop, options }: Invocation,
): Promise<Outcome> {
  const timeout = timeoutOf(options);
  const ended = timeout === undefined ? stop : AbortSignal.any([stop, AbortSignal.timeout(timeout)]);
  let last: Outcome = { type: 'Waiting', message: '' };
  let told = '';
  const tell = (trouble: unknown) => {
    const words = errorMessage(trouble);
    if (words !== told) err.line(text`not read, trying again: ${words}`);
    told = words;
  };
  for await (const object of changes(cluster, awaited, ended, tell)) {
    if (object === undefined) return { type: 'Bad', message: `${awaited.kind.kind} "${awaited.key.name}" was deleted` };
    const outcome = awaited.outcome(object);
    if (outcome.type !== 'Waiting') return outcome;
    if (outcome.message !== last.message) err.line(text`${message(outcome.message)}`);
    last = outcome;
  }
  const what = stop.aborted ? 'Nobody waits any more' : `It has not come to that within ${String(options['timeout'])}`;
  return { type: 'Bad', message: last.message === '' ? what : `${what}: ${last.message}` };
}

/** The object as it is and as it becomes; undefined once it is gone. Ends when `ended` does. @throws where it may not be read. */
async function* changes<R extends Resource>(
  { client, watching }: Cluster,
  { kind, key, uid }: Awaited<R>,
  ended: AbortSignal,
  tell: (trouble: unknown) => void,
): AsyncGenerator<R | undefined> {
  for (; !ended.aborted; await pause(ended)) {
    let object: R | undefined;
    try {
      object = await client.get(kind, key);
    } catch (error) {
      if (isRefusal(error)) throw error;
      tell(error);
      continue;
    }
    yield object !== undefined && uidOf(object) === uid ? object : undefined;
    const options = {
      namespace: key.namespace,
      fieldSelector: `metadata.name=${key.name}`,
      resourceVersion: object?.metadata?.resourceVersion ?? '',
    };
    try {
      for await (const event of await watching.watch(kind, options, ended)) {
        if (event.type === 'ERROR') break;
        if (event.type === 'BOOKMARK' || uidOf(event.object) !== uid) continue;
        yield event.type === 'DELETED' ? undefined : (event.object as R);
      }
    } catch {
      // Forbidden or broken: it is read again and again, and that tells what is wrong.
    }
  }
}

async function pause(ended: AbortSignal): Promise<void> {
  await sleep(pauseBetweenReads, undefined, { signal: ended }).catch(() => undefined);
}

/** Whether the API server does not let this person read. Everything else may be over soon. */
function isRefusal(error: unknown): error is KubernetesError {
  return error instanceof KubernetesError && (error.code === 401 || error.code === 403);
}

/** @throws Refused for what is no time. */
export function timeoutOf({ timeout: words }: Invocation['options']): number | undefined {
  if (typeof words !== 'string') return undefined;
  const time = milliseconds(words);
  if (time === undefined || time === 0) throw new Refused(`"${words}" is no time to wait: write 30s, 10m or 2h`, 2);
  return time;
}
