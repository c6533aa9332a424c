import { existsSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { contents, generate, repository, scratch } from '../generator/definitions';
import { compilers, TypeProject } from '../types/project';

const definitions = resolve(repository, '../shared/crds');
const isThere = existsSync(definitions);
if (!isThere) console.log('types of the Gateway API: skipped, ../shared is not there');

const right = [
  `HTTPRouteSpec = {}`,
  `HTTPRouteSpec = { parentRefs: [{ name: 'gateway', sectionName: 'https' }], hostnames: ['a.example'], rules: [{ backendRefs: [{ name: 'reviews', port: 9080, weight: 90 }] }] }`,
  `HTTPRouteSpec = { rules: [{ matches: [{ path: { type: 'PathPrefix', value: '/' }, headers: [{ name: 'a', value: 'b' }], method: 'GET' }], timeouts: { request: '5s' } }] }`,
  `HTTPRouteSpec = { rules: [{ filters: [{ type: 'RequestRedirect', requestRedirect: { scheme: 'https', statusCode: 301 } }] }] }`,
  `GatewaySpec = { gatewayClassName: 'istio', listeners: [{ name: 'https', port: 443, protocol: 'HTTPS', tls: { mode: 'Terminate', certificateRefs: [{ name: 'cert' }] } }] }`,
];

const wrong = [
  [`HTTPRouteSpec = { rules: [{ backendRefs: [{ port: 9080 }] }] }`, "Property 'name' is missing"],
  [`HTTPRouteSpec = { rules: [{ backendRefs: [{ name: 'reviews', port: '9080' }] }] }`, "Type 'string' is not assignable to type 'number'"],
  [`HTTPRouteSpec = { rules: [{ matches: [{ path: { type: 'Prefix', value: '/' } }] }] }`, `Type '"Prefix"' is not assignable to type`],
  [`HTTPRouteSpec = { rules: [{ matches: [{ method: 'get' }] }] }`, `Did you mean '"GET"'?`],
  [`HTTPRouteSpec = { rules: [{ filter: [] }] }`, "Did you mean to write 'filters'?"],
  [`HTTPRouteSpec = { rules: [{ filters: [{ requestRedirect: {} }] }] }`, "Property 'type' is missing"],
  [`HTTPRouteSpec = { hosts: ['a.example'] }`, "'hosts' does not exist in type 'HTTPRouteSpec'"],
  [`GatewaySpec = { listeners: [] }`, "Property 'gatewayClassName' is missing"],
  [`GatewaySpec = { gatewayClassName: 'istio', selector: { istio: 'ingressgateway' }, listeners: [] }`, "'selector' does not exist in type 'GatewaySpec'"],
] as const;

(isThere ? describe : describe.skip).each(['standard', 'experimental'])('the %s definitions of the Gateway API', (channel) => {
  let folder: string;
  let out: string;
  let project: TypeProject;
  beforeAll(() => {
    folder = scratch();
    out = join(folder, 'out');
    project = new TypeProject();
    expect(generate('--crds', join(definitions, `gateway-api-1.6.0-${channel}.yaml`), '--out', out)).toEqual({ code: 0, said: '' });
    for (const [name, text] of Object.entries(contents(out))) project.write(`imports/${name}`, text);
    const program = [
      `import type { GatewaySpec, HTTPRouteSpec } from '../imports'; export { kinds, releaseTable, types } from '../imports';`,
      ...wrong.map(([value], index) => `export const wrong${index}: ${value};`),
      ...right.map((value, index) => `export const right${index}: ${value};`),
    ];
    project.write('programs/routes.ts', program.join('\n'));
  });
  afterAll(() => {
    project.remove();
    rmSync(folder, { recursive: true });
  });

  test.each(compilers)(
    'give types that refuse what is wrong and take what is right, with %s',
    (compiler) => {
      expect(project.compile(compiler)).toEqual(
        wrong.map(([, text], index) => ({ file: 'programs/routes.ts', line: index + 2, text: expect.stringContaining(text) })),
      );
    },
    60_000,
  );

  test('give files of readable width', () => {
    const lines = Object.values(contents(out)).flatMap((text) => text.split('\n'));
    expect(lines.filter((line) => line.length > 200)).toEqual([]);
  });
});
