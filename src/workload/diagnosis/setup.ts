/** The rule about a pod that has its node, and not yet its volumes and its sandbox. */
import type { IPod, IVolume } from 'kubernetes-models/v1';
import { shortened } from '../../api/condition.ts';
import { aboutPod, type LastingRule } from './finding.ts';
import { beginOf, conditionOf, latest } from './times.ts';

/** The kubelet tells only by events what it fails at: mounting a volume, or the network of the pod. */
export const notSetUp: LastingRule = (pod) => {
  const sandbox = conditionOf(pod, 'PodReadyToStartContainers');
  if (sandbox?.status !== 'False') return undefined;
  const needs = needsOf(pod);
  return {
    ...aboutPod(latest([beginOf(pod), sandbox.lastTransitionTime])),
    reason: 'PodNotSetUp',
    what: 'the kubelet has not set up the volumes and the sandbox of the pod: PodReadyToStartContainers is False',
    move: 'Wait',
    remedy:
      needs.length === 0
        ? 'see its events'
        : `see whether there is what it needs (${needs.join(', ')}), and its events`,
    evidence: { type: 'Pods' },
  };
};

const longestName = 64;
const mostNeeds = 4;

/** What has to exist, and may not: the API server takes pods that name what is not there. */
function needsOf({ spec }: IPod): string[] {
  const all = (spec?.volumes ?? []).flatMap(needOf);
  const runtime = spec?.runtimeClassName;
  const needs = [...new Set([...all, ...(runtime === undefined ? [] : [`a runtime for RuntimeClass ${runtime}`])])];
  const named = needs.slice(0, mostNeeds).map((need) => shortened(need, longestName));
  return needs.length > mostNeeds ? [...named, `and ${needs.length - mostNeeds} more`] : named;
}

function needOf({ configMap, secret, csi }: IVolume): string[] {
  const keys = (items: readonly { readonly key: string }[] = []) => items.map(({ key }) => ` with key ${key}`).join('');
  if (configMap?.name !== undefined) return [`ConfigMap ${configMap.name}${keys(configMap.items)}`];
  if (secret?.secretName !== undefined) return [`Secret ${secret.secretName}${keys(secret.items)}`];
  return csi === undefined ? [] : [`CSI driver ${csi.driver}`];
}
