import { describe, expect, it } from '@jest/globals';
import type { LoopState } from './state.ts';
import { steps } from './steps.ts';
import { pastOf, present } from './story.ts';

const reached = (state: LoopState) => pastOf(state, steps).flatMap(({ step, why }) => (why ? [step.title] : []));

const attempt = (number: number, type: string) => ({ name: `biopsy-${number}`, number, trigger: { type, reason: '' } });
const version = (number: number, type: string) => ({
  metadata: { name: `biopsy-${number}` },
  spec: { number, trigger: { type }, metrics: { f1: '0.9' } },
});
const serving = (name: string) => ({
  status: {
    stable: { version: name, revision: 'a' },
    replicas: 4,
    conditions: [{ type: 'Ready', status: 'True', message: 'serves' }],
  },
});
const seeing = {
  status: { checks: [{ name: 'drift', verdict: 'Passing', value: '0.1', revision: 'a' }] },
};
const state = (parts: object) => ({ versions: [], ...parts }) as unknown as LoopState;

describe('What the loop has done', () => {
  it('is nothing before anything is there', () => {
    expect(reached(state({}))).toEqual([]);
  });

  it('is no more than the first half while version 1 serves and is seen to do well', () => {
    const first = state({
      run: { status: { attempts: [attempt(1, 'Created')] } },
      versions: [version(1, 'Created')],
      deployment: serving('biopsy-1'),
      monitor: seeing,
    });
    const want = ['Training starts', 'Version 1 is registered', 'Version 1 is served', 'The monitor sees it'];
    expect(reached(first)).toEqual(want);
  });

  it('is all of it where the end shows, though attempts and version 1 are gone', () => {
    const last = state({
      run: {},
      versions: [version(2, 'Monitor')],
      deployment: serving('biopsy-2'),
      monitor: seeing,
    });
    expect(reached(last)).toEqual(steps.map(({ title }) => title));
  });
});

describe('What stands now', () => {
  it('says what is gone', () => {
    const lines = present(state({ deployment: serving('biopsy-1') }));
    expect(lines).toEqual([
      'TrainingRun biopsy is gone',
      'ModelDeployment biopsy: Ready True, serves',
      'Monitor biopsy is gone',
    ]);
  });
});
