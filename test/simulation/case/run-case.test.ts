import { type CaseRun, differences, readCases, runCase } from '../../../src/simulation/case';

const mesh = `
name: shares
services:
- { name: reviews, namespace: shop, ports: [{ name: http, port: 9080 }], selector: { app: reviews } }
workloads:
- { name: caller, namespace: shop }
- { name: v1, namespace: shop, labels: { app: reviews, version: v1 } }
- { name: v2, namespace: shop, labels: { app: reviews, version: v2 } }
istio:
- apiVersion: networking.istio.io/v1
  kind: VirtualService
  metadata: { name: reviews, namespace: shop }
  spec:
    hosts: [reviews]
    http: [{ route: [{ destination: { host: reviews, subset: v1 }, weight: 75 }, { destination: { host: reviews, subset: v2 }, weight: 25 }] }]
- apiVersion: networking.istio.io/v1
  kind: DestinationRule
  metadata: { name: reviews, namespace: shop }
  spec: { host: reviews, subsets: [{ name: v1, labels: { version: v1 } }, { name: v2, labels: { version: v2 } }] }
`;

function run(text: string): CaseRun {
  const { cases, problems } = readCases(text, 'test.yaml');
  const [written] = cases;
  if (written === undefined) throw new Error(problems.map(({ message }) => message).join());
  return runCase(written.test, written.manifests);
}

const messages = (text: string, anyWay = false): string[] =>
  differences(run(text), { anyWay }).map(({ path, field, message }) => `${path} ${field}: ${message}`);
const call = (fields: string): string => `${mesh}calls:\n- { from: caller, url: "http://reviews:9080/", ${fields} }\n`;

test('a result is the likeliest one, with all of them beside it', () => {
  const [{ report } = { report: {} }] = run(call('expect: {}')).calls;
  expect(report).toMatchObject({
    status: 200,
    workload: 'v1',
    shares: { v1: '3/4', v2: '1/4' },
    alternatives: [
      { share: '3/4', result: { workload: 'v1' } },
      {
        share: '1/4',
        result: {
          workload: 'v2',
          hops: [
            { proxy: 'caller', side: 'outbound', code: 200 },
            { proxy: 'v2', side: 'inbound' },
          ],
        },
      },
    ],
  });
});

test('where there is one way only, nothing stands beside the result', () => {
  const [{ report } = { report: {} }] = run(`${mesh}calls:\n- { from: caller, url: "http://nowhere/", expect: { error: dns } }\n`).calls;
  expect(report).toMatchObject({ status: null, error: 'dns' });
  expect(report).not.toHaveProperty('shares');
});

test('several requests are counted by their shares', () => {
  const [{ report } = { report: {} }] = run(call('count: 20')).calls;
  expect(report).toMatchObject({
    status: 200,
    distribution: { v1: 15, v2: 5 },
    statuses: { 200: 20 },
    flags: { '-': 20 },
    clusters: { 'outbound|9080|v1|reviews.shop.svc.cluster.local': 15, 'outbound|9080|v2|reviews.shop.svc.cluster.local': 5 },
    received: { v1: 15, v2: 5 },
    elapsedMs: 0,
    maxElapsedMs: 0,
  });
  const slow = run(call('count: 20').replace('version: v2 } }\nistio', 'version: v2 }, behavior: { delayMs: 100 } }\nistio')).calls[0]?.report;
  expect(slow).toMatchObject({ elapsedMs: 500, maxElapsedMs: 100 });
});

test('an expectation has to hold for every request, or for one of its ways if that is enough', () => {
  expect(messages(call('expect: { status: 200 }'))).toEqual([]);
  expect(messages(call('expect: { workload: v1 }'))).toEqual(['calls[0].expect workload: expected "v1", got "v2" for 1/4 of all requests']);
  expect(messages(call('expect: { workload: { oneOf: [v1, v2] } }'))).toEqual([]);
  expect(messages(call('expect: { workload: v2 }'), true)).toEqual([]);
  expect(messages(call('expect: { workload: v2, mtls: false }'), true)).toEqual(['calls[0].expect mtls: expected false, got true']);
  expect(messages(call('expect: { workload: v3 }'))).toEqual(['calls[0].expect workload: expected "v3", got "v1"']);
  expect(messages(call('count: 20, expect: { distribution: { v1: 15 } }'))).toEqual([]);
  expect(messages(call('count: 20, expect: { distribution: { v1: { max: 14 } } }'))).toEqual([
    'calls[0].expect distribution: expected {"v1":{"max":14}}, got {"v1":15,"v2":5}',
  ]);
});

test('a call of which nothing is expected is a mistake', () => {
  expect(messages(call('method: GET'))).toEqual(['calls[0] expect: nothing is expected of this call']);
});

test('a test that asks nothing is a mistake, one that only speaks of objects is not', () => {
  expect(messages('name: a')).toEqual([' calls: nothing is asked: the test has no calls']);
  expect(messages('name: a\ncalls: []')).toHaveLength(1);
  expect(messages('name: a\nexpectRejected: []')).toEqual([]);
});

test('a caller that is not there is said at its call', () => {
  const text = `${mesh}calls:\n- { from: caller, url: "http://reviews:9080/", expect: { status: 200 } }\n- { from: nobody, url: "http://reviews:9080/", expect: { status: 200 } }\n`;
  expect(messages(text)).toEqual([expect.stringMatching(/^calls\[1\] failed: the mesh has no workload nobody/)]);
  expect(messages(text.replace('status: 200', 'status: 404'))).toEqual([
    'calls[0].expect status: expected 404, got 200',
    expect.stringMatching(/^calls\[1\] failed: /),
  ]);
});

test('where nobody is reached, an empty distribution says so', () => {
  const gone = (expected: string): string => `${mesh}calls:\n- { from: caller, url: "http://nowhere/", count: 2, expect: { distribution: ${expected} } }\n`;
  expect(messages(gone('{}'))).toEqual([]);
  expect(messages(call('count: 20, expect: { distribution: {} }'))).toHaveLength(1);
});

test('headers may be numbers, lists or pairs', () => {
  const headersOf = (headers: string): unknown => run(call(`headers: ${headers}`)).calls[0]?.outcome.request.headers;
  expect(headersOf('{ x-a: 5, x-b: [one, true] }')).toEqual({ 'x-a': ['5'], 'x-b': ['one', 'true'] });
  expect(headersOf('[[x-a, one], [x-b, two], [x-a, 3]]')).toEqual({ 'x-a': ['one', '3'], 'x-b': ['two'] });
});

test('who is not there to call fails the test, and no other kind of traffic object is passed over in silence', () => {
  expect(run(`${mesh}calls:\n- { from: nobody, url: "http://reviews:9080/" }\n`).failed).toContain('the mesh has no workload nobody');
  expect(run('name: a\nistio:\n- { apiVersion: gateway.networking.k8s.io/v1, kind: HTTPRoute, metadata: { name: x } }').failed).toBe(
    'not simulated: HTTPRoute',
  );
});

const refused = (spec: string): string => `name: a
istio:
- apiVersion: networking.istio.io/v1
  kind: DestinationRule
  metadata: { name: odd }
  spec: ${spec}
`;

test('objects that istiod refuses take no part, and have to be expected', () => {
  const text = refused('{ host: "" }');
  expect(run(text).rejected).toMatchObject([{ kind: 'DestinationRule', name: 'odd', namespace: 'default' }]);
  expect(messages(text)).toEqual([
    ' calls: nothing is asked: the test has no calls',
    expect.stringMatching(/^expectRejected rejected: expected \[\], got \["DestinationRule\/odd"\]; DestinationRule\/odd: ./),
  ]);
  expect(messages(`${text}expectRejected: [DestinationRule/odd]`)).toEqual([]);
  expect(messages(`${text}expectRejected: [DestinationRule/odd, DestinationRule/gone]`)).toHaveLength(1);
});

test('objects that only the API server refuses take part and are noted, unless the test names files or says otherwise', () => {
  const text = refused('{ host: a, trafficPolicy: { loadBalancer: { simple: ROUND_ROBIN, warmupDurationSecs: 0s } } }');
  expect(run(text)).toMatchObject({
    rejected: [],
    notes: [expect.stringContaining('DestinationRule default/odd takes part, and the API server of a cluster would refuse it')],
  });
  expect(run(`${text}validation: cluster`)).toMatchObject({ rejected: [{ name: 'odd' }], notes: [] });
});

test('warnings are compared where they are expected', () => {
  const text = refused('{ host: a, trafficPolicy: { loadBalancer: { localityLbSetting: { failover: [{ from: x, to: z }] } } } }');
  expect(run(text).warnings).toMatchObject([{ kind: 'DestinationRule', name: 'odd' }]);
  expect(messages(`${text}expectRejected: []`)).toEqual([]);
  expect(messages(`${text}expectWarned: [DestinationRule/odd]`)).toEqual([]);
  expect(messages(`${text}expectWarned: []`)).toHaveLength(1);
});

test('a test that lists its workloads knows no other hosts, one that does not knows every public one', () => {
  const error = (text: string): unknown => run(text).calls[0]?.report.error;
  const outside = 'calls:\n- { from: outside, url: "http://example.com/" }\n';
  expect(error(`name: a\nworkloads: [{ name: w }]\n${outside}`)).toBe('dns');
  const pod = '{ apiVersion: v1, kind: Pod, metadata: { name: w }, spec: { containers: [{ name: w }] } }';
  expect(error(`name: a\nistio: [${pod}]\ncalls:\n- { from: w, url: "http://example.com/" }\n`)).toBeNull();
  expect(error(`name: a\ndns: listed\n${outside}`)).toBe('dns');
});

test('proxies remember between the calls of a test', () => {
  const text = `${mesh.replace('host: reviews, subsets', 'host: reviews, trafficPolicy: { outlierDetection: { consecutive5xxErrors: 2, maxEjectionPercent: 100 } }, subsets').replace('version: v2 } }\nistio', 'version: v2 }, behavior: { status: 500 } }\nistio')}calls:
- { from: caller, url: "http://reviews:9080/", count: 40 }
`;
  const [{ report } = { report: {} }] = run(text).calls;
  const { statuses } = report as { readonly statuses: Record<string, number> };
  expect(statuses[500]).toBeCloseTo(2, 1);
});
