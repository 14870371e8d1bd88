import { digest, modelDeployment, modelVersion, trainingRun } from '../objects.ts';
import { refusedValue, type Place, type Refusal } from './refusal.ts';

const dataset: Place = {
  field: 'spec.datasets[0].uri',
  at: (uri) => trainingRun({ datasets: [{ name: 'train', uri }] }),
};
const recorded: Place = {
  field: 'spec.datasets[0].uri',
  at: (uri) => modelVersion({ datasets: [{ name: 'train', uri }] }),
};
const model: Place = { field: 'spec.model.uri', at: (uri) => modelDeployment({ model: { uri, digest } }) };
const output: Place = { field: 'spec.output.uri', at: (uri) => trainingRun({ output: { uri } }) };
const checkpoint: Place = { field: 'spec.checkpoint.uri', at: (uri) => trainingRun({ checkpoint: { uri } }) };

const claim = 'pvc://<claim>/<path>';
const azure = 'abfss://<container>@<account>.dfs.core.windows.net/<path>';
const hub = 'hf://<organization>/<name>@<revision>';
const written = `${claim}, s3://<bucket>/<path>, gs://<bucket>/<path>`;
const ofStore =
  'where each part of the path has only letters, digits and _ . = @ + -, and begins with a letter, a digit, "_" or "="';

/** A URI that is refused, and the nearest one that is meant. */
function refused(because: string, uri: string, accepted: string, problem: string, at = dataset): Refusal {
  return refusedValue(because, at, uri, accepted, `uri "${uri}" ${problem}`);
}

const known = (lacking: string, form: string) =>
  `${lacking}, known are pvc, s3, gs, abfss, https, hf, oci: write ${form}`;
const all = `${written}, ${azure}, https://<host>/<path>, ${hub} or oci://<image>`;
const writable = (scheme: string) =>
  `has the scheme "${scheme}", known are pvc, s3, gs, abfss: write ${written} or ${azure}`;

const ofSchemes: readonly Refusal[] = [
  refused('a dataset has an unknown scheme', 'ftp://host/x', 's3://host/x', known('has the scheme "ftp"', all)),
  refused('a dataset has no scheme', '/data/train', 'pvc://data/train', known('has no scheme', all)),
  refused('a model has a scheme of a library', 'hdfs://a/b', 's3://abc/b', known('has the scheme "hdfs"', all), model),
  refused(
    'a dataset has the scheme of Hadoop for S3',
    's3a://bucket/x',
    's3://bucket/x',
    known('has the scheme "s3a"', 's3://<bucket>/<path>'),
  ),
  refused(
    'a dataset has another scheme of Google',
    'gcs://bucket/x',
    'gs://bucket/x',
    known('has the scheme "gcs"', 'gs://<bucket>/<path>'),
  ),
  refused(
    'a dataset has an older scheme of Azure',
    'wasbs://data@account.blob.core.windows.net/x',
    'abfss://data@account.dfs.core.windows.net/x',
    known('has the scheme "wasbs"', azure),
  ),
  refused(
    'a dataset comes unencrypted',
    'http://host/x',
    'https://host/x',
    known('has the scheme "http"', 'https://<host>/<path>'),
  ),
  refused(
    'an image has the scheme of a tool',
    'docker://host/x:1',
    'oci://host/x:1',
    known('has the scheme "docker"', 'oci://<image>'),
  ),
  refused(
    'a model has a scheme of the Hub that is not ours',
    'huggingface://org/name@main',
    'hf://org/name@main',
    known('has the scheme "huggingface"', hub),
    model,
  ),
  refused(
    'a dataset is a file of a node',
    'file:///data/train',
    'pvc://data/train',
    known('has the scheme "file"', `${claim}, since a claim is what pods share, and not a folder of a node`),
  ),
  refused('the output goes to a web server', 'https://host/x', 's3://host/x', writable('https'), output),
  refused('a checkpoint goes into an image', 'oci://host/x', 's3://host/x', writable('oci'), checkpoint),
];

const noClaim = `is not of the form of its scheme: write ${claim}, where each part of the path has only letters, digits, "_", "-" and ".", and begins with neither "-" nor "."`;

const ofClaims: readonly Refusal[] = [
  refused('a path leaves its claim', 'pvc://data/../other', 'pvc://data/other', noClaim),
  refused('a path has an empty part', 'pvc://data//train', 'pvc://data/train', noClaim),
  refused('a claim cannot be called as in a URI', 'pvc://data..all/train', 'pvc://data.a-ll/train', noClaim),
  refused('a path in a claim has a sign', 'pvc://data/day=1', 'pvc://data/day-1', noClaim, recorded),
  refused('an output in a claim has a sign', 'pvc://data/a@1', 'pvc://data/a-1', noClaim, output),
];

/** Of a scheme with buckets, whatever is wrong with one. */
function ofBuckets(scheme: string, bucket: string): readonly Refusal[] {
  const form = `${scheme}://<bucket>/<path>`;
  return [
    refused(
      `the bucket of ${scheme} is in upper case`,
      `${scheme}://Models/x`,
      `${scheme}://models/X`,
      `has no bucket of ${bucket}: write ${form}`,
    ),
    refused(
      `a bucket of ${scheme} has no path`,
      `${scheme}://models/`,
      `${scheme}://models/x`,
      `names a bucket without a path: write ${form}`,
      output,
    ),
    refused(
      `a path of ${scheme} ends with a slash`,
      `${scheme}://models/x/`,
      `${scheme}://models/x`,
      `ends with "/": write ${form}`,
      model,
    ),
    refused(
      `a path of ${scheme} leaves its bucket`,
      `${scheme}://models/x/../y`,
      `${scheme}://models/x..y`,
      `is not of the form of its scheme, ${ofStore}: write ${form}`,
      checkpoint,
    ),
  ];
}

const ofAzure: readonly Refusal[] = [
  refused(
    'a container of Azure has no path',
    'abfss://data@account.dfs.core.windows.net',
    'abfss://data@account.dfs.core.windows.net/x',
    `names a container without a path: write ${azure}`,
  ),
  refused(
    'a container of Azure has no account',
    'abfss://data/x',
    'abfss://data@account.dfs.core.windows.net/x',
    `names no container and account of Azure, which have only lower-case letters, digits and, of containers, "-": write ${azure}`,
    output,
  ),
  refused(
    'a path of Azure ends with a slash',
    'abfss://data@account.dfs.core.windows.net/x/',
    'abfss://data@account.dfs.core.windows.net/x',
    `ends with "/": write ${azure}`,
    model,
  ),
  refused(
    'a path of Azure has a space',
    'abfss://data@account.dfs.core.windows.net/a b',
    'abfss://data@account.dfs.core.windows.net/a=b',
    `is not of the form of its scheme, ${ofStore}: write ${azure}`,
    checkpoint,
  ),
];

const secret =
  'has a user, a query or a fragment, and what is secret of it would be shown to everybody (a token goes as HTTPS_BEARER_TOKEN into the Secret of storage.secretRef): write https://<host>/<path>';
const image =
  'is not of the form of its scheme, where the image is registry/repository:tag or registry/repository@sha256: and 64 hexadecimal digits: write oci://<image>';

const ofFiles: readonly Refusal[] = [
  refused('a file is signed', 'https://host/x?sig=1', 'https://host/x', secret),
  refused('a file has a user', 'https://me:secret@host/x', 'https://host/me@x', secret, model),
  refused('a file is none', 'https://host/', 'https://host/x', 'names no file: write https://<host>/<path>', recorded),
  refused(
    'a host is in upper case',
    'https://Host/x',
    'https://host:443/X',
    `is not of the form of its scheme, where the host is in lower case, and ${ofStore.slice('where '.length)}: write https://<host>/<path>`,
  ),
  refused(
    'a host has a port that there is not',
    'https://host:65536/x',
    'https://host:65535/x',
    'has a port that there is not, since ports are 1 to 65535: write https://<host>/<path>',
  ),
  refused('the repository of a model is in upper case', 'oci://host/X', 'oci://host.io/x', image, model),
];

const revisionOf = (form: string) =>
  `: write ${form}, with a branch, a tag or, best, a commit of 40 digits, and a path behind it if need be`;
const hubDataset = 'hf://datasets/<organization>/<name>@<revision>';
const commit = '0123456789abcdef0123456789abcdef01234567';

const ofHub: readonly Refusal[] = [
  refused(
    'a model of the Hub has no revision',
    'hf://org/name',
    `hf://org/name@${commit}`,
    `says no revision, and what moves is another thing tomorrow${revisionOf(hub)}`,
    model,
  ),
  refused(
    'a dataset of the Hub has a revision behind its path',
    'hf://datasets/org/name/data@main',
    'hf://datasets/org/name@main/data@main',
    `is not of the form of its scheme, ${ofStore}${revisionOf(hubDataset)}`,
  ),
  refused(
    'a dataset of the Hub has no organization',
    'hf://datasets/squad@main',
    'hf://datasets/rajpurkar/squad@refs/convert/parquet/plain_text',
    `names no organization${revisionOf(hubDataset)}`,
    recorded,
  ),
  refused(
    'an artifact of the Hub is an application',
    'hf://spaces/org/name@main',
    'hf://org/name@main',
    `names a kind of repository other than datasets${revisionOf(hub)}`,
  ),
  refused(
    'a path of the Hub ends with a slash',
    'hf://org/name@v1.0/',
    'hf://org/name@v1.0/onnx',
    `ends with "/"${revisionOf(hub)}`,
    model,
  ),
  refused(
    'a path of the Hub leaves its repository',
    'hf://org/name@main/../other',
    'hf://org/name@main/o..ther',
    `is not of the form of its scheme, ${ofStore}${revisionOf(hub)}`,
    model,
  ),
];

const tooLong = (field: string, size: number, whose: string) =>
  `Invalid value: ${field} has ${size} characters: use at most 390, since the folder of ${whose} is named behind it`;

const ofFolders: readonly Refusal[] = [
  {
    because: 'the output is too long for the name of an attempt',
    object: output.at(`pvc://models/${'o'.repeat(378)}`),
    field: 'spec.output.uri',
    message: tooLong('output.uri', 391, 'each attempt'),
    border: output.at(`pvc://models/${'o'.repeat(377)}`),
  },
  {
    because: 'the checkpoint is too long for the name of the run',
    object: checkpoint.at(`s3://models/${'o'.repeat(379)}`),
    field: 'spec.checkpoint.uri',
    message: tooLong('checkpoint.uri', 391, 'the run'),
    border: checkpoint.at(`s3://models/${'o'.repeat(378)}`),
  },
  {
    because: 'a checkpoint names its claim by a URI',
    object: checkpoint.at('pvc://models/fraud'),
    field: 'spec.checkpoint.uri',
    message: 'Invalid value: checkpoint.uri "pvc://models/fraud" is in a claim: name the claim in checkpoint.claimName',
    border: trainingRun({ checkpoint: { claimName: 'models' } }),
  },
  {
    because: 'a checkpoint is in two places',
    object: trainingRun({ checkpoint: { claimName: 'models', uri: 's3://models/fraud' } }),
    field: 'spec.checkpoint',
    message: 'Invalid value: checkpoint has both claimName and uri: keep one of them',
    border: trainingRun({ checkpoint: { uri: 's3://models/fraud' } }),
  },
  {
    because: 'a checkpoint is nowhere',
    object: trainingRun({ checkpoint: {} }),
    field: 'spec.checkpoint',
    message: 'Invalid value: checkpoint has neither claimName nor uri: write one of them',
  },
];

/** Where artifacts are. */
export const uriRefusals: readonly Refusal[] = [
  ...ofSchemes,
  ...ofClaims,
  ...ofBuckets('s3', '3 to 63 lower-case letters, digits, "-" and "."'),
  ...ofBuckets('gs', '3 to 222 lower-case letters, digits, "-", "_" and "."'),
  ...ofAzure,
  ...ofFiles,
  ...ofHub,
  ...ofFolders,
];
