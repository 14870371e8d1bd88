import { describe, expect, it } from '@jest/globals';
import { defaultSettings, parseNamespaces, parseSettings } from './settings.ts';

describe('The settings', () => {
  it('are the defaults without overrides', () => {
    expect(parseSettings(undefined)).toEqual(defaultSettings);
    expect(parseSettings('')).toEqual(defaultSettings);
  });

  it('are overridden by name', () => {
    expect(parseSettings('{"watchStall": 60000}')).toEqual({ ...defaultSettings, watchStall: 60_000 });
  });

  it.each([
    ['{"stall": 1}', /unknown setting "stall"; known are readTimeout/],
    ['{"toString": 1}', /unknown setting/],
    ['{"watchStall": "90s"}', /watchStall must be a whole number from 1 to 2147483647, is "90s"/],
    ['{"watchStall": 0}', /watchStall must be a whole number/],
    ['{"workers": 0.5}', /workers must be a whole number/],
    ['{"resync": 2147483648}', /resync must be a whole number from 1 to 2147483647, is 2147483648/],
    ['[]', /must be a JSON object/],
    ['{', /is not JSON/],
    [
      '{"writeTimeout": 5000}',
      /writeTimeout is 5000, but may be at most leaseDuration − renewDeadline − 1, which is 4999/,
    ],
    ['{"leaseRetryPeriod": 6000}', /leaseRetryPeriod is 6000, but may be at most half of renewDeadline, which is 5000/],
    ['{"watchTimeoutMin": 900000}', /watchTimeoutMin is 900000, but may be at most watchTimeoutMax, which is 600000/],
    ['{"watchBackoffMin": 30001}', /watchBackoffMin is 30001, but may be at most watchBackoffMax, which is 30000/],
    [
      '{"reconcileBackoffMax": 100}',
      /reconcileBackoffMin is 200, but may be at most reconcileBackoffMax, which is 100/,
    ],
  ])('refuse %s', (json, wantMessage) => {
    expect(() => parseSettings(json)).toThrow(wantMessage);
  });
});

describe('The namespaces to watch', () => {
  it('are those of a list, and all without one', () => {
    expect(parseNamespaces('team-a,team-b')).toEqual(['team-a', 'team-b']);
    expect(parseNamespaces(undefined)).toBeUndefined();
    expect(parseNamespaces('')).toBeUndefined();
  });

  it.each([
    ['team-a, team-b', / team-b/],
    ['*', /has "\*"/],
    ['team-a,', /has ""/],
    ['a,b,a', /each namespace once, but has "a"/],
  ])('refuse %s', (list, wantMessage) => {
    expect(() => parseNamespaces(list)).toThrow(wantMessage);
  });
});
