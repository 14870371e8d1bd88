import { defined } from '../../api/defined.ts';
import { keyOf } from '../../api/resource.ts';
import type { IModelDeployment } from '../../api/types.ts';
import type { ProductObjects } from '../objects.ts';
import { figures, type TreeNode } from './node.ts';
import { revisionNodes } from './revision.ts';
import { standingOf } from './standing.ts';

/** A ModelDeployment with its revisions. */
export function deploymentNode(deployment: IModelDeployment, objects: ProductObjects, now: Date): TreeNode {
  const { status } = deployment;
  return defined<TreeNode>({
    kind: 'ModelDeployment',
    ...keyOf(deployment),
    ...standingOf(deployment, 'Ready'),
    figures: figures({
      pods: status?.pods,
      stable: status?.stable?.version ?? status?.stable?.revision,
      candidate: status?.candidate?.name ?? status?.candidate?.revision,
      weight: status?.weight,
      url: status?.url,
    }),
    children: revisionNodes(deployment, objects, now),
  });
}
