import { beforeAll, describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { ensureBinaries } from '../../hack/cluster/binaries.ts';
import { parseHardwareProfiles } from '../../src/controllers.ts';
import type { HardwareProfile } from '../../src/workload/hardware.ts';
import { everyField, profileRefusals } from '../builders/profiles.ts';
import { renderChart } from './chart.ts';

let helm: string;

beforeAll(async () => {
  ({ helm } = await ensureBinaries(['helm']));
}, 900_000);

/** What the operator is told of the profiles in the values of its chart; undefined if nothing. */
function toldOf(accelerators: unknown): string | undefined {
  const [text] = renderChart(helm, [], { accelerators }).flatMap(
    (object) => /"FLYBALL_ACCELERATORS","value":("(?:[^"\\]|\\.)*")/.exec(JSON.stringify(object))?.[1] ?? [],
  );
  return text === undefined ? undefined : (JSON.parse(text) as string);
}

/** What Helm says of profiles that cannot be, line by line. */
function refusalsOf(accelerators: unknown): readonly string[] {
  try {
    toldOf(accelerators);
    return [];
  } catch (error) {
    const said = String(error).split('these values cannot work:')[1] ?? String(error);
    return said.split('\n').filter((line) => line.trim() !== '' && !line.startsWith('Use --debug'));
  }
}

describe('Helm refuses the hardware profiles that the operator refuses', () => {
  it.each(profileRefusals)('in the same words: %s', (_, profiles, words) => {
    expect(refusalsOf(profiles)).toEqual([`accelerators ${words}`]);
    expect(() => parseHardwareProfiles(JSON.stringify(profiles))).toThrow(`FLYBALL_ACCELERATORS ${words}`);
  });

  it.each<[string, object, string]>([
    ['an unknown field', { ...everyField, nodeselector: {} }, 'nodeselector'],
    ['a count', { ...everyField, count: 8 }, 'count'],
    ['a number where a text belongs', { ...everyField, nodeSelector: { pool: 8 } }, 'pool'],
    ['an effect that there is not', { ...everyField, tolerations: [{ key: 'a', effect: 'Never' }] }, 'effect'],
    ['a field that no toleration has', { ...everyField, tolerations: [{ key: 'a', for: 1 }] }, 'for'],
    ['a variable without a value', { ...everyField, env: [{ name: 'A' }] }, 'value'],
    ['no resource', { name: 'h100' }, 'resource'],
    ['no name', { resource: 'nvidia.com/gpu' }, 'name'],
  ])('by its schema, which names the field: %s', (_, profile, field) => {
    expect(refusalsOf([profile]).join(' ')).toContain(field);
    expect(() => parseHardwareProfiles(JSON.stringify([profile]))).toThrow(/^FLYBALL_ACCELERATORS item 0 /);
  });

  it('all at once, so that nobody goes round in circles', () => {
    const wrong = { ...everyField, resource: 'gpu', sharedMemory: '1', extended: { memory: '1', 'a.b/c': 0 } };
    expect(refusalsOf([wrong, { ...wrong, name: 'other' }])).toHaveLength(8);
  });
});

describe('What is written about hardware profiles', () => {
  const text = (...path: string[]) => readFileSync(join(import.meta.dirname, '../..', ...path), 'utf8');

  it('in the docs can be installed as it stands', () => {
    const [, section = ''] = text('docs/operations.md').split('## Write your hardware down once');
    const [, block = ''] = /```yaml\n([^]*?)```/.exec(section) ?? [];
    const { accelerators } = parse(block) as { accelerators: HardwareProfile[] };
    expect(accelerators.map(({ name }) => name)).toEqual(['h100', 'slice']);
    expect(parseHardwareProfiles(toldOf(accelerators))).toEqual(accelerators);
  });

  it('in the comment of the values can be installed without its marks, and says all that one can', () => {
    const [before = ''] = text('charts/flyball/values.yaml').split('\naccelerators: []');
    const lines = before.split('\n');
    const example = lines.slice(lines.findLastIndex((line) => line.startsWith('#   - name:')));
    const accelerators = parse(example.map((line) => line.replace(/^# ? ?/, '')).join('\n')) as HardwareProfile[];
    expect(accelerators.map((one) => Object.keys(one).toSorted())).toEqual([Object.keys(everyField).toSorted()]);
    expect(parseHardwareProfiles(toldOf(accelerators))).toEqual(accelerators);
  });
});

describe('Helm hands to the operator', () => {
  it('no hardware profiles if none are written down', () => {
    expect(toldOf([])).toBeUndefined();
    expect(toldOf(null)).toBeUndefined();
  });

  it.each<[string, readonly HardwareProfile[]]>([
    ['one that says all that one can', [everyField]],
    ['several', [everyField, { name: 'slice', resource: 'nvidia.com/mig-1g.10gb' }]],
    ['amounts as numbers', [{ ...everyField, sharedMemory: 68_719_476_736, extended: { 'rdma/hca': 100_000_000 } }]],
    ['what YAML and JSON escape', [{ ...everyField, env: [{ name: 'A', value: '<&>"\'\\\n\u2028é$(B)' }] }]],
  ])('hardware profiles as they were written down: %s', (_, profiles) => {
    expect(parseHardwareProfiles(toldOf(profiles))).toEqual(profiles);
  });
});
