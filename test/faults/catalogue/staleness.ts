import type { Request } from '../contract.ts';
import { coalesced, errorFrame } from '../proxy/frames.ts';
import { targetOf } from '../proxy/kubernetes.ts';
import type { Treatment } from '../proxy/proxy.ts';
import type { WatchStream } from '../proxy/watch.ts';
import { anyMoment, type Fault, type Means } from './fault.ts';

const stale = { class: 'Staleness', kind: 'Optional', end: 'AsReference', moments: anyMoment } as const;

/** In milliseconds: how late each event comes, and for how long that goes on. */
const lag = { each: 400, duration: 4_000 } as const;
/** How many events a watch stays behind, and for how long. */
const behind = { count: 2, duration: 2_000 } as const;
const window = 1_500;

const gone = errorFrame(410, 'Expired', 'The resourceVersion for the provided watch is too old.');

/** What the operator sees is true, but it was a while ago. */
export const staleness: readonly Fault[] = [
  {
    ...stale,
    name: 'lag',
    strike: ({ watches }, { kind }) => watches(kind).forEach((watch) => watch.delay(lag.each, lag.duration)),
  },
  {
    ...stale,
    name: 'behind',
    strike: ({ watches }, { kind }) =>
      watches(kind).forEach((watch) => watch.fallBehind(behind.count, behind.duration)),
  },
  {
    ...stale,
    name: 'coalesced',
    strike: ({ watches }, { kind }) => watches(kind).forEach((watch) => watch.hold(window, coalesced)),
  },
  {
    ...stale,
    name: 'skipped',
    strike: ({ watches }, { kind }) => watches(kind).forEach((watch) => watch.skip(window, gone)),
  },
  {
    ...stale,
    name: 'stale-restart',
    kind: 'None',
    strike: ({ processes, proxy, requests, later }) => {
      proxy.staleVersion = versionBefore(requests.findLast(({ answer }) => answer !== undefined));
      proxy.newWatchesHeldFor = window;
      for (const number of processes.running) processes.signal(number, 'SIGKILL');
      later(2 * lag.duration, () => {
        proxy.staleVersion = undefined;
        proxy.newWatchesHeldFor = 0;
      });
    },
  },
  { ...stale, name: 'overtaken', kind: 'None', moments: ['Write'], treatment: (means) => overtaking(means) },
  {
    ...stale,
    name: 'overtaken-unseen',
    kind: 'None',
    moments: ['Write'],
    treatment: (means) => overtaking(means, (watch) => watch.hold(window)),
  },
  {
    ...stale,
    name: 'deleted-unseen',
    kind: 'None',
    moments: ['Write'],
    end: 'MayDiffer',
    treatment: (means) => deleting(means),
  },
];

/** Somebody changes the object right before the write, and `strike` befalls the watches of its kind before that. */
function overtaking(means: Means, strike: (watch: WatchStream) => void = () => undefined): Treatment {
  return forestalling(means, strike, (object, path) =>
    means.apiServer.administer('PATCH', object, { metadata: { annotations: { 'faults/overtaken': path } } }),
  );
}

/** Somebody deletes the object right before the write, and the watch does not tell for a while. */
function deleting(means: Means): Treatment {
  return forestalling(
    means,
    (watch) => watch.hold(window),
    (object) => means.apiServer.administer('DELETE', object, { propagationPolicy: 'Background' }),
  );
}

/** Something happens to the object right before a write to it. */
function forestalling(
  { watches }: Means,
  strike: (watch: WatchStream) => void,
  act: (object: string, path: string) => Promise<unknown>,
): Treatment {
  return {
    before: async ({ request: { method, path } }) => {
      const target = targetOf(path);
      if (method === 'POST' || target?.name === undefined) return undefined;
      watches(target.plural).forEach(strike);
      const { subresource } = target;
      await act(subresource === undefined ? path : path.slice(0, -subresource.length - 1), path);
      return undefined;
    },
  };
}

/** The version of the world right before a write. */
function versionBefore(write: Request | undefined): string | undefined {
  const { metadata } = (write?.answer ?? {}) as { readonly metadata?: { readonly resourceVersion?: string } };
  return metadata?.resourceVersion === undefined ? undefined : String(BigInt(metadata.resourceVersion) - 1n);
}
