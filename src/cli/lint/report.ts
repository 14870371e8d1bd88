import stringWidth from 'string-width';
import type { Finding, Severity } from '../../product/lint/finding.ts';
import type { LintedFile, LintedText } from '../../product/lint/lint.ts';
import { summaryOf, summaryWords } from '../../product/lint/summary.ts';
import { styled, type Style, Text, text } from '../output/text.ts';

const styles = { error: 'bad', note: 'waiting' } as const satisfies Record<Severity, Style>;

/** What a compiler would print: each finding with its place, its line and what to do, and a summary. */
export function report(files: readonly LintedFile[], texts: readonly LintedText[]): Text[] {
  const sources = new Map(texts.map((one) => [one.name, one.text]));
  const told = files.flatMap(({ name, findings }) => {
    const lines = findings.length === 0 ? [] : (sources.get(name) ?? '').split(/\r?\n/);
    return findings.flatMap((finding) => toldOf(name, finding, lines));
  });
  return [...told, text`${summaryWords(summaryOf(files))}`];
}

function toldOf(
  file: string,
  { severity, field, message: words, start, end }: Finding,
  lines: readonly string[],
): Text[] {
  const place = styled('strong', `${file === '-' ? 'stdin' : file}:${start.line}:${start.column}:`);
  const what = field === undefined ? text`` : text`${styled('strong', `${field}:`)} `;
  const head = text`${place} ${styled(styles[severity], `${severity}:`)} ${what}${words}`;
  const line = lines[start.line - 1] ?? '';
  if (line.trim() === '') return [head];
  const to = end.line === start.line ? Math.max(end.column - 1, start.column) : line.length;
  return [head, ...excerpt(line, start.column - 1, to, severity, String(start.line))];
}

/** How much of a line is shown, and how much of that before what is meant. */
const widest = 120;
const before = 40;

function excerpt(line: string, from: number, to: number, severity: Severity, number: string): Text[] {
  const first = to <= widest ? 0 : Math.max(0, from - before);
  const shown = plainCharacters(line.slice(first, first + widest));
  const lead = stringWidth(shown.slice(0, from - first));
  const length = Math.max(1, stringWidth(shown.slice(from - first, to - first)));
  const margin = ' '.repeat(number.length);
  return [
    new Text([{ words: `  ${number} |`, style: 'faint' }, { words: ` ${shown}` }]),
    new Text([
      { words: `  ${margin} |`, style: 'faint' },
      { words: ` ${' '.repeat(lead)}` },
      ...styled(styles[severity], '^'.repeat(length)).spans,
    ]),
  ];
}

/** As many characters, so that the caret stands where it belongs; a space for each that a terminal would obey. */
function plainCharacters(words: string): string {
  return words.toWellFormed().replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (one) => ' '.repeat(one.length));
}
