/** The API server dies, etcd is compacted, and every watch has to begin anew. */
import { type AuditedRequest, isWrite } from '../../../hack/cluster/audit.ts';
import { exported } from '../exported.ts';
import type { Measured } from '../figures.ts';
import { isWork } from '../ledger.ts';
import { pause } from '../pace.ts';
import { type Turn, runKeys } from '../turn.ts';

export interface BlindSize {
  readonly runs: number;
  readonly settleSeconds: number;
}

/** Every contender watches this many kinds. */
const watchedKinds = 9;

export async function blind(turn: Turn, size: BlindSize): Promise<Measured> {
  const { ledger, environment, driver } = turn.cluster;
  turn.start();
  const keys = runKeys('burst', size.runs);
  await turn.create(keys);
  await turn.settled(keys, 1);
  await pause(size.settleSeconds * 1000);
  // Versions that no watch has seen: resuming before them is refused once they are all that etcd remembers.
  for (let index = 0; index < 20; index += 1) {
    const metadata = { name: `unseen-${index}` };
    await driver.write('POST', '/api/v1/namespaces/default/configmaps', {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata,
    });
  }
  ledger.read();
  const before = ledger.requests.length;
  await eventLoopLag(turn);
  const compacted = environment.compact();
  await environment.restartApiServer({ kill: true });
  await compacted;
  const since = (): readonly AuditedRequest[] => ledger.requests.slice(before);
  const watching = (): number =>
    new Set(
      since()
        .filter(isOpenWatch)
        .map(({ resource }) => resource),
    ).size;
  await turn.until(() => Math.max(0, watchedKinds - watching()), 'the watches to be open again');
  const lag = await eventLoopLag(turn);
  await pause(size.settleSeconds * 1000);
  ledger.read();
  const lists = Map.groupBy(since().filter(isLogicalList), ({ resource }) => resource);
  return {
    blindLists: Math.max(0, ...[...lists.values()].map((requests) => requests.length)),
    blindWrites: since().filter((request) => isWork(request) && isWrite(request)).length,
    ...(lag ? { blindLag: lag.p99, blindLagMax: lag.max } : {}),
  };
}

function isOpenWatch({ verb, code }: AuditedRequest): boolean {
  return verb === 'watch' && code === 200;
}

/** The first page of a LIST, or a watch that begins with all objects, which serves the same. */
function isLogicalList({ verb, code, uri }: AuditedRequest): boolean {
  if (verb === 'watch') return code === 200 && uri.includes('sendInitialEvents=true');
  return verb === 'list' && code === 200 && !uri.includes('continue=');
}

/** How late the operator's event loop was since the last call, in milliseconds; only Flyball tells. */
async function eventLoopLag({ cluster }: Turn): Promise<{ readonly p99: number; readonly max: number } | undefined> {
  const metric = await exported(cluster);
  if (metric === undefined) return undefined;
  const milliseconds = (name: string): number => metric(name) * 1000;
  return {
    p99: milliseconds('nodejs_eventloop_lag_p99_seconds'),
    max: milliseconds('nodejs_eventloop_lag_max_seconds'),
  };
}
