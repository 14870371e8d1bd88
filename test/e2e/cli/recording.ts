/** What is remembered of a fault: all that an answer can be made of, without what no answer needs. */
import { namespaces } from '../../../hack/loop/mark.ts';
import type { IPod } from 'kubernetes-models/v1';
import type { Kubectl } from '../../../hack/loop/kubectl.ts';
import { transferContainers } from '../../../src/workload/transfers.ts';
import type { Fault } from './fault.ts';

/** A file of test/observed/faults. */
export interface Recording {
  readonly title: string;
  readonly namespace: string;
  /** What people ask about. */
  readonly command: string;
  /** When it was recorded. */
  readonly now: string;
  readonly expect: { readonly cause: readonly string[]; readonly actor: string; readonly fix: string };
  /** The last lines of what fetched and saved, by pod and container. */
  readonly logs?: Readonly<Record<string, string>>;
  readonly objects: readonly object[];
}

interface Recorded {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: Record<string, unknown> & { readonly name: string; readonly annotations?: Record<string, string> };
  readonly [field: string]: unknown;
}

const inNamespace =
  'trainingruns,modelversions,modeldeployments,monitors,jobs,deployments.apps,replicasets.apps,pods,services,' +
  'events.events.k8s.io,persistentvolumeclaims,resourcequotas,limitranges,serviceaccounts,horizontalpodautoscalers,' +
  'configmaps,secrets,poddisruptionbudgets';
const ofCluster = 'nodes,storageclasses,persistentvolumes,priorityclasses,runtimeclasses,namespaces';
/** Of these no more than their names is anybody's business. */
const namesOnly: readonly string[] = ['Secret', 'ConfigMap', 'ServiceAccount'];

/** As a file, with a line for each object. */
export function written({ objects, ...head }: Recording): string {
  const lines = objects.map((object) => `  ${JSON.stringify(object)}`);
  const fields = Object.entries(head).map(([name, value]) => ` ${JSON.stringify(name)}: ${JSON.stringify(value)},`);
  return ['{', ...fields, ' "objects": [', lines.join(',\n'), ' ]', '}', ''].join('\n');
}

/** Reads all that there is in the namespace of a fault, and of the cluster what concerns it. */
export async function recordingOf(fault: Fault, namespace: string, kubectl: Kubectl): Promise<Recording> {
  const now = new Date().toISOString();
  const list = async (plurals: string, ...where: readonly string[]) => {
    const text = await kubectl.run(['get', plurals, ...where, '--output=json']);
    return (JSON.parse(text) as { items: Recorded[] }).items;
  };
  const [own, cluster, operator] = await Promise.all([
    list(inNamespace, '--namespace', namespace),
    list(ofCluster),
    list('deployments.apps,leases', '--namespace', namespaces.operator),
  ]);
  const objects = [...own, ...cluster.filter((one) => concerns(one, namespace)), ...operator];
  const logs = await logsOf(own, kubectl);
  const { cause, ...expected } = fault.expect;
  return {
    title: fault.title,
    namespace,
    command: fault.about,
    now,
    expect: { cause: cause.map(({ source, flags }) => (flags === '' ? source : `(?${flags}:${source})`)), ...expected },
    ...(Object.keys(logs).length > 0 && { logs }),
    objects: objects.filter(({ metadata }) => !isOfEveryNamespace(metadata.name)).map(trimmed),
  };
}

/** Of containers that run: what the others said, their pods tell. */
async function logsOf(objects: readonly Recorded[], kubectl: Kubectl): Promise<Record<string, string>> {
  const running = objects
    .filter(({ kind }) => kind === 'Pod')
    .flatMap(({ metadata: { name, namespace }, status }) => {
      const { initContainerStatuses = [], containerStatuses = [] } = status as NonNullable<IPod['status']>;
      return [...initContainerStatuses, ...containerStatuses]
        .filter((one) => isMoving(one.name) && one.state?.running !== undefined)
        .map((one) => ({ pod: name, namespace: String(namespace), container: one.name }));
    });
  const read = running.map(async ({ pod, namespace, container }) => {
    const line = await kubectl.run(['logs', pod, '--container', container, '--namespace', namespace, '--tail=1']);
    return [`${pod}/${container}`, line] as const;
  });
  return Object.fromEntries(await Promise.all(read));
}

function isMoving(container: string): boolean {
  return transferContainers.some((name) => name === container);
}

function concerns({ kind, metadata, spec }: Recorded, namespace: string): boolean {
  if (kind === 'Namespace') return metadata.name === namespace;
  if (kind === 'PriorityClass') return !metadata.name.startsWith('system-');
  if (kind !== 'PersistentVolume') return true;
  const claim = (spec as { claimRef?: { namespace?: string } }).claimRef;
  return claim?.namespace === namespace;
}

function isOfEveryNamespace(name: string): boolean {
  return name === 'kube-root-ca.crt';
}

export function trimmed(object: Recorded): object {
  const { apiVersion, kind, metadata, ...rest } = object;
  const { managedFields: _, annotations = {}, ...kept } = metadata;
  const told = Object.entries(annotations).filter(([key]) => !key.includes('last-applied-configuration'));
  const head = {
    apiVersion,
    kind,
    metadata: told.length > 0 ? { ...kept, annotations: Object.fromEntries(told) } : kept,
  };
  if (namesOnly.includes(kind)) return head;
  if (metadata['namespace'] === namespaces.operator && kind === 'Deployment') {
    const { replicas, selector } = rest['spec'] as Record<string, unknown>;
    return { ...head, spec: { replicas, selector }, status: rest['status'] };
  }
  if (kind === 'Node') return { ...head, spec: rest['spec'], status: nodeStatus(rest['status']) };
  return { ...head, ...rest };
}

function nodeStatus(status: unknown): object {
  const { capacity, allocatable, conditions } = status as Record<string, unknown>;
  return { capacity, allocatable, conditions };
}
