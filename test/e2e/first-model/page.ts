/** docs/first-model.md as whoever follows it has it: files, and commands in their order. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

const page = resolve(import.meta.dirname, '../../../docs/first-model.md');

export interface Section {
  readonly title: string;
  /** The files that it has one write, by their names. */
  readonly files: ReadonlyMap<string, string>;
  readonly commands: readonly string[];
}

/** The sections that have something to do. */
export function sections(): readonly Section[] {
  const [, ...parts] = readFileSync(page, 'utf8').split(/^## /m);
  return parts
    .map((part) => ({
      title: part.slice(0, part.indexOf('\n')),
      files: new Map(
        [...part.matchAll(/`([\w-]+\.(?:yaml|py|json))`[:,]?[^`]*\n```\w+\n([^]*?)```/g)].map(
          ([, name = '', text = '']) => [name, text],
        ),
      ),
      commands: [...part.matchAll(/```sh\n([^]*?)```/g)].map(([, text = '']) => text),
    }))
    .filter(({ files, commands }) => files.size + commands.length > 0);
}
