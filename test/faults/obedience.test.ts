import { describe, expect, it } from '@jest/globals';
import { deletionIn } from './obedience.ts';

const told = (reason: string, message: string) => [
  { type: 'Stalled', status: 'True' as const, reason, message, lastTransitionTime: '2026-11-24T10:00:00Z' },
];

describe('Who obeys', () => {
  it('deletes what a condition about a forgery names', () => {
    const message = 'Pod "a" was not made by it. Delete it: `kubectl -n team delete pod a`.';
    expect(deletionIn(told('Forged', message))).toMatchObject({
      command: 'kubectl -n team delete pod a',
      kind: { plural: 'pods' },
      name: 'a',
    });
    expect(deletionIn(told('NameConflict', 'Delete it: `kubectl -n team delete svc serve`.'))).toMatchObject({
      kind: { plural: 'services' },
    });
  });

  it('deletes nothing else', () => {
    expect(deletionIn(told('CommandFailed', 'Delete it: `kubectl -n team delete pod a`.'))).toBeUndefined();
    expect(deletionIn(told('Forged', 'Look at it: `kubectl -n team describe pod a`.'))).toBeUndefined();
    expect(deletionIn(told('Forged', 'Delete it: `kubectl -n team delete namespace team`.'))).toBeUndefined();
    expect(deletionIn(undefined)).toBeUndefined();
  });
});
