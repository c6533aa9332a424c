import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ApiObject, App, Chart, Testing, Yaml, YamlOutputType } from 'cdk8s';
import { applyOrder, DestinationRule, ignoreWeights, ServiceEntry, syncWaves, TrafficSplit, VirtualService, writeFluxStages } from '../../src';

const outdir = mkdtempSync(join(tmpdir(), 'order-'));
afterAll(() => rmSync(outdir, { recursive: true }));

function upsideDown(app: App, id = 'shop'): Chart {
  const chart = new Chart(app, id, { namespace: 'shop' });
  new VirtualService(chart, 'routes', { hosts: ['reviews'], http: [{ route: [{ destination: { host: 'reviews', subset: 'v1' } }] }] });
  new DestinationRule(chart, 'versions', { host: 'reviews', subsets: [{ name: 'v1', labels: { version: 'v1' } }] });
  new ServiceEntry(chart, 'api', { hosts: ['api.example.com'], ports: [{ number: 443, name: 'tls', protocol: 'TLS' }], resolution: 'DNS' });
  new ApiObject(chart, 'namespace', { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop', namespace: undefined as never } });
  return chart;
}

const kinds = (objects: readonly { kind: string }[]): string[] => objects.map(({ kind }) => kind);
const rightOrder = ['Namespace', 'ServiceEntry', 'DestinationRule', 'VirtualService'];

describe('applyOrder', () => {
  test('writes what routes need before the routes, in every form of output that has an order (M32)', () => {
    const app = new App({ outdir: join(outdir, 'chart') });
    const chart = upsideDown(app);
    applyOrder(app);
    expect(kinds(Testing.synth(chart))).toEqual(rightOrder);
    app.synth();
    expect(kinds(Yaml.load(join(outdir, 'chart', 'shop.k8s.yaml')))).toEqual(rightOrder);
    const whole = new App({ outdir: join(outdir, 'app'), yamlOutputType: YamlOutputType.FILE_PER_APP });
    upsideDown(whole);
    applyOrder(whole);
    whole.synth();
    expect(kinds(Yaml.load(join(outdir, 'app', 'app.k8s.yaml')))).toEqual(rightOrder);
  });

  test('takes what is added later too, and keeps the order within a kind', () => {
    const chart = upsideDown(new App());
    applyOrder(chart);
    new DestinationRule(chart, 'later', { metadata: { name: 'later' }, host: 'ratings' });
    const written = Testing.synth(chart);
    expect(kinds(written)).toEqual([...rightOrder.slice(0, 3), 'DestinationRule', 'VirtualService']);
    expect(written[3].metadata.name).toBe('later');
  });

  test('adds no dependency, so that files keep their names and time grows with the number of objects only', () => {
    const app = new App({ outdir: join(outdir, 'names') });
    for (const id of ['one', 'two']) upsideDown(app, id);
    applyOrder(app);
    app.synth();
    expect(readdirSync(join(outdir, 'names'))).toEqual(['one.k8s.yaml', 'two.k8s.yaml']);
    expect(app.node.findAll().flatMap(({ node }) => node.dependencies)).toEqual([]);
  });
});

describe('syncWaves', () => {
  const wavesOf = (chart: Chart) => Testing.synth(chart).map(({ kind, metadata }) => [kind, metadata.annotations['argocd.argoproj.io/sync-wave']]);

  test('lets DestinationRules precede routes and outlive them, since Argo CD prunes in falling order (M32)', () => {
    const chart = upsideDown(new App());
    applyOrder(chart);
    syncWaves(chart);
    expect(wavesOf(chart)).toEqual([
      ['Namespace', '-1'],
      ['ServiceEntry', '0'],
      ['DestinationRule', '1'],
      ['VirtualService', '2'],
    ]);
  });

  test('keeps the waves that an object has, and begins where it is told', () => {
    const chart = new Chart(new App(), 'chart');
    const { destinationRule } = new TrafficSplit(chart, 'split', { host: 'reviews', shares: { v1: 100 } });
    destinationRule.metadata.addAnnotation('argocd.argoproj.io/sync-wave', '7');
    syncWaves(chart, { first: 10 });
    expect(wavesOf(chart)).toEqual([
      ['DestinationRule', '7'],
      ['VirtualService', '12'],
    ]);
  });
});

test('Argo CD is told to leave the weights to a rollout controller (M107)', () => {
  const chart = new Chart(new App(), 'chart', { namespace: 'shop' });
  const { virtualService } = new TrafficSplit(chart, 'split', { host: 'reviews', shares: { v1: 100 } });
  expect(ignoreWeights(virtualService)).toEqual({
    group: 'networking.istio.io',
    kind: 'VirtualService',
    name: 'reviews',
    namespace: 'shop',
    jqPathExpressions: ['.spec.http[]?.route[]?.weight'],
  });
});

describe('writeFluxStages', () => {
  test('writes a folder for each stage, each depending on the one before, and keeps DestinationRules on removal (M32)', () => {
    const folder = join(outdir, 'flux');
    const app = new App({ outdir: folder });
    upsideDown(app);
    const files = writeFluxStages(app, { name: 'shop', path: 'clusters/one' });
    expect(files.map((file) => file.slice(folder.length + 1))).toEqual([
      'namespaces/shop.k8s.yaml',
      'foundation/shop.k8s.yaml',
      'destinations/shop.k8s.yaml',
      'routes/shop.k8s.yaml',
      'flux.yaml',
    ]);
    expect(kinds(Yaml.load(join(folder, 'destinations/shop.k8s.yaml')))).toEqual(['DestinationRule']);
    const kustomizations = Yaml.load(join(folder, 'flux.yaml'));
    expect(
      kustomizations.map(({ metadata, spec }: { metadata: { name: string }; spec: { path: string; prune: boolean; dependsOn?: unknown } }) => [
        metadata.name,
        spec.path,
        spec.prune,
        spec.dependsOn,
      ]),
    ).toEqual([
      ['shop-namespaces', './clusters/one/namespaces', true, undefined],
      ['shop-foundation', './clusters/one/foundation', true, [{ name: 'shop-namespaces' }]],
      ['shop-destinations', './clusters/one/destinations', false, [{ name: 'shop-foundation' }]],
      ['shop-routes', './clusters/one/routes', true, [{ name: 'shop-destinations' }]],
    ]);
  });

  test('a stage without objects is left out, and what it wrote before is removed', () => {
    const folder = join(outdir, 'flux');
    const app = new App({ outdir: folder });
    new TrafficSplit(new Chart(app, 'shop'), 'split', { host: 'reviews', shares: { v1: 100 } });
    writeFluxStages(app, { name: 'shop' });
    expect(readdirSync(join(folder, 'foundation'))).toEqual([]);
    expect(readFileSync(join(folder, 'flux.yaml'), 'utf8')).not.toContain('foundation');
  });
});
