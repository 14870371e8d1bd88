/** A repository of Git on this machine, in which people keep manifests. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { run } from '../../../hack/cluster/command.ts';

export class Repository {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  get url(): string {
    return `file://${this.#folder}`;
  }

  async make(): Promise<void> {
    mkdirSync(this.#folder, { recursive: true });
    await this.#git('init', '--quiet', '--initial-branch', 'main');
  }

  /** Commits files as they shall be, by their paths. Returns the commit. */
  async commit(message: string, files: Readonly<Record<string, string>>): Promise<string> {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(this.#folder, path)), { recursive: true });
      writeFileSync(join(this.#folder, path), text);
    }
    await this.#git('add', '--all');
    const author = ['-c', 'user.name=A person', '-c', 'user.email=person@example.com', '-c', 'commit.gpgSign=false'];
    await this.#git(...author, 'commit', '--quiet', '--message', message);
    return (await this.#git('rev-parse', 'HEAD')).trim();
  }

  #git(...args: readonly string[]): Promise<string> {
    return run('git', ['-C', this.#folder, ...args]);
  }
}
