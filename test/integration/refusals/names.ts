import { digest, modelDeployment, modelVersion, monitor, trainingRun } from '../objects.ts';
import { refusedValue, type Place, type Refusal } from './refusal.ts';

const server = { image: 'serve', port: 8080, protocol: 'HTTP' } as const;
const errors = { name: 'errors', errors: {}, max: 0.01 };
const place = (field: string, at: Place['at']): Place => ({ field: `spec.${field}`, at });

const runName = (field: string, value: string, kind: string) =>
  `${field} "${value}" is no name of a ${kind}: they begin with a letter and have only lower-case letters, digits and "-"`;
const objectName = (field: string, value: string, kind: string) =>
  `${field} "${value}" is no name of a ${kind}: use lower-case letters, digits, "-" and ".", and begin and end with a letter or digit`;
const ownName = (field: string, value: string) =>
  `${field} "${value}" is no name: use lower-case letters, digits and "-", and begin and end with a letter or digit`;
const signalName = (field: string, value: string) =>
  `${field} "${value}" is no name: use letters, digits, "_", "-" and ".", and begin with a letter or "_"`;

const secretName = place('env[0].secretKeyRef.name', (name) =>
  trainingRun({ env: [{ name: 'TOKEN', secretKeyRef: { name, key: 'token' } }] }),
);
const secretKey = place('env[0].secretKeyRef.key', (key) =>
  trainingRun({ env: [{ name: 'TOKEN', secretKeyRef: { name: 'hub', key } }] }),
);
const variable = place('env[0].name', (name) => trainingRun({ env: [{ name, value: '1' }] }));
const serverVariable = place('server.env[0].name', (name) =>
  modelDeployment({ server: { ...server, env: [{ name, value: '1' }] } }),
);
const claim = place('checkpoint.claimName', (claimName) => trainingRun({ checkpoint: { claimName } }));
const followed = place('model.trainingRunRef.name', (name) => modelDeployment({ model: { trainingRunRef: { name } } }));
const pinned = place('model.versionRef.name', (name) => modelDeployment({ model: { versionRef: { name } } }));
const watched = place('modelDeploymentRef.name', (name) => monitor({ modelDeploymentRef: { name } }));
const retrained = place('retrain.trainingRunRef.name', (name) =>
  monitor({ retrain: { trainingRunRef: { name }, onChecks: ['errors'] } }),
);
const check = place('checks[0].name', (name) => monitor({ checks: [{ ...errors, name }] }));
const analysis = place('rollout.analysis[0].name', (name) =>
  modelDeployment({ observe: {}, rollout: { analysis: [{ ...errors, name }] } }),
);
const source = place('checks[0].query.source', (value) =>
  monitor({ checks: [{ name: 'own', query: { source: value, expr: 'up' }, min: 1 }] }),
);
const dataset = place('datasets[0].name', (name) => trainingRun({ datasets: [{ name, uri: 'pvc://data/train' }] }));
const recorded = place('datasets[0].name', (name) => modelVersion({ datasets: [{ name, uri: 'pvc://data/train' }] }));
const signal = place('observe.signals[0].name', (name) =>
  modelDeployment({ observe: { signals: [{ name, from: 'Request', pointer: '', type: 'Number' }] } }),
);
const pointer = place('observe.signals[0].pointer', (value) =>
  modelDeployment({ observe: { signals: [{ name: 'amount', from: 'Request', pointer: value, type: 'Number' }] } }),
);
const drift = place('checks[0].drift.signal', (value) =>
  monitor({ checks: [{ name: 'drift', drift: { signal: value, test: 'PSI', window: '1h' }, max: 0.2 }] }),
);
const metric = place('gate[0].metric', (value) => trainingRun({ gate: [{ metric: value, min: 0.9 }] }));
const repository = place('source.repository', (value) =>
  trainingRun({ source: { repository: value, revision: 'main' } }),
);
const revision = place('source.revision', (value) =>
  trainingRun({ source: { repository: 'https://git.example.com/fraud', revision: value } }),
);
const pin = place('datasets[0].digest', (value) =>
  trainingRun({ datasets: [{ name: 'train', uri: 'pvc://data/train', digest: value }] }),
);
const model = place('model.digest', (value) =>
  modelDeployment({ model: { uri: 'pvc://models/fraud', digest: value } }),
);
const bare = digest.slice('sha256:'.length);
const noDigest = (value: string) =>
  `digest "${value}" is none: write "sha256:" and 64 hexadecimal digits in lower case`;

export const nameRefusals: readonly Refusal[] = [
  refusedValue(
    'a Secret cannot be called so',
    secretName,
    'Hub_Token',
    'hub-token',
    objectName('secretKeyRef.name', 'Hub_Token', 'Secret'),
  ),
  refusedValue(
    'a Secret cannot have such a key',
    secretKey,
    'a b',
    'a.b',
    'secretKeyRef.key "a b" is no key of a Secret: use letters, digits, "-", "_" and "."',
  ),
  refusedValue(
    'a variable has a dash',
    variable,
    'LOG-LEVEL',
    'LOG_LEVEL',
    'env "LOG-LEVEL" is no name of a variable: use letters, digits and "_", and begin with no digit',
  ),
  refusedValue(
    "a server's variable begins with a digit",
    serverVariable,
    '2ND',
    '_2ND',
    'env "2ND" is no name of a variable: use letters, digits and "_", and begin with no digit',
  ),
  refusedValue(
    'a claim cannot be called so',
    claim,
    'Checkpoints',
    'check.points',
    objectName('claimName', 'Checkpoints', 'PersistentVolumeClaim'),
  ),
  refusedValue(
    'no TrainingRun can be called so',
    followed,
    'fraud.v2',
    'fraud-v2',
    runName('trainingRunRef.name', 'fraud.v2', 'TrainingRun'),
  ),
  refusedValue(
    'no ModelVersion can be called so',
    pinned,
    'v2',
    'v-2',
    'versionRef.name "v2" is no name of a ModelVersion: they are called after their TrainingRun and its attempt, such as fraud-3',
  ),
  refusedValue(
    'no ModelDeployment can be called so',
    watched,
    '2fraud',
    'fraud2',
    runName('modelDeploymentRef.name', '2fraud', 'ModelDeployment'),
  ),
  refusedValue(
    'no TrainingRun to retrain can be called so',
    retrained,
    'Fraud',
    'fraud',
    runName('trainingRunRef.name', 'Fraud', 'TrainingRun'),
  ),
  refusedValue('a check has an underscore', check, 'p95_latency', 'p95-latency', ownName('check', 'p95_latency')),
  refusedValue(
    'an analysis has an underscore',
    analysis,
    'own_errors',
    'own-errors',
    ownName('analysis', 'own_errors'),
  ),
  refusedValue(
    'a query source is a URL',
    source,
    'http://prometheus:9090',
    'prometheus',
    ownName('query.source', 'http://prometheus:9090'),
  ),
  refusedValue('a dataset has an underscore', dataset, 'train_data', 'train-data', ownName('dataset', 'train_data')),
  refusedValue(
    'a recorded dataset has an underscore',
    recorded,
    'train_data',
    'train-data',
    ownName('dataset', 'train_data'),
  ),
  refusedValue('a signal has a space', signal, 'amount in EUR', 'amount_in_EUR', signalName('signal', 'amount in EUR')),
  refusedValue(
    'a drift is of no signal',
    drift,
    'amount in EUR',
    'amount_in_EUR',
    signalName('drift.signal', 'amount in EUR'),
  ),
  ...['inputs.0.data', '$.inputs[0]', '/a~b'].map((value) =>
    refusedValue(
      `a pointer is ${value}`,
      pointer,
      value,
      '/a~0b/0/data',
      `pointer "${value}" is no JSON pointer: write "/" before each part, such as /inputs/0/data/3, and for "~" in a part "~0"`,
    ),
  ),
  refusedValue(
    'a metric has a space',
    metric,
    'f1 score',
    'f1/score',
    'gate on "f1 score", which is no name of a metric: use letters, digits, "_", ".", "/", "@" and "-", and begin with a letter or "_"',
  ),
  refusedValue(
    'a repository has a space',
    repository,
    'git clone x',
    'git@example.com:fraud.git',
    'source.repository "git clone x" has a space or a character that is not ASCII: write the address alone',
  ),
  refusedValue(
    'a revision has a space',
    revision,
    'branch main',
    'feature/a-b_c',
    'source.revision "branch main" has a space or a character that is not ASCII: write the commit, tag or branch alone',
  ),
  refusedValue('a digest has no algorithm', pin, bare, digest, noDigest(bare)),
  refusedValue('a digest is short', pin, 'sha256:0', digest, noDigest('sha256:0')),
  refusedValue(
    'the digest of a model is in upper case',
    model,
    digest.toUpperCase(),
    digest,
    noDigest(digest.toUpperCase()),
  ),
];
