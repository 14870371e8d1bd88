import { describe, expect, it } from '@jest/globals';
import { lint } from './lint.ts';

const head = `apiVersion: flyball.dev/v1alpha1
kind: TrainingRun
metadata: {name: fraud}
spec:
  image: example.com/train:1
`;

/** What is found in a text, as `LINE:COLUMN-LINE:COLUMN RULE FIELD`. */
function found(text: string): readonly string[] {
  const [file] = lint([{ name: 'run.yaml', text }]);
  return (file?.findings ?? []).map(
    ({ start, end, rule, field }) =>
      `${start.line}:${start.column}-${end.line}:${end.column} ${rule}${field === undefined ? '' : ` ${field}`}`,
  );
}

function counts(text: string): readonly (number | undefined)[] {
  const [file] = lint([{ name: 'run.yaml', text }]);
  return [file?.objects, file?.others, file?.findings.length];
}

describe('The place of a finding', () => {
  it('is the value, in quotation marks if it has them', () => {
    expect(found(`${head}  seed: '1'\n`)).toEqual(['6:9-6:12 Type spec.seed']);
  });

  it('is the name of a field that nobody knows', () => {
    expect(found(`${head}  sed: {a: 1}\n`)).toEqual(['6:3-6:6 UnknownField spec.sed']);
  });

  it('is the name of what holds a field that is missing', () => {
    expect(found(`${head}  datasets:\n    - name: train\n`)).toEqual(['7:7-7:11 Required spec.datasets[0].uri']);
    expect(found(head.replace(/ {2}image.*/, '  seed: 1'))).toEqual(['4:1-4:5 Required spec.image']);
  });

  it('is the name of a field whose value is an object', () => {
    expect(found(`${head}  seed:\n    a: 1\n    b: 2\n`)).toEqual(['6:3-6:7 Type spec.seed']);
  });

  it('is the name of the object for rules of the whole object', () => {
    expect(found(head.replace('{name: fraud}', '{name: fraud.v2}'))).toEqual(['3:18-3:26 Rule <nil>']);
  });

  it('is where an alias stands, and within an anchor what it names', () => {
    const text = `${head}  source: &source {repository: example.com/a, revision: 1}\n`;
    expect(found(text)).toEqual(['6:57-6:58 Type spec.source.revision']);
    expect(found(`${head}  command: [&word python]\n  seed: *word\n`)).toEqual(['7:9-7:14 Type spec.seed']);
  });

  it('is what was merged', () => {
    const text = `${head}  pod:\n    <<: &defaults {runAsUser: nobody}\n`;
    expect(found(text)).toEqual(['7:31-7:37 Type spec.pod.runAsUser']);
  });

  it('counts lines through all documents, and carriage returns as one with the newline', () => {
    expect(found(`${head}---\n${head}  sed: 1\n`)).toEqual(['12:3-12:6 UnknownField spec.sed']);
    expect(found(`${head}  sed: 1\n`.replaceAll('\n', '\r\n'))).toEqual(['6:3-6:6 UnknownField spec.sed']);
  });

  it('is found in JSON, and in a List', () => {
    const object = `{"apiVersion": "flyball.dev/v1alpha1", "kind": "TrainingRun",\n\t"metadata": {"name": "a"}, "spec": {"image": 1}}`;
    expect(found(object)).toEqual(['2:47-2:48 Type spec.image']);
    expect(found(`{"apiVersion": "v1", "kind": "List", "items": [\n${object}]}`)).toEqual([
      '3:47-3:48 Type spec.image',
    ]);
  });
});

describe('A text', () => {
  it('is read as kubectl reads it: YAML 1.1, but times as they are written', () => {
    const text = `${head}  seed: 010\n  suspend: yes\n  rerunAt: 2026-11-24T10:00:00Z\n  parameters: {at: 12:30:45, on: 2026-11-24}\n`;
    expect(found(text)).toEqual([]);
    expect(found(`${head}  parameters: {debug: no}\n`)).toEqual(['6:23-6:25 Type spec.parameters.debug']);
  });

  it('may say null for what is absent', () => {
    expect(found(`${head}  gate:\n  env: ~\n`)).toEqual([]);
    expect(found(`${head}  gates:\n`)).toEqual(['6:3-6:8 UnknownField spec.gates']);
  });

  it('has a name twice, where the second is read', () => {
    expect(found(`${head}  seed: 1\n  seed: '2'\n`)).toEqual(['7:3-7:7 DuplicateKey', '7:9-7:12 Type spec.seed']);
  });

  it('is no YAML from the first error on, of which others follow', () => {
    expect(found(`${head}  gate: [\n  seed: 1\n`)).toEqual(['7:3-7:4 Syntax']);
  });

  it('passes over what is for others, and what is no object', () => {
    expect(counts('apiVersion: v1\nkind: Secret\n---\nreplicas: 1\n---\n---\n- 1\n---\njust words\n')).toEqual([
      0, 2, 0,
    ]);
    expect(counts('')).toEqual([0, 0, 0]);
  });

  it('names a version or a kind that there is not', () => {
    expect(found(head.replace('v1alpha1', 'v1'))).toEqual(['1:13-1:27 UnknownKind apiVersion']);
    expect(found(head.replace('TrainingRun', 'Trainingrun'))).toEqual(['2:7-2:18 UnknownKind kind']);
  });

  it('is a template', () => {
    expect(found(head.replace('example.com/train:1', '{{ .Values.image }}'))).toEqual(['5:11-5:28 Template']);
    expect(found(`{{- if .Values.train }}\n${head}{{- end }}\n`)).toEqual(['1:1-1:3 Template']);
    expect(found('{{- if .Values.other }}\napiVersion: v1\nkind: Secret\n{{- end }}\n')).toEqual([]);
  });

  it('may have the braces of templates in its texts', () => {
    expect(found(`${head}  parameters: {prompt: "{{ question }}"}\n`)).toEqual([]);
    expect(found(`${head}  parameters:\n    prompt: |\n      {{ question }}\n      {{ context }}\n`)).toEqual([]);
  });
});
