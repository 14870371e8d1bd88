import { describe, expect, it } from '@jest/globals';
import { ruleNames } from './finding.ts';
import { lint } from './lint.ts';
import { sarifOf } from './sarif.ts';

interface Sarif {
  readonly $schema: string;
  readonly version: string;
  readonly runs: readonly {
    readonly tool: { readonly driver: { readonly name: string; readonly rules: readonly { readonly id: string }[] } };
    readonly results: readonly {
      readonly ruleId: string;
      readonly ruleIndex: number;
      readonly level: string;
      readonly message: { readonly text: string };
      readonly locations: readonly {
        readonly physicalLocation: {
          readonly artifactLocation: { readonly uri: string };
          readonly region: Readonly<Record<string, number>>;
        };
      }[];
    }[];
  }[];
}

const text = `apiVersion: flyball.dev/v1alpha1
kind: Monitor
metadata: {name: fraud}
spec:
  modelDeploymentRef: {name: fraud}
  interval: 60
  checks: [{name: errors, errors: {}, max: 0.01}]
`;

describe('A document in SARIF', () => {
  const files = lint([{ name: 'deploy/a b#1.yaml', text }]);
  const sarif = sarifOf(files, 'a-tool') as Sarif;
  const [run] = sarif.runs;

  it('says that it is one of version 2.1.0, and of what tool', () => {
    expect(sarif).toMatchObject({ version: '2.1.0', runs: [{ tool: { driver: { name: 'a-tool' } } }] });
    expect(new URL(sarif.$schema).protocol).toBe('https:');
  });

  it('has a rule for each that a result can name', () => {
    expect(run?.tool.driver.rules.map(({ id }) => id)).toEqual(ruleNames);
    for (const { ruleId, ruleIndex } of run?.results ?? []) expect(run?.tool.driver.rules[ruleIndex]?.id).toBe(ruleId);
  });

  it('has a level, a message and a place that is a relative reference for each result', () => {
    expect(run?.results.map(({ level, ruleId }) => [level, ruleId])).toEqual([
      ['note', 'Reference'],
      ['error', 'Type'],
    ]);
    expect(run?.results[1]).toMatchObject({
      message: { text: expect.stringMatching(/^spec.interval: is the number 60/) },
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: 'deploy/a%20b%231.yaml' },
            region: { startLine: 6, startColumn: 13, endLine: 6, endColumn: 15 },
          },
          logicalLocations: [{ fullyQualifiedName: 'Monitor/fraud/spec.interval' }],
        },
      ],
    });
  });

  it('names other files as URIs', () => {
    const uriOf = (name: string) =>
      (sarifOf(lint([{ name, text }]), 'a') as Sarif).runs[0]?.results[0]?.locations[0]?.physicalLocation
        .artifactLocation.uri;
    expect(['/a/b.yaml', '-', String.raw`a\b.yaml`].map(uriOf)).toEqual(['file:///a/b.yaml', 'stdin', 'a/b.yaml']);
  });
});
