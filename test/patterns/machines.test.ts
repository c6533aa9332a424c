import { Chart, Testing } from 'cdk8s';
import * as plus27 from 'cdk8s-plus-27';
import * as plus34 from 'cdk8s-plus-34';
import { MultiClusterGateway, setClusterDomain, VirtualMachine } from '../../src';
import { callLine, manifests, specOf } from './manifests';

const shop = (): Chart => new Chart(Testing.app(), 'chart', { namespace: 'shop' });
const http = { number: 9080, name: 'http', protocol: 'HTTP' } as const;
const ratings = { name: 'ratings', host: 'ratings.vm.example.com', ports: [http] };

describe('VirtualMachine', () => {
  test('group, entries and service state the same labels and the same identity (M45)', () => {
    const chart = shop();
    new VirtualMachine(chart, 'vm', { ...ratings, serviceAccount: 'bookinfo-ratings', machines: [{ address: '10.0.0.7', locality: 'eu/eu-1', weight: 2 }] });
    const labels = { app: 'ratings' };
    expect(manifests(chart)).toEqual([
      {
        apiVersion: 'networking.istio.io/v1',
        kind: 'WorkloadGroup',
        metadata: { name: 'ratings', namespace: 'shop' },
        spec: { metadata: { labels }, template: { serviceAccount: 'bookinfo-ratings' } },
      },
      {
        apiVersion: 'networking.istio.io/v1',
        kind: 'WorkloadEntry',
        metadata: { name: 'ratings-10-0-0-7', namespace: 'shop', labels },
        spec: { address: '10.0.0.7', labels, serviceAccount: 'bookinfo-ratings', locality: 'eu/eu-1', weight: 2 },
      },
      {
        apiVersion: 'networking.istio.io/v1',
        kind: 'ServiceEntry',
        metadata: { name: 'ratings', namespace: 'shop' },
        spec: { hosts: ['ratings.vm.example.com'], location: 'MESH_INTERNAL', resolution: 'STATIC', ports: [http], workloadSelector: { labels } },
      },
    ]);
  });

  test('machines that register themselves need the group only, with where they are and how they tell that they are ready', () => {
    const chart = shop();
    const probe = { httpGet: { port: 9080, path: '/health' } };
    new VirtualMachine(chart, 'vm', { ...ratings, network: 'vms', locality: 'eu/eu-1', probe, labels: { app: 'ratings', version: 'vm' } });
    expect(specOf(chart, 'WorkloadGroup')).toEqual({
      metadata: { labels: { app: 'ratings', version: 'vm' } },
      template: { serviceAccount: 'ratings', network: 'vms', locality: 'eu/eu-1' },
      probe,
    });
    expect(manifests(chart).map(({ kind }) => kind)).toEqual(['WorkloadGroup', 'ServiceEntry']);
  });

  test('endpoints are chosen by labels and never listed as well (M64)', () => {
    const chart = shop();
    new VirtualMachine(chart, 'vm', { ...ratings, machines: [{ address: '10.0.0.7' }, { address: '2001:db8::7' }] });
    expect(specOf(chart, 'ServiceEntry')).not.toHaveProperty('endpoints');
    expect(
      manifests(chart)
        .filter(({ kind }) => kind === 'WorkloadEntry')
        .map(({ metadata }) => metadata.name),
    ).toEqual(['ratings-10-0-0-7', 'ratings-2001-db8-7']);
  });

  test('a TCP port needs an address, without which its host takes the connections of others (M62)', () => {
    const ports = [{ number: 3306, name: 'tcp-mysql', protocol: 'TCP' }];
    expect(() => new VirtualMachine(shop(), 'vm', { ...ratings, ports })).toThrow('port 3306 of ratings.vm.example.com is TCP');
    const chart = shop();
    new VirtualMachine(chart, 'vm', { ...ratings, ports, addresses: ['240.0.0.7'] });
    expect(specOf(chart, 'ServiceEntry').addresses).toEqual(['240.0.0.7']);
  });

  test.each([
    ['cdk8s-plus-27', plus27.Service],
    ['cdk8s-plus-34', plus34.Service as unknown as typeof plus27.Service],
  ])('a Service of %s stands for the machines, when it selects them', (_name, Service) => {
    const chart = shop();
    const service = new Service(chart, 'service', { metadata: { name: 'ratings', namespace: 'bookinfo' }, ports: [{ port: 9080 }] });
    service.selectLabel('app', 'ratings');
    new VirtualMachine(chart, 'vm', { name: 'ratings', service });
    expect(manifests(chart).map(({ kind, metadata }) => [kind, metadata.namespace])).toEqual([['WorkloadGroup', 'bookinfo']]);
    expect(() => new VirtualMachine(chart, 'other', { name: 'details', service })).toThrow('Service ratings selects {"app":"ratings"}, which the machines');
  });

  test.each([
    [{ ...ratings, host: 'ratings' }, 'ratings is no full name'],
    [{ ...ratings, ports: [] }, 'ratings.vm.example.com has no ports'],
    [{ ...ratings, labels: {} }, 'the machines have no labels'],
    [{ ...ratings, machines: [{ address: 'vm.example.com' }] }, '"vm.example.com" is no IP address of a machine'],
  ])("%j is refused with the author's line", (props, message) => {
    const { line, error } = callLine(() => new VirtualMachine(shop(), 'vm', props));
    expect(error).toContain(message);
    expect(error).toMatch(new RegExp(`\\(.*machines\\.test\\.ts:${line}\\)$`));
  });
});

describe('MultiClusterGateway', () => {
  test('passes mutual TLS through by name, for all services of the cluster (M109)', () => {
    const chart = shop();
    new MultiClusterGateway(chart, 'east-west');
    expect(manifests(chart)).toEqual([
      {
        apiVersion: 'networking.istio.io/v1',
        kind: 'Gateway',
        metadata: { name: 'cross-network-gateway', namespace: 'istio-system' },
        spec: {
          selector: { istio: 'eastwestgateway' },
          servers: [{ hosts: ['*.local'], port: { number: 15443, name: 'tls', protocol: 'TLS' }, tls: { mode: 'AUTO_PASSTHROUGH' } }],
        },
      },
    ]);
  });

  test('follows the domain of the cluster', () => {
    const app = Testing.app();
    setClusterDomain(app, 'corp.internal');
    const chart = new Chart(app, 'chart');
    new MultiClusterGateway(chart, 'east-west', { exposeIstiod: true, namespace: 'mesh' });
    expect(specOf(chart, 'VirtualService').tls[0].route[0].destination.host).toBe('istiod.mesh.svc.corp.internal');
    expect(manifests(chart)[0].spec.servers[0].hosts).toEqual(['*.internal']);
  });

  test('istiod is passed through by TLS routes, whose names and ports its servers have (M37, M51, M52)', () => {
    const chart = shop();
    new MultiClusterGateway(chart, 'east-west', { exposeIstiod: true, workload: { app: 'east-west' } });
    const [, gateway, routes] = manifests(chart);
    expect(gateway.spec).toEqual({
      selector: { app: 'east-west' },
      servers: [
        { hosts: ['*'], port: { number: 15012, name: 'tls-istiod', protocol: 'TLS' }, tls: { mode: 'PASSTHROUGH' } },
        { hosts: ['*'], port: { number: 15017, name: 'tls-istiodwebhook', protocol: 'TLS' }, tls: { mode: 'PASSTHROUGH' } },
      ],
    });
    const istiod = (number: number) => [{ destination: { host: 'istiod.istio-system.svc.cluster.local', port: { number } } }];
    expect(routes.spec).toEqual({
      hosts: ['*'],
      gateways: ['istiod-gateway'],
      tls: [
        { match: [{ port: 15012, sniHosts: ['*'] }], route: istiod(15012) },
        { match: [{ port: 15017, sniHosts: ['*'] }], route: istiod(443) },
      ],
    });
  });
});
