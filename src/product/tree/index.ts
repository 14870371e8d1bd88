import { defined } from '../../api/defined.ts';
import type { Key } from '../../api/resource.ts';
import type { IModelDeployment, ITrainingRun } from '../../api/types.ts';
import { stages } from '../../kinds/trainingrun/stages/index.ts';
import type { ProductObjects } from '../objects.ts';
import { deploymentNode } from './deployment.ts';
import { monitorNode } from './monitor.ts';
import { clauses, type NodeKind, type Tone, type TreeNode } from './node.ts';
import { type Product, productsOf } from './products.ts';
import { runNode } from './run.ts';
import { versionNodes } from './version.ts';

/** All products, from their training to their pods. Nothing that was read is left out. */
export function treeOf(objects: ProductObjects, now: Date): TreeNode[] {
  return productsOf(objects).map((product) => productNode(product, objects, now));
}

/** Of the tree what leads to objects of a kind, and all that lies below them, which is past no more; of one of them, if a key is given. */
export function subtree(tree: readonly TreeNode[], kind: string, key?: Key): TreeNode[] {
  return tree.flatMap((node) => {
    const isAsked =
      node.kind === kind && (key === undefined || (node.name === key.name && node.namespace === key.namespace));
    if (isAsked) return [present(node)];
    const children = subtree(node.children, kind, key);
    return children.length === 0 ? [] : [{ ...node, children }];
  });
}

/** Whoever asks for an object wants to see all of it. */
function present(node: TreeNode): TreeNode {
  const { isPast: _, ...rest } = node;
  return { ...rest, children: node.children.map(present) };
}

function productNode(product: Product, objects: ProductObjects, now: Date): TreeNode {
  const { namespace, name, run, versions, deployments, monitors } = product;
  const children = [
    ...(run === undefined ? [] : [runNode(run, objects, now)]),
    ...versionNodes(versions, run, deployments),
    ...deployments.map((deployment) => deploymentNode(deployment, objects, now)),
    ...monitors.map(monitorNode),
  ];
  const headline = headlineOf(children);
  return defined<TreeNode>({
    kind: 'Product',
    namespace,
    name,
    state: headline?.state ?? 'Orphaned',
    tone: headline?.tone ?? 'faint',
    detail: summaryOf(product),
    since: headline?.since ?? children[0]?.since,
    children,
  });
}

/** What a product is judged by: what serves first, then what it comes from, then who watches. Whatever is worst is told. */
function headlineOf(children: readonly TreeNode[]): TreeNode | undefined {
  const order: readonly NodeKind[] = ['ModelDeployment', 'TrainingRun', 'Monitor'];
  const worst: readonly Tone[] = ['bad', 'waiting', 'good', 'faint'];
  const judged = order.flatMap((kind) => children.filter((child) => child.kind === kind));
  return worst.map((tone) => judged.find((child) => child.tone === tone)).find((child) => child !== undefined);
}

/** What serves, what comes next, and what fails. */
function summaryOf({ run, deployments, monitors, versions }: Product): string | undefined {
  const failing = monitors.flatMap(({ status }) => status?.failing?.split(',') ?? []).join(', ');
  return clauses(
    ...deployments.map(servingOf),
    run && trainingOf(run),
    failing === '' ? undefined : `${failing} fails`,
    run === undefined && deployments.length === 0 && versions.length > 0 ? 'its TrainingRun is gone' : undefined,
  );
}

function servingOf({ status }: IModelDeployment): string {
  const { stable, candidate, weight } = status ?? {};
  const serves = stable === undefined ? 'nothing serves yet' : `${stable.version ?? stable.revision} serves`;
  if (candidate === undefined) return serves;
  const name = candidate.name ?? candidate.version ?? candidate.revision;
  return `${serves}, ${weight === undefined ? `${name} gets ready` : `${name} gets ${weight} % of requests`}`;
}

function trainingOf({ status }: ITrainingRun): string | undefined {
  const newest = status?.attempts?.at(-1);
  if (newest === undefined || newest.verdict !== undefined) return undefined;
  const { ran, name } = newest.stages?.at(-1) ?? {};
  const verb = ran === true ? stages.find((stage) => stage.name === name)?.verb : undefined;
  return `${newest.name} ${verb ?? 'has started'}`;
}
