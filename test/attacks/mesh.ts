/** What a service mesh and a mirror of registries do to the pods of a namespace that asks for it. */
import type { Administrator } from '../faults/administrator.ts';
import { mutatePods } from '../faults/mutation.ts';

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
  {
    name: 'mesh',
    namespaces: mesh,
    expression: `Object{${labels}, spec: Object.spec{${sidecar}, ${volume}, ${mounted}}}`,
  },
  { name: 'mirror', namespaces: mirror, expression: `Object{spec: Object.spec{${mirrored}}}` },
] as const;

/** Lets the API server change pods as the webhooks of such programs do. */
export async function installMesh(administrator: Administrator): Promise<void> {
  for (const mutation of mutations) await mutatePods(administrator, mutation);
}
