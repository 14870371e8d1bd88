import type { GateRule } from '../../../src/api/types.ts';
import { trainingRun } from '../objects.ts';
import type { Refusal } from './refusal.ts';

const secret = { name: 'bucket', key: 'token' };
const gate = (rule: GateRule) => trainingRun({ gate: [rule] });

/** Parameters of so many bytes, which are fewer characters. */
function parameters(bytes: number) {
  const many = Object.fromEntries(Array.from({ length: 42 }, (_, index) => [`p${index}`, '字'.repeat(1024)]));
  const left = bytes - JSON.stringify({ ...many, rest: '' }).length - 42 * 1024 * 2;
  return trainingRun({
    parameters: { ...many, rest: 'r'.repeat(left - 1000), more: 'm'.repeat(1000 - '"more":"",'.length) },
  });
}

export const trainingRunRefusals: readonly Refusal[] = [
  {
    because: 'the name of a TrainingRun is too long',
    object: trainingRun({}, 'a'.repeat(41)),
    field: '<nil>',
    message:
      'Invalid value: metadata.name "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa" has 41 characters: use at most 40, since the names of Jobs, Services and ModelVersions are made from it',
  },
  {
    because: 'the name of a TrainingRun is no Service name',
    object: trainingRun({}, 'fraud.v2'),
    field: '<nil>',
    message:
      'Invalid value: metadata.name "fraud.v2" is no name for a Service: begin with a letter and use only lower-case letters, digits and "-", since the names of Jobs, Services and ModelVersions are made from it',
  },
  {
    because: 'a variable takes a reserved name',
    object: trainingRun({ env: [{ name: 'FLYBALL_SEED', value: '1' }] }),
    field: 'spec.env[0].name',
    message:
      'Invalid value: env "FLYBALL_SEED" is reserved: names that begin with FLYBALL_ are set by the operator, choose another name',
  },
  {
    because: 'a variable has two sources',
    object: trainingRun({ env: [{ name: 'TOKEN', value: 'x', secretKeyRef: secret }] }),
    field: 'spec.env[0]',
    message: 'Invalid value: env "TOKEN" has both value and secretKeyRef: keep one of them',
  },
  {
    because: 'a variable has no source',
    object: trainingRun({ env: [{ name: 'TOKEN' }] }),
    field: 'spec.env[0]',
    message: 'Invalid value: env "TOKEN" has neither value nor secretKeyRef: set one of them, value may be ""',
  },
  {
    because: 'the name of a parameter has a space',
    object: trainingRun({ parameters: { lr: '0.1', 'learning rate': '0.1' } }),
    field: 'spec.parameters',
    message:
      'Invalid value: parameters has the name "learning rate": begin with a letter or "_" and use at most 63 letters, digits, "-", "_" and "."',
  },
  {
    because: 'no program starts with parameters of so many bytes',
    object: parameters(131_053),
    field: 'spec.parameters',
    message:
      'Invalid value: parameters have 131053 bytes as JSON, and no program starts with a variable of more than 131071: put the longest into a file of the image or of a dataset',
    border: parameters(131_052),
  },
  {
    because: 'a time zone has no schedule',
    object: trainingRun({ timeZone: 'Europe/Berlin' }),
    field: 'spec.timeZone',
    message:
      'Invalid value: timeZone is "Europe/Berlin" without a schedule to apply it to: set spec.schedule or remove spec.timeZone',
  },
  {
    because: 'a gate rule has no bound',
    object: gate({ metric: 'f1' }),
    field: 'spec.gate[0]',
    message:
      'Invalid value: gate on "f1" has no bound: write either min, max or both, or against: Champion with one of maxDecrease and maxIncrease',
  },
  {
    because: 'a gate rule has two forms',
    object: gate({ metric: 'f1', min: 0.9, against: 'Champion', maxDecrease: 0.01 }),
    field: 'spec.gate[0]',
    message:
      'Invalid value: gate on "f1" has min against maxDecrease: write either min, max or both, or against: Champion with one of maxDecrease and maxIncrease',
  },
  {
    because: 'a gate rule compares in two directions',
    object: gate({ metric: 'f1', against: 'Champion', maxDecrease: 0.01, maxIncrease: 0.01 }),
    field: 'spec.gate[0]',
    message:
      'Invalid value: gate on "f1" has against maxDecrease maxIncrease: write either min, max or both, or against: Champion with one of maxDecrease and maxIncrease',
  },
  {
    because: 'a gate rule compares with nothing',
    object: gate({ metric: 'f1', maxDecrease: 0.01 }),
    field: 'spec.gate[0]',
    message:
      'Invalid value: gate on "f1" has maxDecrease: write either min, max or both, or against: Champion with one of maxDecrease and maxIncrease',
  },
  {
    because: 'a gate rule has min above max',
    object: gate({ metric: 'f1', min: 0.9, max: 0 }),
    field: 'spec.gate[0]',
    message: 'Invalid value: gate on "f1" has min 0.9 above max 0, so nothing can pass: lower min or raise max',
    border: gate({ metric: 'f1', min: 0.9, max: 0.9 }),
  },
  {
    because: 'two gate rules contradict each other',
    object: trainingRun({
      gate: [
        { metric: 'f1', min: 0.9 },
        { metric: 'loss', max: 0.5 },
        { metric: 'f1', max: 0.5 },
      ],
    }),
    field: 'spec.gate',
    message:
      'Invalid value: gate has for ["f1"] the min of one rule above the max of another, so nothing can pass: lower min or raise max',
    border: trainingRun({
      gate: [
        { metric: 'f1', min: 0.9 },
        { metric: 'loss', max: 0.5 },
        { metric: 'f1', max: 0.9 },
      ],
    }),
  },
  {
    because: 'a decrease is negative',
    object: gate({ metric: 'f1', against: 'Champion', maxDecrease: -0.01 }),
    field: 'spec.gate[0].maxDecrease',
    message:
      'Invalid value: -0.01: maxDecrease is -0.01: write how far the metric may move as a number of 0 or more, such as 0.01',
  },
  {
    because: 'an increase is negative',
    object: gate({ metric: 'f1', against: 'Champion', maxIncrease: -1 }),
    field: 'spec.gate[0].maxIncrease',
    message:
      'Invalid value: -1: maxIncrease is -1: write how far the metric may move as a number of 0 or more, such as 0.01',
  },
];
