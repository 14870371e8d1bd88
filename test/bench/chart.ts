/** Line charts as SVG, for documents that are read where no program draws. Both axes are logarithmic. */

export interface Line {
  readonly label: string;
  readonly points: readonly { readonly x: number; readonly y: number }[];
}

export interface Panel {
  readonly title: string;
  readonly lines: readonly Line[];
}

const panelWidth = 420;
const panelHeight = 260;
const margin = { left: 60, right: 40, top: 40, bottom: 45 };

/** Told apart by people who see no red or green, on white and on dark pages. */
const colours = ['#888888', '#0072b2', '#e69f00', '#d55e00'];

/** Panels in two columns that share the meaning of the x axis. */
export function lineChart(xTitle: string, panels: readonly Panel[]): string {
  const width = 2 * panelWidth;
  const height = Math.ceil(panels.length / 2) * panelHeight;
  const drawn = panels.map((panel, index) => {
    const x = (index % 2) * panelWidth;
    const y = Math.floor(index / 2) * panelHeight;
    return `<g transform="translate(${x} ${y})">\n${panelSvg(xTitle, panel)}\n</g>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="sans-serif" font-size="12">
<rect width="${width}" height="${height}" fill="#ffffff"/>
${drawn.join('\n')}
</svg>
`;
}

function panelSvg(xTitle: string, { title, lines }: Panel): string {
  const all = lines.flatMap(({ points }) => points).filter(({ y }) => y > 0);
  const x = scale(
    all.map((point) => point.x),
    margin.left,
    panelWidth - margin.right,
  );
  const y = scale(
    all.map((point) => point.y),
    panelHeight - margin.bottom,
    margin.top,
  );
  return [
    `<text x="${margin.left}" y="22" font-weight="bold">${title}</text>`,
    ...x.ticks.map((tick) => vertical(x.at(tick), label(tick))),
    ...y.ticks.map((tick) => horizontal(y.at(tick), label(tick))),
    `<text x="${panelWidth / 2}" y="${panelHeight - 8}" text-anchor="middle">${xTitle}</text>`,
    ...lines.map((line, index) => lineSvg(line, colours[index % colours.length] ?? '', x.at, y.at)),
  ].join('\n');
}

type At = (value: number) => number;

function lineSvg({ label: name, points }: Line, colour: string, x: At, y: At): string {
  const places = points
    .filter((point) => point.y > 0)
    .map((point) => `${x(point.x).toFixed(1)},${y(point.y).toFixed(1)}`);
  const [endX, endY] = places.at(-1)?.split(',') ?? [];
  if (endX === undefined) return '';
  const dots = places.map((place) => `<circle cx="${place.replace(',', '" cy="')}" r="3" fill="${colour}"/>`).join('');
  return `<polyline points="${places.join(' ')}" fill="none" stroke="${colour}" stroke-width="2"/>${dots}
<text x="${Number(endX) + 8}" y="${Number(endY) + 4}" fill="${colour}" font-weight="bold">${name}</text>`;
}

function vertical(x: number, text: string): string {
  const bottom = panelHeight - margin.bottom;
  return `<line x1="${x}" x2="${x}" y1="${margin.top}" y2="${bottom}" stroke="#dddddd"/>
<text x="${x}" y="${bottom + 16}" text-anchor="middle">${text}</text>`;
}

function horizontal(y: number, text: string): string {
  return `<line x1="${margin.left}" x2="${panelWidth - margin.right}" y1="${y}" y2="${y}" stroke="#dddddd"/>
<text x="${margin.left - 6}" y="${y + 4}" text-anchor="end">${text}</text>`;
}

/** A logarithmic scale from `start` to `end` in pixels, with ticks at 1, 2 and 5 times the powers of ten that enclose the values. */
function scale(
  values: readonly number[],
  start: number,
  end: number,
): { readonly at: At; readonly ticks: readonly number[] } {
  const steps = Array.from({ length: 14 }, (_, index) => 10 ** (index - 4)).flatMap((ten) => [ten, 2 * ten, 5 * ten]);
  const low = steps.findLast((step) => step <= Math.min(...values)) ?? 1;
  const high = steps.find((step) => step >= Math.max(...values) && step > low) ?? 10 * low;
  const at = (value: number): number =>
    start + ((Math.log(value) - Math.log(low)) / (Math.log(high) - Math.log(low))) * (end - start);
  const enclosed = steps.filter((step) => step >= low && step <= high);
  const tens = enclosed.filter((step) => Number.isInteger(Math.log10(Number(step.toPrecision(1)))));
  return { at, ticks: enclosed.length > 7 ? tens : enclosed };
}

function label(value: number): string {
  return Number(value.toPrecision(3)).toLocaleString('en', { maximumFractionDigits: 4 });
}
