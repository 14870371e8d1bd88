/** Servers whose pods have options, and one whose answers last longer than a pod usually has to end. */
import { apiVersion } from '../../../src/api/labels.ts';
import { image, model, pod as podOf, programOf } from '../outcomes/objects.ts';
import { isReady, named, type Place, summary } from '../outcomes/place.ts';
import { priorityClass, taint } from './node.ts';
import { container, given, pod, seen } from './options.ts';

const tolerations = [{ key: taint.key, operator: 'Exists' as const }];
const claim = {
  apiVersion: 'v1',
  kind: 'PersistentVolumeClaim',
  metadata: { name: 'models' },
  spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
};

/** A server asks for its readiness as it is told, and sees in its pod what a training sees in its own. */
export async function everyOptionServed(place: Place): Promise<void> {
  await place.apply(...given, claim);
  await makeFolder(place);
  const server = {
    ...container,
    port: 8080,
    protocol: 'HTTP',
    readiness: { path: '/healthy', period: '3s', timeout: '2s', failures: 2 },
    liveness: { path: '/healthy', period: '20s' },
    pod,
  };
  await place.apply({
    apiVersion,
    kind: 'ModelDeployment',
    metadata: { name: 'everything' },
    spec: { model: model('one'), server, observe: {} },
  });
  await place.until('Ready', ({ deployments }) => summary(named(deployments, 'everything'))?.status === 'True');
  const served = place.sight.pods.find((one) => isReady(one) && one.metadata?.name?.startsWith('everything'));
  const main = served?.spec?.containers.find(({ name }) => name === 'main');
  const probe = main?.readinessProbe;
  place.expect('readiness is asked as declared', probe?.httpGet?.path === '/healthy' && probe.periodSeconds === 3);
  place.expect('liveness is asked as declared', main?.livenessProbe?.periodSeconds === 20);
  place.expect('the pod has its priority', served?.spec?.priorityClassName === priorityClass);
  place.expect('the pod has its label', served?.metadata?.labels?.['example.com/team'] === 'fraud');
  const observer = served?.spec?.initContainers?.find(({ name }) => name === 'observer');
  place.expect(
    'the observer keeps its own user',
    observer !== undefined && observer.securityContext?.runAsUser === undefined,
  );
  const found = JSON.parse(await asked(place, `http://everything.${place.namespace}.svc/seen`)) as object;
  for (const [what, value] of Object.entries(seen)) {
    const there = what.split('.').reduce<unknown>((inner, key) => (inner as Record<string, unknown>)[key], found);
    place.expect(`the server sees ${what}`, Number(there) === Number(value), `${String(there)}, not ${value}`);
  }
}

/** The model is edited while a client reads an answer that takes a minute. */
export async function longAnswer(place: Place): Promise<void> {
  await place.apply(claim);
  const deployment = (env: readonly { name: string; value: string }[]) => ({
    apiVersion,
    kind: 'ModelDeployment',
    metadata: { name: 'words' },
    spec: {
      model: model('one'),
      server: {
        image,
        ...programOf(import.meta.dirname, 'stream'),
        env,
        port: 8080,
        protocol: 'HTTP',
        pod: { terminationGracePeriod: '2m', tolerations },
      },
      observe: {},
    },
  });
  await place.apply(deployment([]));
  await place.until('Ready', ({ deployments }) => summary(named(deployments, 'words'))?.status === 'True');
  const reader = asked(place, `http://words.${place.namespace}.svc/stream`, 'reader');
  await place.until('the reader', ({ pods }) => named(pods, 'reader')?.status?.phase === 'Running');
  await place.apply(deployment([{ name: 'EDITED', value: 'since then' }]));
  const words = (await reader).trim().split('\n');
  place.expect(
    'an answer of a minute outlives the server’s replacement',
    words.at(-1) === '59',
    `its last word: ${words.at(-1)}`,
  );
}

/** A server with a group for its volumes has its model read-only as a whole, so that nobody makes its folder. */
async function makeFolder(place: Place): Promise<void> {
  const make = { command: ['/usr/bin/python3', '-c', 'import os; os.makedirs("/models/one")'] };
  const volumes = [{ name: 'models', persistentVolumeClaim: { claimName: 'models' } }];
  const volumeMounts = [{ name: 'models', mountPath: '/models' }];
  await place.apply(podOf('maker', { ...make, volumeMounts }, { volumes, tolerations, restartPolicy: 'Never' }));
  await place.until('the folder of the model', ({ pods }) => named(pods, 'maker')?.status?.phase === 'Succeeded');
}

/** What an address answers to a pod of the namespace. */
async function asked(place: Place, url: string, name = 'asker'): Promise<string> {
  const ask = 'import sys, urllib.request; print(urllib.request.urlopen(sys.argv[1], timeout=120).read().decode())';
  await place.apply(
    podOf(name, { command: ['/usr/bin/python3', '-c', ask, url] }, { tolerations, restartPolicy: 'Never' }),
  );
  await place.until(`the end of ${name}`, ({ pods }) => {
    const phase = named(pods, name)?.status?.phase;
    return phase === 'Succeeded' || phase === 'Failed';
  });
  return place.logs(name);
}
