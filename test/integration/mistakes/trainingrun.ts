import type { Mistake } from './mistake.ts';

const digits = '0123456789abcdef'.repeat(4);
const kind = 'TrainingRun';
const quoted = 'The API server has but one sentence for a text where a number belongs. Take the quotation marks away.';
const unquoted =
  'The API server has but one sentence for a number where a text belongs. Parameters and variables reach a container as text, so that `1.0` and `1` stay what you wrote: put it in quotation marks.';

const gates: readonly Mistake[] = [
  {
    title: 'A threshold in quotation marks',
    kind,
    wrong: "gate:\n  - metric: f1\n    min: '0.9'",
    right: 'gate:\n  - metric: f1\n    min: 0.9',
    named: ['min', 'string'],
    advice: quoted,
  },
  {
    title: 'A threshold in percent',
    kind,
    wrong: 'gate:\n  - metric: f1\n    min: 90%',
    right: 'gate:\n  - metric: f1\n    min: 0.9',
    named: ['min', 'string'],
    advice: '`90%` is a text for YAML. Write the share as a number, as the training reports it.',
  },
  {
    title: 'A field that does not exist',
    kind,
    wrong: 'gate:\n  - metrics: f1\n    min: 0.9',
    right: 'gate:\n  - metric: f1\n    min: 0.9',
    named: ['metrics'],
    advice: 'The fields there are: `kubectl explain trun.spec.gate`.',
  },
];

const dataset = (title: string, wrong: string, right: string, remedy: string): Mistake => ({
  title,
  kind,
  wrong: `datasets:\n  - name: train\n    uri: ${wrong}`,
  right: `datasets:\n  - name: train\n    uri: ${right}`,
  named: ['spec.datasets[0].uri', wrong, remedy],
});

const data: readonly Mistake[] = [
  dataset('A bucket as Hadoop writes it', 's3a://bucket/train', 's3://bucket/train', 'write s3://<bucket>/<path>'),
  dataset('A bucket in upper case', 's3://Data/train', 's3://data/train', 'lower-case letters'),
  dataset('A folder with a slash at its end', 's3://data/train/', 's3://data/train', 'ends with "/"'),
  dataset(
    'A signed address',
    'https://data.example.com/train.csv?sig=42',
    'https://data.example.com/train.csv',
    'HTTPS_BEARER_TOKEN',
  ),
  dataset('A dataset that is a folder', '/data/train', 'pvc://data/train', 'write pvc://<claim>/<path>'),
  {
    title: 'A digest without its algorithm',
    kind,
    wrong: `datasets:\n  - name: train\n    uri: pvc://data/train\n    digest: ${digits}`,
    right: `datasets:\n  - name: train\n    uri: pvc://data/train\n    digest: sha256:${digits}`,
    named: ['spec.datasets[0].digest', digits, 'write "sha256:"'],
  },
  {
    title: 'A parameter that is a number',
    kind,
    wrong: 'parameters:\n  lr: 0.1',
    right: "parameters:\n  lr: '0.1'",
    named: ['parameters.lr'],
    advice: unquoted,
  },
  {
    title: 'A parameter that has parts',
    kind,
    wrong: "parameters:\n  optimizer:\n    lr: '0.1'",
    right: "parameters:\n  optimizer.lr: '0.1'",
    named: ['parameters.optimizer'],
    advice: 'Parameters are texts by name. Give each part a name of its own, or write the whole as JSON into one text.',
  },
  {
    title: 'A seed in quotation marks',
    kind,
    wrong: "seed: '1'",
    right: 'seed: 1',
    named: ['seed', 'string'],
    advice: quoted,
  },
];

const containers: readonly Mistake[] = [
  {
    title: 'No image',
    kind,
    wrong: "command: ['python', 'train.py']",
    right: "image: example.com/train:1\ncommand: ['python', 'train.py']",
    named: ['spec.image', 'Required'],
  },
  {
    title: 'A command as image',
    kind,
    wrong: 'image: python train.py',
    right: "image: python:3.13\ncommand: ['python', 'train.py']",
    named: ['spec.image', 'python train.py', 'write registry/repository:tag'],
  },
  {
    title: 'A fraction of a processor',
    kind,
    wrong: 'resources:\n  cpu: 0.5',
    right: 'resources:\n  cpu: 500m',
    named: ['spec.resources.cpu', 'integer,string'],
    advice:
      'Quantities are whole numbers or texts, and the API server has no other words for a fraction. Write `500m`, or `"0.5"` with quotation marks.',
  },
  {
    title: 'Memory in GB',
    kind,
    wrong: 'resources:\n  memory: 8GB',
    right: 'resources:\n  memory: 8Gi',
    named: ['spec.resources.memory', '8GB', 'write a number with Mi, Gi or Ti'],
  },
  {
    title: 'Memory without a unit',
    kind,
    wrong: 'resources:\n  memory: 512',
    right: 'resources:\n  memory: 512Mi',
    named: ['spec.resources.memory', '512', 'did you mean "512Mi"?'],
  },
  {
    title: 'A GPU among the resources',
    kind,
    wrong: 'resources:\n  nvidia.com/gpu: 1',
    right: 'accelerator:\n  resource: nvidia.com/gpu\n  count: 1',
    named: ['nvidia.com/gpu'],
    advice: 'Accelerators have a field of their own, so that Flyball can say why they are not to be had.',
  },
  {
    title: 'A variable that is a number',
    kind,
    wrong: 'env:\n  - name: WORKERS\n    value: 4',
    right: "env:\n  - name: WORKERS\n    value: '4'",
    named: ['value', 'string'],
    advice: unquoted,
  },
  {
    title: 'A variable twice',
    kind,
    wrong: 'env:\n  - name: LEVEL\n    value: info\n  - name: LEVEL\n    value: debug',
    right: 'env:\n  - name: LEVEL\n    value: debug',
    named: ['spec.env', 'LEVEL', 'uplicate'],
    advice: 'Variables are known by their names. Keep one of the two.',
  },
  {
    title: 'No node',
    kind,
    wrong: 'nodes: 0',
    right: 'nodes: 1',
    named: ['spec.nodes', '0', 'greater than or equal to 1'],
    advice: 'To have nothing run for a while, write `suspend: true`.',
  },
];

const times: readonly Mistake[] = [
  {
    title: 'A word as schedule',
    kind,
    wrong: 'schedule: daily',
    right: "schedule: '@daily'",
    named: ['spec.schedule', 'daily', '@daily'],
  },
  {
    title: 'A schedule with seconds',
    kind,
    wrong: "schedule: '0 0 3 * * 1'",
    right: "schedule: '0 3 * * 1'",
    named: ['spec.schedule', '0 0 3 * * 1', 'write minute, hour'],
  },
  {
    title: 'A time zone that nobody knows',
    kind,
    wrong: "schedule: '0 3 * * 1'\ntimeZone: Europe/Berln",
    right: "schedule: '0 3 * * 1'\ntimeZone: Europe/Berlin",
    named: ['spec.timeZone', 'Europe/Berln', 'name it as IANA does'],
  },
  {
    title: 'A rerun now',
    kind,
    wrong: 'rerunAt: now',
    right: "rerunAt: '2026-11-24T10:00:00Z'",
    named: ['spec.rerunAt', 'now', 'date -u +%FT%TZ'],
  },
];

export const trainingRunMistakes: readonly Mistake[] = [...gates, ...data, ...containers, ...times];
