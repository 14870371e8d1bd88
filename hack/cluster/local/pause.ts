import { copyFileSync, mkdirSync, rmSync } from 'node:fs';
import { run } from '../command.ts';
import { pauseImage } from './configuration.ts';
import type { Layout } from './layout.ts';

/** Makes an OCI archive of the image that holds a pod's namespaces and returns its path. */
export async function makePauseArchive(layout: Layout, program: string): Promise<string> {
  const directory = layout.file('pause');
  rmSync(directory, { recursive: true, force: true });
  mkdirSync(directory, { recursive: true });
  copyFileSync(program, `${directory}/pause`);
  const image = ['--image', `${directory}/image:pause`];
  await run('umoci', ['init', '--layout', `${directory}/image`]);
  await run('umoci', ['new', ...image]);
  await run('umoci', ['insert', ...image, `${directory}/pause`, '/pause']);
  await run('umoci', ['config', ...image, '--config.entrypoint', '/pause', '--config.user', '65535:65535']);
  const archive = `${directory}/pause.tar`;
  await run('skopeo', ['copy', `oci:${directory}/image:pause`, `oci-archive:${archive}:${pauseImage}`]);
  return archive;
}
