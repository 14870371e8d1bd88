import { modelVersion } from '../objects.ts';
import type { Refusal } from './refusal.ts';

const shown = 'use 1 to 63 characters that can be shown, and no control characters';
const long = 'x'.repeat(64);

export const modelVersionRefusals: readonly Refusal[] = [
  {
    because: 'the name of a metric holds what a terminal obeys',
    object: modelVersion({ metrics: { 'f1\u001B[2J': '0.93' } }),
    field: 'spec.metrics',
    message:
      'Invalid value: metrics has the name "f1\u001B[2J": begin with a letter or "_" and use at most 63 letters, digits, "-", "_", ".", "/" and "@"',
    border: modelVersion({ metrics: { 'f1@10/macro': '0.93' } }),
  },
  {
    because: 'the name of a metric is too long',
    object: modelVersion({ metrics: { [long]: '0.93' } }),
    field: 'spec.metrics',
    message: `Invalid value: metrics has the name "${long}": begin with a letter or "_" and use at most 63 letters, digits, "-", "_", ".", "/" and "@"`,
    border: modelVersion({ metrics: { [long.slice(1)]: '0.93' } }),
  },
  {
    because: 'the name of a signal turns the direction of writing',
    object: modelVersion({ profile: { 'amount\u202E': { categories: { DE: 1 } } } }),
    field: 'spec.profile',
    message: `Invalid value: profile has the name "amount\u202E": ${shown}`,
    border: modelVersion({ profile: { 'Betrag in €': { categories: { DE: 1 } } } }),
  },
  {
    because: 'the name of a category is too long',
    object: modelVersion({ profile: { country: { categories: { [`${long}é`]: 1 } } } }),
    field: 'spec.profile[country].categories',
    message: `Invalid value: categories has the name "${long}é": ${shown}`,
    border: modelVersion({ profile: { country: { categories: { [`${long.slice(2)}é`]: 1, می‌روم: '0' } } } }),
  },
  {
    because: 'a ModelVersion is not named after its attempt',
    object: modelVersion({}, 'fraud-2'),
    field: '<nil>',
    message: 'Invalid value: metadata.name "fraud-2" is not that of attempt 1 of fraud: name it "fraud-1"',
  },
  {
    because: 'a profile has two forms',
    object: modelVersion({ profile: { amount: { edges: [1, 2, 3, 4, 5, 6, 7, 8, 9], categories: { DE: 1 } } } }),
    field: 'spec.profile[amount]',
    message: 'Invalid value: a profile has both edges and categories: keep edges for a number, categories for words',
  },
  {
    because: 'a profile has no form',
    object: modelVersion({ profile: { amount: {} } }),
    field: 'spec.profile[amount]',
    message: 'Invalid value: a profile has neither edges nor categories: give edges for a number, categories for words',
  },
  {
    because: 'edges do not ascend',
    object: modelVersion({ profile: { amount: { edges: [1, 2, 3, '4.5', 4, 6, 7, 8, 9] } } }),
    field: 'spec.profile[amount].edges',
    message: 'Invalid value: edges has 4.5 before 4: list the nine decile edges in ascending order',
  },
  {
    because: 'the share of a category is above 1',
    object: modelVersion({ profile: { country: { categories: { DE: 60, Other: '0.4' } } } }),
    field: 'spec.profile[country].categories[DE]',
    message:
      'Invalid value: 60: the share of a category is 60, but lies between 0 and 1: write for instance "0.01" for one in a hundred',
  },
];
