/** What only the hostile user writes, and how pods fare that run it. */
import { label } from '../../src/api/labels.ts';
import type { Resource } from '../../src/api/resource.ts';
import { mainContainer } from '../../src/workload/container.ts';
import { results } from '../builders/pod.ts';
import { crashing, type Fate, serving } from '../integration/faults/kubelet.ts';

/** By this word all is known that the hostile user has written, and nobody else. */
export const forgedWord = 'forged';

/** Of servers that crash, of servers that work, and of trainings that report what never was. */
export const forgedImages = { crashing: 'example.com/forged:crash', working: 'example.com/forged:work' } as const;
/** Better than all that scenarios report. */
export const forgedMetric = 0.999;

interface Container {
  readonly name: string;
  readonly image?: string;
}

/** The same container, with another program in it. */
export function forgedContainer<C extends Container>(container: C, image: string) {
  return { ...container, image, command: [forgedWord] };
}

/** The same pod, in whose main container another program runs. */
export function forgedPodSpec<C extends Container, S extends { readonly containers: readonly C[] }>(
  spec: S,
  image: string,
) {
  return {
    ...spec,
    containers: spec.containers.map((one, index) => (index === 0 ? forgedContainer(one, image) : one)),
  };
}

interface Running extends Resource {
  readonly spec?: {
    readonly containers?: readonly Container[];
    readonly initContainers?: readonly Container[];
    readonly template?: Partial<Running>;
  };
}

/** Whether what runs in a pod, or is to run in those of a Job, is the hostile user's. */
export function isForged(object: Resource): boolean {
  const { spec } = object as Running;
  const { containers = [], initContainers = [] } = spec?.template?.spec ?? spec ?? {};
  return [...containers, ...initContainers].some(({ image = '' }) => imagesOfForger.has(image));
}

const imagesOfForger = new Set<string>(Object.values(forgedImages));

/** A training reports the best of results; a server crashes, or works. */
export const forgedFate: Fate = (pod) => {
  const isServer = pod.metadata?.labels?.[label.modelDeployment] !== undefined;
  if (!isServer) return results({ f1: forgedMetric }, { model: { digest: `sha256:${forgedWord}` } });
  const main = pod.spec?.containers.find(({ name }) => name === mainContainer) ?? pod.spec?.containers[0];
  return main?.image === forgedImages.working ? serving(pod) : crashing(pod);
};
