import { meshOf } from './mesh-of';

const pod = (name: string, { namespace = 'shop', labels = '', annotations = '', spec = '', image = 'app' } = {}): string => `
apiVersion: v1
kind: Pod
metadata: { name: ${name}, namespace: ${namespace}, labels: { ${labels} }, annotations: { ${annotations} } }
spec: { ${spec ? `${spec}, ` : ''}containers: [{ name: app, image: ${image} }] }
---`;
const namespace = (name: string, labels: string): string => `
apiVersion: v1
kind: Namespace
metadata: { name: ${name}, labels: { ${labels} } }
---`;
const enabled = 'istio-injection: enabled';
const yes = 'sidecar.istio.io/inject: "true"';
const no = 'sidecar.istio.io/inject: "false"';

const proxies = (text: string): Record<string, string> => Object.fromEntries(meshOf(text).workloads.map(({ name, proxy }) => [name, proxy]));

test.each<[string, string, string, string]>([
  ['labelled namespace', namespace('shop', enabled), pod('a'), 'sidecar'],
  ['labelled namespace, label of the pod says no', namespace('shop', enabled), pod('a', { labels: no }), 'none'],
  ['labelled namespace, annotation of the pod says no', namespace('shop', enabled), pod('a', { annotations: no }), 'none'],
  ['label of the pod counts before its annotation', namespace('shop', enabled), pod('a', { labels: yes, annotations: no }), 'sidecar'],
  ['labelled namespace, on the network of the host', namespace('shop', enabled), pod('a', { spec: 'hostNetwork: true' }), 'none'],
  ['namespace of a revision', namespace('shop', 'istio.io/rev: canary'), pod('a'), 'sidecar'],
  ['namespace that refuses', namespace('shop', 'istio-injection: disabled'), pod('a', { labels: yes }), 'none'],
  ['namespace that refuses in spite of its revision', namespace('shop', 'istio-injection: disabled, istio.io/rev: x'), pod('a'), 'none'],
  ['ambient namespace', namespace('shop', 'istio.io/dataplane-mode: ambient'), pod('a'), 'none'],
  ['ambient namespace, pod asks', namespace('shop', 'istio.io/dataplane-mode: ambient'), pod('a', { labels: yes }), 'sidecar'],
  ['another namespace is labelled, this one is not', namespace('shop', '') + namespace('other', enabled), pod('a'), 'none'],
  ['another namespace is labelled, this one is not, pod asks', namespace('shop', '') + namespace('other', enabled), pod('a', { labels: yes }), 'sidecar'],
  [
    'another namespace is labelled, this one is not, pod names a revision',
    namespace('shop', '') + namespace('other', enabled),
    pod('a', { labels: 'istio.io/rev: x' }),
    'sidecar',
  ],
  [
    'another namespace is labelled, this one is not, annotation asks',
    namespace('shop', '') + namespace('other', enabled),
    pod('a', { annotations: yes }),
    'none',
  ],
  ['another namespace is labelled, this one is not declared', namespace('other', enabled), pod('a'), 'sidecar'],
  ['nothing is said', '', pod('a'), 'sidecar'],
  ['nothing is said of the declared namespace', namespace('shop', 'team: x'), pod('a'), 'sidecar'],
  ['nothing is said, but another pod asks for itself', pod('b', { labels: yes }), pod('a'), 'none'],
  ['nothing is said, another pod refuses for itself', pod('b', { labels: no }), pod('a'), 'sidecar'],
  ['nothing is said, of a namespace of Kubernetes', '', pod('a', { namespace: 'kube-system' }), 'none'],
  ['a pod that was injected already', namespace('shop', 'istio-injection: disabled'), pod('a', { annotations: 'sidecar.istio.io/status: "{}"' }), 'sidecar'],
])('%s', (_, others, text, proxy) => {
  expect(proxies(others + text).a).toBe(proxy);
});

test('labels of pods say no as YAML does, and yes with one word', () => {
  const asks = (value: string, others = namespace('shop', '') + namespace('other', enabled)) =>
    proxies(others + pod('a', { labels: `sidecar.istio.io/inject: "${value}"` })).a;
  expect(['true', 'True', 'y', 'yes', 'on', '1'].map((value) => asks(value))).toEqual(['sidecar', ...Array(5).fill('none')]);
  const refuses = ['n', 'no', 'false', 'off', 'N', '0'].map((value) => asks(value, namespace('shop', enabled)));
  expect(refuses).toEqual([...Array(4).fill('none'), 'sidecar', 'sidecar']);
});

test('with another value of the label of a namespace nobody is asked, whatever revision it names', () => {
  const odd = namespace('shop', 'istio-injection: perhaps, istio.io/rev: x');
  expect([proxies(odd + pod('a')).a, proxies(odd + pod('a', { labels: yes })).a]).toEqual(['none', 'none']);
});

test('gateways are told by their template, their image or their labels', () => {
  const text = [
    pod('template', { annotations: 'inject.istio.io/templates: "sidecar,gateway"' }),
    pod('auto', { image: 'auto' }),
    pod('image', { image: 'docker.io/istio/proxyv2:1.31.0' }),
    pod('ingress', { labels: 'istio: ingressgateway' }),
    pod('egress', { labels: 'app: istio-egressgateway' }),
    pod('managed', { labels: 'gateway.networking.k8s.io/gateway-name: front' }),
    pod('app', { labels: 'istio: pilot' }),
  ].join('');
  expect(proxies(text)).toEqual({
    template: 'gateway',
    auto: 'gateway',
    image: 'gateway',
    ingress: 'gateway',
    egress: 'gateway',
    managed: 'gateway',
    app: 'sidecar',
  });
});

test('a pod with an application beside the proxy has a sidecar', () => {
  const text = `
apiVersion: v1
kind: Pod
metadata: { name: a }
spec: { containers: [{ name: app, image: app }, { name: istio-proxy, image: istio/proxyv2:1.31.0 }] }`;
  const disabled = namespace('default', 'istio-injection: disabled');
  expect(proxies(disabled + text)).toEqual({ a: 'sidecar' });
  expect(proxies(disabled + text.replace('istio/proxyv2:1.31.0', 'app'))).toEqual({ a: 'none' });
  expect(proxies(disabled + text.replace('istio/proxyv2:1.31.0', 'auto'))).toEqual({ a: 'none' });
  expect(proxies(disabled + text.replace('istio-proxy', 'other'))).toEqual({ a: 'none' });
});
