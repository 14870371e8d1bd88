import type { Outcome } from './contract.ts';

export function printOutcome({ isGood, world, who, name, by, words, seconds }: Outcome): void {
  console.log(`${isGood ? 'held     ' : 'SUCCEEDED'} ${world.padEnd(7)} ${who}: ${name}`);
  console.log(`            ${by}${words === '' ? '' : `: ${words.slice(0, 400)}`} (${seconds.toFixed(1)} s)`);
}

export function printDeed({ isGood, world, name, by, words, seconds }: Outcome): void {
  console.log(`${isGood ? 'works    ' : 'BROKEN   '} ${world.padEnd(7)} ${name} (${seconds.toFixed(1)} s)`);
  if (!isGood) console.log(`            ${by}: ${words.slice(0, 1_000)}`);
}

/** A table in Markdown: one line for each attack, whatever held it in which world. */
export function table(outcomes: readonly Outcome[]): string {
  const lines = [...Map.groupBy(outcomes, ({ topic, name }) => `${topic} ${name}`).values()].flatMap((same) => {
    const [first] = same;
    if (first === undefined) return [];
    const by = [...Map.groupBy(same, ({ by: title }) => title)].map(
      ([title, all]) => `${all.map(({ world }) => world.toLowerCase()).join(', ')}: ${title}`,
    );
    const words = same.map((outcome) => outcome.words).find((said) => said !== '') ?? '';
    const cells = [first.who, `${first.name}, so that ${first.gain}`, by.join('; '), words.slice(0, 300)];
    return [`| ${cells.map(inCell).join(' | ')} |`];
  });
  return ['| who | attack | what holds it | what they read |', '| --- | --- | --- | --- |', ...lines].join('\n');
}

function inCell(text: string): string {
  return text.replaceAll('|', String.raw`\|`).replaceAll('\n', ' ');
}
