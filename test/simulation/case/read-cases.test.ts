import { readCases } from '../../../src/simulation/case/read-cases';

const names = (text: string): (string | undefined)[][] =>
  readCases(text, 'f').cases.map(({ test, group }) => (group === undefined ? [test.name] : [group, test.name]));
const problems = (text: string): string[] =>
  readCases(text, 'f.yaml').problems.map(
    ({ location, message, severity }) => `${location.line}:${location.column} ${severity === 'warning' ? 'warning: ' : ''}${message}`,
  );

test('a file holds one test, a list, a group, or several documents of them', () => {
  expect(names('name: a')).toEqual([['a']]);
  expect(names('{"name": "a"}')).toEqual([['a']]);
  expect(names('- name: a\n- name: b')).toEqual([['a'], ['b']]);
  expect(names('[{"name": "a"}]')).toEqual([['a']]);
  expect(names('group: g\ncases: [{name: a}, {name: b}]')).toEqual([
    ['g', 'a'],
    ['g', 'b'],
  ]);
  expect(names('name: a\n---\n- name: b\n---\n')).toEqual([['a'], ['b']]);
});

test.each<[string, string, string[]]>([
  ['nothing', '', ['1:1 the file holds no test']],
  ['no object', '5', ['1:1 an object is expected here, not 5']],
  ['no name', 'calls: []', ['1:1 a test needs the field name']],
  ['a wrong type', 'name: a\ndocumentOrder: sometimes', ['2:1 true or false is expected here, not "sometimes"']],
  ['an unknown field', 'name: a\nservces: []', ['2:1 warning: a test has no field servces; did you mean services?']],
  ['an unknown field without likeness', 'name: a\nqqq: []', ['2:1 warning: a test has no field qqq']],
  ['a call without a caller', 'name: a\ncalls:\n- url: http://x/', ['3:3 a call needs the field from']],
  ['a wrong url', 'name: a\ncalls:\n- from: x\n  url: ftp://x/', [expect.stringMatching(/^4:3 "ftp:\/\/x\/" is no URL to ask/)]],
  ['a wrong port', 'name: a\nservices:\n- name: s\n  ports: [{ port: 0 }]', ['4:13 a port from 1 to 65535 is expected here, not 0']],
  ['a wrong count', 'name: a\ncalls:\n- { from: x, url: http://x, count: 0 }', ['3:29 a whole number from 1 on is expected here, not 0']],
  ['a wrong label', 'name: a\nworkloads:\n- name: w\n  labels: { version: 1 }', ['4:13 a text is expected here, not 1']],
  ['a wrong list of manifests', 'name: a\nistio: [5]', ['2:9 an object is expected here, not 5']],
  ['a wrong kind of manifests', 'name: a\nistio: 5', ['2:1 a list of objects or YAML text is expected here, not 5']],
  [
    'a wrong regular expression',
    'name: a\ncalls:\n- from: x\n  url: http://x\n  expect: { path: { regex: "(" } }',
    [expect.stringMatching(/^5:\d+ Invalid regular expression/)],
  ],
  ['YAML that cannot be read', 'name: [a', [expect.stringMatching(/^\d+:\d+ /)]],
  ['JSON that cannot be read', '{"name": "a",,}', [expect.stringMatching(/^1:\d+ /)]],
  ['YAML text in it that cannot be read', 'name: a\nistio: |\n  a: [', [expect.stringMatching(/^2:1 line \d+ of the text: /)]],
])('%s is said with its place', (_, text, expected) => {
  expect(problems(text)).toEqual(expected);
});

test('a file with a mistake holds no tests, one with an unknown field does', () => {
  expect(names('- name: a\n- name: 5')).toEqual([]);
  expect(names('name: a\nwhat: ever')).toEqual([['a']]);
});

test('places in JSON are found too', () => {
  expect(problems('{\n "cases": [\n  {"name": "a"},\n  {"name": 7}\n ]\n}')).toEqual(['4:4 a text is expected here, not 7']);
});

test('fields that are null are absent', () => {
  expect(names('name: a\nistio:\nservices:\ncalls:')).toEqual([['a']]);
});

test('manifests know where they stand in the test', () => {
  const [first] = readCases('cases:\n- name: a\n  istio:\n  - kind: X\n    spec:\n      a: 1', 'f').cases;
  const [manifest] = first?.manifests ?? [];
  expect(manifest?.object).toEqual({ kind: 'X', spec: { a: 1 } });
  expect(manifest?.origin.location).toEqual({ file: 'f', line: 4, column: 5 });
  expect(manifest?.origin.locate?.('spec.a')).toEqual({ file: 'f', line: 6, column: 7 });
  expect(first?.locate('name')).toEqual({ file: 'f', line: 2, column: 3 });
});

test('manifests may be a text of several documents', () => {
  const [first] = readCases('name: a\nistio: |\n  kind: X\n  ---\n  kind: Z\n', 'f').cases;
  expect(first?.manifests.map(({ object }) => object.kind)).toEqual(['X', 'Z']);
});
