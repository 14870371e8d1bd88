/** The demo on a cluster that others use: it touches what it made, and nothing else. */
import { resolve } from 'node:path';
import type { Cluster } from '../../../hack/cluster/cluster.ts';
import { run } from '../../../hack/cluster/command.ts';
import { buildImage } from '../../../hack/images/build.ts';
import { Kubectl } from '../../../hack/loop/kubectl.ts';
import { namespaces } from '../../../hack/loop/mark.ts';
import type { Report } from '../report.ts';
import type { Suite } from '../suite.ts';
import { Terminal } from './demo.ts';
import { apply, atRest, differences, type Everything, everything, othersCome } from './others.ts';

export const current: Suite = {
  title: 'the demo on a cluster that others use: nothing of theirs changes',
  images: ['workload', 'prometheus', 'operator'],
  installs: 'nothing',
  quick: 'own cluster',
  play: async ({ cluster, report, form }) => {
    await othersCome(cluster);
    const guest = new Guest(cluster, report);
    try {
      await report.part('Where something stands', () => refusals(guest));
      await report.part('Cut off while it installs', () => cutOff(guest));
      await report.part('Beside others', () => besideOthers(guest, form));
    } finally {
      guest.terminal.close();
    }
  },
};

/** Whoever shows the demo on a cluster of others, and watches over what they have. */
class Guest {
  readonly cluster: Cluster;
  readonly kubectl: Kubectl;
  readonly terminal: Terminal;
  readonly #report: Report;

  constructor(cluster: Cluster, report: Report) {
    this.cluster = cluster;
    this.kubectl = new Kubectl(cluster);
    this.terminal = new Terminal(cluster);
    this.#report = report;
  }

  expect(claim: string, holds: boolean, detail = ''): void {
    this.#report.record(claim, holds, holds ? '' : detail);
  }

  look(): Promise<Everything> {
    return everything(this.kubectl);
  }

  rest(): Promise<unknown> {
    return atRest(this.kubectl);
  }

  async expectSame(claim: string, before: Everything): Promise<void> {
    const found = differences(before, await this.look());
    this.expect(claim, found.length === 0, found.join('\n'));
  }

  /** Whatever stands, it is refused before anything changes, in words that name it. */
  async expectRefusal(what: string, wantSaid: RegExp): Promise<void> {
    const before = await this.look();
    const { code, said } = await this.terminal.demo(['--fast']);
    this.expect(`It refuses where there is ${what}`, code === 3 && wantSaid.test(said), `exit code ${code}: ${said}`);
    await this.expectSame(`It has changed nothing where there is ${what}`, before);
    this.expect(`It keeps no kubeconfig where there is ${what}`, !this.terminal.hasCopy);
  }
}

async function refusals(guest: Guest): Promise<void> {
  const { kubectl, cluster } = guest;
  const untouched = await guest.look();
  const { code, said } = await guest.terminal.demo(['--down']);
  guest.expect('What was not brought up is not taken down', code === 0 && said.includes('nothing was touched'), said);
  await guest.expectSame('Taking down nothing changes nothing', untouched);

  const namespace = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespaces.loop } };
  const rules = [{ apiGroups: [''], resources: ['pods'], verbs: ['list'] }];
  const metadata = { name: 'flyball-demo-prometheus' };
  await apply(kubectl, namespace, { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRole', metadata, rules });
  await guest.expectRefusal(
    'a namespace and a ClusterRole of its names',
    /the namespace flyball-demo is there[^]*kubectl get namespace flyball-demo[^]*ClusterRole flyball-demo-prometheus is there/,
  );
  const before = await guest.look();
  const down = await guest.terminal.demo(['--down']);
  guest.expect('It does not take down a namespace of its name', down.said.includes('nothing was touched'), down.said);
  await guest.expectSame('A namespace of its name stays as it is', before);
  await kubectl.run(['delete', `namespace/${namespaces.loop}`, `clusterrole/${metadata.name}`]);

  const chart = resolve(import.meta.dirname, '../../../charts/flyball');
  const place = ['--namespace', 'team', '--kubeconfig', cluster.kubeconfig];
  // One that works, so that it rests while it is looked at.
  const [repository, tag] = (await buildImage('operator')).reference.split(/:(?=[^:]+$)/);
  const image = ['--set', `image.repository=${repository},image.tag=${tag}`];
  await run(cluster.helm, ['install', 'platform', chart, ...place, ...image, '--wait']);
  await guest.rest();
  await guest.expectRefusal(
    'a Flyball of somebody else',
    /Flyball is here already, of the release platform in the namespace team[^]*helm status platform --namespace team/,
  );
  await run(cluster.helm, ['uninstall', 'platform', '--wait', ...place]);
  const pods = ['pods', '--selector', 'app.kubernetes.io/instance=platform', '--namespace', 'team'];
  await kubectl.run(['wait', '--for=delete', ...pods, '--timeout=2m']);
  await guest.expectRefusal(
    'what a Flyball left',
    /Flyball is here already[^]*CustomResourceDefinition [^]*kubectl get trainingruns/,
  );
  const definitions = ['trainingruns', 'modelversions', 'modeldeployments', 'monitors'];
  await kubectl.run(['delete', 'crd', ...definitions.map((plural) => `${plural}.flyball.dev`)]);
}

async function cutOff(guest: Guest): Promise<void> {
  const before = await guest.look();
  await guest.terminal.demo(['--fast'], () => isInstalling(guest));
  const { code, said } = await guest.terminal.demo(['--down']);
  guest.expect('What was cut off is taken down', code === 0, said);
  await guest.expectSame('Nothing is left of what was cut off', before);
  guest.expect('The copy of the kubeconfig is gone', !guest.terminal.hasCopy);
}

/** Whether Helm is at work. */
async function isInstalling({ kubectl }: Guest): Promise<boolean> {
  const query = ['--namespace', namespaces.operator, '--selector', 'owner=helm,status=pending-install'];
  return (await kubectl.run(['get', 'secrets', ...query, '--output=name'])) !== '';
}

async function besideOthers(guest: Guest, form: 'quick' | 'whole'): Promise<void> {
  const { kubectl, terminal } = guest;
  const before = await guest.look();
  if (form === 'whole') await terminal.demo(['--fast'], () => isInstalling(guest));
  const isServed = async (said: string) => form === 'quick' && said.includes('✓ Version 1 is served');
  const up = await terminal.demo(['--fast'], isServed);
  guest.expect('It is brought up', form === 'quick' || up.code === 0, up.said);
  guest.expect('It is never silent for more than 20 s', up.silence <= 20, `${up.silence} s`);
  if (form === 'whole') guest.expect('The model answers', /It has just answered: diagnosis \w+/.test(up.said));
  const changed = differences(before, await guest.look()).filter((line) => !line.startsWith('new: '));
  guest.expect('Nothing of theirs changes while it stands', onlyRoles(changed), changed.join('\n'));

  const config = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'notes', namespace: namespaces.loop } };
  const spec = { image: 'localhost/somebody/nothing:1' };
  const training = {
    apiVersion: 'flyball.dev/v1alpha1',
    kind: 'TrainingRun',
    metadata: { name: 'fraud', namespace: 'team' },
    spec,
  };
  await apply(kubectl, config, training);
  await kubectl.run(['scale', 'deployment/laboratory', '--replicas=0', '--namespace', namespaces.loop]);
  const again = await terminal.demo(['--fast']);
  guest.expect('Run again it tells the state, whoever used the cluster', again.code === 0, again.said);
  guest.expect(
    'It tells what people did',
    /What people did:[^]*Deployment laboratory has "replicas: 0" where[^]*ConfigMap notes is somebody's own/.test(
      again.said,
    ),
    again.said,
  );
  guest.expect('It tells how to ask the model, which answers', /It has just answered: diagnosis \w+/.test(again.said));

  const down = await terminal.demo(['--down']);
  guest.expect(
    'It leaves a namespace that others use, and the kinds of which they have objects',
    down.code === 0 &&
      /left: the namespace flyball-demo, since others have something in it: ConfigMap notes/.test(down.said) &&
      /left: the CustomResourceDefinitions of Flyball, since others have objects of theirs: TrainingRun team\/fraud/.test(
        down.said,
      ),
    down.said,
  );
  guest.expect('The copy of the kubeconfig is gone', !terminal.hasCopy);
  await kubectl.run(['get', 'configmap/notes', '--namespace', namespaces.loop]);
  await kubectl.run(['delete', 'configmap/notes', '--namespace', namespaces.loop]);
  await kubectl.run(['delete', 'trainingrun/fraud', '--namespace', 'team']);
  const rest = await terminal.demo(['--down']);
  guest.expect('Taken down again, the rest goes too', rest.code === 0 && !rest.said.includes('left:'), rest.said);
  await guest.expectSame('Nothing of theirs has changed, and nothing of the demo is left', before);
  const nothing = await terminal.demo(['--down']);
  guest.expect('Taken down twice it touches nothing', nothing.said.includes('nothing was touched'), nothing.said);
}

/** While a Flyball stands, the roles that the cluster aggregates have its kinds too; they are compared again at the end. */
function onlyRoles(changed: readonly string[]): boolean {
  return changed.every((line) => /^changed: rbac\S+ ClusterRole \/(admin|edit|view)\n/.test(line));
}
