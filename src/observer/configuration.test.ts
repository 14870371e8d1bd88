import { describe, expect, it } from '@jest/globals';
import { parseObserverConfiguration } from './configuration.ts';

const valid = { namespace: 'team', modelDeployment: 'fraud', revision: 'ab12cd34', upstreamPort: 8080 };
const signal = { name: 'amount', from: 'Request', pointer: '/amount', type: 'Number' };

describe("The observer's configuration", () => {
  it('is read as the operator writes it', () => {
    const want = { ...valid, signals: [signal], profile: { amount: { edges: ['1'] } } };
    expect(parseObserverConfiguration(JSON.stringify(want))).toEqual(want);
  });

  it('may be without signals and profile', () => {
    expect(parseObserverConfiguration(JSON.stringify(valid))).toEqual({ ...valid, signals: [], profile: {} });
  });

  it.each([
    ['', 'JSON'],
    ['[]', 'the whole document'],
    [JSON.stringify({ ...valid, revision: 1 }), 'revision is no string'],
    [JSON.stringify({ ...valid, upstreamPort: 0 }), 'upstreamPort'],
    [JSON.stringify({ ...valid, upstreamPort: '80' }), 'upstreamPort'],
    [JSON.stringify({ ...valid, signals: {} }), 'signals is no list'],
    [JSON.stringify({ ...valid, signals: [{ ...signal, from: 'Header' }] }), 'signals[0].from'],
    [JSON.stringify({ ...valid, signals: [{ ...signal, type: 'Text' }] }), 'signals[0].type'],
    [JSON.stringify({ ...valid, profile: 1 }), 'profile is no object'],
  ])('%s is refused with the name of what is wrong', (text, want) => {
    expect(() => parseObserverConfiguration(text)).toThrow(want);
  });
});
