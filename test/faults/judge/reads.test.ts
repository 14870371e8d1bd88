import { describe, expect, it } from '@jest/globals';
import { found, lease, request } from './builders.ts';
import { readRules } from './reads.ts';

const list = (query: string, process = 1) =>
  request('GET', '/apis/flyball.dev/v1alpha1/trainingruns', { process, query: new URLSearchParams(query) });

describe('The judge of reads', () => {
  it('sees a leader that lists from a cache', () => {
    expect(found(readRules, { requests: [lease(1), list('limit=500')] })).toEqual([]);
    expect(found(readRules, { requests: [lease(1), list('limit=500&resourceVersion=0')] })).toEqual([
      'I2: GET trainingruns of process 1 leads and lists what a cache may still tell',
    ]);
  });

  it('lets a follower list as it likes, and a watch begin anywhere', () => {
    expect(found(readRules, { requests: [lease(1), list('resourceVersion=0', 2)] })).toEqual([]);
    expect(found(readRules, { requests: [lease(1), list('watch=true&resourceVersion=0')] })).toEqual([]);
  });
});
