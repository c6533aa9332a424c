import { type DestinationRule, destinationRuleFor } from '../../src/mesh/destination-rules';
import { hostPolicy, subsetPolicy, type TrafficPolicy, withMeshDefaults } from '../../src/mesh/traffic-policy';
import type { Workload } from '../../src/mesh/workload';
import { findWorkload } from '../../src/mesh/workloads';
import { meshOf, serviceIn } from './mesh-of';

const facts = {
  services: [
    {
      name: 'reviews',
      ports: [
        { name: 'http', port: 80 },
        { name: 'http-b', port: 81 },
      ],
    },
  ],
  workloads: [{ name: 'front' }],
};

const manifest = `
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: r }
spec:
  host: reviews
  trafficPolicy:
    tls: { mode: SIMPLE }
    loadBalancer: { simple: RANDOM }
    tunnel: { targetHost: proxy, targetPort: 3128 }
    portLevelSettings:
      - { port: { number: 81 }, outlierDetection: { consecutive5xxErrors: 3 } }
  subsets:
    - name: plain
    - name: own
      trafficPolicy: { loadBalancer: { simple: ROUND_ROBIN } }
    - name: ports
      trafficPolicy:
        loadBalancer: { simple: ROUND_ROBIN }
        portLevelSettings:
          - { port: { number: 80 }, connectionPool: { tcp: { maxConnections: 1 } } }
`;

const mesh = meshOf(manifest, facts);
const rule = destinationRuleFor(mesh, findWorkload(mesh, 'front') as Workload, serviceIn(mesh, 'reviews.default.svc.cluster.local')) as DestinationRule;

const parts = (policy: TrafficPolicy) =>
  Object.entries(policy)
    .map(([name, part]) => `${name} ${part.source?.path}`)
    .sort();

describe('the traffic policy of a port', () => {
  it('is that of the host, where the port is not listed', () => {
    expect(parts(hostPolicy(rule, 80))).toEqual([
      'loadBalancer spec.trafficPolicy.loadBalancer',
      'tls spec.trafficPolicy.tls',
      'tunnel spec.trafficPolicy.tunnel',
    ]);
  });

  it('is what stands at the port and nothing else, where it is listed', () => {
    expect(parts(hostPolicy(rule, 81))).toEqual(['outlierDetection spec.trafficPolicy.portLevelSettings[0].outlierDetection']);
  });

  it('is empty without a rule', () => {
    expect(hostPolicy(undefined, 80)).toEqual({});
  });
});

describe('the traffic policy of a subset', () => {
  const of = (subset: string, port: number) => parts(subsetPolicy(hostPolicy(rule, port), rule, subset, port));

  it('is that of the host, where the subset has none', () => {
    expect(of('plain', 80)).toEqual(parts(hostPolicy(rule, 80)));
  });

  it('replaces the parts that the subset writes, those of listed ports too', () => {
    expect(of('own', 80)).toEqual([
      'loadBalancer spec.subsets[1].trafficPolicy.loadBalancer',
      'tls spec.trafficPolicy.tls',
      'tunnel spec.trafficPolicy.tunnel',
    ]);
    expect(of('own', 81)).toEqual([
      'loadBalancer spec.subsets[1].trafficPolicy.loadBalancer',
      'outlierDetection spec.trafficPolicy.portLevelSettings[0].outlierDetection',
    ]);
  });

  it('has for a port that the subset lists only what stands there, beside what no port can say', () => {
    expect(of('ports', 80)).toEqual(['connectionPool spec.subsets[2].trafficPolicy.portLevelSettings[0].connectionPool', 'tunnel spec.trafficPolicy.tunnel']);
  });
});

describe('what MeshConfig says of traffic', () => {
  const defaults = { connectionPool: { tcp: { connectTimeout: '1s' } }, outlierDetection: { consecutive5xxErrors: 9 } };

  it('fills in what nobody wrote', () => {
    const configured = meshOf(manifest, { ...facts, mesh: { defaultTrafficPolicy: defaults } });
    expect(withMeshDefaults(configured, hostPolicy(rule, 81))).toMatchObject({
      connectionPool: { spec: defaults.connectionPool },
      outlierDetection: { spec: { consecutive5xxErrors: 3 } },
    });
    expect(withMeshDefaults(mesh, hostPolicy(rule, 81))).toEqual(hostPolicy(rule, 81));
  });
});
