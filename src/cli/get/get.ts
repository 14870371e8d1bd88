import { treeOf } from '../../product/tree/index.ts';
import { readObjects } from '../cluster/objects.ts';
import { formatOf, type Invocation, type Run } from '../command.ts';
import { documentText } from '../output/document.ts';
import { absent, refuseAbsent } from './absent.ts';
import { drawn } from './draw.ts';
import { withProgress } from './progress.ts';
import { asked, queryOf } from './query.ts';
import { unreadLines } from './unread.ts';

/** Shows products as trees. */
export const get: Run = async (invocation: Invocation) => {
  const query = queryOf(invocation);
  if (invocation.options['watch'] === true) return (await import('./watch.ts')).watch(invocation, query);
  const { objects, unread } = await readObjects(invocation.cluster(), query.namespace, query.labelSelector);
  const { out, err, now } = invocation;
  const all = treeOf(objects, now());
  const tree = await withProgress(asked(all, query), objects, invocation.cluster());
  const format = formatOf(invocation);
  if (format !== undefined)
    out.stream.write(documentText({ products: tree, unread: unread.map(({ what, why }) => ({ what, why })) }, format));
  else
    out.lines(
      drawn(tree, {
        now: now(),
        width: out.width,
        isUnicode: out.isUnicode,
        allNamespaces: query.namespace === undefined,
      }),
    );
  err.lines(unreadLines(unread));
  if (tree.length > 0) return 0;
  // What may be there, and could not be read, is not said to be absent.
  if (unread.length > 0) return 1;
  refuseAbsent(all, query);
  if (format === undefined) err.line(absent(query));
  return 0;
};
