/** What a service mesh and a mirror of registries do to the pods of a namespace that asks for it. */
import type { Administrator } from '../faults/administrator.ts';

const apiVersion = 'admissionregistration.k8s.io/v1';

/** The labels of a namespace that ask for it. */
export const mesh = { 'example.com/mesh': 'injected' } as const;
export const mirror = { 'example.com/registry': 'mirrored' } as const;

const sidecar =
  'initContainers: [Object.spec.initContainers{name: "proxy", image: "example.com/proxy:1", restartPolicy: "Always"}]';
const volume = 'volumes: [Object.spec.volumes{name: "mesh-certificates", emptyDir: Object.spec.volumes.emptyDir{}}]';
const mounted =
  'containers: object.spec.containers.map(c, Object.spec.containers{name: c.name, ' +
  'env: [Object.spec.containers.env{name: "MESH", value: "on"}], ' +
  'volumeMounts: [Object.spec.containers.volumeMounts{name: "mesh-certificates", mountPath: "/etc/mesh"}]})';
const labels =
  'metadata: Object.metadata{labels: {"security.example.com/tlsMode": "mutual", "service.example.com/canonical-name": "mesh"}}';
const mirrored =
  'containers: object.spec.containers.map(c, Object.spec.containers{name: c.name, image: "mirror." + c.image})';

const mutations = [
  { name: 'mesh', asks: mesh, expression: `Object{${labels}, spec: Object.spec{${sidecar}, ${volume}, ${mounted}}}` },
  { name: 'mirror', asks: mirror, expression: `Object{spec: Object.spec{${mirrored}}}` },
] as const;

/** Lets the API server change pods as the webhooks of such programs do. */
export async function installMesh(administrator: Administrator): Promise<void> {
  for (const { name, asks, expression } of mutations) {
    await create(administrator, 'mutatingadmissionpolicies', {
      apiVersion,
      kind: 'MutatingAdmissionPolicy',
      metadata: { name },
      spec: {
        failurePolicy: 'Fail',
        reinvocationPolicy: 'Never',
        matchConstraints: {
          namespaceSelector: { matchLabels: asks },
          resourceRules: [{ apiGroups: [''], apiVersions: ['v1'], operations: ['CREATE'], resources: ['pods'] }],
        },
        mutations: [{ patchType: 'ApplyConfiguration', applyConfiguration: { expression } }],
      },
    });
    await create(administrator, 'mutatingadmissionpolicybindings', {
      apiVersion,
      kind: 'MutatingAdmissionPolicyBinding',
      metadata: { name },
      spec: { policyName: name },
    });
  }
}

async function create(administrator: Administrator, plural: string, body: object): Promise<void> {
  const reply = await administrator.send('POST', `/apis/${apiVersion}/${plural}`, body);
  if (reply.status !== 201) throw new Error(`the ${plural} are refused: ${JSON.stringify(reply.body)}`);
}
