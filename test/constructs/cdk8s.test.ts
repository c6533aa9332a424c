import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ApiObject, App, Chart, Include, Testing, Yaml, YamlOutputType } from 'cdk8s';
import { Construct } from 'constructs';
import * as own from '../../src';
import { AuthorizationPolicy, DestinationRule, Gateway, VirtualService } from '../../src';

const http = [{ route: [{ destination: { host: 'reviews' } }] }];
const servers = [{ hosts: ['*'], port: { number: 80, name: 'http', protocol: 'HTTP' } }];

let outdir: string;
beforeEach(() => {
  outdir = mkdtempSync(join(tmpdir(), 'cdk8s-istio-out-'));
});
afterEach(() => rmSync(outdir, { recursive: true }));

describe('names and metadata', () => {
  test('a name in metadata is the name; without one it is that which cdk8s makes of the construct path', () => {
    const chart = new Chart(new App(), 'chart');
    expect(new Gateway(chart, 'given', { metadata: { name: 'public' } }).name).toBe('public');
    const name = new Gateway(chart, 'generated').name;
    expect(name).toMatch(/^chart-generated-c8[0-9a-f]{6}$/);
    expect(new ApiObject(new Chart(new App(), 'chart'), 'generated', Gateway.GVK).name).toBe(name);
  });

  test('a chart gives its namespace and labels, and may name its objects', () => {
    class Named extends Chart {
      override generateObjectName(object: ApiObject): string {
        return `my-${object.kind.toLowerCase()}`;
      }
    }
    const chart = new Named(new App(), 'chart', { namespace: 'bookinfo', labels: { team: 'a' } });
    expect(new Gateway(chart, 'gateway', { metadata: { labels: { app: 'b' } }, servers }).toJson().metadata).toStrictEqual({
      labels: { app: 'b', team: 'a' },
      name: 'my-gateway',
      namespace: 'bookinfo',
    });
  });

  test('metadata may grow until the manifest is written', () => {
    const gateway = new Gateway(Testing.chart(), 'gateway', { metadata: { name: 'public', finalizers: ['example.com/a'] }, servers });
    gateway.metadata.addLabel('team', 'a');
    gateway.metadata.addAnnotation('note', 'b');
    gateway.metadata.add('generation', 3);
    gateway.metadata.addOwnerReference({ apiVersion: 'v1', kind: 'ConfigMap', name: 'owner', uid: '1' });
    expect(gateway.toJson().metadata).toStrictEqual({
      annotations: { note: 'b' },
      finalizers: ['example.com/a'],
      generation: 3,
      labels: { team: 'a' },
      name: 'public',
      ownerReferences: [{ apiVersion: 'v1', kind: 'ConfigMap', name: 'owner', uid: '1' }],
    });
  });

  test('a construct that holds an object as its default child stands for it', () => {
    class Edge extends Construct {
      constructor(scope: Construct, id: string) {
        super(scope, id);
        new Gateway(this, 'Resource');
      }
    }
    expect(ApiObject.of(new Edge(Testing.chart(), 'edge'))).toBeInstanceOf(Gateway);
  });
});

describe('the output', () => {
  function filledApp(yamlOutputType: YamlOutputType): App {
    const app = new App({ outdir, yamlOutputType, recordConstructMetadata: true });
    const edge = new Chart(app, 'edge', { namespace: 'edge' });
    const gateway = new Gateway(edge, 'gateway', { metadata: { name: 'public' }, servers });
    const team = new Chart(app, 'team', { namespace: 'team' });
    new VirtualService(team, 'routes', { metadata: { name: 'reviews' }, hosts: ['reviews.example.com'], gateways: [gateway], http });
    new AuthorizationPolicy(team, 'policy', { metadata: { name: 'deny' } });
    return app;
  }
  const yamlFiles = (): string[] => (readdirSync(outdir, { recursive: true }) as string[]).filter((file) => file.endsWith('.yaml')).sort();

  test.each([
    ['one file', YamlOutputType.FILE_PER_APP, ['app.k8s.yaml']],
    ['a file per chart', YamlOutputType.FILE_PER_CHART, ['edge.k8s.yaml', 'team.k8s.yaml']],
    [
      'a file per object',
      YamlOutputType.FILE_PER_RESOURCE,
      ['AuthorizationPolicy.deny.k8s.yaml', 'Gateway.public.k8s.yaml', 'VirtualService.reviews.k8s.yaml'],
    ],
    [
      'a folder per chart',
      YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE,
      ['edge/Gateway.public.k8s.yaml', 'team/AuthorizationPolicy.deny.k8s.yaml', 'team/VirtualService.reviews.k8s.yaml'],
    ],
  ])('may be %s', (_, type, files) => {
    filledApp(type).synth();
    expect(yamlFiles()).toEqual(files);
    const documents = files.flatMap((file) => Yaml.load(join(outdir, file)));
    expect(documents.find(({ kind }) => kind === 'VirtualService')).toEqual({
      apiVersion: 'networking.istio.io/v1',
      kind: 'VirtualService',
      metadata: { name: 'reviews', namespace: 'team' },
      spec: { gateways: ['edge/public'], hosts: ['reviews.example.com'], http },
    });
    expect(documents.find(({ kind }) => kind === 'AuthorizationPolicy').spec).toEqual({});
    const recorded = JSON.parse(readFileSync(join(outdir, 'construct-metadata.json'), 'utf8'));
    expect(recorded.resources).toEqual({ public: { path: 'edge/gateway' }, reviews: { path: 'team/routes' }, deny: { path: 'team/policy' } });
  });

  test('has no anchors when one value stands in several places', () => {
    const labels = { version: 'v1' };
    const rule = new DestinationRule(Testing.chart(), 'rule', {
      host: 'a',
      subsets: [
        { name: 'v1', labels },
        { name: 'v2', labels },
      ],
    });
    expect(Yaml.stringify(rule.toJson())).not.toMatch(/[&*]/);
  });

  test('is the same for every chart of a test', () => {
    const chart = Testing.chart();
    new Gateway(chart, 'gateway', { metadata: { name: 'public' }, servers });
    expect(Testing.synth(chart)).toStrictEqual([{ apiVersion: 'networking.istio.io/v1', kind: 'Gateway', metadata: { name: 'public' }, spec: { servers } }]);
  });

  test('keeps the order of dependencies', () => {
    const chart = Testing.chart();
    const routes = new VirtualService(chart, 'routes', { metadata: { name: 'a' }, http });
    const rule = new DestinationRule(chart, 'rule', { metadata: { name: 'b' }, host: 'a' });
    routes.addDependency(rule);
    expect(Testing.synth(chart).map(({ kind }) => kind)).toEqual(['DestinationRule', 'VirtualService']);
  });

  test('holds included YAML beside the constructs, which may refer to it', () => {
    const file = join(outdir, 'service.yaml');
    writeFileSync(file, 'apiVersion: v1\nkind: Service\nmetadata:\n  name: reviews\n  namespace: bookinfo\nspec:\n  selector:\n    app: reviews\n');
    const chart = Testing.chart();
    const include = new Include(chart, 'include', { url: file });
    const [service] = include.apiObjects;
    new VirtualService(chart, 'routes', { metadata: { namespace: 'edge' }, http: [{ route: [{ destination: { host: service as ApiObject } }] }] });
    const [included, routes] = Testing.synth(chart);
    expect(included).toMatchObject({ kind: 'Service', metadata: { name: 'reviews' } });
    expect(routes.spec.http[0].route[0].destination.host).toBe('reviews.bookinfo.svc.cluster.local');
  });
});

describe('two copies of this package in one tree', () => {
  let copy: typeof own;
  let copyOfCdk8s: typeof import('cdk8s');
  beforeAll(() => {
    jest.isolateModules(() => {
      copy = require('../../src');
      copyOfCdk8s = require('cdk8s');
    });
  });

  test('recognise each other’s objects', () => {
    const chart = Testing.chart();
    const gateway = new copy.Gateway(chart, 'gateway');
    expect(copy.Gateway).not.toBe(Gateway);
    expect([gateway instanceof Gateway, Gateway.isGateway(gateway), own.isIstioObject(gateway), gateway instanceof VirtualService]).toEqual([
      true,
      true,
      true,
      false,
    ]);
    expect(own.authorLocation(gateway)).toMatchObject({ file: __filename });
  });

  test('name each other’s objects', () => {
    const chart = Testing.chart();
    const gateway = new copy.Gateway(chart, 'gateway', { metadata: { name: 'public' } });
    const entry = new copy.ServiceEntry(chart, 'entry', { hosts: ['api.example.com'] });
    const rule = new copy.DestinationRule(chart, 'rule', { host: entry, subsets: [{ name: 'v1' }] });
    const hosts = ['api.example.com'];
    const routes = new VirtualService(chart, 'routes', { hosts, gateways: [gateway], http: [{ route: [{ destination: rule.subset('v1') }] }] });
    expect(routes.toJson().spec).toEqual({ gateways: ['public'], hosts, http: [{ route: [{ destination: { host: 'api.example.com', subset: 'v1' } }] }] });
  });

  test('are written by an App of either copy of cdk8s', () => {
    const app = new copyOfCdk8s.App({ outdir });
    const chart = new copyOfCdk8s.Chart(app, 'chart');
    new Gateway(chart as unknown as Chart, 'one', { servers });
    new copy.Gateway(chart as unknown as Chart, 'two', { servers });
    app.synth();
    expect(existsSync(join(outdir, 'chart.k8s.yaml'))).toBe(true);
    expect(readFileSync(join(outdir, 'chart.k8s.yaml'), 'utf8').match(/^kind: Gateway$/gm)).toHaveLength(2);
  });
});
