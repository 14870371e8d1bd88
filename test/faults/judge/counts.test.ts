import { describe, expect, it } from '@jest/globals';
import { change, object, request } from './builders.ts';
import { createdBy } from './counts.ts';

describe('The counts of what was created', () => {
  const made = (status: number, version = 5) =>
    request('POST', 'services', { status, answer: object('services', { owner: 'run', version }) });

  it('are of what the API server has carried out', () => {
    expect(createdBy([made(201), made(201), made(409)], [])).toEqual({ services: 2 });
  });

  it('leave out what was made for an owner that had gone', () => {
    const gone = (version: number) => [change('trainingruns', 'Deleted', { uid: 'run', version })];
    expect(createdBy([made(201, 5)], gone(4))).toEqual({});
    expect(createdBy([made(201, 5)], gone(6))).toEqual({ services: 1 });
  });
});
