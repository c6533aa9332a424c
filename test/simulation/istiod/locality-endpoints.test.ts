import type { MeshFacts } from '../../../src/mesh/facts';
import { clustersOf, destinationRule, localities, serviceEntry } from './cluster-of';

const at = (name: string, locality: string, labels = {}) => ({ name, namespace: 'shop', locality, labels: { app: 'stock', ...labels } });

const places = [at('same', 'eu/1/a'), at('zone', 'eu/1/b'), at('region', 'eu/2/a'), at('us', 'us/1/a'), at('asia', 'asia/1/a')];

const STOCK = 'outbound|80||stock.shop.svc.cluster.local';

/** The localities of the service `stock` for a client in `eu/1/a`. */
function stock(
  trafficPolicy: object | undefined,
  { workloads = places, annotations = {}, ...more }: MeshFacts & { annotations?: Record<string, string> } = {},
  labels = {},
): string[] {
  const facts: MeshFacts = {
    ...more,
    services: [{ name: 'stock', namespace: 'shop', selector: { app: 'stock' }, ports: [{ name: 'http', port: 80 }], annotations }],
    workloads: [{ ...at('client', 'eu/1/a'), labels: { app: 'client', ...labels } }, ...workloads],
  };
  return localities(clustersOf(trafficPolicy === undefined ? '' : destinationRule('stock', { trafficPolicy }), facts)(STOCK));
}

const outlierDetection = { consecutive5xxErrors: 5 };
const locality = (localityLbSetting: object, more: object = { outlierDetection }) => ({ loadBalancer: { localityLbSetting }, ...more });
const alike = ['0:1 asia', '0:1 region', '0:1 same', '0:1 us', '0:1 zone'];

describe('localities', () => {
  it('are all alike as long as nobody would notice that one has gone', () => {
    expect(stock(undefined)).toEqual(alike);
    expect(stock(locality({ failover: [{ from: 'eu', to: 'us' }] }, {}))).toEqual(alike);
    expect(stock(locality({ failoverPriority: ['app'] }, {}))).toEqual(alike);
  });

  it('serve in the order of their distance: subzone, zone, region, anywhere', () => {
    expect(stock({ outlierDetection })).toEqual(['0:1 same', '1:1 zone', '2:1 region', '3:1 asia', '3:1 us']);
    expect(stock({ outlierDetection }, { workloads: places.slice(2) })).toEqual(['0:1 region', '1:1 asia', '1:1 us']);
  });

  it('serve after their region in the order that failover names', () => {
    expect(stock(locality({ failover: [{ from: 'eu', to: 'us' }] }))).toEqual(['0:1 same', '1:1 zone', '2:1 region', '3:1 us', '4:1 asia']);
    expect(stock(locality({ failover: [{ from: 'us', to: 'asia' }] }))).toEqual(['0:1 same', '1:1 zone', '2:1 region', '3:1 asia', '3:1 us']);
  });

  it('weigh as much as their endpoints', () => {
    expect(stock({ outlierDetection }, { workloads: [at('one', 'eu/1/a'), at('two', 'eu/1/a')] })).toEqual(['0:2 one,two']);
  });

  it('are all alike where that is switched off', () => {
    expect(stock(locality({ enabled: false }))).toEqual(alike);
    expect(stock({ outlierDetection }, { mesh: { localityLbSetting: { enabled: false } } })).toEqual(alike);
  });

  it('follow the mesh where no rule speaks, but outlier detection of the mesh alone lets nothing fail over', () => {
    expect(stock({ outlierDetection }, { mesh: { localityLbSetting: { failover: [{ from: 'eu', to: 'us' }] } } })).toContain('4:1 asia');
    expect(stock(undefined, { mesh: { defaultTrafficPolicy: { outlierDetection } } })).toEqual(alike);
  });
});

describe('distribute', () => {
  const distribute = (entries: object[]) => stock(locality({ distribute: entries }, {}));

  it('gives localities the weights of the first entry for the client, and nothing to those that it does not name', () => {
    expect(
      distribute([
        { from: 'us/*', to: { '*': 100 } },
        { from: 'eu/*', to: { 'eu/1/*': 80, us: 20 } },
        { from: '*', to: { asia: 100 } },
      ]),
    ).toEqual(['0:20 us', '0:40 same', '0:40 zone']);
  });

  it('changes nothing for a client that no entry is for', () => {
    expect(distribute([{ from: 'us/*', to: { '*': 100 } }])).toEqual(alike);
  });

  it('rounds up where several localities share a weight', () => {
    expect(distribute([{ from: 'eu/1/a', to: { 'eu/*': 100 } }])).toEqual(['0:34 region', '0:34 same', '0:34 zone']);
  });
});

describe('failoverPriority', () => {
  const byLabels = (failoverPriority: string[], facts: MeshFacts = {}, labels = {}, failover?: object[]) =>
    stock(locality({ failoverPriority, ...(failover && { failover }) }), facts, labels);

  it('prefers endpoints by how many labels of the list they share with the client, counted from its beginning', () => {
    const workloads = [
      at('both', 'us/1/a', { v: '1', tier: 'a' }),
      at('first', 'us/1/a', { v: '1', tier: 'b' }),
      at('second', 'us/1/a', { v: '2', tier: 'a' }),
      at('neither', 'us/1/a'),
    ];
    expect(byLabels(['v', 'tier'], { workloads }, { v: '1', tier: 'a' })).toEqual(['0:1 both', '1:1 first', '2:2 second,neither']);
  });

  it('can name the value that counts', () => {
    expect(byLabels(['v=2'], { workloads: [at('one', 'us/1/a', { v: '1' }), at('two', 'us/1/a', { v: '2' })] }, { v: '1' })).toEqual(['0:1 two', '1:1 one']);
  });

  it('knows regions and zones by the nodes, unless pods alone can tell', () => {
    const priorities = ['topology.kubernetes.io/region', 'topology.kubernetes.io/zone'];
    expect(byLabels(priorities)).toEqual(['0:1 same', '0:1 zone', '1:1 region', '2:1 asia', '2:1 us']);
    expect(byLabels(priorities, { topology: 'pods' })).toEqual(alike);
  });

  it('goes before failover of regions, which then decides among equals', () => {
    const workloads = [at('gold-asia', 'asia/1/a', { tier: 'gold' }), at('gold-us', 'us/1/a', { tier: 'gold' }), at('near', 'eu/1/a')];
    expect(byLabels(['tier'], { workloads }, { tier: 'gold' }, [{ from: 'eu', to: 'us' }])).toEqual(['0:1 gold-us', '1:1 gold-asia', '2:1 near']);
  });
});

describe('the traffic distribution of a Service', () => {
  const annotation = (value: string) => ({ annotations: { 'networking.istio.io/traffic-distribution': value } });

  it('prefers the zone, then the region, without any outlier detection', () => {
    expect(stock(undefined, annotation('PreferClose'))).toEqual(['0:1 same', '0:1 zone', '1:1 region', '2:1 asia', '2:1 us']);
    expect(stock(undefined, annotation('PreferSameNode'))).toEqual(['0:1 same', '1:1 zone', '2:1 region', '3:1 asia', '3:1 us']);
    expect(stock(undefined, annotation('Anything'))).toEqual(alike);
  });

  it('yields to a DestinationRule that speaks of localities', () => {
    expect(stock(locality({ enabled: false }), annotation('PreferClose'))).toEqual(alike);
  });
});

describe('zone-aware balancing', () => {
  it('keeps to the region of the client, then to the ones that it names', () => {
    expect(stock({ loadBalancer: { zoneAwareLbSetting: { failover: [{ from: 'eu', to: 'us' }] } } })).toEqual([
      '0:1 region',
      '0:1 same',
      '0:1 zone',
      '1:1 us',
      '2:1 asia',
    ]);
    expect(stock({ loadBalancer: { zoneAwareLbSetting: { enabled: false } } })).toEqual(alike);
  });
});

describe('choosing a locality by its weight first', () => {
  const isWeighted = (trafficPolicy: object) =>
    clustersOf(destinationRule('stock', { trafficPolicy }), {
      services: [{ name: 'stock', namespace: 'shop', ports: [{ name: 'http', port: 80 }] }],
      workloads: [{ name: 'client', namespace: 'shop' }],
    })(STOCK)?.isLocalityWeighted;

  it('is for those who write about localities', () => {
    expect(isWeighted({ outlierDetection })).toBe(false);
    expect(isWeighted(locality({ failover: [{ from: 'eu', to: 'us' }] }))).toBe(true);
    expect(isWeighted(locality({ failover: [{ from: 'eu', to: 'us' }] }, {}))).toBe(false);
    expect(isWeighted(locality({ failoverPriority: ['app'] }))).toBe(true);
    expect(isWeighted(locality({ distribute: [{ from: '*', to: { '*': 100 } }] }, {}))).toBe(true);
  });
});

describe('endpoints that are found by DNS', () => {
  const endpoints = [
    { address: 'a.example.com', locality: 'eu/1/a', labels: { tier: 'gold' } },
    { address: 'b.example.com', locality: 'us/1/a' },
  ];
  const entry = serviceEntry('api.example.com', { resolution: 'DNS', endpoints, ports: [{ number: 80, name: 'http', protocol: 'HTTP' }] });
  const facts: MeshFacts = { workloads: [{ ...at('client', 'us/1/a'), labels: { app: 'client' } }] };
  const api = (trafficPolicy: object, more: MeshFacts = {}, subset = '') =>
    localities(
      clustersOf(entry + destinationRule('api.example.com', { trafficPolicy, subsets: [{ name: 'all' }] }), { ...facts, ...more })(
        `outbound|80|${subset}|api.example.com`,
      ),
    );

  it('have localities too, for which the outlier detection of the mesh is enough', () => {
    expect(api({ outlierDetection })).toEqual(['0:1 b.example.com', '1:1 a.example.com']);
    expect(api({ connectionPool: {} }, { mesh: { defaultTrafficPolicy: { outlierDetection } } })).toEqual(['0:1 b.example.com', '1:1 a.example.com']);
  });

  it('are taken apart by labels in the first locality alone, and for subsets not at all', () => {
    expect(api(locality({ failoverPriority: ['tier'] }))).toEqual(['0:1 a.example.com']);
    expect(api(locality({ failoverPriority: ['tier'] }), {}, 'all')).toEqual(['0:1 a.example.com', '0:1 b.example.com']);
  });
});
