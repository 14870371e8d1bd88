/**
 * Bundles the operator and all it needs into one file, dist/flyball.mjs, and makes of src/api what `flyball/api` is to others,
 * dist/api. Given a file's name, it bundles the operator into that file alone.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { build, type Metafile, type Plugin } from 'esbuild';

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

/** What serves people who write our kinds, and what is there for its types: the operator needs none of it, so none may slip in. */
const foreign = /node_modules\/(ajv|kubernetes-models|@kubernetes-models\/[^/]+)\//;

function refuseForeign({ inputs }: Metafile): void {
  const found = new Set(Object.keys(inputs).flatMap((path) => foreign.exec(path)?.[1] ?? []));
  if (found.size > 0) throw new Error(`the operator's bundle must not hold ${[...found].join(', ')}`);
}

async function bundleOperator(outfile: string): Promise<void> {
  const { metafile } = await build({
    entryPoints: [join(root, 'src', 'main.ts')],
    outfile,
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
    metafile: true,
    logLevel: 'warning',
  });
  refuseForeign(metafile);
}

async function buildAPI(): Promise<void> {
  const outdir = join(root, 'dist', 'api');
  rmSync(outdir, { recursive: true, force: true });
  await build({
    entryPoints: [join(root, 'src', 'api', 'index.ts')],
    outdir,
    bundle: true,
    packages: 'external',
    platform: 'neutral',
    format: 'esm',
    target: 'es2022',
    logLevel: 'warning',
  });
  const compiler = join(root, 'node_modules', '.bin', 'tsc');
  const { status } = spawnSync(compiler, ['--project', join(root, 'tsconfig.api.json')], { stdio: 'inherit' });
  if (status !== 0) throw new Error('the declarations of flyball/api cannot be made');
}

const [bundle] = process.argv.slice(2);
await bundleOperator(bundle ?? join(root, 'dist', 'flyball.mjs'));
if (bundle === undefined) await buildAPI();
