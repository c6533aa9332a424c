import { ruleTable } from '../../manifest/rule';
import { example } from './example';

const lua = (code: string) => example('TrafficExtension', `lua:\n  inlineCode: ${code}`);
const code = JSON.stringify('function envoy_on_request(handle) end');

/** Rules about TrafficExtensions. */
export const trafficExtensionRules = ruleTable({
  nothing: {
    code: 'traffic-extension/nothing-to-run',
    severity: 'error',
    istiod: ['TX1'],
    title: 'A TrafficExtension has neither Wasm nor Lua.',
    effect: 'The cluster refuses the object.',
    fix: 'set wasm or lua',
    bad: example('TrafficExtension', 'phase: AUTHN'),
    good: lua(code),
  },
  luaEmpty: {
    code: 'traffic-extension/lua-empty',
    severity: 'error',
    istiod: ['TX2'],
    title: 'There is no Lua code to run.',
    effect: 'The cluster refuses the object.',
    fix: 'write the code',
    bad: lua('""'),
    good: lua(code),
  },
  luaTooLong: {
    code: 'traffic-extension/lua-too-long',
    severity: 'error',
    istiod: ['TX2'],
    title: 'The Lua code has more than 65536 bytes.',
    effect: 'The cluster refuses the object.',
    fix: 'shorten the code, or write a Wasm module',
    bad: lua(JSON.stringify(`--${'a'.repeat(65535)}`)),
    good: lua(code),
  },
});
