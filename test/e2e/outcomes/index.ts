/** What ends badly without anybody's fault, or looks well and is not, on real containers: what counts, and what people are told. */
import { Kubectl } from '../../../hack/loop/kubectl.ts';
import type { Suite } from '../suite.ts';
import { blinkingCandidate, hangingCandidate } from './candidates.ts';
import { correctImage, refuseByKubelet } from './corrections.ts';
import { evictHalfway } from './evictions.ts';
import { Observations } from './observations.ts';
import { play, type Scene } from './place.ts';
import { injectSidecar } from './sidecars.ts';
import { corruptModel } from './thirdparty.ts';

const scenes: readonly Scene[] = [
  {
    title: 'A training is evicted halfway',
    namespace: 'evicted',
    play: (place) => evictHalfway(place, 'single', 'single-1-train-'),
  },
  {
    title: 'The first of a gang is evicted halfway',
    namespace: 'evicted-first',
    play: (place) => evictHalfway(place, 'first', 'first-1-train-0-', { nodes: 2 }),
  },
  {
    title: 'The second of a gang is evicted halfway',
    namespace: 'evicted-second',
    play: (place) => evictHalfway(place, 'second', 'second-1-train-1-', { nodes: 2 }),
  },
  { title: 'A candidate hangs', namespace: 'hanging', play: hangingCandidate },
  { title: 'A candidate is ready for a moment', namespace: 'blinking', play: blinkingCandidate },
  { title: 'A model is corrupt behind MLServer', namespace: 'corrupt', play: corruptModel },
  {
    title: 'An injected sidecar hangs',
    namespace: 'sidecar-hangs',
    play: (place) => injectSidecar(place, 'hangs'),
  },
  {
    title: 'An injected sidecar works on when the training has ended',
    namespace: 'sidecar-lingers',
    play: (place) => injectSidecar(place, 'lingers'),
  },
  {
    title: 'An injected sidecar fails',
    namespace: 'sidecar-fails',
    play: (place) => injectSidecar(place, 'fails'),
  },
  { title: 'An image that does not exist is corrected', namespace: 'corrected', play: correctImage },
  { title: 'The kubelet refuses a pod', namespace: 'refused', play: refuseByKubelet },
];

/** Plays all scenes at the same time, each in a namespace of its own, by which it is named. */
export const outcomes: Suite = {
  title: 'what ends badly without anybody’s fault, or looks well and is not',
  images: ['workload', 'mlserver'],
  installs: 'flyball',
  quick: 'beside',
  scenes: scenes.map(({ namespace }) => namespace),
  play: async ({ cluster, report, scenes: asked }) => {
    const observations = new Observations(new Kubectl(cluster));
    const chosen = scenes.filter(({ namespace }) => asked.length === 0 || asked.includes(namespace));
    try {
      await Promise.all(chosen.map((scene) => play(scene, cluster, observations, report)));
    } finally {
      await observations.stop();
    }
  },
};
