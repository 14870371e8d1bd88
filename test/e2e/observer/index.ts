/** What one pod can do to another's observer, on real containers: floods, and drains that it must not ask for. */
import type { Cluster } from '../../../hack/cluster/cluster.ts';
import { Kubectl } from '../../../hack/loop/kubectl.ts';
import { Observations } from '../outcomes/observations.ts';
import { Place } from '../outcomes/place.ts';
import type { Suite } from '../suite.ts';
import { closing, drain } from './clients.ts';
import { floodOfMetrics, floodOfRequests } from './floods.ts';
import { serveObserved, tellOfContainer } from './served.ts';

/** It is alone, since a flood takes all the processor that it gets, and the other suites have clients that wait for two seconds. */
export const observer: Suite = {
  title: 'floods, drains that others ask for, and a server that closes its connections',
  images: ['workload'],
  installs: 'flyball',
  quick: 'alone',
  play: async ({ cluster, report, form }) => {
    const seconds = form === 'quick' ? 30 : 180;
    const observations = new Observations(new Kubectl(cluster));
    const place = new Place('The observer', 'observer', cluster, observations, report);
    try {
      await place.make();
      await play(place, cluster, seconds);
    } finally {
      await observations.stop();
      await place.tell();
    }
  },
};

async function play(place: Place, cluster: Cluster, seconds: number): Promise<void> {
  const pod = await serveObserved(place);
  await closing(place);
  await drain(place, pod);
  await floodOfRequests(place, seconds);
  await floodOfMetrics(place, pod, seconds);
  await tellOfContainer(place, cluster, pod);
}
