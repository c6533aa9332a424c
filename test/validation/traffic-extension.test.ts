import { found } from './istiod';

const extension = (spec: object) => found('TrafficExtension', spec);
const lua = (inlineCode?: string) => extension({ lua: { inlineCode } });

test('TX1: there is Wasm or Lua to run', () => {
  expect(extension({})).toEqual(['traffic-extension/nothing-to-run spec']);
});

test('TX2: Lua code is there, and at most 65536 bytes long', () => {
  expect(lua()).toEqual(['traffic-extension/lua-empty spec.lua.inlineCode']);
  expect(lua('a'.repeat(65537))).toEqual(['traffic-extension/lua-too-long spec.lua.inlineCode']);
  expect(lua('é'.repeat(32769))).toEqual(['traffic-extension/lua-too-long spec.lua.inlineCode']);
  expect(lua('a'.repeat(65536))).toEqual([]);
});

test('TX3: Wasm, ports, selector and targets are checked as in a WasmPlugin', () => {
  expect(extension({ wasm: { url: 'ftp://a', sha256: 'x', vmConfig: { env: [{}] } }, match: [{ ports: [{ number: 0 }] }] })).toEqual([
    'wasm/url spec.wasm.url',
    'wasm/sha256 spec.wasm.sha256',
    'wasm/variable-name spec.wasm.vmConfig.env[0].name',
    'port/out-of-range spec.match[0].ports[0].number',
  ]);
  expect(extension({ wasm: { url: 'a' }, selector: {}, targetRefs: [{ kind: 'Pod', name: 'a' }] })).toEqual([
    'target-ref/several-targets spec.targetRefs',
    'selector/empty spec.selector',
    'target-ref/kind spec.targetRefs[0].kind',
  ]);
});
