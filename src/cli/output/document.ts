import { Document, Scalar, visit } from 'yaml';

/** The formats for programs. */
export const formats = ['json', 'yaml'] as const;
export type Format = (typeof formats)[number];

/**
 * A value as a document, with a newline at its end. Characters that would act on a terminal are escaped, so that a program reads what there
 * was, and a terminal shows it.
 */
export function documentText(value: unknown, format: Format): string {
  const json = JSON.stringify(value, undefined, 2);
  return format === 'json' ? `${escaped(json)}\n` : yamlText(JSON.parse(json));
}

/** What JSON and YAML let stand as it is, within strings alone. */
const acting = /[\u007F-\u009F\p{Cf}\p{Zl}\p{Zp}]/u;

function escaped(words: string): string {
  return words.replace(new RegExp(acting, 'gu'), (character) =>
    character
      .split('')
      .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
      .join(''),
  );
}

/** kubectl reads YAML 1.1, to which an unquoted `on` is a boolean. Escapes mean something between double quotation marks alone. */
function yamlText(value: unknown): string {
  const document = new Document(value, { compat: 'yaml-1.1' });
  visit(document, {
    Scalar: (_key, scalar) => {
      if (typeof scalar.value === 'string' && acting.test(scalar.value)) scalar.type = Scalar.QUOTE_DOUBLE;
    },
  });
  return escaped(document.toString({ lineWidth: 0 }));
}
