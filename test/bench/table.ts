/** Results as Markdown: medians, ranges in brackets, and ratios of Flyball to the others. */
import type { Letter } from './contenders/index.ts';
import { type Figure, type FigureName, type Goal, type Results, figures } from './figures.ts';
import { median, range } from './statistics.ts';

/** With the goals for which all that they compare was measured. `judged`: whether to say which of them are met. */
export function resultsTable(results: Results, letters: readonly Letter[], judged: boolean): string {
  const others = letters.filter((letter) => letter !== 'T');
  const ratios = letters.includes('T') ? others : [];
  const head = ['figure', ...letters, ...ratios.map((letter) => `T/${letter}`), 'goal', ''];
  const rows = Object.entries(figures).flatMap(([key, figure]) => {
    const name = key as FigureName;
    const medians = letters.map((letter) => median(results.of(name, letter)));
    if (medians.every(Number.isNaN)) return [];
    const own = median(results.of(name, 'T'));
    const goals = figure.goals.filter((goal) => results.holds(name, goal) !== undefined);
    return [
      [
        titleOf(figure),
        ...letters.map((letter) => cell(results.of(name, letter), figure)),
        ...ratios.map((letter) => ratioCell(own, median(results.of(name, letter)))),
        goals.map(goalText).join(', '),
        !judged || goals.length === 0 ? '' : goals.every((goal) => results.holds(name, goal)) ? 'met' : 'missed',
      ],
    ];
  });
  return markdown(head, rows);
}

/** "resident memory in all [MiB]". */
export function titleOf({ name, unit }: Figure): string {
  return unit === '' ? name : `${name} [${unit}]`;
}

/** A Markdown table whose first column is text and whose others are numbers. */
export function markdown(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((title, column) => Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0), 3));
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((text, column) => (column === 0 ? text.padEnd(widths[0] ?? 0) : text.padStart(widths[column] ?? 0))).join(' | ')} |`;
  const rule = widths.map((width, column) => (column === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`));
  return [line(head), line(rule), ...rows.map(line)].join('\n');
}

function cell(values: readonly number[], { digits }: Figure): string {
  if (values.length === 0) return '';
  const [least, most] = range(values);
  const middle = median(values).toFixed(digits);
  return least.toFixed(digits) === most.toFixed(digits)
    ? middle
    : `${middle} (${least.toFixed(digits)}–${most.toFixed(digits)})`;
}

function ratioCell(own: number, other: number): string {
  return Number.isFinite(own / other) ? (own / other).toFixed(2) : '';
}

function goalText(goal: Goal): string {
  return goal.type === 'Value' ? `≤ ${goal.atMost}` : `≤ ${goal.atMost.toFixed(2)} × ${goal.to}`;
}
