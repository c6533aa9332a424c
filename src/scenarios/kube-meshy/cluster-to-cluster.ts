// One cluster calls a program of another as a host outside the mesh, by a node port that leads to the ingress gateway there.
// The Host header still names the outside host, which nobody takes in cluster 2: a Lua filter rewrites it before the routes are looked at.
import type { Construct } from 'constructs';
import { EnvoyFilter, ignoreFinding, ServiceEntry, VirtualService } from '../../constructs';
import { ingressGateway, registryOnly, throughIngress } from '../claim';
import { defineScenario, type ToolFile } from '../scenario';
import { ScenarioChart, type ScenarioProps } from '../scenario-chart';
import { bouncedService, minimalPort, minimalService } from '../workloads/minimal-service';
import { meshNamespace } from '../workloads/namespace';
import { service } from '../workloads/service';
import { servicesGateway } from './services-gateway';

/** The port of the nodes of cluster 2 that leads to its ingress gateway. */
const nodePort = 30100;

/** Cluster 1: the caller, and the host outside by which it knows cluster 2. */
export class CallingCluster extends ScenarioChart {
  constructor(scope: Construct, id: string, props: ScenarioProps = {}) {
    super(scope, id, props);
    meshNamespace(this);
    minimalService(this);
    new ServiceEntry(this, 'cluster-2', {
      metadata: { name: 'minimal-external' },
      hosts: ['minimal.external.kind.org'],
      location: 'MESH_EXTERNAL',
      ports: [{ number: nodePort, name: 'http', protocol: 'HTTP' }],
      resolution: 'DNS',
    });
  }
}

/** Cluster 2: two programs behind its ingress gateway, which every node opens on a port. */
export class CalledCluster extends ScenarioChart {
  constructor(scope: Construct, id: string, props: ScenarioProps = {}) {
    super(scope, id, props);
    meshNamespace(this);
    const services = { minimal: minimalService(this), bounced: bouncedService(this) };
    service(this, {
      name: 'istio-ingressgateway',
      namespace: 'istio-system',
      selector: { app: 'istio-ingressgateway', istio: 'ingressgateway' },
      port: 80,
      targetPort: 8080,
      portName: 'http2',
      nodePort,
    });
    const gateway = servicesGateway(this, '*.svc.kind.cluster2');
    for (const [name, host] of Object.entries(services)) {
      new VirtualService(this, name, {
        metadata: { name: `${name}-virtualservice` },
        hosts: [`${name}.svc.kind.cluster2`],
        gateways: [gateway],
        http: [{ route: [{ destination: { host, port: { number: minimalPort } } }] }],
      });
    }
  }
}

const lua = `function envoy_on_request(request_handle)
  request_handle:headers():replace("Host", "minimal.svc.kind.cluster2")
end
`;

/** Cluster 2 with the filter: whatever host was asked for, `minimal-service` is meant. */
export class CalledClusterWithFilter extends CalledCluster {
  constructor(scope: Construct, id: string, props: ScenarioProps = {}) {
    super(scope, id, props);
    const filter = new EnvoyFilter(this, 'filter', {
      metadata: { name: 'minimal-filter', namespace: 'istio-system' },
      workloadSelector: { labels: { istio: 'ingressgateway' } },
      configPatches: [
        {
          applyTo: 'HTTP_FILTER',
          match: {
            context: 'GATEWAY',
            listener: { filterChain: { filter: { name: 'envoy.filters.network.http_connection_manager', subFilter: { name: 'envoy.filters.http.router' } } } },
          },
          patch: {
            operation: 'INSERT_BEFORE',
            value: {
              name: 'envoy.filters.http.lua',
              typed_config: { '@type': 'type.googleapis.com/envoy.extensions.filters.http.lua.v3.Lua', inlineCode: lua },
            },
          },
        },
      ],
    });
    ignoreFinding(filter, 'envoy-filter/internal-interface', 'patching Envoy is what the scenario shows');
  }
}

const kindCluster = (name: string, ports: Readonly<Record<number, number>>): ToolFile => ({
  tool: 'kind',
  name,
  content: {
    apiVersion: 'kind.x-k8s.io/v1alpha4',
    kind: 'Cluster',
    name,
    nodes: [
      {
        role: 'control-plane',
        extraPortMappings: Object.entries(ports).map(([hostPort, containerPort]) => ({ hostPort: Number(hostPort), containerPort, protocol: 'TCP' })),
      },
    ],
  },
});

const asked = { headers: { Host: 'minimal.external.kind.org:30100' } };

export const clusterToCluster = defineScenario({
  id: 'kube-meshy/cluster-to-cluster',
  title: 'From one cluster into another, with the Host header rewritten on arrival',
  steps: [
    { id: '01-cluster-1', title: 'Cluster 1 knows cluster 2 as a host outside', chart: CallingCluster },
    { id: '02-cluster-2', title: 'Cluster 2 opens its ingress gateway, which does not know that host', chart: CalledCluster },
    { id: '03-cluster-2-filter', title: 'Cluster 2 rewrites the host', chart: CalledClusterWithFilter },
  ],
  files: [kindCluster('cluster-1', { 8080: 80 }), kindCluster('cluster-2', { 8088: 80, 8090: nodePort })],
  claims: [
    {
      name: 'cluster 1 reaches the host outside under REGISTRY_ONLY',
      step: '01-cluster-1',
      ...registryOnly,
      external: [{ host: 'minimal.external.kind.org', ports: [nodePort] }],
      calls: [{ from: 'minimal-service', url: 'http://minimal.external.kind.org:30100/', expect: { status: 200, workload: 'minimal.external.kind.org' } }],
    },
    {
      name: 'without the filter the host is answered with 404 in cluster 2',
      step: '02-cluster-2',
      // The scenario brings the Service of the ingress gateway itself.
      workloads: ingressGateway.workloads,
      calls: [
        throughIngress('http://minimal.external.kind.org/', { status: 404 }, asked),
        throughIngress('http://minimal.svc.kind.cluster2/', { status: 200 }),
      ],
    },
    {
      name: 'with the filter it reaches minimal-service',
      step: '03-cluster-2-filter',
      // Without its sidecar: the stock Envoy of the traffic tests settles the protocol of mutual TLS before the filter has found a route.
      workloads: [...ingressGateway.workloads, { name: 'minimal-service', sidecar: false }],
      calls: [throughIngress('http://minimal.external.kind.org/', { status: 200, workload: 'minimal-service', authority: 'minimal.svc.kind.cluster2' }, asked)],
    },
  ],
});
