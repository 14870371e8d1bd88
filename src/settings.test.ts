import { describe, expect, it } from '@jest/globals';
import { defaultSettings, parseSettings } from './settings.ts';

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
    ['{"watchStall": "90s"}', /watchStall must be a positive number, is "90s"/],
    ['{"watchStall": 0}', /watchStall must be a positive number/],
    ['[]', /must be a JSON object/],
    ['{', /is not JSON/],
    ['{"writeTimeout": 5000}', /writeTimeout must be less than leaseDuration − renewDeadline/],
    ['{"leaseRetryPeriod": 6000}', /leaseRetryPeriod must be at most half/],
    ['{"watchTimeoutMin": 900000}', /watchTimeoutMin must be at most/],
  ])('refuse %s', (json, wantMessage) => {
    expect(() => parseSettings(json)).toThrow(wantMessage);
  });
});
