/** What people get wrong about stores, and what stores do to them. */
import type { ModelDeploymentSpec, TrainingRunSpec } from '../../../../src/api/types.ts';
import { applied, type Faults } from '../fault.ts';
import { store } from '../store.ts';
import { patched, python, reporting, run, serve, server } from './objects.ts';

type Storage = NonNullable<TrainingRunSpec['storage']>;

const storage: Storage = { secretRef: { name: 'store' } };
const secret = store.secret();
const zeros = `sha256:${'0'.repeat(64)}`;

/** A server whose model is in the store, but for what is given. */
function serving(model: Partial<ModelDeploymentSpec['model']> = {}, more: Storage = {}): object {
  const fetched = server({ storage: { ...storage, ...more } });
  return serve({ model: { uri: store.model, digest: store.digest, ...model }, server: fetched });
}

/** A training that leaves something in its output, which goes to the store. */
function saving(source: string, uri = `${store.root}/fraud`): object {
  return run({ ...python(`${source}\n${reporting('{"f1": 0.95}')}`), output: { uri }, storage });
}

const leaves = "open('/flyball/output/model.bin', 'w').write('model')";
const model = (fields: object) => patched({ model: fields }, 'modeldeployment fraud');
const volume = (fields: object | null) => patched({ server: { storage: { volume: fields } } }, 'modeldeployment fraud');

export const storeFaults: Faults = {
  'bucket-missing': {
    title: 'The bucket of a dataset does not exist',
    about: 'trun/fraud',
    before: [secret],
    objects: [run({ datasets: [{ name: 'train', uri: 's3://no-such-bucket/train' }], storage })],
    shows: [/FetchFailed/],
    expect: {
      cause: [/etching s3:\/\/no-such-bucket\/train failed/, /no such bucket/i],
      actor: 'Author',
      fix: patched({ datasets: [{ name: 'train', uri: `${store.root}/train` }] }),
    },
    works: /Succeeded=True/,
  },
  'object-missing': {
    title: 'The model is not in the bucket',
    about: 'mdep/fraud',
    before: [secret],
    objects: [serving({ uri: `${store.root}/modle` })],
    shows: [/FetchFailed/],
    expect: {
      cause: [/etching s3:\/\/artifacts\/modle failed/, /is tried again/],
      actor: 'Author',
      fix: model({ uri: store.model }),
    },
    works: /Ready=True/,
  },
  'credentials-wrong': {
    title: 'The Secret of the store has a wrong key',
    about: 'mdep/fraud',
    before: [store.secret('guessed-by-somebody')],
    objects: [serving()],
    shows: [/FetchFailed/],
    expect: { cause: [/etching s3:/, /credentials/], actor: 'Author', fix: applied(secret) },
    works: /Ready=True/,
  },
  'credentials-missing': {
    title: 'Nobody says by which credentials the store is asked',
    about: 'trun/fraud',
    objects: [run({ datasets: [{ name: 'train', uri: `${store.root}/train` }] })],
    shows: [/FetchFailed/],
    expect: {
      cause: [/etching s3:/, /credentials/i],
      actor: 'Author',
      fix: `${applied(secret)}\n${patched({ storage })}`,
    },
  },
  'store-secret-missing': {
    title: 'The Secret of the store is missing',
    about: 'mdep/fraud',
    objects: [serving()],
    shows: [/SecretMissing/],
    expect: { cause: [/Secret store/, /does not exist/], actor: 'Author', fix: applied(secret) },
    works: /Ready=True/,
  },
  'digest-other': {
    title: 'The model is not what its digest says',
    about: 'mdep/fraud',
    before: [secret],
    objects: [serving({ digest: zeros })],
    shows: [/FetchFailed/],
    expect: { cause: [/etching s3:/, /digest/, /0000/], actor: 'Author', fix: model({ digest: store.digest }) },
    works: /Ready=True/,
  },
  'store-away': {
    title: 'Nothing answers where the store should be',
    about: 'trun/fraud',
    before: [secret],
    objects: [run({ datasets: [{ name: 'train', uri: `${store.away}/train` }], storage })],
    shows: [/Fetching/],
    expect: {
      cause: [/fetches gs:\/\/away\/train/],
      actor: 'Nobody',
      fix: patched({ datasets: [{ name: 'train', uri: `${store.root}/train` }] }),
    },
  },
  'storage-too-small': {
    title: 'The model is larger than the volume that it is fetched into',
    about: 'mdep/fraud',
    before: [secret],
    objects: [serving({}, { volume: { emptyDir: { sizeLimit: '1Mi' } } })],
    shows: [/FetchFailed|Evicted/],
    expect: { cause: [/etching s3:/, /sizeLimit/], actor: 'Author', fix: volume(null) },
    works: /Ready=True/,
  },
  'cache-claim-missing': {
    title: 'The claim that caches models is missing',
    about: 'mdep/fraud',
    before: [secret],
    objects: [serving({}, { volume: { claimName: 'cache' } })],
    shows: [/ClaimMissing/],
    expect: { cause: [/claim cache/i, /does not exist/], actor: 'Author', fix: volume(null) },
  },
  'image-of-model-missing': {
    title: 'The image with the model does not exist',
    about: 'mdep/fraud',
    objects: [serve({ model: { uri: 'oci://localhost/nobody/model:1', digest: zeros } })],
    shows: [/ImagePullFailed/],
    expect: {
      cause: [/localhost\/nobody\/model:1/, /cannot be pulled/],
      actor: 'Author',
      fix: `${applied(secret)}\n${patched({ model: { uri: store.model, digest: store.digest }, server: { storage } }, 'modeldeployment fraud')}`,
    },
  },
  'output-empty': {
    title: 'The training left nothing to save',
    about: 'trun/fraud',
    before: [secret],
    objects: [saving('pass')],
    shows: [/SaveFailed/],
    expect: {
      cause: [/uploading the output to s3:/, /no file/],
      actor: 'Author',
      fix: patched(python(`${leaves}\n${reporting('{"f1": 0.95}')}`)),
    },
    works: /Succeeded=True/,
  },
  'output-has-link': {
    title: 'The training left a link, which no store can keep',
    about: 'trun/fraud',
    before: [secret],
    objects: [saving("import os; os.symlink('/etc/passwd', '/flyball/output/model.bin')")],
    shows: [/SaveFailed/],
    expect: {
      cause: [/uploading the output to s3:/, /model\.bin/, /link/],
      actor: 'Author',
      fix: patched(python(`${leaves}\n${reporting('{"f1": 0.95}')}`)),
    },
    works: /Succeeded=True/,
  },
  'output-bucket-missing': {
    title: 'The bucket for the models does not exist',
    about: 'trun/fraud',
    before: [secret],
    objects: [saving(leaves, 's3://no-such-bucket/models')],
    shows: [/OutputNotWritable/],
    expect: {
      cause: [/output cannot be written to s3:\/\/no-such-bucket\/models/, /command was not started/],
      actor: 'Author',
      fix: patched({ output: { uri: `${store.root}/fraud` } }),
    },
    works: /Succeeded=True/,
  },
};
