/** What an administrator injects into the pods of a namespace, by a MutatingAdmissionPolicy. */
import type { IPod } from 'kubernetes-models/v1';
import { image, pod, program, restricted } from './objects.ts';
import type { Place } from './place.ts';

/** A sidecar that never gets ready, one that works on when everything else has ended, and one that fails. */
export type Sidecar = 'hangs' | 'lingers' | 'fails';

export const sidecarName = 'mesh';

/** Injects a sidecar into all pods that are made from now on. */
export async function injectFromNowOn(place: Place, sidecar: Sidecar): Promise<void> {
  const container = {
    name: sidecarName,
    image,
    command: program('mesh', sidecar).command,
    securityContext: restricted,
    ...(sidecar === 'hangs' && {
      restartPolicy: 'Always',
      startupProbe: { grpc: { port: 15021 }, periodSeconds: 5, failureThreshold: 1000 },
    }),
  };
  const list = sidecar === 'hangs' ? 'initContainers' : 'containers';
  const value = typed(`Object.spec.${list}`, container);
  // The API server cannot take a list of objects as a value, so that a list that is lacking is made empty first.
  const empty = `JSONPatch{op: "add", path: "/spec/${list}", value: []}`;
  const append = `JSONPatch{op: "add", path: "/spec/${list}/-", value: ${value}}`;
  const expression = `has(object.spec.${list}) ? [${append}] : [${empty}, ${append}]`;
  await mutateFromNowOn(place, `${place.namespace}-${sidecar}`, expression);
}

/** Sends all pods that are made from now on to one node, without asking the scheduler. */
export async function sendFromNowOn(place: Place, node: string): Promise<void> {
  const expression = `[JSONPatch{op: "add", path: "/spec/nodeName", value: ${JSON.stringify(node)}}]`;
  await mutateFromNowOn(place, `${place.namespace}-node`, expression);
}

/** The API server takes a moment until it knows a policy: it is asked until it does what the policy says. */
async function mutateFromNowOn(place: Place, name: string, expression: string): Promise<void> {
  const probe = pod('probe', {});
  const shape = async () => {
    const { spec } = JSON.parse(await place.dryRun(probe)) as IPod;
    return JSON.stringify([spec?.containers.length, spec?.initContainers?.length, spec?.nodeName]);
  };
  const before = await shape();
  await place.apply(...policy(place.namespace, name, expression));
  await place.until(`the policy ${name} to take effect`, async () => (await shape()) !== before);
}

function policy(namespace: string, name: string, expression: string): object[] {
  const apiVersion = 'admissionregistration.k8s.io/v1';
  const resourceRules = [{ apiGroups: [''], apiVersions: ['v1'], operations: ['CREATE'], resources: ['pods'] }];
  const matchLabels = { 'kubernetes.io/metadata.name': namespace };
  return [
    {
      apiVersion,
      kind: 'MutatingAdmissionPolicy',
      metadata: { name },
      spec: {
        failurePolicy: 'Fail',
        reinvocationPolicy: 'Never',
        matchConstraints: { resourceRules },
        mutations: [{ patchType: 'JSONPatch', jsonPatch: { expression } }],
      },
    },
    {
      apiVersion,
      kind: 'MutatingAdmissionPolicyBinding',
      metadata: { name },
      spec: { policyName: name, matchResources: { namespaceSelector: { matchLabels } } },
    },
  ];
}

/** A value as an expression of CEL, in which objects name their type. */
function typed(type: string, value: unknown): string {
  if (Array.isArray(value)) return `[${value.map((one) => typed(type, one)).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const fields = Object.entries(value).map(([name, field]) => `${name}: ${typed(`${type}.${name}`, field)}`);
  return `${type}{${fields.join(', ')}}`;
}
