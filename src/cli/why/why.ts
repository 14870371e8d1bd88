import type { Asked } from '../../product/why/evidence.ts';
import { flyball } from '../../product/steering/steering.ts';
import { explain } from '../../product/why/explain.ts';
import { namedObject } from '../cluster/kinds.ts';
import { formatOf, Refused, type Run } from '../command.ts';
import { documentText } from '../output/document.ts';
import { gather } from './gather.ts';
import { documentOf, textOf } from './show.ts';

/** Answers what is happening, since when, why, whose move it is, and what comes next. */
export const why: Run = async (invocation) => {
  const cluster = invocation.cluster();
  const { kind, key } = namedObject(invocation.words, cluster.namespace);
  const asked = await cluster.client.get(kind, key);
  if (asked === undefined) {
    throw new Refused(
      `namespace ${key.namespace} has no ${kind.kind} "${key.name}"; \`${flyball(key.namespace, 'get')}\` shows what there is`,
    );
  }
  const now = invocation.now();
  const evidence = await gather(cluster, asked as Asked, now);
  const explanation = explain(evidence, now);
  const format = formatOf(invocation);
  if (format === undefined) invocation.out.lines(textOf(evidence.asked, explanation, now));
  else invocation.out.stream.write(documentText(documentOf(evidence.asked, explanation, invocation.out), format));
  return 0;
};
