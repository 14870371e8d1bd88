/** The chart as it is released: its default images are those of the release, by their digests. */
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isMap, parseDocument } from 'yaml';
import { root } from './versions.ts';

/** The digests of the images, by their names. */
export interface Digests {
  readonly operator: string;
  readonly storage: string;
}

/** Copies the chart into a folder, with the images of a registry in its values. Comments and all other values stay. */
export function writeChart(folder: string, registry: string, digests: Digests): void {
  cpSync(join(root, 'charts', 'flyball'), folder, { recursive: true });
  const file = join(folder, 'values.yaml');
  writeFileSync(file, releasedValues(readFileSync(file, 'utf8'), registry, digests));
}

/** @throws where the values have no place for an image. */
export function releasedValues(text: string, registry: string, digests: Digests): string {
  const values = parseDocument(text);
  for (const [path, name] of [
    [['image'], 'operator'],
    [['storage', 'image'], 'storage'],
  ] as const) {
    if (!isMap(values.getIn(path))) throw new Error(`values.yaml has no ${path.join('.')}`);
    values.setIn([...path, 'repository'], `${registry}/${name}`);
    values.setIn([...path, 'digest'], digests[name]);
  }
  return values.toString({ lineWidth: 0 });
}
