/** The chart as administrators use it, on a real cluster on which people train and serve. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Kubectl } from '../../../hack/loop/kubectl.ts';
import { buildImage } from '../../../hack/images/build.ts';
import { Observations } from '../outcomes/observations.ts';
import type { Round, Suite } from '../suite.ts';
import { buildEarlier, packaged } from './earlier.ts';
import { hasField, removeField } from './definitions.ts';
import { Release } from './release.ts';
import { Story } from './story.ts';
import { World } from './world.ts';

const chart = resolve(import.meta.dirname, '../../../charts/flyball');
/** What is set anew by an upgrade: of the operator's pods, of what it is told, and of what the next pods get. */
const changed = [
  'replicas=3',
  'logLevel=debug',
  'observer.resources.requests.cpu=30m',
  'settings.resync=600000',
  'podLabels.team=platform',
];

export const helm: Suite = {
  title: 'the chart installed, upgraded, rolled back and removed, while people train, serve and ask',
  images: ['workload', 'operator', 'storage'],
  installs: 'nothing',
  quick: 'none',
  play,
};

async function play({ cluster, report }: Round): Promise<void> {
  const observations = new Observations(new Kubectl(cluster));
  const folder = mkdtempSync(join(tmpdir(), 'flyball-helm-'));
  try {
    const earlier = await buildEarlier(folder);
    for (const { archive } of earlier.images) await cluster.loadImage(archive);
    removeField(earlier.chart);
    const old = packaged(earlier.chart, earlier.images);
    const now = packaged(chart, [await buildImage('operator'), await buildImage('storage')]);
    const release = new Release(cluster);
    const world = new World(cluster, observations, report);
    await release.install(old);
    await world.make();
    const story = new Story(world);
    const values = changed.flatMap((value) => ['--set', value]);
    const hadField = await hasField(world.place);
    await story.step(`an upgrade from ${earlier.commit.slice(0, 8)}`, 'an operator', () =>
      release.upgrade(now, ...values),
    );
    const isThere = await hasField(world.place);
    report.record('an upgrade brings a field that the definition did not have', !hadField && isThere, '');
    await story.step('a rollback', 'an operator', () => release.rollback(1));
    await story.step('an uninstall', 'nobody', () => release.uninstall());
    await story.step('an install', 'an operator', () => release.install(now));
    await world.goOn();
    const { failed } = await world.asked();
    report.record('no request fails through the promotion', Object.keys(failed).length === 0, JSON.stringify(failed));
    console.log(`  ${story.summary()}`);
    await world.place.tell();
  } finally {
    await observations.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}
