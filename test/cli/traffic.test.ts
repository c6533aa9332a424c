import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Answer, cdk8sIstio } from './command';

const manifests = `apiVersion: v1
kind: Service
metadata: { name: reviews, namespace: shop }
spec: { selector: { app: reviews }, ports: [{ name: http, port: 9080 }] }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: reviews, namespace: shop }
spec: { template: { metadata: { labels: { app: reviews } }, spec: { containers: [{ name: app, image: app }] } } }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: page, namespace: shop }
spec: { template: { metadata: { labels: { app: page } }, spec: { containers: [{ name: app, image: app }] } } }
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: reviews, namespace: shop }
spec:
  hosts: [reviews]
  http:
  - match: [{ uri: { prefix: /closed } }]
    directResponse: { status: 403 }
  - route: [{ destination: { host: reviews } }]
`;
const passing = `name: the page reads reviews
manifests: manifests
calls:
- from: page
  url: http://reviews:9080/
  expect: { status: 200, workload: reviews, mtls: true }
`;
const failing = `group: shop
cases:
- name: closed is "open" & <free>
  manifests: ['manifests/*.yaml']
  calls:
  - from: page
    url: http://reviews:9080/closed
    expect:
      status: 200
`;

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'traffic-'));
  mkdirSync(join(folder, 'manifests'));
  for (const [name, text] of Object.entries({
    'manifests/shop.yaml': manifests,
    'passing.yaml': passing,
    'failing.yaml': failing,
    'malformed.yaml': 'name: a\ncalls:\n- url: 5\n',
    'missing.yaml': 'name: a\nmanifests: [gone.yaml]\n',
    'typo.yaml': passing.replace('mtls: true }', 'mtls: true }\n  methd: GET'),
    'nobody.yaml': passing.replace('from: page', 'from: nobody'),
  })) {
    writeFileSync(join(folder, name), text);
  }
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const run = (command: string, ...args: string[]): Answer => cdk8sIstio([command, ...args], { cwd: folder });

describe('cdk8s-istio test', () => {
  test('tests that pass are 0, and data stay off stdout', () => {
    const { status, stdout, stderr } = run('test', 'passing.yaml');
    expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: '', stderr: 'ok   the page reads reviews\n1 of 1 tests passed\n' });
  });

  test('a test that fails is 1, with what differs, where it stands, and the story of the call', () => {
    const { status, stderr } = run('test', 'failing.yaml', 'passing.yaml');
    expect(status).toBe(1);
    expect(stderr).toContain('FAIL closed is "open" & <free>  failing.yaml:3\n  failing.yaml:9: calls[0] status: expected 200, got 403\n');
    expect(stderr).toMatch(/page asks http:\/\/reviews:9080\/closed\n[\s\S]*shop\.yaml:2\d\n/);
    expect(stderr).toMatch(/\nok {3}the page reads reviews\n1 of 2 tests passed\n$/);
  });

  test('a caller that is not there fails its test', () => {
    const { status, stderr } = run('test', 'nobody.yaml');
    expect(status).toBe(1);
    expect(stderr).toContain('the mesh has no workload nobody');
  });

  test.each<[string, string[], string]>([
    ['a file that is no test', ['malformed.yaml'], 'malformed.yaml:3:3: a call needs the field from\nmalformed.yaml:3:3: a text is expected here, not 5\n'],
    ['manifests that are not there', ['missing.yaml'], 'missing.yaml:2:13: gone.yaml: there is no such file\n'],
    ['a file that is not there', ['gone.yaml'], 'gone.yaml: there is no such file or folder'],
    ['a folder without tests', ['manifests'], 'manifests: no test is there'],
    ['an unknown format', ['--format', 'xml', 'passing.yaml'], 'Allowed choices are pretty, json, junit'],
    ['no file', [], 'missing required argument'],
  ])('%s is 2', (_, args, text) => {
    const { status, stdout, stderr } = run('test', ...args);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toContain(text);
  });

  test('a field that nobody knows is warned about', () => {
    const { status, stderr } = run('test', 'typo.yaml');
    expect(status).toBe(0);
    expect(stderr).toContain('typo.yaml:7:3: warning: a call has no field methd; did you mean method?');
  });

  test('tests are found in folders beside their manifests, and read from the standard input', () => {
    mkdirSync(join(folder, 'tests/manifests'), { recursive: true });
    writeFileSync(join(folder, 'tests/manifests/shop.yaml'), manifests);
    writeFileSync(join(folder, 'tests/reviews.yaml'), passing);
    expect(run('test', 'tests').stderr).toBe('ok   the page reads reviews\n1 of 1 tests passed\n');
    expect(cdk8sIstio(['test', '-'], { cwd: folder, input: passing }).stderr).toBe('ok   the page reads reviews\n1 of 1 tests passed\n');
  });

  test('only those whose name holds a text are run', () => {
    expect(run('test', '-k', 'reads', 'failing.yaml', 'passing.yaml').status).toBe(0);
  });

  test('JSON', () => {
    const { status, stdout, stderr } = run('test', '--format', 'json', 'failing.yaml', 'passing.yaml');
    expect({ status, stderr }).toEqual({ status: 1, stderr: '' });
    expect(JSON.parse(stdout)).toMatchObject({
      tests: [
        {
          name: 'closed is "open" & <free>',
          group: 'shop',
          file: 'failing.yaml',
          line: 3,
          passed: false,
          calls: 1,
          differences: [{ path: 'calls[0].expect', field: 'status', expected: 200, actual: 403, line: 9 }],
        },
        { name: 'the page reads reviews', file: 'passing.yaml', line: 1, passed: true, calls: 1, differences: [] },
      ],
      summary: { passed: 1, failed: 1 },
    });
  });

  test('JUnit', () => {
    const { status, stdout, stderr } = run('test', '--format', 'junit', 'failing.yaml', 'passing.yaml');
    expect({ status, stderr }).toEqual({ status: 1, stderr: '' });
    expect(stdout.replace(/time="[\d.]+"/g, 'time="0"')).toBe(`<?xml version="1.0" encoding="UTF-8"?>
<testsuites tests="2" failures="1" time="0">
  <testsuite name="failing.yaml" tests="1" failures="1" time="0">
    <testcase name="closed is &quot;open&quot; &amp; &lt;free&gt;" classname="shop" file="failing.yaml" line="3" time="0">
      <failure message="failing.yaml:9: status: expected 200, got 403">failing.yaml:9: status: expected 200, got 403</failure>
    </testcase>
  </testsuite>
  <testsuite name="passing.yaml" tests="1" failures="0" time="0">
    <testcase name="the page reads reviews" classname="passing.yaml" file="passing.yaml" line="1" time="0"/>
  </testsuite>
</testsuites>
`);
  });
});

describe('cdk8s-istio simulate', () => {
  test('prints what calls meet, whatever is expected of them', () => {
    const { status, stdout, stderr } = run('simulate', 'failing.yaml', 'passing.yaml', '--format', 'json');
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(JSON.parse(stdout)).toMatchObject([
      { name: 'closed is "open" & <free>', rejected: [], warnings: [], notes: [], calls: [{ status: 403, error: null }] },
      { name: 'the page reads reviews', calls: [{ status: 200, workload: 'reviews', mtls: true, peer: 'spiffe://cluster.local/ns/shop/sa/default' }] },
    ]);
  });

  test('a test that cannot be run says why', () => {
    const { status, stdout } = run('simulate', 'nobody.yaml');
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject([{ failed: expect.stringContaining('the mesh has no workload nobody'), calls: [] }]);
  });

  test('a file that is no test is 2', () => {
    expect(run('simulate', 'malformed.yaml')).toMatchObject({ status: 2, stdout: '' });
  });
});
