/** The dashboards as Grafana reads them, in the chart. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { operator } from './operator.ts';
import { product } from './product.ts';

const root = join(import.meta.dirname, '..', '..', '..');
const target = 'charts/flyball/dashboards';
const dashboards = { operator, product };

/** Their texts, by path. */
const files = new Map(
  Object.entries(dashboards).map(([name, builder]) => [
    `${target}/${name}.json`,
    `${JSON.stringify(builder.build(), null, 2)}\n`,
  ]),
);

/** The paths of those that are not as they would be written. */
export function staleDashboards(): readonly string[] {
  const isCurrent = (path: string, text: string) =>
    existsSync(join(root, path)) && readFileSync(join(root, path), 'utf8') === text;
  return [...files].filter(([path, text]) => !isCurrent(path, text)).map(([path]) => path);
}

/** Brings them up to date. Returns the paths of those that were written. */
export function writeDashboards(): readonly string[] {
  const stale = staleDashboards();
  mkdirSync(join(root, target), { recursive: true });
  for (const path of stale) writeFileSync(join(root, path), files.get(path) ?? '');
  return stale;
}
