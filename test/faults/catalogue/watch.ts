import { errorFrame } from '../proxy/frames.ts';
import { isWatch, refusal, targetOf } from '../proxy/kubernetes.ts';
import type { WatchStream } from '../proxy/watch.ts';
import type { Request } from '../contract.ts';
import { anyMoment, type Fault } from './fault.ts';

const watching = { class: 'Watch', kind: 'Optional', end: 'AsReference', moments: anyMoment } as const;

const expired = 'The resourceVersion for the provided watch is too old.';
const gone = errorFrame(410, 'Expired', expired);
const failed = errorFrame(500, 'InternalError', 'etcd event received with PrevKv=nil');
const refused = refusal(410, 'Expired', expired);

/** How long a watch tells nothing but how far it is, in milliseconds. */
const quiet = 2_000;

const each = (act: (watch: WatchStream) => void): NonNullable<Fault['strike']> => {
  return (means, { kind }) => means.watches(kind).forEach(act);
};

/** Watches end, break, fail and fall silent. */
export const watchFaults: readonly Fault[] = [
  { ...watching, name: 'watch-end', strike: each((watch) => watch.end()) },
  { ...watching, name: 'watch-cut', strike: each((watch) => watch.cut()) },
  { ...watching, name: 'watch-gone', strike: each((watch) => watch.endWith(gone)) },
  { ...watching, name: 'watch-error', strike: each((watch) => watch.endWith(failed)) },
  { ...watching, name: 'watch-half-frame', strike: each((watch) => watch.breakNextFrame()) },
  { ...watching, name: 'watch-stall', strike: each((watch) => watch.silence()) },
  { ...watching, name: 'watch-bookmarks-only', strike: each((watch) => watch.hold(quiet)) },
  {
    ...watching,
    name: 'watch-refused',
    strike: (means, { kind }) => {
      const watches = means.watches(kind);
      const isMeant = ({ method, path, query }: Request): boolean =>
        isWatch(method, query) && (kind === undefined || targetOf(path)?.plural === kind);
      means.treatNext(watches.length, { before: () => refused }, isMeant);
      for (const watch of watches) watch.end();
    },
  },
];
