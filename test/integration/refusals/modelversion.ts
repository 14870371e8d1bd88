import { modelVersion } from '../objects.ts';
import type { Refusal } from './refusal.ts';

export const modelVersionRefusals: readonly Refusal[] = [
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
