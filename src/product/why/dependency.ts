import { keyOf } from '../../api/resource.ts';
import type { Asked, Evidence } from './evidence.ts';
import type { Standing } from './explanation.ts';

/** For which the subject of a Monitor is to blame. */
const ofDeployment = ['NothingStable', 'NotServing', 'Forged', 'ModelDeploymentMissing'];

/** The object that another one waits for, by the reason that its conditions give; undefined if it waits for none, or that is not there. */
export function dependencyOf(
  { asked, objects }: Pick<Evidence, 'asked' | 'objects'>,
  { reason = '' }: Standing,
): Asked | undefined {
  const named = <A extends Asked>(all: readonly A[], name: string | undefined) =>
    all.find((one) => keyOf(one).name === name);
  if (asked.kind === 'ModelDeployment' && reason === 'NoVersion') {
    return named(objects.runs, asked.spec.model.trainingRunRef?.name);
  }
  if (asked.kind === 'Monitor' && ofDeployment.includes(reason)) {
    return named(objects.deployments, asked.spec.modelDeploymentRef.name);
  }
  return undefined;
}
