/** docs/mistakes.md: what the API server says of each mistake, in its own words. */
import type { Mistake } from './mistake.ts';

/** What kubectl printed for a mistake. */
export interface Refused {
  readonly mistake: Mistake;
  readonly applied: string;
  /** With `--server-side`. */
  readonly serverSide: string;
}

const introduction = `# Mistakes that everybody makes once

What \`kubectl apply\` says of them, and what to write instead. A test makes each of them against a real API server and holds this
page to the answers.

- Field, value and remedy stand in one sentence where the words are Flyball's. Those of Kubernetes name field and type, and
  nobody can change them: there, what to do stands below them.
- Lines that begin with \`<nil>\` are left out here: they say that other rules were not looked at. Correct what stands above them, and
  apply again.
- \`kubectl flyball lint FILE\` finds all of them before anything is applied, with line and column, and says what to do; see [\`docs/cli.md\`](cli.md).
- What only turns out later, such as a schedule that is never due, is told by \`kubectl get\` in the column REASON.
`;

/** The whole page. */
export function page(refusals: readonly Refused[]): string {
  return [introduction, ...refusals.map(section)].join('\n');
}

function section({ mistake: { title, kind, wrong, right, advice }, applied, serverSide }: Refused): string {
  const words =
    applied === serverSide ? shown(applied) : `${shown(applied)}\n\nWith \`--server-side\`:\n\n${shown(serverSide)}`;
  return `## ${title}

In a ${kind}:

${fenced('yaml', wrong)}

${words}

${advice === undefined ? '' : `${advice}\n\n`}Write:

${fenced('yaml', right)}
`;
}

function shown(words: string): string {
  return fenced(
    'text',
    words
      .split('\n')
      .filter((line) => !line.startsWith('* <nil>:'))
      .map((line) => line.trimEnd())
      .join('\n'),
  );
}

function fenced(language: string, text: string): string {
  return `\`\`\`${language}\n${text}\n\`\`\``;
}
