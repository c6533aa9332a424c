import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { holdsTests, readCases } from '../../../src/simulation/case/read-cases';

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
  ['an unknown field', 'name: a\nservces: []', ['2:1 a test has no field servces; did you mean services?']],
  ['an unknown field without likeness', 'name: a\nqqq: []', ['2:1 a test has no field qqq']],
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
  ['an unknown field of a call', 'name: a\ncalls:\n- { from: x, url: http://x, methd: GET }', ['3:29 a call has no field methd; did you mean method?']],
  ['an unknown field around the tests', 'cases: [{ name: a }]\ncals: []', [expect.stringMatching(/^2:1 a file of tests has no field cals/)]],
  ['YAML that cannot be read', 'name: [a', [expect.stringMatching(/^\d+:\d+ /)]],
  ['JSON that cannot be read', '{"name": "a",,}', [expect.stringMatching(/^1:\d+ /)]],
  ['YAML text in it that cannot be read', 'name: a\nistio: |\n  a: [', [expect.stringMatching(/^2:1 line \d+ of the text: /)]],
])('%s is said with its place', (_, text, expected) => {
  expect(problems(text)).toEqual(expected);
});

test('a file with a mistake holds no tests, and neither does one with an unknown field', () => {
  expect(names('- name: a\n- name: 5')).toEqual([]);
  expect(names('name: a\nwhat: ever')).toEqual([]);
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

const expectOf = (fields: string, more = ''): string[] =>
  readCases(`name: a\ncalls:\n- from: x\n  url: http://x\n${more}  expect: ${fields}`, 'f').problems.map(({ message }) => message);

test.each<[string, string]>([
  ['{ statsu: 200 }', 'no result has a field statsu; did you mean status?'],
  ['{ worklaod: a }', 'no result has a field worklaod; did you mean workload?'],
  ['{ worklod: null }', 'no result has a field worklod; did you mean workload?'],
  ['{ responseHeader.location: /a }', 'no result has a field responseHeader; did you mean responseHeaders?'],
  ['{ status.code: 200 }', 'there is nothing inside of status, so no status.code'],
  ['{ upstreamTLS.snii: a }', 'upstreamTLS has no field snii; did you mean sni?'],
  ['{ upstreamTLS: { snii: a } }', 'there is no field snii; did you mean sni?'],
  ['{ received: [{ worklod: a }] }', 'there is no field worklod; did you mean workload?'],
  ['{ elapsedMs: { mn: 500 } }', 'a plain value, { min, max }, { regex } or { oneOf } is expected here, not mn; did you mean min?'],
  ['{ elapsedMs: { min: soon } }', 'a number is expected here, not "soon"'],
  ['{ status: {} }', 'a plain value, { min, max }, { regex } or { oneOf } is expected here, not an empty object'],
  ['{ status: [200] }', 'a plain value, { min, max }, { regex } or { oneOf } is expected here, not a list'],
  ['{ path: { regex: a, min: 1 } }', 'regex and min cannot stand together: a plain value, { min, max }, { regex } or { oneOf } is expected here'],
  ['{ path: { oneOf: a } }', 'a list of what it may be is expected here'],
  ['{ path: { oneOf: [{ regx: a }] } }', 'a plain value, { min, max }, { regex } or { oneOf } is expected here, not regx; did you mean regex?'],
  ['{ labels: app }', 'an object is expected here, not "app"'],
  ['{ serverCert: a.example.com }', 'a list is expected here, not "a.example.com"'],
  ['{ distribution: { a: 1 } }', 'the result of one request has no field distribution; expect workload, or write count from 2 on to have several'],
])('%s cannot be expected of a call', (fields, message) => {
  expect(expectOf(fields)).toEqual([message]);
});

test.each<[string, string]>([
  ['{ status: 200 }', 'the result of 9 requests has no field status; expect statuses, or leave out count to expect it of one'],
  ['{ workload: a }', 'the result of 9 requests has no field workload; expect distribution, or leave out count to expect it of one'],
  ['{ mtls: true }', 'the result of 9 requests has no field mtls; leave out count to expect it of one'],
  ['{ flags: NR }', 'an object with numbers is expected here, not "NR"'],
  ['{ distributon: { a: 9 } }', 'no result has a field distributon; did you mean distribution?'],
  ['{ distribution: { min: 1 } }', 'numbers by name are expected here; min stand one level deeper'],
  ['{ distribution: { a: { mx: 1 } } }', 'a plain value, { min, max }, { regex } or { oneOf } is expected here, not mx; did you mean max?'],
])('%s cannot be expected of several requests', (fields, message) => {
  expect(expectOf(fields, '  count: 9\n')).toEqual([message]);
});

test('what results have may be expected, and what only recorded ones have', () => {
  expect(
    expectOf(
      '{ status: { oneOf: [200, null] }, labels.app.kubernetes.io/name: a, requestHeaders: { x-a: { regex: b } }, responseHeaders.location: /x, upstreamTLS: null, received: [], tlsError: a, term: b, errorDetail: c, hops: [{ any: thing }] }',
    ),
  ).toEqual([]);
  expect(
    expectOf(
      '{ distribution: { oneOf: [{ a: 9 }, {}] }, statuses.200: { min: 4 }, flags: { "-": 9 }, clusters: {}, received: { a: 9 }, maxElapsedMs: { max: 3 } }',
      '  count: 9\n',
    ),
  ).toEqual([]);
});

test('every recorded test can be read', () => {
  const root = resolve(__dirname, '../../..');
  const folders = [join(root, 'test/fixtures/traffic'), resolve(root, '../shared/oracle/traffic/cases')].filter(existsSync);
  const found = folders.flatMap((folder) => readdirSync(folder).map((name) => readCases(readFileSync(join(folder, name), 'utf8'), name)));
  expect(found.flatMap(({ problems }) => problems)).toEqual([]);
  expect(found.flatMap(({ cases }) => cases).length).toBeGreaterThan(1_000);
});

test.each<[string, boolean]>([
  ['{ name: a, calls: [{ url: 5 }] }', true],
  ['- { name: a, manifests: [b], cals: [] }', true],
  ['cases: [{ cals: [] }]', true],
  ['calls:\n- from: [', true],
  ['apiVersion: v1\nkind: Service\nmetadata: { name: a }', false],
  ['replicas: 3\nname: a', false],
  ['a: [', false],
])('%j means to be a test: %s', (content, expected) => {
  expect(holdsTests(content, 'f')).toBe(expected);
});
