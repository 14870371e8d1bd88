/** Images that not everybody may pull, and such as people find in public: of root, and of a user with a name. */
import { programOf, restricted, trainingRun } from '../outcomes/objects.ts';
import { image } from '../outcomes/objects.ts';
import { isReady, named, type Place, summary } from '../outcomes/place.ts';
import { taint } from './node.ts';

const address = '127.0.0.1:5000';
const tolerations = [{ key: taint.key, operator: 'Exists' as const }];
const metrics = 'import os; open(os.environ["FLYBALL_RESULTS"], "w").write(\'{"metrics": {"f1": 0.9}}\')';
const program = { command: ['/usr/bin/python3', '-c', metrics] };

/** A registry that the node reaches, in a namespace where pods may use the node's network. */
export async function startRegistry(place: Place): Promise<void> {
  await place.make({ 'pod-security.kubernetes.io/enforce': 'privileged' });
  await place.apply({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'registry' },
    spec: {
      hostNetwork: true,
      tolerations,
      terminationGracePeriodSeconds: 1,
      containers: [
        {
          name: 'main',
          image,
          ...programOf(import.meta.dirname, 'registry'),
          securityContext: restricted,
          readinessProbe: { tcpSocket: { host: '127.0.0.1', port: 5000 }, periodSeconds: 1 },
        },
      ],
    },
  });
  await place.until('the registry', ({ pods }) => pods.some(isReady));
}

/** Who is not told the password is told whose move it is, and the next attempt pulls. */
export async function privateImage(place: Place): Promise<void> {
  const run = (pod: object) => trainingRun('private', 1, { image: `${address}/team/private:1`, ...program, pod });
  await place.apply(run({ tolerations }));
  const told = await place.until('words about the image', ({ runs }) => {
    const condition = summary(named(runs, 'private'));
    return condition?.reason === 'ImagePullFailed' && condition;
  });
  place.expect('the field is told', told.message.includes('imagePullSecrets'), told.message);
  const credentials = ['--docker-server', address, '--docker-username', 'team', '--docker-password', 'hush'];
  const create = ['create', 'secret', 'docker-registry', 'registry', '--namespace', place.namespace];
  await place.kubectl.run([...create, ...credentials]);
  await place.apply(run({ tolerations, imagePullSecrets: [{ name: 'registry' }] }));
  const version = await place.until('a version', ({ versions }) => versions[0]);
  place.expect('it is trained once the Secret is named', version.spec.trainingRun === 'private');
}

/** Of both kinds of images a public one is told how it runs, and does so. */
export async function foreignUsers(place: Place): Promise<void> {
  const create = ['create', 'secret', 'docker-registry', 'registry', '--namespace', place.namespace];
  await place.kubectl.run([
    ...create,
    '--docker-server',
    address,
    '--docker-username',
    'team',
    '--docker-password',
    'hush',
  ]);
  for (const name of ['root', 'named']) {
    const run = (pod: object) =>
      trainingRun(name, 1, {
        image: `${address}/team/${name}:1`,
        ...program,
        pod: { tolerations, imagePullSecrets: [{ name: 'registry' }], ...pod },
      });
    await place.apply(run({}));
    const told = await place.until(`words about the user of ${name}`, ({ runs }) => {
      const condition = summary(named(runs, name));
      return condition?.message.includes('runAsUser') && condition;
    });
    place.expect(`the field is told where the user is ${name}`, true, `${told.reason}: ${told.message}`);
    await place.apply(run({ runAsUser: 1000 }));
    await place.until('a version', ({ versions }) => versions.some(({ spec }) => spec.trainingRun === name));
    place.expect(`an image whose user is ${name} runs as the number that is declared`, true);
  }
}
