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
    expect(stderr).toContain('\n  nobody.yaml:4: calls[0] cannot be made: the mesh has no workload nobody');
  });

  test.each<[string, string[], string]>([
    ['a file that is no test', ['malformed.yaml'], 'malformed.yaml:3:3: a call needs the field from\nmalformed.yaml:3:3: a text is expected here, not 5\n'],
    ['manifests that are not there', ['missing.yaml'], 'missing.yaml:2:13: gone.yaml: there is no such file\n'],
    ['a file that is not there', ['gone.yaml'], 'gone.yaml: there is no such file or folder'],
    ['a folder without tests', ['manifests'], 'manifests: no test is there'],
    ['an unknown format', ['--format', 'xml', 'passing.yaml'], 'Allowed choices are pretty, json, junit'],
    ['no file', [], 'missing required argument'],
    ['a name that no test has', ['-k', 'writes', 'passing.yaml'], 'no test has a name with "writes" in it'],
    ['a threshold that is no percentage', ['--coverage-threshold', 'most', 'passing.yaml'], 'write a number from 0 to 100'],
  ])('%s is 2', (_, args, text) => {
    const { status, stdout, stderr } = run('test', ...args);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toContain(text);
  });

  test('a field that nobody knows is 2, and so is one that no result has', () => {
    expect(run('test', 'typo.yaml')).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('typo.yaml:7:3: a call has no field methd; did you mean method?\n'),
    });
    const answer = cdk8sIstio(['test', '-'], { cwd: folder, input: passing.replace('workload:', 'worklaod:') });
    expect(answer).toMatchObject({ status: 2, stderr: expect.stringContaining('<stdin>:6:26: no result has a field worklaod; did you mean workload?\n') });
  });

  test('a test that asks nothing fails', () => {
    const { status, stderr } = cdk8sIstio(['test', '-'], { cwd: folder, input: 'name: a\nmanifests: manifests\n' });
    expect({ status, stderr }).toEqual({
      status: 1,
      stderr: 'FAIL a  <stdin>:1\n  <stdin>:1: calls: nothing is asked: the test has no calls\n0 of 1 tests passed\n',
    });
  });

  test('tests are found in folders beside their manifests, and read from the standard input', () => {
    mkdirSync(join(folder, 'tests/manifests'), { recursive: true });
    writeFileSync(join(folder, 'tests/manifests/shop.yaml'), manifests);
    writeFileSync(join(folder, 'tests/reviews.yaml'), passing);
    writeFileSync(join(folder, 'tests/values.yaml'), 'name: a\nreplicas: 1\n');
    expect(run('test', 'tests').stderr).toBe(
      'passed over, as no test is in them: tests/manifests/shop.yaml, tests/values.yaml\nok   the page reads reviews\n1 of 1 tests passed\n',
    );
    expect(cdk8sIstio(['test', '-'], { cwd: folder, input: passing }).stderr).toBe('ok   the page reads reviews\n1 of 1 tests passed\n');
  });

  test('in a folder, what means to be a test and is none is a mistake', () => {
    mkdirSync(join(folder, 'wrong'));
    writeFileSync(join(folder, 'wrong/reviews.yaml'), passing.replace('manifests: manifests', 'manifests: ../manifests'));
    writeFileSync(join(folder, 'wrong/flow.yaml'), '{ name: a, calls: [{ url: 5 }] }');
    writeFileSync(join(folder, 'wrong/list.yaml'), '- name: a\n  manifests: ../manifests\n  cals: []\n');
    const { status, stderr } = run('test', 'wrong');
    expect(status).toBe(2);
    expect(stderr).toContain('wrong/flow.yaml:1:20: a call needs the field from\n');
    expect(stderr).toContain('wrong/list.yaml:3:3: a test has no field cals; did you mean calls?\n');
  });

  test('notes are said with tests that pass as well, and once', () => {
    const odd = `istio:
- apiVersion: networking.istio.io/v1
  kind: DestinationRule
  metadata: { name: odd }
  spec: { host: a, trafficPolicy: { loadBalancer: { simple: ROUND_ROBIN, warmupDurationSecs: 0s } } }
workloads: [{ name: web }, { name: cart }]
services: [{ name: cart, ports: [{ name: http, port: 80 }], selector: { app: cart } }]
calls: [{ from: web, url: http://cart/, expect: { status: 200 } }]
`;
    const input = `name: one\n${odd}---\nname: two\n${odd}`;
    const { status, stderr } = cdk8sIstio(['test', '-'], { cwd: folder, input });
    expect(status).toBe(0);
    expect(stderr).toMatch(/^ok {3}one\n {2}note: DestinationRule default\/odd takes part, .*\nok {3}two\n2 of 2 tests passed\n$/);
    const { stdout } = cdk8sIstio(['test', '--format', 'junit', '-'], { cwd: folder, input });
    expect(stdout.match(/<system-out>note: DestinationRule default\/odd takes part, .*<\/system-out>/g)).toHaveLength(1);
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

  describe('coverage', () => {
    const report = (files: string) => `coverage 33.3 %: 1 of 2 routes, 0 of 1 destinations
no request has met
  route        VirtualService shop/reviews  spec.http[1]  ${files}:24
  destination  VirtualService shop/reviews  spec.http[1].route[0]  ${files}:24
`;

    test('says what no call has met, over all tests of a file of manifests', () => {
      const { status, stdout, stderr } = run('test', '--coverage', 'failing.yaml');
      expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
      expect(stderr).toMatch(new RegExp(`0 of 1 tests passed\\n${report('manifests/shop.yaml').replace(/[.[\]()]/g, '\\$&')}$`));
      expect(run('test', '--coverage', 'failing.yaml', 'passing.yaml').stderr).toMatch(/\ncoverage 100 %: 2 of 2 routes, 1 of 1 destinations\n$/);
    });

    test('less than the threshold is 1, and as much is 0', () => {
      const below = run('test', '--coverage-threshold', '66.7', 'passing.yaml');
      expect(below.status).toBe(1);
      expect(below.stderr).toMatch(/\ncoverage 66\.6 %: [\s\S]*\nless than the 66\.7 % that --coverage-threshold asks for\n$/);
      expect(run('test', '--coverage-threshold', '66.6', 'passing.yaml').status).toBe(0);
    });

    test('of nothing, no threshold is met', () => {
      const input = 'name: a\nexpectRejected: []\n';
      const { status, stderr } = cdk8sIstio(['test', '--coverage-threshold', '50', '-'], { cwd: folder, input });
      expect(status).toBe(1);
      expect(stderr).toMatch(/there is nothing to meet, so the 50 % that --coverage-threshold asks for are not met\n$/);
    });

    test('a threshold is a test case of JUnit', () => {
      const below = run('test', '--coverage-threshold', '66.7', '--format', 'junit', 'passing.yaml').stdout;
      expect(below).toMatch(/^.*\n<testsuites tests="2" failures="1"/);
      expect(below).toMatch(
        /<testcase name="coverage of at least 66\.7 %" .*>\n +<failure message="less than the 66\.7 % that --coverage-threshold asks for">coverage 66\.6 %/,
      );
      expect(run('test', '--coverage-threshold', '50', '--format', 'junit', 'passing.yaml').stdout).toMatch(/<testsuites tests="2" failures="0"/);
    });

    test('stands in JSON too, and keeps off stdout otherwise', () => {
      const { status, stdout } = run('test', '--coverage', '--format', 'json', 'passing.yaml');
      expect(status).toBe(0);
      expect(JSON.parse(stdout).coverage).toMatchObject({
        share: 2 / 3,
        missed: [{ kind: 'route', path: 'spec.http[0]', object: { name: 'reviews' }, location: { file: 'manifests/shop.yaml' } }],
      });
      for (const { milliseconds } of JSON.parse(stdout).tests) expect(milliseconds * 10).toBeCloseTo(Math.round(milliseconds * 10), 6);
      const junit = run('test', '--coverage', '--format', 'junit', 'passing.yaml');
      expect(junit.stdout).toMatch(/<\/testsuites>\n$/);
      expect(junit.stderr).toMatch(/^coverage 66\.6 %/);
    });
  });

  test('JUnit', () => {
    const { status, stdout, stderr } = run('test', '--format', 'junit', 'failing.yaml', 'passing.yaml');
    expect({ status, stderr }).toEqual({ status: 1, stderr: '' });
    expect(
      stdout
        .replace(/time="[\d.]+"/g, 'time="0"')
        .replace(/&#10;&#10;calls\[0\]: page asks http:\/\/reviews:9080\/closed&#10;.*(?=<\/failure>)/, '&#10;&#10;the story'),
    ).toBe(`<?xml version="1.0" encoding="UTF-8"?>
<testsuites tests="2" failures="1" time="0">
  <testsuite name="failing.yaml" tests="1" failures="1" time="0">
    <testcase name="closed is &quot;open&quot; &amp; &lt;free&gt;" classname="shop" file="failing.yaml" line="3" time="0">
      <failure message="failing.yaml:9: calls[0] status: expected 200, got 403">failing.yaml:9: calls[0] status: expected 200, got 403&#10;&#10;the story</failure>
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

describe('input that is broken or large', () => {
  const ask = (input: string): Answer => cdk8sIstio(['test', '-'], { cwd: folder, input });

  test.each([
    ['half a document', 'name: "a', /^<stdin>:1:\d+: /],
    ['text', 'hello', /^<stdin>:1:1: .*is expected here/],
    ['nothing', '', /^<stdin>:1:1: the file holds no test\n/],
    ['a number for a list', 'name: a\ncalls: 5\n', /^<stdin>:2:\d+: a list is expected here, not 5\n/],
    ['an URL that is none', 'name: a\ncalls:\n- from: page\n  url: reviews\n', /^<stdin>:4:\d+: "reviews" is no URL to ask/],
    [
      'a pattern that is none',
      'name: a\ncalls:\n- from: page\n  url: http://a/\n  expect: { path: { regex: "(" } }\n',
      /^<stdin>:5:\d+: Invalid regular expression/,
    ],
    ['a second test with a mistake', `${passing}---\nname: b\nworkloads: [{ labels: {} }]\n`, /^<stdin>:9:\d+: a workload needs the field name\n/],
    ['manifests that cannot be read', 'name: a\nistio: |\n  kind: [\n', /^<stdin>:2:\d+: line \d+ of the text: /],
  ])('%s is 2, with its line and without a stack trace', (_, input, place) => {
    const { status, stdout, stderr } = ask(input);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toMatch(place);
    expect(stderr).toContain('no test was run');
    expect(stderr).not.toMatch(/^ {4}at /m);
  });

  test('a call of which nothing is expected is a mistake of the test', () => {
    const { status, stderr } = ask(passing.replace(/ {2}expect:.*\n/, ''));
    expect(status).toBe(1);
    expect(stderr).toContain('nothing is expected of this call');
  });

  test('thousands of objects and calls are no trouble', () => {
    const names = Array.from({ length: 2_000 }, (_, index) => `s${index}`);
    const large = {
      name: 'large',
      workloads: names.map((name) => ({ name })),
      services: names.map((name) => ({ name, ports: [{ name: 'http', port: 80 }], selector: { app: name } })),
      istio: names.map((name) => ({
        apiVersion: 'networking.istio.io/v1',
        kind: 'VirtualService',
        metadata: { name, namespace: 'default' },
        spec: { hosts: [name], http: [{ route: [{ destination: { host: name } }] }] },
      })),
      calls: names.map((name) => ({ from: 's0', url: `http://${name}/`, expect: { workload: name } })),
    };
    expect(ask(JSON.stringify(large))).toMatchObject({ status: 0, stdout: '', stderr: 'ok   large\n1 of 1 tests passed\n' });
  }, 60_000);
});
