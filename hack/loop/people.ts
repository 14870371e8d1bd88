/** What people did with what the demo made, as far as the cluster tells. */
import type { Cluster } from '../cluster/cluster.ts';
import { writes } from './audit.ts';
import { foreign, inhabitants } from './belongings.ts';
import { type Form, manifests, rendered } from './install.ts';
import { Kubectl } from './kubectl.ts';
import { fieldManager, isMarked, namespaces, type Standing } from './mark.ts';
import type { LoopState } from './state.ts';

/** Who writes in every cluster without anybody's doing: the demo, the operator, and Kubernetes. */
const programs = /^(flyball-demo$|flyball$|kube-|kubelet$|k3s|helm|cluster-autoscaler|cloud-controller)/;

/** What the operator starts an attempt for by itself. */
const ownTriggers: readonly string[] = ['Created', 'Schedule', 'Monitor'];

const mostLines = 10;

/** One line for each thing; none if nothing shows. `since` is when the demo had applied all. */
export async function peopleDid(cluster: Cluster, form: Form, state: LoopState): Promise<readonly string[]> {
  const kubectl = new Kubectl(cluster);
  const all = await inhabitants(kubectl, namespaces.loop);
  const marked = all.filter(isMarked);
  const lines = [
    ...(await missing(cluster, form, marked)),
    ...differing(await kubectl.diff(manifests(form), [`--field-manager=${fieldManager}`, '--force-conflicts'])),
    ...marked.flatMap(written),
    ...foreign(all).map(({ kind, metadata }) => `${kind} ${metadata.name} is somebody's own`),
    ...(state.run?.status?.attempts ?? [])
      .filter(({ trigger }) => !ownTriggers.includes(trigger.type))
      .map(({ name, trigger }) => `attempt ${name} was started for ${trigger.type}: ${trigger.reason}`),
    ...audited(cluster, appliedAt(await kubectl.metadata(['namespaces']))),
  ];
  const more = lines.length > mostLines ? [`and ${lines.length - mostLines} more`] : [];
  return [...lines.slice(0, mostLines), ...more];
}

async function missing(cluster: Cluster, form: Form, marked: readonly Standing[]): Promise<readonly string[]> {
  const { applied } = await rendered(cluster, form);
  const present = new Set(marked.map(({ kind, metadata }) => `${kind} ${metadata.name}`));
  return applied
    .split(/^---$/m)
    .filter((one) => new RegExp(`^  namespace: ${namespaces.loop}$`, 'm').test(one))
    .map((one) => `${/^kind: (\S+)$/m.exec(one)?.[1]} ${/^  name: (\S+)$/m.exec(one)?.[1]}`)
    .filter((one) => !present.has(one))
    .map((one) => `${one} is gone`);
}

/** What `kubectl diff` says of each object that is there, in a line. */
export function differing(diff: string): readonly string[] {
  return diff
    .split('diff -u -N ')
    .slice(1)
    .flatMap((part) => {
      const [, kind, name] = /LIVE-\d+\/\S*?\.([A-Z]\w+)\.[^.\s]*\.(\S+)/.exec(part) ?? [];
      const lines = part.split('\n').filter((line) => !/^(---|\+\+\+|[-+] +generation: )/.test(line));
      const [has] = lines.filter((line) => line.startsWith('-'));
      const [wants] = lines.filter((line) => line.startsWith('+'));
      // Without a line that is there the object is gone, which is told otherwise.
      const isGone = part.includes('@@ -0,0 ');
      if (name === undefined || isGone || (has === undefined && wants === undefined)) return [];
      const applied = `the demo applied${has === undefined ? ':' : ''} "${wants?.slice(1).trim() ?? 'nothing'}"`;
      return [`${kind} ${name} ${has === undefined ? 'lacks what' : `has "${has.slice(1).trim()}" where`} ${applied}`];
    });
}

/** Who else wrote fields of an object; what only stands in a status is no person's. */
function written({ kind, metadata }: Standing): readonly string[] {
  const others = (metadata.managedFields ?? []).filter(
    ({ manager = '', subresource }) => !programs.test(manager) && subresource !== 'status',
  );
  return others.map(
    ({ manager, subresource, time }) =>
      `${kind} ${metadata.name} was written by ${manager}${subresource ? ` (${subresource})` : ''} at ${time}`,
  );
}

/** When the demo wrote last on the namespace of the loop, which it does when all is applied. */
function appliedAt(all: readonly Standing[]): number {
  const fields = all.find(({ metadata }) => metadata.name === namespaces.loop)?.metadata.managedFields ?? [];
  const times = fields.filter(({ manager }) => manager === fieldManager).map(({ time = '' }) => Date.parse(time));
  // The time is whole seconds, of which the demo's own write may be any part.
  return Math.max(...times) + 1000;
}

/** The writes of whoever used the cluster's own kubeconfig, where the provider keeps an audit log. */
export function audited(cluster: Cluster, since: number): readonly string[] {
  if (!cluster.audit) return [];
  const { person, log } = cluster.audit;
  return writes(log)
    .filter(({ user, actsAs, received }) => user === person && actsAs === undefined && received > since)
    .map(({ verb, uri, received }) => `${verb} ${uri.split('?')[0]} at ${new Date(received).toISOString()}`);
}
