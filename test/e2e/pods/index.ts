/** Any image on any node: what pods can be given, seen in pods that run, and what people are told who ask for what there is not. */
import { installFlyball } from '../../../hack/loop/install.ts';
import { Kubectl } from '../../../hack/loop/kubectl.ts';
import { Observations } from '../outcomes/observations.ts';
import { Place, play, type Scene } from '../outcomes/place.ts';
import type { Suite } from '../suite.ts';
import { mistaken } from './mistakes.ts';
import { prepareNode, profile } from './node.ts';
import { foreignUsers, privateImage, startRegistry } from './registry.ts';
import { unchangedScripts } from './scripts.ts';
import { everyOptionServed, longAnswer } from './serving.ts';
import { byProfile, everyOption, tainted } from './trainings.ts';

const scenes: Readonly<Record<string, Omit<Scene, 'namespace'>>> = {
  training: { title: 'A training with every option', play: everyOption },
  server: { title: 'A server with every option', play: everyOptionServed },
  stream: { title: 'A long answer', play: longAnswer },
  profile: { title: 'Hardware by its name', play: byProfile },
  taint: { title: 'A node with a taint', play: tainted },
  private: { title: 'A private image', play: privateImage },
  users: { title: 'Images of other users', play: foreignUsers },
  scripts: { title: 'Scripts that know nothing of Flyball', play: unchangedScripts },
  mistakes: { title: 'What is not there', play: mistaken },
};

/** On a cluster of its own, whose only node is tainted. */
export const pods: Suite = {
  title: 'any image on any node: every option of a pod, seen in one that runs',
  images: ['workload', 'training', 'torch'],
  installs: 'nothing',
  quick: 'own cluster',
  scenes: Object.keys(scenes),
  play: async ({ cluster, report, scenes: asked }) => {
    const kubectl = new Kubectl(cluster);
    await installFlyball(cluster, ['--set-json', `accelerators=${JSON.stringify([profile])}`]);
    await prepareNode(kubectl);
    const observations = new Observations(kubectl);
    try {
      await startRegistry(new Place('A registry', 'registry', cluster, observations, report));
      const chosen = Object.entries(scenes).filter(([name]) => asked.length === 0 || asked.includes(name));
      const placed = chosen.map(([name, scene]): Scene => ({ ...scene, namespace: `pods-${name}` }));
      await Promise.all(placed.map((scene) => play(scene, cluster, observations, report)));
    } finally {
      await observations.stop();
    }
  },
};
