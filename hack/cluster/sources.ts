import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

/**
 * The folder with the source of a Go module, read-only, as hack/kubernetes/`family` pins it; downloaded first if need be. For files that a
 * project ships beside its programs, such as CustomResourceDefinitions.
 */
export function moduleSource(family: string, module: string): string {
  const { stdout, stderr, status } = spawnSync('go', ['mod', 'download', '-json', module], {
    cwd: join(import.meta.dirname, '..', 'kubernetes', family),
    env: { ...process.env, GOFLAGS: '-mod=readonly', GOWORK: 'off', GOTOOLCHAIN: 'auto' },
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`${module} cannot be downloaded: ${stderr}${stdout}`);
  return (JSON.parse(stdout) as { readonly Dir: string }).Dir;
}
