import { findCondition, type Condition } from '../../api/condition.ts';
import { keyOf, type Resource } from '../../api/resource.ts';
import { readObjects } from '../cluster/objects.ts';
import { formatOf, type Invocation, type Run } from '../command.ts';
import { documentText } from '../output/document.ts';
import { table } from '../output/table.ts';
import { text, type Text } from '../output/text.ts';

/** Shows what there is. */
export const get: Run = async (invocation: Invocation) => {
  const cluster = invocation.cluster();
  const { objects } = await readObjects(cluster, cluster.namespace);
  const all = [...objects.runs, ...objects.versions, ...objects.deployments, ...objects.monitors];
  const format = formatOf(invocation);
  if (format !== undefined) invocation.out.stream.write(documentText({ items: all }, format));
  else invocation.out.lines(table(['object', 'state'], all.map(rowOf)));
  return 0;
};

function rowOf(object: Resource & { readonly status?: { readonly conditions?: readonly Condition[] } }): Text[] {
  const summary = findCondition(object.status?.conditions, object.kind === 'TrainingRun' ? 'Succeeded' : 'Ready');
  return [text`${object.kind} ${keyOf(object).name}`, text`${summary?.reason}`];
}
