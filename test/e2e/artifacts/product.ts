/** A product whose data and models are in one store: trained from it, saved to it, served from it. */
import type { IModelVersion } from '../../../src/api/types.ts';
import type { Store } from '../../stores/store.ts';
import { named, type Place } from '../outcomes/place.ts';
import { answered, client, expectWhole, modelDeployment, secretOf, served, storage, trainingRun } from './objects.ts';
import type { Kept } from './shelf.ts';
import type { World } from './world.ts';

/** Version 1 is trained and served, version 2 comes by way of a canary, and people go back to version 1. */
export async function wholeProduct(place: Place, world: World, store: Store): Promise<void> {
  const data = await world.shelf.dataset(store, `${place.namespace}/data`);
  const run = (token: string) => productRun(store, place, data, token);
  await place.apply(secretOf([store]), run('1'));
  const first = await measuredVersion(place, world, store, 1);
  await place.apply(
    modelDeployment(
      'model',
      { trainingRunRef: { name: 'model' } },
      {
        replicas: 2,
        rollout: { minReady: '2s', steps: [{ weight: 50, hold: '5s' }] },
        observe: {},
      },
    ),
    client('model', place),
  );
  await served(place, 'model', (version) => version === 'model-1');
  await answered(place, '1');
  const isVerified = fetchOf(place)?.includes(first.spec.digest ?? 'none') === true;
  place.expect('what is fetched has to have the digest that was measured', isVerified);

  await place.apply(run('2'));
  await measuredVersion(place, world, store, 2);
  const { revision } = await place.until('a canary', ({ deployments }) => {
    const { candidate } = named(deployments, 'model')?.status ?? {};
    return candidate?.version === 'model-2' && candidate.weight === 50 && candidate;
  });
  await served(place, 'model', (version) => version === 'model-2');
  await answered(place, '2');
  await place.kubectl.run([
    'patch',
    'mdep',
    'model',
    '--namespace',
    place.namespace,
    '--type=merge',
    '--patch',
    back(revision),
  ]);
  await served(place, 'model', (version) => version === 'model-1').catch(() => undefined);
  await answered(place, '1');
  place.expect('people went back to the version before', true);
  await expectWhole(place);
}

const back = (abortedRevision: string) => JSON.stringify({ spec: { rollout: { abortedRevision } } });

function productRun(store: Store, { namespace }: Place, { uri, digest }: Kept, token: string): object {
  return trainingRun('model', token, {
    datasets: [{ name: 'train', uri, digest }],
    output: { uri: `${store.root}/${namespace}/models` },
    storage,
  });
}

/** Of which the digest is known by whoever saved it, and is what anybody measures. */
async function measuredVersion(place: Place, world: World, store: Store, number: number): Promise<IModelVersion> {
  const version = await place.until(`version ${number}`, ({ versions }) => named(versions, `model-${number}`));
  const { uri = '', digest, digestSource, size = 0, metrics } = version.spec;
  const own = await world.shelf.measured(store, uri);
  const isOwn = digestSource === 'Measured' && digest === own && size > 2 ** 20;
  place.expect(`version ${number} is measured, and anybody measures the same`, isOwn, `${uri} ${digest}, here ${own}`);
  place.expect(
    `version ${number} was trained with all of the data`,
    metrics['rows'] === '10',
    `${metrics['rows']} rows`,
  );
  return version;
}

function fetchOf({ sight }: Place): string | undefined {
  const served = sight.pods.find(({ metadata }) => metadata?.labels?.['flyball.dev/model-deployment'] === 'model');
  const fetch = served?.spec?.initContainers?.find(({ name }) => name === 'fetch');
  return fetch?.env?.find(({ name }) => name === 'FLYBALL_TRANSFER')?.value;
}
