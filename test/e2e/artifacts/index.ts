/** Artifacts in stores: what is trained from them, saved to them and served from them, and what goes wrong with that. */
import { installFlyball } from '../../../hack/loop/install.ts';
import { Kubectl } from '../../../hack/loop/kubectl.ts';
import { Observations } from '../outcomes/observations.ts';
import { play, type Place, type Scene } from '../outcomes/place.ts';
import type { Round, Suite } from '../suite.ts';
import { fromAnImage, fromTheHub, fromTheWeb, sharedCache } from './elsewhere.ts';
import { awayForAMinute, keptCheckpoint } from './interrupted.ts';
import { killed } from './kills.ts';
import { large } from './large.ts';
import { mistaken } from './mistakes.ts';
import { wholeProduct } from './product.ts';
import { startWorld, type World } from './world.ts';

interface Act {
  readonly title: string;
  readonly quick?: true;
  play(place: Place, world: World, round: Round): Promise<void>;
}

/** Side by side. */
const acts: Readonly<Record<string, Act>> = {
  s3: { title: 'A product in S3', quick: true, play: (place, world) => wholeProduct(place, world, world.s3) },
  gs: { title: 'A product in Google Cloud Storage', play: (place, world) => wholeProduct(place, world, world.gs) },
  abfss: { title: 'A product in Azure', play: (place, world) => wholeProduct(place, world, world.abfss) },
  https: { title: 'Data from a web server', quick: true, play: fromTheWeb },
  hf: { title: 'Data and a model of a Hub', play: fromTheHub },
  oci: { title: 'A model in an image', quick: true, play: fromAnImage },
  checkpoint: { title: 'A checkpoint in a bucket', play: keptCheckpoint },
  mistakes: { title: 'What is not there', play: mistaken },
};

/** One after the other, and after those: they measure what goes by, or disturb others. */
const alone: Readonly<Record<string, Act>> = {
  cache: { title: 'A cache that pods share', quick: true, play: sharedCache },
  kills: { title: 'Transfers that are killed', play: killed },
  away: { title: 'A store that is away for a minute', play: awayForAMinute },
  large: { title: 'Two GiB from S3 to a ready pod', play: large },
};

/** On a cluster of its own, whose chart knows the stores. */
export const artifacts: Suite = {
  title: 'artifacts in stores: trained from, saved to, served from, and what goes wrong with that',
  images: ['workload'],
  installs: 'nothing',
  quick: 'own cluster',
  scenes: [...Object.keys(acts), ...Object.keys(alone)],
  play: async (round) => {
    const { cluster, report, form, scenes } = round;
    if (cluster.machine === undefined) {
      console.log('  not played: the stores are programs of this machine, which only pods of the provider local reach');
      return;
    }
    const world = await startWorld(cluster.machine);
    const observations = new Observations(new Kubectl(cluster));
    const isAsked = ([name, { quick }]: readonly [string, Act]) =>
      scenes.length > 0 ? scenes.includes(name) : form === 'whole' || quick === true;
    const begin = ([name, act]: readonly [string, Act]) => {
      const { title } = act;
      const scene: Scene = { title, namespace: `artifacts-${name}`, play: (place) => act.play(place, world, round) };
      return play(scene, cluster, observations, report);
    };
    try {
      await installFlyball(cluster, world.values);
      const [beside, after] = [acts, alone].map((some) => Object.entries(some).filter(isAsked));
      const isQuick = form === 'quick';
      await Promise.all([...(beside ?? []), ...(isQuick ? (after ?? []) : [])].map(begin));
      for (const one of isQuick ? [] : (after ?? [])) await begin(one);
    } finally {
      await observations.stop();
      await world.stop();
    }
  },
};
