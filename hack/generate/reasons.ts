import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format } from 'prettier';
import { actors, type Reason, refusalReasons } from '../../src/api/reason.ts';
import { reasonsByKind } from '../../src/product/reasons.ts';
import { findingReasons } from '../../src/workload/diagnosis/reasons.ts';
import { hardwareReasons } from '../../src/workload/hardwarereasons.ts';
import { imageVolumeReasons } from '../../src/workload/imagevolumes.ts';

const page = 'docs/reasons.md';
const file = join(import.meta.dirname, '..', '..', page);

type Table = Readonly<Record<string, Reason>>;

const common: Table = { ...findingReasons, ...hardwareReasons, ...imageVolumeReasons, ...refusalReasons };

const intro = `<!-- Generated from the tables of reasons in src by \`npm run generate\`. Do not edit. -->

# All reasons

Conditions, attempts, rejected revisions and verdicts have a reason, which is one word, and a message, which says it of that object with the next
command. This page says what each word means, where it is seen, whose move it is where nothing else is known, and what to do:
`;

/** The page of all reasons, as Markdown. */
export function reasonsPage(): Promise<string> {
  const kinds = Object.entries(reasonsByKind).map(([kind, table]): [string, Table] => [
    `Of ${kind}s`,
    Object.fromEntries(Object.entries(table).filter(([reason]) => !Object.hasOwn(common, reason))),
  ]);
  const sections: readonly [string, Table][] = [
    ...kinds,
    ['Of the pods of TrainingRuns and ModelDeployments', findingReasons],
    ['Of the hardware that they name', hardwareReasons],
    ['Of the images that they mount', imageVolumeReasons],
    ['Of what the API server refuses', refusalReasons],
  ];
  const whose = Object.entries(actors).map(([actor, meaning]) => `- **${actor}**: ${meaning}`);
  const text = [intro, ...whose, ...sections.flatMap(([title, table]) => ['', `## ${title}`, '', ...rowsOf(table)])];
  return format(text.join('\n'), { parser: 'markdown', printWidth: 120 });
}

function rowsOf(table: Table): readonly string[] {
  const rows = Object.entries(table).toSorted(([one], [other]) => (one < other ? -1 : 1));
  return [
    '| reason | what it means | where it is seen | whose move | what to do |',
    '| --- | --- | --- | --- | --- |',
    ...rows.map(
      ([reason, told]) => `| \`${reason}\` | ${told.meaning} | ${told.evidence} | ${told.actor} | ${remedyOf(told)} |`,
    ),
  ];
}

const remedyOf = (reason: Reason) => ('remedy' in reason ? reason.remedy : '');

/** Its path if it is not as it would be written. */
export function staleReasons(text: string): readonly string[] {
  return readFileSync(file, 'utf8') === text ? [] : [page];
}

/** Brings the page up to date. Returns its path if it was written. */
export function writeReasons(text: string): readonly string[] {
  const stale = staleReasons(text);
  if (stale.length > 0) writeFileSync(file, text);
  return stale;
}
