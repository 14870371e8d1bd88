/** Servers of other projects, unmodified, by the manifests of examples/servers: each through a whole life. */
import { Kubectl } from '../../../hack/loop/kubectl.ts';
import { Observations } from '../outcomes/observations.ts';
import { play, type Place, type Scene } from '../outcomes/place.ts';
import type { Suite } from '../suite.ts';
import { sameByObserver } from './conformance.ts';
import { servers as others } from './server.ts';
import { wholeLife } from './story.ts';
import { timesAgree } from './times.ts';

type Form = 'quick' | 'whole';

/** One after the other, since all share one machine, and slow answers would be a canary's fault. */
const acts: Readonly<Record<string, { title: string; play(place: Place, form: Form): Promise<void> }>> = {
  ...Object.fromEntries(
    Object.entries(others).map(([name, server]) => [
      name,
      { title: `A life of ${name}`, play: (place: Place, form: Form) => wholeLife(place, server, form) },
    ]),
  ),
  times: { title: 'Tokens and times to the first byte', play: timesAgree },
  conformance: { title: 'The protocol’s specification', play: sameByObserver },
};

const inQuick = ['llamacpp'];

export const servers: Suite = {
  title: 'servers of other projects, unmodified: canary, checks, rollback, scale, streams, their clients',
  images: ['workload', 'mlserver', 'llamacpp', 'bentoml', 'clients'],
  installs: 'flyball',
  quick: 'alone',
  scenes: Object.keys(acts),
  play: async ({ cluster, report, form, scenes }) => {
    const observations = new Observations(new Kubectl(cluster));
    const isAsked = (name: string) =>
      scenes.length > 0 ? scenes.includes(name) : form === 'whole' || inQuick.includes(name);
    try {
      for (const [name, act] of Object.entries(acts).filter(([one]) => isAsked(one))) {
        const scene: Scene = { title: act.title, namespace: `servers-${name}`, play: (place) => act.play(place, form) };
        await play(scene, cluster, observations, report);
      }
    } finally {
      await observations.stop();
    }
  },
};
