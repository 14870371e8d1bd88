/** Containers that the cluster puts into pods, as a service mesh or an agent of a vendor does. */
import type { Administrator } from './administrator.ts';
import { mutatePods } from './mutation.ts';

/** The name of the container that is put in. */
export const injected = 'injected';

/** The variable of a container by which its pod asks for it. */
const variable = 'INJECTED';

/** As an init container that has to end, as one that stays beside the others, or as one of the others. */
export type Injected = 'init' | 'sidecar' | 'beside';

const image = 'example.com/injected:1';
const container = (type: string, more = '') => `${type}{name: "${injected}", image: "${image}"${more}}`;

const mutations: Readonly<Record<Injected, string>> = {
  init: `initContainers: [${container('Object.spec.initContainers')}]`,
  sidecar: `initContainers: [${container('Object.spec.initContainers', ', restartPolicy: "Always"')}]`,
  beside: `containers: [${container('Object.spec.containers')}]`,
};

/** What a parent's `env` has so that its pods get the container. */
export const asksFor = (how: Injected) => [{ name: variable, value: how }];

const isAsked = (how: string) =>
  `object.spec.containers.exists(c, c.?env.orValue([]).exists(e, e.name == "${variable}" && e.?value.orValue("") == "${how}"))`;

/** Lets the API server put containers into the pods that ask for it. */
export async function allowInjection(administrator: Administrator): Promise<void> {
  for (const [how, mutation] of Object.entries(mutations)) {
    const expression = `Object{spec: Object.spec{${mutation}}}`;
    await mutatePods(administrator, { name: `inject-${how}`, expression, condition: isAsked(how) });
  }
}
