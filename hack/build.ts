/**
 * Bundles the operator and all it needs into dist/flyball.mjs and the pieces that it loads when they are needed, dist/flyball; the command
 * line into dist/cli/kubectl-flyball, beside what npm has to know of it; the program that moves artifacts into dist/transfer.mjs; and makes of src/api what `flyball/api` is to others, dist/api. Given a file's name, it bundles the operator into that file alone.
 */
import { spawnSync } from 'node:child_process';
import { chmodSync, copyFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { build, type Metafile, type Plugin } from 'esbuild';
import undici from 'undici';

const root = join(import.meta.dirname, '..');
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { readonly version: string };

/** CommonJS packages in the bundle call `require` for Node's own modules. */
const requireForBuiltins = "const require = process.getBuiltinModule('node:module').createRequire(import.meta.url);";

/**
 * An import of one of Node's own modules reads all that it exports, and with it loads what Node itself keeps for those who use it: with
 * node:http that is the whole of fetch and WebSocket, 13 MiB. So the bundle takes of a module what it uses, when it uses it.
 */
const builtinsAsUsed: Plugin = {
  name: 'builtins-as-used',
  setup(bundling) {
    bundling.onResolve({ filter: /^[a-z_:/0-9]+$/ }, ({ path, kind }) =>
      kind === 'import-statement' && isBuiltin(path)
        ? { path: `node:${path.replace(/^node:/, '')}`, namespace: 'builtin', sideEffects: false }
        : undefined,
    );
    bundling.onLoad({ filter: /./, namespace: 'builtin' }, ({ path }) => ({
      contents: `module.exports = process.getBuiltinModule('${path}');`,
    }));
  },
};

/** Has prom-client load its parts when they are used: others than counters and histograms load TLS, zlib and the inspector of V8. */
const metricsAsUsed: Plugin = {
  name: 'metrics-as-used',
  setup(bundling) {
    bundling.onLoad({ filter: /\/node_modules\/prom-client\/index\.js$/ }, ({ path }) => ({
      contents: readFileSync(path, 'utf8').replaceAll(
        /^exports\.(\w+) = (require\('[^']+'\));$/gm,
        "Object.defineProperty(exports, '$1', { enumerable: true, get: () => $2 });",
      ),
    }));
  },
};

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

/** @param splitting whether what one of the two programs needs alone is in pieces of its own, so that the other does not hold it in memory. */
async function bundleOperator(outfile: string, splitting: boolean): Promise<void> {
  const { metafile } = await build({
    entryPoints: { [basename(outfile, '.mjs')]: join(root, 'src', 'main.ts') },
    outdir: dirname(outfile),
    outExtension: { '.js': '.mjs' },
    splitting,
    chunkNames: 'flyball/[name]-[hash]',
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
    plugins: [withoutUnusedAPI, builtinsAsUsed, metricsAsUsed],
    banner: { js: requireForBuiltins },
    metafile: true,
    logLevel: 'warning',
  });
  refuseForeign(metafile);
}

/**
 * What stands before the command line: a Node that is too old says so, as far as it can read the file at all (from 16.11 on), instead of
 * failing within a library.
 */
const nodeOrWords = `#!/usr/bin/env node
"use strict";
(function (found) {
  if (found[0] > 22 || (found[0] === 22 && found[1] >= 19)) return;
  console.error("error: kubectl flyball needs Node 22.19 or newer, and this is " + process.version + "; install a newer one, or take the executable that needs none");
  process.exit(1);
})(process.versions.node.split(".").map(Number));`;

/**
 * client-node makes agents for proxies, by libraries that are read at each start and that nothing of ours uses: requests go by undici
 * (src/cli/cluster/proxy.ts).
 */
const withoutUnusedAgents: Plugin = {
  name: 'without-unused-agents',
  setup(bundling) {
    bundling.onResolve({ filter: /^(hpagent|socks|socks-proxy-agent)$/ }, () => ({
      path: 'agents',
      namespace: 'unused-agents',
    }));
    bundling.onLoad({ filter: /./, namespace: 'unused-agents' }, () => ({
      contents:
        'export class HttpProxyAgent {} export class HttpsProxyAgent {} export class SocksProxyAgent {} export class SocksClient {}',
    }));
  },
};

/** What of undici each command needs. Its index loads fetch, WebSocket, caches and mocks as well, which takes longer than all the rest. */
const undiciAsUsed: Plugin = {
  name: 'undici-as-used',
  setup(bundling) {
    const whole = 'whole-undici';
    bundling.onLoad({ filter: /\/node_modules\/undici\/index\.js$/ }, ({ path }) => {
      const light: Readonly<Record<string, string>> = {
        Agent: './lib/dispatcher/agent',
        EnvHttpProxyAgent: './lib/dispatcher/env-http-proxy-agent',
        ProxyAgent: './lib/dispatcher/proxy-agent',
        Socks5ProxyAgent: './lib/dispatcher/socks5-proxy-agent',
      };
      const exported = Object.keys(undici).map((name) => {
        const file = light[name];
        const value = file === undefined ? `require('${whole}').${name}` : `require('${file}')`;
        return `Object.defineProperty(exports, '${name}', { enumerable: true, get: () => ${value} });`;
      });
      const verbs = "Object.assign(require('./lib/dispatcher/dispatcher').prototype, require('./lib/api'));";
      return { contents: [verbs, ...exported].join('\n'), resolveDir: dirname(path) };
    });
    bundling.onResolve({ filter: /^whole-undici$/ }, ({ resolveDir }) => ({
      path: whole,
      namespace: whole,
      pluginData: resolveDir,
    }));
    bundling.onLoad({ filter: /./, namespace: whole }, ({ pluginData }) => ({
      contents: readFileSync(join(String(pluginData), 'index.js'), 'utf8'),
      resolveDir: String(pluginData),
    }));
  },
};

/** One file that kubectl finds by its name. CommonJS, which needs no ending, and which a single executable can hold. */
async function bundleCommandLine(): Promise<void> {
  const folder = join(root, 'dist', 'cli');
  const outfile = join(folder, 'kubectl-flyball');
  await build({
    entryPoints: [join(root, 'src', 'cli', 'main.ts')],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node22',
    minifySyntax: true,
    minifyWhitespace: true,
    lineLimit: 160,
    legalComments: 'linked',
    define: { FLYBALL_VERSION: JSON.stringify(version) },
    plugins: [withoutUnusedAPI, withoutUnusedAgents, builtinsAsUsed, undiciAsUsed],
    banner: { js: nodeOrWords },
    logLevel: 'warning',
  });
  chmodSync(outfile, 0o755);
  const manifest = {
    name: 'kubectl-flyball',
    version,
    description: 'See, judge and steer what Flyball keeps in a Kubernetes cluster: kubectl flyball',
    license: 'Apache-2.0',
    type: 'commonjs',
    bin: 'kubectl-flyball',
    engines: { node: '>=22.19' },
    files: ['kubectl-flyball', 'kubectl-flyball.LEGAL.txt'],
  };
  writeFileSync(join(folder, 'package.json'), `${JSON.stringify(manifest, undefined, 2)}\n`);
  copyFileSync(join(root, 'LICENSE'), join(folder, 'LICENSE'));
  copyFileSync(join(root, 'docs', 'cli.md'), join(folder, 'README.md'));
}

/** What the containers run that move artifacts, as one file. */
async function bundleTransfer(): Promise<void> {
  await build({
    entryPoints: [join(root, 'src', 'transfer', 'main.ts')],
    outfile: join(root, 'dist', 'transfer.mjs'),
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node24',
    minifySyntax: true,
    minifyWhitespace: true,
    lineLimit: 160,
    plugins: [builtinsAsUsed],
    logLevel: 'warning',
  });
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
if (bundle === undefined) {
  rmSync(join(root, 'dist', 'flyball'), { recursive: true, force: true });
  await bundleOperator(join(root, 'dist', 'flyball.mjs'), true);
  await bundleCommandLine();
  await bundleTransfer();
  await buildAPI();
} else {
  await bundleOperator(bundle, false);
}
