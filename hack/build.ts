/** Bundles the program and all it needs into one file: the one named, or dist/flyball.mjs. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';

const root = join(import.meta.dirname, '..');
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { readonly version: string };

/** CommonJS packages in the bundle call `require` for Node's own modules. */
const requireForBuiltins =
  "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);";

await build({
  entryPoints: [join(root, 'src', 'main.ts')],
  outfile: process.argv[2] ?? join(root, 'dist', 'flyball.mjs'),
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node24',
  minifySyntax: true,
  legalComments: 'linked',
  sourcemap: 'linked',
  define: { FLYBALL_VERSION: JSON.stringify(version) },
  banner: { js: requireForBuiltins },
  logLevel: 'warning',
});
