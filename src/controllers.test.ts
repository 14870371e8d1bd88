import { describe, expect, it } from '@jest/globals';
import { parseQuerySources } from './controllers.ts';

describe('the query sources of the administrator', () => {
  it('are none if none are given', () => {
    expect(parseQuerySources(undefined)).toEqual([]);
    expect(parseQuerySources('')).toEqual([]);
  });

  it('are read from a list', () => {
    const want = [{ name: 'main', url: 'http://prometheus:9090', namespaces: ['team-a'] }];
    expect(parseQuerySources(JSON.stringify(want))).toEqual(want);
  });

  it.each(['{', '{}', '[1]', '[{"name": "main", "url": "prometheus", "namespaces": ["team-a"]}]'])(
    'are refused with the variable named if they are %s',
    (json) => {
      expect(() => parseQuerySources(json)).toThrow(/^FLYBALL_QUERY_SOURCES/);
    },
  );
});
