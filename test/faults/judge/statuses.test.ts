import { describe, expect, it } from '@jest/globals';
import { change, found, request } from './builders.ts';
import { statusWriteRules } from './statuses.ts';

const metadata = (resourceVersion: string) => ({ uid: 'uid-trainingruns-fraud', resourceVersion });
const body = { metadata: metadata('1'), status: { message: 'x' } };
const there = change('trainingruns', 'Added');
const patch = (fields: Parameters<typeof request>[2]) =>
  request('PATCH', 'trainingruns/fraud/status', { body, ...fields });

describe('The judge of writes to statuses', () => {
  it('sees one that changes nothing', () => {
    const judged = (version: string) =>
      found(statusWriteRules, { changes: [there], requests: [patch({ answer: { metadata: metadata(version) } })] });
    expect(judged('2')).toEqual([]);
    expect(judged('1')).toEqual(['I5: PATCH trainingruns/fraud/status of process 1 changed nothing of version 1']);
  });

  it('sees one that the schema refuses', () => {
    const judged = (fields: Parameters<typeof request>[2], ...changes: readonly ReturnType<typeof change>[]) =>
      found(statusWriteRules, { changes: [there, ...changes], requests: [patch(fields)] });
    expect(judged({ status: 409 })).toEqual([]);
    expect(judged({ status: 422, wasForwarded: false })).toEqual([]);
    expect(judged({ status: 422 }, change('trainingruns', 'Deleted', { version: 2 }))).toEqual([]);
    expect(judged({ status: 422 })).toEqual([
      expect.stringMatching(/^I8: PATCH trainingruns\/fraud\/status of process 1 does not fit the schema/),
    ]);
  });
});
