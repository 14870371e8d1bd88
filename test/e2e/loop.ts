import type { Cluster } from '../../hack/cluster/cluster.ts';
import { applyExample, manifests } from '../../hack/loop/install.ts';
import { Kubectl } from '../../hack/loop/kubectl.ts';
import { fieldManager, namespaces } from '../../hack/loop/mark.ts';
import { steps } from '../../hack/loop/steps.ts';
import { nobodyWrote, verify } from '../../hack/loop/verify.ts';
import { follow } from '../../hack/loop/watch.ts';
import { checkBadInput } from './bad-input.ts';
import { checkDashboards } from './dashboards.ts';
import { checkGang } from './gang.ts';
import type { Report } from './report.ts';
import type { Suite } from './suite.ts';

/** It is alone, since nobody may write anything while the loop closes itself; what follows it may be asked for at once. */
export const loop: Suite = {
  title: 'the loop of the demo, a training on two pods, and what users get wrong',
  images: ['workload', 'gang'],
  installs: 'flyball',
  quick: 'alone',
  play: async ({ cluster, report }) => {
    await report.part('The loop', () => checkLoop(cluster, report));
    await report.part('The dashboards', () => checkDashboards(new Kubectl(cluster), report));
    await Promise.all([
      report.part('A training on two pods', () => checkGang(cluster, report)),
      report.part('Bad input', () => checkBadInput(cluster, report)),
    ]);
  },
};

/** Applies the fast example and follows the loop to its end; at each step applying again would change nothing. */
export async function checkLoop(cluster: Cluster, report: Report): Promise<void> {
  const kubectl = new Kubectl(cluster);
  await applyExample(kubectl, 'fast');
  const noDifference = async (when: string) => {
    const difference = await kubectl.diff(manifests('fast'), [`--field-manager=${fieldManager}`]);
    report.record(`kubectl diff is empty ${when}`, difference === '', difference);
  };
  await noDifference('after the apply');
  const weights = new Set<number>();
  for await (const { step, why, seconds, state } of follow(kubectl, namespaces.loop, steps)) {
    report.record(step.title, true, `${why} (${seconds.toFixed(0)} s)`);
    weights.add(state.deployment?.status?.weight ?? 0);
    await noDifference(`at "${step.title}"`);
  }
  report.record('status.weight showed 25 and 50', weights.has(25) && weights.has(50), [...weights].join(', '));
  const verdicts = [...(await verify(cluster)), ...(await nobodyWrote(cluster))];
  for (const { name, passed, detail } of verdicts) report.record(name, passed, detail);
}
