/** The steps in their order: all that the chart's README and Helm's own commands let an administrator do with a release. */
import type { Cluster } from '../../../hack/cluster/cluster.ts';
import type { Report } from '../report.ts';
import { hasField } from './definitions.ts';
import { type Packaged, Release } from './release.ts';
import type { Story } from './story.ts';
import type { Place } from '../outcomes/place.ts';

/** What is set anew by an upgrade: of the operator's pods, of what it is told, and of what the next pods get. */
const changed = [
  'replicas=3',
  'logLevel=debug',
  'observer.resources.requests.cpu=30m',
  'settings.resync=600000',
  'podLabels.team=platform',
].flatMap((value) => ['--set', value]);

/** Returns the release that is there at the end. */
export async function playSteps(
  story: Story,
  now: Packaged,
  place: Place,
  cluster: Cluster,
  report: Report,
): Promise<Release> {
  const release = new Release(cluster);
  const knew = await hasField(place);
  await story.step('an upgrade with other values', 'an operator', () => release.upgrade(now, ...changed));
  const knows = await hasField(place);
  report.record('an upgrade brings a field that the definition did not have', !knew && knows, '');

  const missing = ['--set', 'image.tag=no-such-tag', '--timeout', '20s'];
  await story.step('an upgrade whose image is missing', 'an operator', async () => {
    const failure = await refusal(release.upgrade(now, ...missing));
    report.record('Helm says that an upgrade has failed', /UPGRADE FAILED/.test(failure), '');
  });
  await story.step('a rollback', 'an operator', () => release.rollback(1));
  report.record('a rollback takes the definitions back too', !(await hasField(place)), '');
  await story.step('an upgrade to what was rolled back', 'an operator', () =>
    release.upgrade(now, '--reset-then-reuse-values'),
  );

  const second = new Release(cluster, 'second', 'elsewhere');
  await story.step('a second release, which is refused', 'an operator', async () => {
    const said = await refusal(second.install(now, '--take-ownership'));
    const whose = /Flyball is here already, as the release flyball in the namespace flyball-system/.test(said);
    report.record('a second release is told whose Flyball there is', whose, whose ? '' : said);
    const move = /helm upgrade flyball <this chart> --namespace flyball-system[^]*helm uninstall flyball --namespace/;
    report.record('a second release is told whose move it is', move.test(said), move.test(said) ? '' : said);
  });

  await story.step('an uninstall', 'nobody', () => release.uninstall());
  const left = await release.objects();
  const isAlone = left.length === 4 && left.every((name) => name.startsWith('customresourcedefinition'));
  report.record('an uninstall leaves the definitions, and nothing else of the release', isAlone, left.join(', '));
  const taken = await refusal(second.install(now));
  report.record('what a release left belongs to its name', taken.includes('invalid ownership metadata'), '');
  await story.step('an install under another name', 'an operator', () => second.install(now, '--take-ownership'));
  await story.step('an uninstall under another name', 'nobody', () => second.uninstall());
  await story.step('an install again', 'an operator', () => release.install(now, '--take-ownership', ...changed));
  return release;
}

/** What Helm says where it refuses; empty if it does not. */
function refusal(act: Promise<string>): Promise<string> {
  return act.then(
    () => '',
    (error: unknown) => String(error),
  );
}
