/** Findings as SARIF 2.1.0, the form in which code scanning takes them. */
import { type Finding, type RuleName, ruleNames } from './finding.ts';
import type { LintedFile } from './lint.ts';

const meanings: Readonly<Record<RuleName, string>> = {
  Syntax: 'The text is no YAML and no JSON',
  DuplicateKey: 'A field is there twice',
  Template: 'The file is a template that has to be rendered first',
  NoObject: 'The object does not say what it is',
  UnknownKind: 'Flyball has no such kind or version',
  Metadata: 'The metadata of the object are not those of any object',
  UnknownField: 'Nobody knows the field',
  Required: 'A field is missing',
  Type: 'A value has another type',
  Enum: 'A value is none of those that there are',
  Value: 'A value is out of its bounds or of another form',
  Size: 'A value is too long',
  Duplicate: 'Two items of a list have one name',
  Rule: 'A rule of the schema does not hold',
  Refused: 'The operator cannot work with the object',
  Reference: 'The object names one that is in none of the files',
  Server: 'The API server refuses the object',
};

/** @param tool what the findings are shown as found by. */
export function sarifOf(files: readonly LintedFile[], tool: string): object {
  const rules = ruleNames.map((id) => ({ id, shortDescription: { text: meanings[id] } }));
  const driver = { name: tool, rules };
  const results = files.flatMap(({ name, findings }) => findings.map((finding) => resultOf(name, finding)));
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [{ tool: { driver }, columnKind: 'utf16CodeUnits', results }],
  };
}

function resultOf(file: string, { rule, severity, field, message, object, start, end }: Finding): object {
  const region = { startLine: start.line, startColumn: start.column, endLine: end.line, endColumn: end.column };
  const at = object === undefined ? undefined : `${object.kind}/${object.name}/${field ?? ''}`;
  return {
    ruleId: rule,
    ruleIndex: ruleNames.indexOf(rule),
    level: severity,
    message: { text: field === undefined ? message : `${field}: ${message}` },
    locations: [
      {
        physicalLocation: { artifactLocation: { uri: uriOf(file) }, region },
        ...(at !== undefined && { logicalLocations: [{ fullyQualifiedName: at }] }),
      },
    ],
  };
}

/** A relative path as a relative reference, an absolute one as a URI. */
function uriOf(file: string): string {
  if (file === '-') return 'stdin';
  const path = file.replaceAll('\\', '/').split('/').map(encodeURIComponent).join('/');
  return path.startsWith('/') ? `file://${path}` : path;
}
