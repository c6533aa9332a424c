import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Answer, cdk8sIstio } from './command';

const deployment = (name: string): string => `apiVersion: apps/v1
kind: Deployment
metadata: { name: ${name}-v1, namespace: shop }
spec: { template: { metadata: { labels: { app: ${name} } }, spec: { serviceAccountName: ${name}, containers: [{ name: app, image: app }] } } }
---
apiVersion: v1
kind: Service
metadata: { name: ${name}, namespace: shop }
spec: { selector: { app: ${name} }, ports: [{ name: http, port: 9080 }] }
---
`;
const istio = `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: reviews, namespace: shop }
spec:
  hosts: [reviews]
  http:
  - match: [{ headers: { end-user: { exact: jason } } }]
    directResponse: { status: 418 }
  - match: [{ method: { exact: DELETE } }]
    directResponse: { status: 405 }
  - route: [{ destination: { host: reviews } }]
---
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: shop, namespace: shop }
spec:
  selector: { istio: ingressgateway }
  servers: [{ hosts: [shop.example.com], port: { number: 80, name: http, protocol: HTTP } }]
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: shop, namespace: shop }
spec:
  hosts: [shop.example.com]
  gateways: [shop]
  http:
  - route: [{ destination: { host: page } }]
`;
const refused = 'apiVersion: networking.istio.io/v1\nkind: Sidecar\nmetadata: { name: broken, namespace: shop }\nspec: { egres: [] }\n';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'explain-'));
  mkdirSync(join(folder, 'mesh'));
  writeFileSync(join(folder, 'mesh/apps.yaml'), deployment('page') + deployment('reviews'));
  writeFileSync(join(folder, 'mesh/istio.yaml'), istio);
  writeFileSync(join(folder, 'mesh/values.yaml'), 'replicas: 2\n');
  writeFileSync(join(folder, 'refused.yaml'), refused);
  for (const [name, text] of Object.entries({ 'list.yaml': '- a\n', 'text.yaml': 'hello\n', 'two.yaml': 'a: 1\n---\nb: 1\n', 'none.yaml': '# a\n' }))
    writeFileSync(join(folder, name), text);
  writeFileSync(join(folder, 'facts.yaml'), 'workloads:\n- { name: batch, namespace: night, sidecar: false }\n');
  writeFileSync(join(folder, 'half.yaml'), 'kind: "A');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const explain = (args: readonly string[], input = ''): Answer => cdk8sIstio(['explain', ...args], { cwd: folder, input });
const ask = (...args: string[]): Answer => explain(['--from', 'page.shop', '--to', 'http://reviews:9080/', ...args, 'mesh']);

test('the story goes to stdout, with the lines of the manifests', () => {
  const { status, stdout, stderr } = ask();
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(stdout).toMatch(/^page\.shop asks http:\/\/reviews:9080\/\n/);
  expect(stdout).toMatch(/not .*http\[0\]\.match\[0\].*header end-user is absent +mesh\/istio\.yaml:7\n/);
  expect(stdout).toMatch(/\nanswer {4}200 from reviews-v1\n$/);
});

test('header, method, body and claims are those of the request', () => {
  expect(ask('-H', 'end-user: jason').stdout).toMatch(/\nanswer {4}418/);
  expect(ask('--header', 'end-user:jason').stdout).toMatch(/\nanswer {4}418/);
  expect(JSON.parse(ask('-H', 'x-a: 1', '-H', 'x-a: 2', '--format', 'json').stdout).alternatives[0].result.requestHeaders).toMatchObject({ 'x-a': '1,2' });
  expect(ask('-X', 'DELETE').stdout).toMatch(/^page\.shop asks DELETE http:\/\/reviews:9080\/\n[\s\S]*\nanswer {4}405/);
  expect(ask('-X', 'POST', '-d', 'text', '--claims', '{"iss":"a"}').status).toBe(0);
});

test('a Service stands for its workload, and a gateway that nobody declares is assumed and noted', () => {
  const { status, stdout } = explain(['--from', 'outside', '--to', 'http://shop.example.com/', 'mesh']);
  expect(status).toBe(0);
  expect(stdout).toMatch(/^somebody outside asks [\s\S]*\nanswer {4}200 from page-v1\n\nnote {6}no pod carries the labels istio=ingressgateway/);
  expect(explain(['--from', 'outside', '--via', 'page', '--to', 'http://shop.example.com/', 'mesh']).stdout).not.toContain('200 from page-v1');
});

test('facts add what the manifests do not say', () => {
  const { status, stdout } = explain(['--from', 'batch.night', '--to', 'http://reviews.shop:9080/', '--facts', 'facts.yaml', 'mesh']);
  expect(status).toBe(0);
  expect(stdout).toMatch(/\nanswer {4}200 from reviews-v1\n$/);
});

test('JSON holds every alternative with its decisions', () => {
  const { status, stdout } = ask('--format', 'json');
  expect(status).toBe(0);
  const answer = JSON.parse(stdout);
  expect(answer).toMatchObject({
    request: { from: 'page.shop', to: 'http://reviews:9080/' },
    shares: { 'reviews-v1': '1' },
    alternatives: [{ share: '1', result: { status: 200, workload: 'reviews-v1' }, destination: { host: 'reviews.shop.svc.cluster.local' } }],
    notes: [],
    rejected: [],
  });
  expect(answer.alternatives[0].trace).toContainEqual(
    expect.objectContaining({
      decision: 'route',
      object: expect.objectContaining({ kind: 'VirtualService', name: 'reviews' }),
      location: expect.objectContaining({ file: 'mesh/istio.yaml' }),
    }),
  );
});

test('objects that a cluster would refuse take no part, and are named on stderr', () => {
  const { status, stderr } = explain(['--from', 'page', '--to', 'http://reviews:9080/', 'mesh', 'refused.yaml']);
  expect({ status, stderr }).toEqual({ status: 0, stderr: 'Sidecar shop/broken takes no part: a cluster would refuse it (cdk8s-istio check says why)\n' });
});

test('the standard input is a file among others', () => {
  expect(explain(['--from', 'page', '--to', 'http://reviews:9080/', '-'], deployment('page') + deployment('reviews')).stdout).toMatch(
    /\nanswer {4}200 from reviews-v1\n$/,
  );
});

test.each<[string, string[], string]>([
  ['a workload that is not there', ['--from', 'cart', '--to', 'http://reviews/', 'mesh'], 'the mesh has no workload cart; it has '],
  ['what is no URL', ['--from', 'page', '--to', 'reviews', 'mesh'], '"reviews" is no URL to ask; write for example http://'],
  ['a port that is none', ['--from', 'page', '--to', 'http://reviews:99999/', 'mesh'], 'is no URL to ask'],
  ['a file that is not there', ['--from', 'page', '--to', 'http://reviews/', 'gone.yaml'], 'gone.yaml: there is no such file or folder'],
  ['a file that cannot be read', ['--from', 'page', '--to', 'http://reviews/', 'half.yaml'], 'half.yaml:1: '],
  ['facts that are not there', ['--from', 'page', '--to', 'http://reviews/', '--facts', 'gone.yaml', 'mesh'], 'gone.yaml: there is no such file'],
  ['facts that are a list', ['--from', 'page', '--to', 'http://reviews/', '--facts', 'list.yaml', 'mesh'], 'list.yaml holds a list; facts are one mapping'],
  ['facts that are a text', ['--from', 'page', '--to', 'http://reviews/', '--facts', 'text.yaml', 'mesh'], 'text.yaml holds a single value; facts are'],
  ['facts in several documents', ['--from', 'page', '--to', 'http://reviews/', '--facts', 'two.yaml', 'mesh'], 'two.yaml holds 2 documents; facts are'],
  ['no facts', ['--from', 'page', '--to', 'http://reviews/', '--facts', 'none.yaml', 'mesh'], 'none.yaml is empty; facts are one mapping'],
  ['facts that cannot be read', ['--from', 'page', '--to', 'http://reviews/', '--facts', 'half.yaml', 'mesh'], 'half.yaml'],
  ['a header without a name', ['--from', 'page', '--to', 'http://reviews/', '-H', 'jason', 'mesh'], "write 'name: value'"],
  ['claims that are no object', ['--from', 'page', '--to', 'http://reviews/', '--claims', '[]', 'mesh'], 'write a JSON object such as'],
  ['an unknown format', ['--from', 'page', '--to', 'http://reviews/', '--format', 'xml', 'mesh'], 'Allowed choices are pretty, json'],
  ['no caller', ['--to', 'http://reviews/', 'mesh'], "required option '--from <workload>' not specified"],
  ['no manifests', ['--from', 'page', '--to', 'http://reviews/'], "missing required argument 'paths'"],
])('%s is 2 and says why', (_, args, why) => {
  const { status, stdout, stderr } = explain(args);
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  expect(stderr).toContain(why);
  expect(stderr).not.toMatch(/^ {4}at /m);
});
