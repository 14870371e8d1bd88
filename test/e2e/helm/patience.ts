/** `helm test` right after an install, when the cluster's DNS may not know the Service yet, or nobody answers for it. */
import { waitFor } from '../../../hack/cluster/command.ts';
import type { Cluster } from '../../../hack/cluster/cluster.ts';
import { Kubectl } from '../../../hack/loop/kubectl.ts';
import type { Report } from '../report.ts';
import type { Release } from './release.ts';

export async function testWithoutDNS(cluster: Cluster, release: Release, report: Report): Promise<void> {
  if (cluster.withoutDNS === undefined) throw new Error(`the provider ${cluster.provider} cannot stop DNS`);
  const kubectl = new Kubectl(cluster);
  const pod = ['logs', `pod/${release.name}-test-metrics`, '--namespace', release.namespace];
  let ended: Promise<string> | undefined;
  await cluster.withoutDNS(async () => {
    ended = release.test().catch((error: unknown) => String(error));
    const tries = await waitFor('a second try', 60, async () => {
      const said = (await kubectl.run(pod)).trim().split('\n');
      return said.length > 1 && said;
    });
    report.record('helm test tries again while DNS answers nobody', true, tries.at(-1) ?? '');
  });
  const said = (await ended) ?? '';
  const line = said.split('\n').find((each) => each.startsWith('Phase')) ?? said;
  report.record('helm test passes once DNS answers again', /Phase:\s+Succeeded/.test(said), line);
}
