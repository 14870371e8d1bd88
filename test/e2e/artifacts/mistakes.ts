/** What people get wrong, and what disks and stores do to them: each is told with what is wrong and whose move it is. */
import { join } from 'node:path';
import { writeFileSync } from 'node:fs';
import { label } from '../../../src/api/labels.ts';
import type { ModelDeploymentSpec } from '../../../src/api/types.ts';
import { mainStatus } from '../../../src/workload/diagnosis/containers.ts';
import { named, type Place, summary } from '../outcomes/place.ts';
import { modelDeployment, secretOf, storage, trainingRun } from './objects.ts';
import type { World } from './world.ts';

interface Mistake {
  readonly uri: string;
  readonly digest?: string;
  readonly options?: ModelDeploymentSpec['server']['storage'];
  /** FetchFailed by default. */
  readonly reason?: string;
  /** What the message has to have. */
  readonly told: RegExp;
}

const zeros = `sha256:${'0'.repeat(64)}`;

async function mistakesIn(
  place: Place,
  { s3, web, abfss, gs, shelf }: World,
): Promise<Readonly<Record<string, Mistake>>> {
  const path = `${place.namespace}/model`;
  const { uri, digest } = await shelf.model(s3, path, '1', 8);
  const link = `${place.namespace}/odd`;
  const odd = shelf.folder('odd');
  writeFileSync(join(odd, 'line\nbreak.bin'), 'x');
  await s3.upload(odd, link);
  return {
    'no-bucket': { uri: 's3://no-such-bucket/model', told: /no such bucket/ },
    'no-object': { uri: `${s3.root}/${place.namespace}/nothing`, told: /There is nothing at/ },
    'no-container': { uri: abfss.root.replace('//artifacts@', '//missing@') + '/model', told: /no such bucket/ },
    'no-bucket-of-google': { uri: `${gs.root}-missing/model`, told: /no such bucket/ },
    'no-file': { uri: `${web.root}/nothing.bin`, told: /the server answered 404/ },
    'wrong-credentials': {
      uri,
      digest,
      options: { secretRef: { name: 'wrong' } },
      told: /Forbidden|403|AccessDenied|Signature/,
    },
    'no-credentials': { uri, digest, options: {}, told: /no credentials|Forbidden|403|AccessDenied/i },
    'no-secret': { uri, digest, options: { secretRef: { name: 'missing' } }, reason: 'SecretMissing', told: /missing/ },
    'other-digest': { uri, digest: zeros, told: /0000.*digest|digest.*0000/ },
    'odd-name': { uri: `${s3.root}/${link}`, told: /end of a line/ },
    'no-room': {
      uri,
      digest,
      options: { ...storage, volume: { emptyDir: { sizeLimit: '2Mi' } } },
      told: /sizeLimit leaves 2\.0 MiB/,
    },
    'no-cache': {
      uri,
      digest,
      options: { ...storage, volume: { claimName: 'missing' } },
      reason: 'ClaimMissing',
      told: /missing/,
    },
  };
}

/** All at once, each in a deployment of its own, and the plainest in a training too. */
export async function mistaken(place: Place, world: World): Promise<void> {
  const { s3 } = world;
  const mistakes = await mistakesIn(place, world);
  const wrong = { ...s3, credentials: { ...s3.credentials, AWS_SECRET_ACCESS_KEY: 'guessed-by-somebody' } };
  const datasets = [{ name: 'train', uri: 's3://no-such-bucket/data' }];
  await place.apply(
    secretOf([s3, world.gs, world.abfss]),
    secretOf([wrong], 'wrong'),
    trainingRun('no-bucket', '1', { datasets, retry: { limit: 0 } }),
    ...unwritable.map((name) =>
      trainingRun(name, '1', {
        output: { uri: 's3://no-such-bucket/models' },
        ...(name === 'no-output-fetching' && {
          datasets: [{ name: 'train', uri: mistakes['other-digest']?.uri ?? '' }],
        }),
        // The second pod waits for the first, as those of a gang do.
        ...(name === 'no-output-of-gang' && { nodes: 2, command: ['sleep', '300'] }),
      }),
    ),
    ...Object.entries(mistakes).map(([name, { uri, digest = zeros, options = storage }]) =>
      modelDeployment(name, { uri, digest }, { server: { storage: options } as ModelDeploymentSpec['server'] }),
    ),
  );
  const said = (name: string) => summary(named(place.sight.deployments, name));
  await Promise.all(
    Object.entries(mistakes).map(async ([name, { told, reason = 'FetchFailed' }]) => {
      const isSaid = () => said(name)?.reason === reason && told.test(said(name)?.message ?? '');
      const isTold = await place.until(name, isSaid).catch(() => false);
      place.expect(`${name} is told`, isTold, `${said(name)?.reason}: ${said(name)?.message}`);
    }),
  );
  const training = () => summary(named(place.sight.runs, 'no-bucket'));
  const isTold = await place
    .until('a training', () => /no such bucket/.test(training()?.message ?? ''))
    .catch(() => false);
  place.expect('a training is told so too', isTold, `${training()?.reason}: ${training()?.message}`);
  await Promise.all(unwritable.map((name) => toldBeforeTraining(place, name)));
}

/** Trainings whose output has no bucket: whoever fetches, or a container of its own, finds that out first, at once whatever may be tried again. */
const unwritable = ['no-output', 'no-output-fetching', 'no-output-of-gang'];

async function toldBeforeTraining(place: Place, name: string): Promise<void> {
  const attempt = () => named(place.sight.runs, name)?.status?.attempts?.[0];
  await place.until(name, () => attempt()?.endTime !== undefined).catch(() => undefined);
  const { reason, message = '' } = attempt() ?? {};
  const isTold = reason === 'OutputNotWritable' && /was not started.*no such bucket/s.test(message);
  place.expect(`${name} is told before anything is trained`, isTold, `${reason}: ${message}`);
  const mains = place.sight.pods.filter((pod) => pod.metadata?.labels?.[label.trainingRun] === name).map(mainStatus);
  const haveRun = mains.filter((main) => (main?.state?.running ?? main?.state?.terminated) !== undefined);
  place.expect(
    `${name} trained nothing`,
    name === 'no-output-of-gang' || haveRun.length === 0,
    `${haveRun.length} ran`,
  );
}
