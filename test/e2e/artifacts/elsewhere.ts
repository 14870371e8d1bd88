/** What is read from elsewhere: a web server with a certificate of its own, images, and a cache that pods share. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { named, type Place } from '../outcomes/place.ts';
import { answered, client, expectWhole, modelDeployment, secretOf, served, trainingRun } from './objects.ts';
import type { Round } from '../suite.ts';
import { bringImage, reference } from './image.ts';
import { measured } from './shelf.ts';
import type { World } from './world.ts';

/** Data from a web server whose certificate only the installation knows. */
export async function fromTheWeb(place: Place, { web, shelf }: World): Promise<void> {
  const folder = shelf.folder('web');
  writeFileSync(join(folder, 'rows.csv'), '1,1\n2,0\n');
  await web.upload(folder, place.namespace);
  const uri = `${web.root}/${place.namespace}/rows.csv`;
  const datasets = [{ name: 'train', uri, digest: await measured(folder) }];
  await place.apply(
    secretOf([]),
    claim('models'),
    trainingRun('web', '1', { datasets, output: { uri: 'pvc://models/web' } }),
  );
  const version = await place.until('a version', ({ versions }) => named(versions, 'web-1'));
  place.expect('a file of a web server is a dataset', version.spec.metrics['rows'] === '2');
}

/** Data and a model of the Hub, for those with a token; the next commit of the same model comes by way of a canary, and people go back to the first. */
export async function fromTheHub(place: Place, { hub, shelf }: World): Promise<void> {
  const data = await shelf.dataset(hub, `${place.namespace}/data`);
  const datasets = [{ name: 'train', uri: data.uri.replace('hf://', 'hf://datasets/'), digest: data.digest }];
  const commitOf = async (token: string) => {
    const { uri, digest } = await shelf.model(hub, `${place.namespace}/model`, token);
    return { uri: uri.replace('@main', `@${hub.refs.get('main')}`), digest };
  };
  const rollout = { minReady: '2s', steps: [{ weight: 50, hold: '5s' }] };
  const model = (at: Awaited<ReturnType<typeof commitOf>>) => modelDeployment('hub', at, { replicas: 2, rollout });
  const first = await commitOf('1');
  await place.apply(
    secretOf([hub]),
    claim('models'),
    trainingRun('hub', '1', { datasets, output: { uri: 'pvc://models/hub' } }),
    model(first),
    client('hub', place),
  );
  const version = await place.until('a version', ({ versions }) => named(versions, 'hub-1'));
  place.expect('all of a repository of data is a dataset', version.spec.metrics['rows'] === '10');
  const serves = async (token: string) => {
    await served(place, 'hub');
    await answered(place, token);
    place.expect(`commit ${token} of a model serves`, true);
  };
  await serves('1');
  await place.apply(model(await commitOf('2')));
  await place.until('a canary', ({ deployments }) => named(deployments, 'hub')?.status?.candidate?.weight === 50);
  await serves('2');
  await place.apply(model(first));
  await serves('1');
  await expectWhole(place);
}

/** Two pods start at the same time, and the store is asked once. */
export async function sharedCache(place: Place, { abfss, shelf, passage }: World): Promise<void> {
  const size = 64;
  const { uri, digest } = await shelf.model(abfss, `${place.namespace}/model`, '1', size);
  const before = passage.carried.down;
  const server = { storage: { secretRef: { name: 'stores' }, volume: { claimName: 'cache' } } };
  await place.apply(
    secretOf([abfss]),
    claim('cache'),
    modelDeployment('cached', { uri, digest }, { replicas: 2, server: server as never }),
    client('cached', place),
  );
  await served(place, 'cached');
  await answered(place, '1');
  const carried = (passage.carried.down - before) / 2 ** 20;
  place.expect(
    `two pods of ${size} MiB load once`,
    carried < 1.5 * size,
    `${carried.toFixed(0)} MiB came from the store`,
  );
  await place.kubectl.run([
    'delete',
    'pods',
    '--selector=flyball.dev/model-deployment=cached',
    '--namespace',
    place.namespace,
  ]);
  await answered(place, '1');
  const again = (passage.carried.down - before) / 2 ** 20 - carried;
  place.expect('pods that come later load nothing', again < 1, `${again.toFixed(1)} MiB came from the store`);
  await expectWhole(place);
}

/** An image that nobody pulls: it was brought to the node. */
export async function fromAnImage(place: Place, { shelf, s3 }: World, { cluster }: Round): Promise<void> {
  const { digest, folder } = await shelf.model(s3, `${place.namespace}/model`, '1');
  await bringImage(cluster, folder, shelf.folder('image'));
  const model = { uri: `oci://${reference}`, digest };
  await place.apply(secretOf([]), modelDeployment('image', model), client('image', place));
  await served(place, 'image');
  await answered(place, '1');
  await expectWhole(place);
}

export function claim(name: string): object {
  return {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: { name },
    spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '2Gi' } } },
  };
}
