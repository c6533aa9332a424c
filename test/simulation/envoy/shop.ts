import type { MeshFacts, WorkloadFact } from '../../../src/mesh/facts';
import { Mesh } from '../../../src/simulation/mesh';
import type { Outcome } from '../../../src/simulation/outcome';

const service = (name: string): NonNullable<MeshFacts['services']>[number] => ({
  name,
  namespace: 'shop',
  ports: [{ name: 'http', port: 80 }],
  selector: { app: name },
});
const workload = (name: string, more: Partial<WorkloadFact> = {}): WorkloadFact => ({ name, namespace: 'shop', ...more });

/** A caller `web`, and servers `cart` (two, of versions v1 and v2), `stock`, and `broken`, which nobody runs. */
export const facts: MeshFacts = {
  dns: 'listed',
  services: [service('cart'), service('stock'), service('broken')],
  workloads: [
    workload('web'),
    workload('cart-v1', { labels: { app: 'cart', version: 'v1' } }),
    workload('cart-v2', { labels: { app: 'cart', version: 'v2' } }),
    workload('stock'),
    workload('broken', { sidecar: false, behavior: { down: true } }),
    workload('legacy', { sidecar: false }),
  ],
};

export const virtualService = (http: string, more = 'hosts: [cart]', name = 'cart'): string =>
  `apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: { name: ${name}, namespace: shop }\nspec: { ${more}, http: [${http}] }\n---\n`;
const subsets = `apiVersion: networking.istio.io/v1\nkind: DestinationRule\nmetadata: { name: cart, namespace: shop }
spec: { host: cart, subsets: [{ name: v1, labels: { version: v1 } }, { name: v2, labels: { version: v2 } }, { name: v9, labels: { version: v9 } }] }\n---\n`;

export const to = (destination = 'host: stock'): string => `route: [{ destination: { ${destination} } }]`;

export interface Question {
  readonly path?: string;
  readonly method?: string;
  readonly host?: string;
  readonly from?: string;
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
}

/** Asks for `http://cart/` under the http routes of one VirtualService. */
export function ask(
  http: string,
  { path = '/', method = 'GET', host = 'cart', from = 'web.shop', headers = {} }: Question = {},
  more: MeshFacts = {},
): Outcome {
  const mesh = Mesh.ofYaml((http === '' ? '' : virtualService(http)) + subsets, { ...facts, ...more });
  const [refused] = mesh.rejected;
  if (refused !== undefined) throw new Error(refused.message);
  return mesh.request({ from, to: `http://${host}${path}`, method, headers });
}

/** Fields that a result leaves out where they do not apply; here they are undefined, so that tests can say so. */
const absent = { workload: undefined, body: undefined, flags: undefined, attempts: undefined, upstreamCluster: undefined, serverFlags: undefined };

/** What a request shows that has only one way to go. */
export function result(...question: Parameters<typeof ask>): Outcome['likeliest']['result'] {
  const { alternatives, likeliest } = ask(...question);
  if (alternatives.length > 1) throw new Error(`${alternatives.length} ways`);
  return { ...absent, ...likeliest.result } as Outcome['likeliest']['result'];
}
