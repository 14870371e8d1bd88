import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { completed, job, newJob, snapshot } from '../../builders/job.ts';
import { podOf, succeeded } from '../../builders/pod.ts';
import { trainingRun } from '../../builders/trainingrun.ts';
import { trial } from './stage.ts';
import { keyOf } from '../../../src/api/resource.ts';
import { stages } from '../../../src/kinds/trainingrun/stages/index.ts';
import { jobName, mostRetries, parseJobName } from '../../../src/kinds/trainingrun/attempt/names.ts';
import type { Stage } from '../../../src/kinds/trainingrun/stages/stage.ts';

const crd = readFileSync(join(import.meta.dirname, '../../../crds/trainingruns.yaml'), 'utf8');
const bound = (pattern: RegExp) => Number(pattern.exec(crd)?.[1]);
const longestRun = 'r'.repeat(bound(/size\(self\.metadata\.name\) <= (\d+)/));
const largestNumber = bound(/The number, counting up from 1\.[^]*?maximum: (\d+)/);
const largestGang = bound(/ nodes:[^]*?maximum: (\d+)/);

const every: readonly Stage[] = [...stages, trial];
const spec = { parameters: { trial: 'registry/trial:1' }, output: { uri: 'pvc://models/fraud' } };
const run = trainingRun({ spec });

/** Freezes a value with all that is in it, so that a change of it throws. */
function frozen<T>(value: T): T {
  if (typeof value === 'object' && value !== null) Object.values(Object.freeze(value)).forEach(frozen);
  return value;
}

describe('The stages', () => {
  it('have names of their own', () => {
    expect(new Set(every.map(({ name }) => name.toLowerCase())).size).toBe(every.length);
  });

  it('give Jobs names by which they are found again', () => {
    expect(jobName('fraud-8', 'Train', 0)).toBe('fraud-8-train');
    expect(parseJobName('fraud', jobName('fraud-8', 'Train', 12))).toEqual({ number: 8, stage: 'train', retry: 12 });
    const foreign = ['fraud-8', 'fraud-8-', 'fraud-08-train', 'fraud-8-train-r0', 'fraud-8-train-r100000'];
    const others = ['fraud-8-7-train', 'other-8-train', 'fraud-8-something', 'fraud-8-train-x'];
    expect([...foreign, ...others].filter((name) => parseJobName('fraud', name) !== undefined)).toEqual([]);
  });
});

describe.each(every.map((stage) => ({ stage, name: stage.name })))('The stage $name', ({ stage }) => {
  it('has a short name in CamelCase, which status takes too', () => {
    expect(stage.name).toMatch(/^[A-Z][A-Za-z]{0,7}$/);
    expect(crd).toContain('pattern: ^[A-Z][A-Za-z]*$');
  });

  it('has Jobs whose names fit however long the run is and however often they are made again', () => {
    const whole = trainingRun({ name: longestRun, spec: { ...spec, nodes: largestGang } });
    const name = newJob(whole, { number: largestNumber }, mostRetries, stage).metadata?.name ?? '';
    expect(name).toMatch(new RegExp(`^r{40}-999999-[a-z]+-r99999$`));
    const isGang = stage.isGang?.(whole.spec) === true;
    const wantHost = isGang ? `${name}-${largestGang - 1}` : name;
    expect(wantHost.length).toBeLessThanOrEqual(63);
    expect(parseJobName(longestRun, name)).toMatchObject({ number: largestNumber, retry: mostRetries });
  });

  it('makes its Job purely, from run and snapshot alone', () => {
    const [whole, taken, before] = [frozen(run), frozen(snapshot(run)), frozen({ metrics: { f1: '0.9' } })];
    const first = stage.job(whole, taken, 1, before);
    expect(first).toBeDefined();
    expect(stage.job(whole, taken, 1, before)).toEqual(first);
  });

  it.each([1, 2])('has a pod that passes the restricted Pod Security Standard with %i nodes', (nodes) => {
    const pod = newJob(trainingRun({ spec: { ...spec, nodes } }), {}, 0, stage).spec?.template.spec;
    expect(pod).toMatchObject({ restartPolicy: 'Never', automountServiceAccountToken: false });
    expect(pod?.securityContext).toMatchObject({ runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } });
    for (const container of [...(pod?.initContainers ?? []), ...(pod?.containers ?? [])]) {
      expect(container.securityContext).toMatchObject({
        allowPrivilegeEscalation: false,
        capabilities: { drop: ['ALL'] },
      });
    }
    expect(Object.keys(pod ?? {}).filter((field) => field.startsWith('host'))).toEqual([]);
    expect(pod?.volumes?.filter((volume) => volume.hostPath !== undefined) ?? []).toEqual([]);
  });

  it('comes to a conclusion whatever its pods say', () => {
    const done = completed(job(run, {}, 0, stage));
    const at = { run: keyOf(run), job: done, snapshot: snapshot(run), gate: ['f1'] };
    const now = new Date('2026-11-24T10:10:00Z');
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json(), fc.constant(undefined)), (message) => {
        const end = stage.conclude(
          { ...at, pods: message === undefined ? [] : [podOf(done, succeeded(message))] },
          now,
        );
        expect(['Running', 'Passed', 'Failed']).toContain(end.type);
        if (end.type !== 'Failed') return;
        expect(end.reason).toMatch(/^[A-Z][A-Za-z]{0,63}$/);
        expect(end.message.length).toBeLessThanOrEqual(1024);
      }),
      { numRuns: 200 },
    );
  });
});
