/** What the Lua of argocd/ is as settings of Argo CD, so that nobody copies it by hand. */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format } from 'prettier';
import { stringify } from 'yaml';

const root = join(import.meta.dirname, '..', '..');
const group = 'flyball.dev';
const source = join(root, 'argocd', group);
const target = 'argocd/argocd-cm.yaml';

const banner = `# Generated from argocd/${group} by \`npm run generate\`. Do not edit.\n`;

/** The patch of the ConfigMap argocd-cm. */
export function argocdSettings(): Promise<string> {
  const kinds = readdirSync(source).toSorted();
  const data = Object.fromEntries(kinds.flatMap(settingsOf));
  const patch = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'argocd-cm' }, data };
  return format(banner + stringify(patch, { lineWidth: 0 }), { parser: 'yaml', printWidth: 120 });
}

function settingsOf(kind: string): readonly (readonly [string, string])[] {
  const health = [`resource.customizations.health.${group}_${kind}`, text(kind, 'health.lua')] as const;
  if (!existsSync(join(source, kind, 'actions'))) return [health];
  const definitions = readdirSync(join(source, kind, 'actions'))
    .filter((name) => existsSync(join(source, kind, 'actions', name, 'action.lua')))
    .toSorted()
    .map((name) => ({ name, 'action.lua': text(kind, 'actions', name, 'action.lua') }));
  const actions = { 'discovery.lua': text(kind, 'actions', 'discovery.lua'), definitions };
  return [health, [`resource.customizations.actions.${group}_${kind}`, stringify(actions, { lineWidth: 0 })]];
}

function text(...path: readonly string[]): string {
  return readFileSync(join(source, ...path), 'utf8');
}

/** Its path if it is not as it would be written. */
export function staleSettings(settings: string): readonly string[] {
  const file = join(root, target);
  return existsSync(file) && readFileSync(file, 'utf8') === settings ? [] : [target];
}

/** Brings the patch up to date. Returns its path if it was written. */
export function writeSettings(settings: string): readonly string[] {
  const stale = staleSettings(settings);
  if (stale.length > 0) writeFileSync(join(root, target), settings);
  return stale;
}
