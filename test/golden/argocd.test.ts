/** The test data of argocd/ is what the operator writes. `UPDATE_GOLDEN=1 npm test` writes the files anew, for review as a diff. */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { format } from 'prettier';
import { stringify } from 'yaml';
import { actionsOf, isShown } from './argocd/actions.ts';
import { type ArgoKind, messageOf, type Situation, situations } from './argocd/healths.ts';

const isUpdate = process.env['UPDATE_GOLDEN'] === '1';
const customizations = join(import.meta.dirname, '..', '..', 'argocd', 'flyball.dev');
const kinds = Object.keys(situations) as ArgoKind[];

const written = (value: unknown) =>
  format(stringify(value, { lineWidth: 0 }), { parser: 'yaml', printWidth: 120, singleQuote: true });

/** All files of a kind that are made from what the operator says. */
async function filesOf(kind: ArgoKind): Promise<ReadonlyMap<string, string>> {
  const files = new Map<string, string>();
  const tests = [];
  const discoveryTests = [];
  const actionTests = [];
  const verbs = Object.entries(actionsOf(kind)).toSorted(([one], [other]) => (one < other ? -1 : 1));
  for (const situation of situations[kind] as readonly Situation[]) {
    const seen = await situation.seen();
    const inputPath = `testdata/${situation.name}.yaml`;
    files.set(inputPath, await written(seen.object));
    tests.push({ healthStatus: { status: situation.status, message: messageOf(situation, seen.object) }, inputPath });
    const outputs = verbs.map(([name, act]) => ({ name, output: act(seen) }));
    const result = outputs.map(({ name, output }) => ({ name, ...(output === undefined && { disabled: true }) }));
    discoveryTests.push({ inputPath: `../${inputPath}`, result });
    for (const { name, output } of outputs) {
      if (output === undefined || !isShown(kind, name, situation.name)) continue;
      const expectedOutputPath = `testdata/${situation.name}-${name}.yaml`;
      files.set(`actions/${expectedOutputPath}`, await written(output));
      actionTests.push({ action: name, inputPath: `../${inputPath}`, expectedOutputPath });
    }
  }
  files.set('health_test.yaml', await written({ tests }));
  if (verbs.length > 0) files.set('actions/action_test.yaml', await written({ discoveryTests, actionTests }));
  return files;
}

function present(folder: string): readonly string[] {
  return existsSync(folder) ? readdirSync(folder) : [];
}

describe.each(kinds)('The test data of %s', (kind) => {
  it('is what the operator says, and what kubectl flyball makes of it', async () => {
    const folder = join(customizations, kind);
    const files = await filesOf(kind);
    const folders = ['testdata', 'actions/testdata'];
    if (isUpdate) {
      for (const name of folders) rmSync(join(folder, name), { recursive: true, force: true });
      for (const [path, text] of files) {
        mkdirSync(dirname(join(folder, path)), { recursive: true });
        writeFileSync(join(folder, path), text);
      }
    }
    const data = folders.flatMap((name) => present(join(folder, name)).map((file) => `${name}/${file}`));
    const wanted = [...files.keys()].filter((path) => path.includes('testdata/'));
    expect(data.toSorted()).toEqual(wanted.toSorted());
    for (const [path, text] of files) expect([path, readFileSync(join(folder, path), 'utf8')]).toEqual([path, text]);
  });
});
