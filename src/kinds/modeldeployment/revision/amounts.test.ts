import { describe, expect, it } from '@jest/globals';
import { amountsOf, parseObserverAmounts, usualAmounts } from './amounts.ts';

describe('What an observer gets', () => {
  it('is what the installation says, and has no limit of processors unless somebody sets one', () => {
    expect(amountsOf()).toEqual({ requests: { cpu: '20m', memory: '64Mi' }, limits: { memory: '256Mi' } });
    const usual = { requests: { cpu: '50m' }, limits: { cpu: '1', memory: '512Mi' } };
    expect(amountsOf(undefined, usual)).toEqual(usual);
  });

  it('is what its deployment asks for, as request and limit alike, and the installation says the rest', () => {
    expect(amountsOf({ cpu: 1 })).toEqual({
      requests: { cpu: '1', memory: '64Mi' },
      limits: { cpu: '1', memory: '256Mi' },
    });
    expect(amountsOf({ cpu: '200m', memory: '128Mi' })).toEqual({
      requests: { cpu: '200m', memory: '128Mi' },
      limits: { cpu: '200m', memory: '128Mi' },
    });
  });

  it('is read from what the chart hands on', () => {
    expect(parseObserverAmounts(undefined)).toBeUndefined();
    expect(parseObserverAmounts('')).toBeUndefined();
    expect(parseObserverAmounts(JSON.stringify(usualAmounts))).toEqual(usualAmounts);
    expect(parseObserverAmounts('{"limits": {"cpu": "1"}}')).toEqual({ requests: {}, limits: { cpu: '1' } });
  });

  it.each([
    '{',
    '[]',
    '{"request": {}}',
    '{"limits": {"gpu": "1"}}',
    '{"limits": {"cpu": 1}}',
    '{"limits": {"cpu": "x"}}',
  ])('is refused with the variable named if it is %s', (json) => {
    expect(() => parseObserverAmounts(json)).toThrow(/^FLYBALL_OBSERVER_RESOURCES/);
  });
});
