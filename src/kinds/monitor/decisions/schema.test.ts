import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Monitor } from '../../../api/generated/models.ts';
import { monitor } from '../../../../test/builders/monitor.ts';
import type { Question, Reading } from '../../../measure/measure.ts';
import type { Revision } from '../checks/subject.ts';
import { judge } from './verdict.ts';

const now = new Date('2026-11-24T12:00:00Z');
const subject: Revision = {
  type: 'Revision',
  namespace: 'team',
  modelDeployment: 'fraud',
  revision: '11111111',
  since: new Date('2026-11-24T00:00:00Z'),
  servesSince: new Date('2026-11-24T00:00:00Z'),
  signals: [],
  profile: {},
};
const question: Question = {
  type: 'Question',
  title: 'own',
  unit: '',
  minSamples: 0,
  expressions: ['up'],
  read: () => ({}),
};

/** What is no number in JSON, and what no schema can hold, included. */
const numbers = fc.oneof(
  fc.double(),
  fc.constantFrom(NaN, Infinity, -Infinity, Number.MAX_VALUE, -Number.MAX_VALUE, 1e21, 5e-324, -0, 0.5, -1),
);

describe('The status of a check', () => {
  it('is as its schema allows, whatever the store says', () => {
    const readings = fc.record({ value: numbers, samples: numbers, worst: numbers }, { requiredKeys: [] });
    fc.assert(
      fc.property(readings, fc.option(numbers), (reading: Reading, bound) => {
        const check = {
          name: 'own',
          query: { source: 'main', expr: 'up' },
          max: Number.isFinite(bound) ? Number(bound) : 1,
        };
        const answer = { at: now, outcome: { type: 'Measured', ...reading } } as const;
        const { status } = judge({ check, measure: question, answer, previous: undefined }, subject, now);
        new Monitor(monitor({}, { checks: [structuredClone(status)] })).validate();
        expect(Number.isSafeInteger(status.samples ?? 0)).toBe(true);
      }),
    );
  });
});
