import { destinationRuleFor } from '../../src/mesh/destination-rules';
import type { MeshFacts } from '../../src/mesh/facts';
import type { Workload } from '../../src/mesh/workload';
import { findWorkload } from '../../src/mesh/workloads';
import { meshOf, serviceIn } from './mesh-of';

const HOST = 'reviews.shop.svc.cluster.local';

const facts: MeshFacts = {
  services: [{ name: 'reviews', namespace: 'shop', ports: [{ name: 'http', port: 9080 }] }],
  workloads: [
    { name: 'front', namespace: 'shop' },
    { name: 'admin', namespace: 'ops' },
    { name: 'root', namespace: 'istio-system' },
  ],
};

/** A rule in short: `namespace/name host`, then the rest of its spec as YAML in one line, and how old it is. */
function rule(name: string, host: string, spec = '', day = 1): string {
  const [namespace, own] = name.split('/');
  const rest = spec === '' ? '' : `, ${spec}`;
  return `---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: ${own}, namespace: ${namespace}, creationTimestamp: "2026-01-0${day}T00:00:00Z" }
spec: { host: "${host}"${rest} }
`;
}

const subset = (name: string) => `subsets: [{ name: ${name}, labels: { version: ${name} } }]`;

/** The subsets that a client knows, and the load balancer of the policy; undefined without a rule. */
function known(rules: readonly string[], client: string, more: MeshFacts = {}): string | undefined {
  const mesh = meshOf(rules.join(''), { ...facts, ...more });
  const found = destinationRuleFor(mesh, findWorkload(mesh, client) as Workload, serviceIn(mesh, HOST));
  if (found === undefined) return undefined;
  const simple = found.trafficPolicy?.spec.loadBalancer?.simple;
  return [...found.subsets.keys(), ...(simple ? [simple] : [])].join(' ');
}

describe('the DestinationRule of a client', () => {
  it('is one of its own namespace, before those of the service and of the root namespace, and nothing is inherited', () => {
    const all = [rule('ops/a', HOST, subset('own')), rule('shop/a', 'reviews', subset('service')), rule('istio-system/a', HOST, subset('root'))];
    expect(known(all, 'admin.ops')).toBe('own');
    expect(known(all.slice(1), 'admin.ops')).toBe('service');
    expect(known(all.slice(2), 'admin.ops')).toBe('root');
    expect(known([], 'admin.ops')).toBeUndefined();
  });

  it('is for clients in the root namespace the service owner’s, unless one there is for them alone', () => {
    const all = [rule('istio-system/a', HOST, subset('root')), rule('shop/a', 'reviews', subset('service'))];
    expect(known(all, 'root.istio-system')).toBe('service');
    expect(known([rule('istio-system/p', HOST, `${subset('private')}, exportTo: ["."]`), ...all], 'root.istio-system')).toBe('private');
  });

  it('is the most specific one of its level, and a wildcard lends nothing to it', () => {
    const wild = [rule('shop/a', '*.local', subset('far')), rule('shop/b', '*.shop.svc.cluster.local', subset('near'))];
    expect(known(wild, 'front.shop')).toBe('near');
    expect(known([...wild, rule('shop/c', 'reviews', subset('exact'))], 'front.shop')).toBe('exact');
    expect(known([rule('ops/a', '*', subset('wild')), rule('shop/a', 'reviews', subset('service'))], 'admin.ops')).toBe('wild');
  });

  it('is hidden from namespaces that it is not exported to, and so are wider ones of its namespace', () => {
    const hidden = rule('shop/a', 'reviews', `${subset('hidden')}, exportTo: ["dev"]`);
    expect(known([hidden], 'admin.ops')).toBeUndefined();
    expect(known([hidden, rule('shop/b', '*.shop.svc.cluster.local', subset('wide'))], 'admin.ops')).toBeUndefined();
    expect(known([hidden, rule('istio-system/b', HOST, subset('root'))], 'admin.ops')).toBe('root');
    expect(known([rule('shop/a', 'reviews', `${subset('named')}, exportTo: ["ops"]`)], 'admin.ops')).toBe('named');
    expect(known([rule('shop/a', 'reviews', `${subset('named')}, exportTo: ["ops"]`)], 'front.shop')).toBeUndefined();
  });

  it('belongs to its namespace alone where MeshConfig says so', () => {
    const mesh = { mesh: { defaultDestinationRuleExportTo: ['.'] } };
    expect(known([rule('shop/a', 'reviews', subset('v1'))], 'admin.ops', mesh)).toBeUndefined();
    expect(known([rule('shop/a', 'reviews', subset('v1'))], 'front.shop', mesh)).toBe('v1');
  });

  it('selects by workload within its namespace, the oldest that fits before those without selector', () => {
    const selecting = rule('shop/z', 'reviews', `${subset('selected')}, workloadSelector: { matchLabels: { app: front } }`, 5);
    const younger = rule(
      'shop/y',
      'reviews',
      `${subset('later')}, workloadSelector: { matchLabels: { app: front, "service.istio.io/canonical-name": front } }`,
      6,
    );
    const general = rule('shop/a', 'reviews', subset('general'));
    expect(known([general, younger, selecting], 'front.shop')).toBe('selected');
    expect(known([general, selecting], 'admin.ops')).toBe('general');
    expect(known([selecting], 'admin.ops')).toBeUndefined();
  });

  it('does not select on the way in', () => {
    const mesh = meshOf(rule('shop/z', 'reviews', `${subset('selected')}, workloadSelector: { matchLabels: { app: front } }`), facts);
    expect(destinationRuleFor(mesh, findWorkload(mesh, 'front.shop') as Workload, serviceIn(mesh, HOST), 'inbound')).toBeUndefined();
  });
});

describe('several DestinationRules of one host and namespace', () => {
  const policy = (simple: string) => `trafficPolicy: { loadBalancer: { simple: ${simple} } }`;

  it('are merged: all subsets, and the policy of the oldest that has one', () => {
    const rules = [
      rule('shop/b', 'reviews', `${subset('v2')}, ${policy('RANDOM')}`, 3),
      rule('shop/a', 'reviews', subset('v1'), 2),
      rule('shop/c', 'reviews', `${subset('v3')}, ${policy('ROUND_ROBIN')}`, 4),
    ];
    expect(known(rules, 'front.shop')).toBe('v1 v2 v3 RANDOM');
  });

  it('keep the first of two subsets with one name', () => {
    const mesh = meshOf(
      rule('shop/a', 'reviews', 'subsets: [{ name: v1, labels: { version: one } }]', 1) +
        rule('shop/b', 'reviews', 'subsets: [{ name: v1, labels: { version: two } }]', 2),
      facts,
    );
    const found = destinationRuleFor(mesh, findWorkload(mesh, 'front.shop') as Workload, serviceIn(mesh, HOST));
    expect(found?.subsets.get('v1')?.spec.labels).toEqual({ version: 'one' });
    expect(found?.subsets.get('v1')?.source.path).toBe('spec.subsets[0]');
  });

  it('stay apart where they are exported to others, and the youngest that is visible counts', () => {
    const rules = [rule('shop/a', 'reviews', subset('v1'), 1), rule('shop/b', 'reviews', `${subset('v2')}, exportTo: ["*"]`, 2)];
    expect(known(rules, 'front.shop')).toBe('v2');
    expect(
      known(
        [rule('shop/a', 'reviews', `${subset('v1')}, exportTo: ["ops"]`, 1), rule('shop/b', 'reviews', `${subset('v2')}, exportTo: ["."]`, 2)],
        'admin.ops',
      ),
    ).toBe('v1');
  });

  it('fold a younger one that is exported further into the older one', () => {
    const rules = [
      rule('shop/a', 'reviews', `${subset('v1')}, exportTo: ["ops"]`, 1),
      rule('shop/b', 'reviews', `${subset('v2')}, exportTo: ["ops", "dev"]`, 2),
    ];
    expect(known(rules, 'admin.ops')).toBe('v1 v2');
  });

  it('are merged whoever sees them where istiod is told to', () => {
    const rules = [rule('shop/a', 'reviews', subset('v1'), 1), rule('shop/b', 'reviews', `${subset('v2')}, exportTo: ["*"]`, 2)];
    expect(known(rules, 'front.shop', { env: { ENABLE_ENHANCED_DESTINATIONRULE_MERGE: 'false' } })).toBe('v1 v2');
  });

  it('are not merged across different selectors', () => {
    const select = (app: string) => `workloadSelector: { matchLabels: { app: ${app} } }`;
    const rules = [
      rule('shop/a', 'reviews', `${subset('v1')}, ${select('other')}`, 1),
      rule('shop/b', 'reviews', `${subset('v2')}, ${select('front')}`, 2),
      rule('shop/c', 'reviews', `${subset('v3')}, ${select('front')}`, 3),
    ];
    expect(known(rules, 'front.shop')).toBe('v2 v3');
  });
});
