import * as fc from 'fast-check';
import { stringify } from 'yaml';
import { formatPath } from '../../src/manifest/path';
import { readYaml } from '../../src/manifest/yaml';

const text = `# a comment
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata:
  name: reviews
  labels:
    app.kubernetes.io/name: reviews
    "quoted key": x
    odd[0].key: y
defaults: &defaults
  timeout: 5s
  retries: {attempts: 3}
spec:
  hosts: [a, "b",
          c]
  http:
    - match:
        - uri: {prefix: /a, regex: ''}
          headers:
            end-user:
              exact: jason
      <<: *defaults
      route:
      - destination:
          host: reviews
        weight: 90
      - {destination: {host: other}, weight: 10}
    -
      timeout: 1s
      fault: *defaults
  empty:
  8080: x
`;

describe('a field is found by its key', () => {
  const locate = readYaml(`first: 1\n---\n${text}---\nlast: 1\n`, 'f.yaml').manifests[1]?.origin.locate;
  /** Lines are those of `text`, which begins on line 3 of the file. */
  const at = (path: string): string => {
    const place = locate?.(path);
    return `${(place?.line ?? 0) - 2}:${place?.column}`;
  };

  test.each([
    ['', '2:1'],
    ['kind', '3:1'],
    ['metadata.name', '5:3'],
    ['metadata.labels[app.kubernetes.io/name]', '7:5'],
    ['metadata.labels.app.kubernetes.io/name', '7:5'],
    ['metadata.labels[quoted key]', '8:5'],
    ['metadata.labels[odd[0].key]', '9:5'],
    ['metadata.labels.odd[0].key', '9:5'],
    ['spec.hosts[0]', '14:11'],
    ['spec.hosts[1]', '14:14'],
    ['spec.hosts[2]', '15:11'],
    ['spec.http[0]', '17:7'],
    ['spec.http[0].match[0].uri.regex', '18:29'],
    ['spec.http[0].match[0].headers[end-user].exact', '21:15'],
    ['spec.http[0].timeout', '11:3'],
    ['spec.http[0].retries.attempts', '12:13'],
    ['spec.http[0].route[1].destination.host', '27:24'],
    ['spec.http[1]', '29:7'],
    ['spec.http[1].fault', '30:7'],
    ['spec.http[1].fault.retries', '12:3'],
    ['spec.empty', '31:3'],
    ['spec[8080]', '32:3'],
    ['spec.8080', '32:3'],
  ])('%s', (path, place) => {
    expect(at(path)).toBe(place);
  });

  test.each([
    ['spec.http[0].route[0].subset', 'spec.http[0].route[0]'],
    ['spec.http[7].route', 'spec.http'],
    ['spec.gateways[0]', 'spec'],
    ['status.x', ''],
    ['spec.empty.deeper', 'spec.empty'],
    ['metadata.name.deeper', 'metadata.name'],
  ])('%s is missing, so the place is that of %j', (missing, parent) => {
    expect(at(missing)).toBe(at(parent));
  });
});

test('a field within brackets that are indented too little is found where the author wrote it', () => {
  const { manifests, diagnostics } = readYaml('a: {\n"b": 1,\n  "c": [\n1,\n2\n]\n}\nd: 2\n');
  expect(diagnostics).toEqual([]);
  expect(['a.b', 'a.c', 'a.c[1]', 'd'].map((path) => manifests[0]?.origin.locate?.(path))).toMatchObject([
    { line: 2, column: 1 },
    { line: 3, column: 3 },
    { line: 5, column: 1 },
    { line: 8, column: 1 },
  ]);
});

test('thousands of findings in one document cost one reading of it', () => {
  const { manifests } = readYaml(`items:\n${Array.from({ length: 20_000 }, (_, index) => `- name: n${index}\n  value: ${index}\n`).join('')}`);
  const locate = manifests[0]?.origin.locate;
  const start = process.cpuUsage();
  for (let index = 0; index < 20_000; index += 1) {
    expect(locate?.(`items[${index}].value`)?.line === index * 2 + 3).toBe(true);
  }
  const { user, system } = process.cpuUsage(start);
  expect((user + system) / 1e6).toBeLessThan(4);
});

describe('for any object', () => {
  const key = fc
    .oneof(fc.stringMatching(/^[a-zA-Z][A-Za-z0-9]{0,8}$/), fc.stringMatching(/^[a-z]{1,3}[./-][a-z0-9]{1,5}$/))
    .filter((name) => !/^(?:y|n|yes|no|on|off|true|false|null)$/i.test(name));
  const object = fc.letrec((tie) => ({
    value: fc.oneof({ maxDepth: 4 }, fc.integer(), fc.string(), tie('object'), fc.array(tie('value'), { maxLength: 3 })),
    object: fc.dictionary(key, tie('value'), { maxKeys: 4 }),
  })).object as fc.Arbitrary<Record<string, unknown>>;

  function fields(value: unknown, path: (string | number)[] = []): (string | number)[][] {
    if (Array.isArray(value)) {
      return value.flatMap((item, index) => fields(item, [...path, index]));
    }
    if (typeof value === 'object' && value !== null) {
      return Object.entries(value).flatMap(([name, child]) => [[...path, name], ...fields(child, [...path, name])]);
    }
    return [];
  }

  test.each([
    ['block style', (value: unknown) => stringify(value, { version: '1.1', lineWidth: 0, aliasDuplicateObjects: false })],
    ['JSON', (value: unknown) => JSON.stringify(value, undefined, 1)],
  ])('every field written in %s is found at its key', (_, write) => {
    fc.assert(
      fc.property(object, (value) => {
        const written = write(value);
        const lines = written.split('\n');
        const { manifests } = readYaml(written);
        for (const path of fields(manifests[0]?.object ?? {})) {
          const place = manifests[0]?.origin.locate?.(formatPath(path));
          const found = (lines[(place?.line ?? 0) - 1] ?? '').slice((place?.column ?? 0) - 1);
          expect(found.replace(/^["']/, '').startsWith(String(path.at(-1)))).toBe(true);
        }
      }),
      { numRuns: 300 },
    );
  });
});
