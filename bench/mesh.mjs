// The mesh that speed is measured on. Per service: Deployment, Service, VirtualService with three routes, DestinationRule with two or three subsets,
// AuthorizationPolicy; per namespace of ten services: Namespace, PeerAuthentication, Sidecar; outside hosts as ServiceEntries; three public Gateways.

/** Services per size; L is 8,151 objects, 5,000 of them Istio's. */
export const sizes = { S: 50, M: 500, L: 1500 };

const servicesPerNamespace = 10;
const env = 'prod';

const range = (count) => Array.from({ length: count }, (_, index) => index);
const metadata = (name, namespace, labels = {}) => ({ name, namespace, labels: { ...labels, env } });
const object = (apiVersion, kind, meta, spec) => ({ apiVersion, kind, metadata: meta, ...(spec ? { spec } : {}) });

/** All objects of a mesh, as one list for each namespace: `[{ namespace, objects }]`. */
export function meshOf(services) {
  const teams = Math.ceil(services / servicesPerNamespace);
  const outside = Math.round((services * 197) / 1500);
  const namespaces = range(teams).map((team) => {
    const namespace = `team-${team}`;
    const own = range(services).filter((number) => Math.floor(number / servicesPerNamespace) === team);
    const external = range(outside).filter((number) => number % teams === team);
    return {
      namespace,
      objects: [
        object('v1', 'Namespace', { name: namespace, labels: { env, 'istio-injection': 'enabled' } }),
        object('security.istio.io/v1', 'PeerAuthentication', metadata('default', namespace), { mtls: { mode: 'STRICT' } }),
        object('networking.istio.io/v1', 'Sidecar', metadata('default', namespace), { egress: [{ hosts: ['./*', 'istio-system/*'] }] }),
        ...external.map((number) =>
          object('networking.istio.io/v1', 'ServiceEntry', metadata(`ext-${number}`, namespace), {
            hosts: [`api-${number}.partner.example.net`],
            location: 'MESH_EXTERNAL',
            resolution: 'DNS',
            ports: [{ number: 443, name: 'tls', protocol: 'TLS' }],
          }),
        ),
        ...own.flatMap((number) => service(number, namespace, team, teams, services)),
      ],
    };
  });
  return [...namespaces, { namespace: 'istio-ingress', objects: ingress() }];
}

function service(number, namespace, team, teams, services) {
  const name = `svc-${number}`;
  const host = `${name}.${namespace}.svc.cluster.local`;
  const labels = { app: name };
  const versions = number % 2 ? ['v1', 'v2', 'v3'] : ['v1', 'v2'];
  const canary = 5 * (1 + (number % 4));
  const isPublic = number % 5 === 0;
  const destination = (subset) => ({ host, subset, port: { number: 80 } });
  const podLabels = { app: name, version: 'v1' };
  return [
    object('apps/v1', 'Deployment', metadata(name, namespace, podLabels), {
      replicas: 1 + (number % 3),
      selector: { matchLabels: podLabels },
      template: {
        metadata: { labels: { ...podLabels, 'sidecar.istio.io/inject': 'true' } },
        spec: {
          serviceAccountName: name,
          containers: [
            {
              name: 'app',
              image: `registry.example.com/${namespace}/${name}:1.${number % 17}.0`,
              ports: [
                { name: 'http', containerPort: 8080 },
                { name: 'grpc', containerPort: 9090 },
              ],
              env: [
                { name: 'PORT', value: '8080' },
                { name: 'POD_NAMESPACE', valueFrom: { fieldRef: { fieldPath: 'metadata.namespace' } } },
              ],
              resources: { requests: { cpu: '100m', memory: '128Mi' }, limits: { memory: '256Mi' } },
              readinessProbe: { httpGet: { path: '/healthz', port: 8080 }, periodSeconds: 10 },
            },
          ],
        },
      },
    }),
    object('v1', 'Service', metadata(name, namespace, labels), {
      selector: labels,
      ports: [
        { name: 'http', port: 80, targetPort: 8080 },
        { name: 'grpc', port: 9090, targetPort: 9090 },
      ],
    }),
    object('networking.istio.io/v1', 'VirtualService', metadata(name, namespace, labels), {
      hosts: isPublic ? [host, `${name}.g${number % 3}.example.com`] : [host],
      ...(isPublic ? { gateways: ['mesh', `istio-ingress/public-${number % 3}`] } : {}),
      http: [
        {
          name: 'canary-header',
          match: [{ headers: { 'x-canary': { exact: 'true' } } }, { headers: { cookie: { regex: '^(.*;)?(canary=true)(;.*)?$' } } }],
          route: [{ destination: destination('v2') }],
        },
        {
          name: 'api',
          match: [{ uri: { prefix: '/api/' } }],
          timeout: '5s',
          retries: { attempts: 3, perTryTimeout: '2s', retryOn: '5xx,connect-failure,refused-stream' },
          route: [
            { destination: destination('v1'), weight: 100 - canary },
            { destination: destination('v2'), weight: canary },
          ],
        },
        { name: 'default', route: [{ destination: destination('v1') }] },
      ],
    }),
    object('networking.istio.io/v1', 'DestinationRule', metadata(name, namespace, labels), {
      host,
      trafficPolicy: {
        connectionPool: { tcp: { maxConnections: 100 }, http: { http2MaxRequests: 1000, maxRequestsPerConnection: 10 } },
        loadBalancer: { simple: 'LEAST_REQUEST' },
        outlierDetection: { consecutive5xxErrors: 5, interval: '30s', baseEjectionTime: '60s', maxEjectionPercent: 50 },
        tls: { mode: 'ISTIO_MUTUAL' },
      },
      subsets: versions.map((version) => ({
        name: version,
        labels: { version },
        ...(version === 'v2' ? { trafficPolicy: { loadBalancer: { simple: 'ROUND_ROBIN' } } } : {}),
      })),
    }),
    object('security.istio.io/v1', 'AuthorizationPolicy', metadata(name, namespace, labels), {
      selector: { matchLabels: labels },
      action: 'ALLOW',
      rules: [
        {
          from: [
            {
              source: {
                principals: [
                  `cluster.local/ns/team-${(team + 1) % teams}/sa/svc-${(number + 11) % services}`,
                  `cluster.local/ns/${namespace}/sa/svc-${(number + 1) % services}`,
                ],
              },
            },
          ],
          to: [{ operation: { methods: ['GET', 'POST'], paths: ['/api/*'] } }],
        },
        { from: [{ source: { namespaces: ['istio-ingress'] } }], to: [{ operation: { ports: ['8080'] } }] },
      ],
    }),
  ];
}

function ingress() {
  return [
    object('v1', 'Namespace', { name: 'istio-ingress', labels: { env, 'istio-injection': 'enabled' } }),
    ...range(3).map((number) => {
      const host = `*.g${number}.example.com`;
      return object('networking.istio.io/v1', 'Gateway', metadata(`public-${number}`, 'istio-ingress'), {
        selector: { istio: 'ingressgateway' },
        servers: [
          { port: { number: 443, name: 'https', protocol: 'HTTPS' }, hosts: [host], tls: { mode: 'SIMPLE', credentialName: `public-${number}-cert` } },
          { port: { number: 80, name: 'http', protocol: 'HTTP' }, hosts: [host], tls: { httpsRedirect: true } },
        ],
      });
    }),
  ];
}

/** Whether an object is one of Istio's. */
export const isIstio = ({ apiVersion }) => apiVersion.includes('istio.io');
