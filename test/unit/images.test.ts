import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { memoryVariables } from '../../hack/images/recipes.ts';
import { usualStorage } from '../../src/storage/installation.ts';
import { fetchContainers } from '../../src/workload/transfers.ts';

const repository = join(import.meta.dirname, '..', '..');
const textOf = (...path: readonly string[]) => readFileSync(join(repository, ...path), 'utf8');

describe('The image that moves artifacts', () => {
  const file = textOf('hack', 'images', 'storage', 'Containerfile');

  test('is started as it starts by itself', () => {
    const fetches = [{ uri: 's3://bucket/data', folder: '/flyball/storage/data' }];
    const [container] = fetchContainers(fetches, { installation: usualStorage, storage: undefined, pod: {} });
    const entrypoint = JSON.parse(/^ENTRYPOINT (.*)$/m.exec(file)?.[1] ?? '[]') as string[];
    expect(container?.command).toEqual([...entrypoint, 'fetch']);
  });

  test('has the memory settings that the builder without Docker gives it', () => {
    for (const [name, value] of Object.entries(memoryVariables)) expect(file).toContain(`${name}=${value}`);
  });

  test('has rclone built by the Go that its go.mod names, by the version that its go.mod names', () => {
    const module = textOf('hack', 'kubernetes', 'rclone', 'go.mod');
    expect(file).toContain(`ENV GOTOOLCHAIN=${/^toolchain (\S+)$/m.exec(module)?.[1]}\n`);
    expect(file).toContain(`fs.Version=${/ github.com\/rclone\/rclone (v\S+)/.exec(module)?.[1]}`);
  });

  test('has no store and no command of rclone that nothing runs', () => {
    const imported = [...textOf('hack', 'kubernetes', 'rclone', 'main.go').matchAll(/rclone\/(backend|cmd)\/(\w+)"/g)];
    const names = (kind: string) => imported.filter((found) => found[1] === kind).map((found) => found[2]);
    expect(names('backend')).toEqual(['azureblob', 'googlecloudstorage', 'local', 's3']);
    const sources = ['src/transfer/flags.ts', 'src/transfer/rclone.ts', 'test/stores/store.ts'].map((path) =>
      textOf(path),
    );
    for (const name of names('cmd')) if (name !== 'version') expect(sources.join('\n')).toContain(`'${name}'`);
  });
});
