import type { IPod } from 'kubernetes-models/v1';
import { harmlessLine } from '../../api/text.ts';
import { keyOf } from '../../api/resource.ts';
import type { Cluster } from '../cluster/cluster.ts';

/** Nobody waits longer for what an answer can do without. */
const patience = 5_000;

/** More than any line of ours has. */
const mostBytes = 4_096;

/** The last line of a container's log; undefined if it has not said anything. */
export async function lastLine(cluster: Cluster, pod: IPod, container: string): Promise<string | undefined> {
  const { namespace, name } = keyOf(pod);
  const path = `/api/v1/namespaces/${encodeURIComponent(namespace)}/pods/${encodeURIComponent(name)}/log`;
  const query = { container, tailLines: '1', limitBytes: String(mostBytes) };
  const chunks = await cluster.stream({ method: 'GET', path, query, timeout: patience }, AbortSignal.timeout(patience));
  const read: Buffer[] = [];
  for await (const chunk of chunks) read.push(chunk);
  const line = Buffer.concat(read).toString('utf8').trim().split('\n').at(-1);
  return line === undefined || line === '' ? undefined : harmlessLine(line);
}
