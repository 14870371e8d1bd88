import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { IModelDeployment, ServerSpec } from '../../src/api/types.ts';

export const serverFolder = join(import.meta.dirname, '..', '..', 'examples', 'servers');

/** The folders of examples/servers, each a component that gives a ModelDeployment its server. */
export const serverExamples = readdirSync(serverFolder, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name)
  .toSorted();

/** What the component says of the server. */
export function serverExample(name: string): ServerSpec {
  const text = readFileSync(join(serverFolder, name, 'server.yaml'), 'utf8');
  return (parse(text) as IModelDeployment).spec.server;
}
