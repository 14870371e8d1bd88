import { shortened } from '../../api/condition.ts';
import { type Compared, sections } from '../../product/versions/compare.ts';
import { shortDigest } from '../../domain/digest.ts';
import { table } from '../output/table.ts';
import { styled, text, type Text } from '../output/text.ts';

/** Values that are longer are shown whole in documents. */
const longest = 48;

/** As a table, by section. */
export function differences(rows: readonly Compared[]): Text[] {
  const ordered = sections.flatMap((section) => rows.filter((row) => row.section === section));
  return table(
    ['', 'what', 'from', 'to', 'change'],
    ordered.map(({ section, name, from, to, isSame, note }, index) => [
      ordered[index - 1]?.section === section ? text`` : styled('strong', section),
      text`${name}`,
      value(from),
      isSame ? styled('faint', 'the same') : value(to),
      noted(note),
    ]),
  );
}

function value(words: string | undefined): Text {
  if (words === undefined) return styled('faint', 'none');
  return /^[a-z0-9]+:[0-9a-f]{40,}$/.test(words) ? text`${shortDigest(words)}` : text`${shortened(words, longest)}`;
}

function noted(note: string | undefined): Text {
  if (note === undefined) return text``;
  return note.startsWith('better')
    ? styled('good', note)
    : note.startsWith('worse')
      ? styled('bad', note)
      : text`${note}`;
}
