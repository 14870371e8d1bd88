import type { IPod } from 'kubernetes-models/v1';
import { quoting } from '../../../api/condition.ts';
import { label } from '../../../api/labels.ts';
import { mainContainer } from '../../../workload/container.ts';
import type { Finding, Place } from '../../../workload/diagnosis/finding.ts';

/** Where a ModelDeployment declares what its pods are made from. */
export const place: Place = { container: 'spec.server', claims: 'spec.model' };

/** Leaves room for what a condition says around it: which revision, and what serves meanwhile. */
const longest = 700;

/** What is wrong with the pods of a revision. Commands are in brackets, since other sentences follow. */
export function healthMessage(finding: Finding, [pod]: readonly IPod[]): string {
  const { what, move, remedy, field, quote } = finding;
  const told = () => {
    switch (move) {
      case 'Wait':
        return `It starts by itself once that changes; if it never does, ${remedy} (${lookCommand(finding, pod)})`;
      case 'ReadLog':
        return `${remedy} (${logsCommand(pod, finding.container)} --previous)`;
      case 'Provide':
      case 'Edit':
      case 'Repeat':
        return field === undefined ? remedy : `${remedy}, or correct ${field}`;
    }
  };
  return sentence(`${what}. ${told()}`, quote);
}

/** As a sentence that others may follow. */
export function sentence(message: string, quote?: Finding['quote']): string {
  const text = quoting(message, quote, longest - 1);
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}.`;
}

/** A pod's name is random; the Deployment's stands for it, so that the message stays the same. */
export function logsCommand(pod: IPod | undefined, container = mainContainer): string {
  const { [label.modelDeployment]: name, [label.revision]: revision } = pod?.metadata?.labels ?? {};
  return `kubectl logs deployment/${name}-${revision} -c ${container} -n ${pod?.metadata?.namespace}`;
}

/** What no node has is seen at the nodes; why none takes the pod, at the pod. */
function lookCommand({ field }: Finding, pod: IPod | undefined): string {
  const revision = pod?.metadata?.labels?.[label.revision];
  return field === undefined
    ? `kubectl describe pods -l ${label.revision}=${revision} -n ${pod?.metadata?.namespace}`
    : 'kubectl describe nodes';
}
