import { pause } from '../../kube/clock.ts';
import { treeOf } from '../../product/tree/index.ts';
import { LiveObjects } from '../cluster/live.ts';
import { type ReadObjects, readObjects } from '../cluster/objects.ts';
import { type ExitCode, formatOf, type Invocation } from '../command.ts';
import { absent, refuseAbsent } from './absent.ts';
import { Journal } from './journal.ts';
import { asked, type Query } from './query.ts';
import { Screen } from './screen.ts';
import type { Seen } from './view.ts';

/** How often it is looked whether anything has changed: no more often is anything drawn. */
const interval = 250;
/** After how many looks ages are drawn anew, and after how many what follows from time alone, though nothing has changed. */
const tick = 4;
const turn = 40;
/** How long the API server may be away until that is worth a word. */
const toleratedSilence = 3_000;

/** Shows the tree, and each change of it, until the person has seen enough. */
export async function watch(invocation: Invocation, query: Query): Promise<ExitCode> {
  const { stop, out } = invocation;
  const cluster = invocation.cluster();
  // Whoever cannot be shown anything has to hear it at once, and not that it is tried again and again.
  const first = await readObjects(cluster, query.namespace, query.labelSelector);
  let seen = seenOf(first, invocation, query);
  if (seen.empty !== undefined) refuseAbsent(treeOf(first.objects, invocation.now()), query);
  const live = new LiveObjects(cluster, query.namespace, query.labelSelector);
  const ending = new AbortController();
  const isDrawn = out.isTerminal && formatOf(invocation) === undefined;
  const view = isDrawn ? await Screen.open(invocation, query) : new Journal(invocation, query);
  // From here on the cursor is hidden: whatever happens, it is shown again.
  try {
    view.show(seen);
    const running = live.run(AbortSignal.any([stop, ending.signal]));
    await Promise.race([live.known(), running]);
    for (let look = 0; !stop.aborted; look += 1) {
      const trouble = live.trouble();
      const isLong = trouble !== undefined && trouble.length >= toleratedSilence;
      view.trouble(isLong ? trouble.why : undefined);
      const hasChanged = live.takeChange() || look % turn === 0;
      if (hasChanged) seen = seenOf(live.read(), invocation, query);
      if (hasChanged || (isDrawn && look % tick === 0)) view.show(seen);
      await pause(interval, stop);
    }
    await running;
  } finally {
    ending.abort();
    view.end();
  }
  return 0;
}

function seenOf({ objects, unread }: ReadObjects, { now }: Invocation, query: Query): Seen {
  const tree = asked(treeOf(objects, now()), query);
  return { tree, unread, empty: tree.length > 0 || unread.length > 0 ? undefined : absent(query) };
}
