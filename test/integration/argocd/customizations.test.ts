/** What argocd/ teaches Argo CD, judged by Argo CD's own program: each of its tests holds. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { ensureBinaries } from '../../../hack/cluster/binaries.ts';

const customizations = join(import.meta.dirname, '..', '..', '..', 'argocd');
const group = join(customizations, 'flyball.dev');
const scratch = mkdtempSync(join(tmpdir(), 'flyball-argocd-'));
/** Tests that run side by side begin before any hook. */
const { argocd } = await ensureBinaries(['argocd']);

afterAll(() => rmSync(scratch, { recursive: true, force: true }));

interface Told {
  readonly code: number | null;
  readonly said: string;
  readonly refused: string;
}

/** Asks the program about a file of a kind. */
async function asked(kind: string, verb: string, file: string, ...words: readonly string[]): Promise<Told> {
  const overrides = ['admin', 'settings', 'resource-overrides', verb, join(group, kind, file), ...words];
  const child = spawn(argocd, [...overrides, '--argocd-cm-path', join(customizations, 'argocd-cm.yaml')], {
    // What is changed shows as a whole instead of as differences, and no folder of it stays.
    env: { ...process.env, KUBECTL_EXTERNAL_DIFF: `sh -c 'cat "$1"'`, TMPDIR: scratch },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [said, refused] = ['', ''].map(() => [] as Buffer[]);
  child.stdout.on('data', (chunk: Buffer) => said?.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => refused?.push(chunk));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, said: Buffer.concat(said ?? []).toString(), refused: Buffer.concat(refused ?? []).toString() };
}

const textOf = (...path: readonly string[]) => readFileSync(join(group, ...path), 'utf8');

function read<T>(...path: readonly string[]): T {
  return parse(textOf(...path)) as T;
}

interface HealthTests {
  readonly tests: readonly {
    readonly inputPath: string;
    readonly healthStatus: { readonly status: string; readonly message: string };
  }[];
}

interface ActionTests {
  readonly discoveryTests: readonly {
    readonly inputPath: string;
    readonly result: readonly { readonly name: string; readonly disabled?: true }[];
  }[];
  readonly actionTests: readonly {
    readonly action: string;
    readonly inputPath: string;
    readonly expectedOutputPath: string;
  }[];
}

const kinds = readdirSync(group).toSorted();
const steered = kinds.filter((kind) => readdirSync(join(group, kind)).includes('actions'));

const healths = kinds.flatMap((kind) =>
  read<HealthTests>(kind, 'health_test.yaml').tests.map((one) => ({ kind, ...one })),
);
const actionTests = steered.map((kind) => ({ kind, ...read<ActionTests>(kind, 'actions', 'action_test.yaml') }));
const discoveries = actionTests.flatMap(({ kind, discoveryTests }) => discoveryTests.map((one) => ({ kind, ...one })));
const actions = actionTests.flatMap(({ kind, actionTests }) => actionTests.map((one) => ({ kind, ...one })));

describe('The health', () => {
  test.concurrent.each(healths)('of $kind, $inputPath, is as tested', async ({ kind, inputPath, healthStatus }) => {
    const { said } = await asked(kind, 'health', inputPath);
    expect(said).toBe(`STATUS: ${healthStatus.status}\nMESSAGE: ${healthStatus.message}\n`);
  });
});

describe('The actions', () => {
  test.concurrent.each(discoveries)('on offer for $kind, $inputPath, are as tested', async (discovery) => {
    const { said } = await asked(discovery.kind, 'list-actions', join('actions', discovery.inputPath));
    const offered = said
      .trim()
      .split('\n')
      .slice(1)
      .map((line) => line.split(/\s+/))
      .map(([name, disabled]) => ({ name, ...(disabled === 'true' && { disabled: true }) }));
    expect(offered).toEqual(discovery.result);
  });

  test.concurrent.each(actions)('$action of $kind, $inputPath, does as tested', async (one) => {
    const began = new Date().toISOString().slice(0, 19);
    const { said, refused, code } = await asked(one.kind, 'run-action', join('actions', one.inputPath), one.action);
    if (code !== 0) throw new Error(refused);
    const [, changed = ''] = said.split('Following fields have been changed:\n');
    const wanted = textOf(one.kind, 'actions', one.expectedOutputPath);
    // The test data has a present of its own.
    const present = (key: string) => new RegExp(`${key}: (\\S+)`).exec(wanted)?.[1];
    const now = (line: string, key: string, time: string) => (time >= began ? `${key}: ${present(key)}` : line);
    const object: unknown = parse(changed.replaceAll(/(rerunAt|retryAt): "(\S+)"/g, now));
    expect(object).toEqual(parse(wanted));
  });
});
