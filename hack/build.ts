/** Bundles the program and all it needs into one file: the one named, or dist/flyball.mjs. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { build, type Plugin } from 'esbuild';

const root = join(import.meta.dirname, '..');
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { readonly version: string };

/** CommonJS packages in the bundle call `require` for Node's own modules. */
const requireForBuiltins =
  "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);";

/**
 * Leaves the classes of the whole Kubernetes API out of the bundle, which would be made at each start: the client's KubeConfig
 * imports all of them for these two names. Should it need another one, the build fails.
 */
const withoutUnusedAPI: Plugin = {
  name: 'without-unused-api',
  setup(bundling) {
    bundling.onResolve({ filter: /^\.\/gen\/index\.js$/ }, ({ resolveDir }) => ({
      // The bundle shows this path; one of the machine's would make it another bundle on every machine.
      path: 'gen',
      namespace: 'used-api',
      pluginData: join(resolveDir, 'gen'),
    }));
    bundling.onLoad({ filter: /./, namespace: 'used-api' }, ({ pluginData }) => ({
      contents:
        "export { createConfiguration } from './configuration.js'; export { ServerConfiguration } from './servers.js';",
      resolveDir: String(pluginData),
    }));
  },
};

await build({
  entryPoints: [join(root, 'src', 'main.ts')],
  outfile: process.argv[2] ?? join(root, 'dist', 'flyball.mjs'),
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node24',
  minifySyntax: true,
  // Node holds the text in memory. Names stay, and lines are short enough for a stack trace.
  minifyWhitespace: true,
  lineLimit: 160,
  legalComments: 'linked',
  sourcemap: 'linked',
  define: { FLYBALL_VERSION: JSON.stringify(version) },
  plugins: [withoutUnusedAPI],
  banner: { js: requireForBuiltins },
  logLevel: 'warning',
});
