import { ruleTable } from '../../manifest/rule';
import { example, listItem } from './example';

const plugin = (fields: string, url = 'oci://registry.example.com/filter:1.0') => example('WasmPlugin', `url: ${url}\n${fields}`);
const variables = (...items: string[]) => plugin(`vmConfig:\n  env:\n${items.map((item) => `  ${listItem(item).replace(/\n/g, '\n  ')}`).join('\n')}`);

/** Rules about modules of Wasm. */
export const wasmModuleRules = ruleTable({
  url: {
    code: 'wasm/url',
    severity: 'error',
    istiod: ['WP2', 'TX3'],
    title: 'The address of a Wasm module is missing, no URL, or of a scheme from which proxies load nothing.',
    effect: 'The cluster refuses the object.',
    fix: 'write oci://, http://, https:// or file:/// and where the module is; without a scheme it is an OCI image',
    bad: plugin('', 'ftp://example.com/filter.wasm'),
    good: plugin(''),
  },
  sha256: {
    code: 'wasm/sha256',
    severity: 'error',
    istiod: ['WP3', 'TX3'],
    title: 'The checksum of a Wasm module is malformed.',
    effect: 'The cluster refuses the object.',
    fix: 'write the 64 digits that sha256sum prints, without a prefix',
    bad: plugin('sha256: sha256:1e2f'),
    good: plugin(`sha256: "${'1e2f'.repeat(16)}"`),
  },
  nameTooLong: {
    code: 'wasm/name-too-long',
    severity: 'error',
    istiod: ['WP4', 'WP5', 'TX3'],
    title: 'A name is too long: that of the pull secret (253 bytes), the plugin or an environment variable (256 bytes).',
    effect: 'The cluster refuses the object.',
    fix: 'shorten it',
    bad: plugin(`pluginName: ${'a'.repeat(257)}`),
    good: plugin('pluginName: filter'),
  },
  variableName: {
    code: 'wasm/variable-name',
    severity: 'error',
    istiod: ['WP5', 'TX3'],
    title: 'An environment variable of a Wasm module has no name.',
    effect: 'The cluster refuses the object.',
    fix: 'name the variable',
    bad: variables('name: ""\nvalue: a'),
    good: variables('name: MODE\nvalue: a'),
  },
  duplicateVariable: {
    code: 'wasm/duplicate-variable',
    severity: 'error',
    istiod: ['WP5', 'TX3'],
    title: 'An environment variable of a Wasm module is set twice.',
    effect: 'The cluster refuses the object.',
    fix: 'keep one of them',
    bad: variables('name: MODE\nvalue: a', 'name: MODE\nvalue: b'),
    good: variables('name: MODE\nvalue: a'),
  },
  variableValue: {
    code: 'wasm/variable-value',
    severity: 'error',
    istiod: ['WP5', 'TX3'],
    title: 'An environment variable is taken from the proxy and yet has a value.',
    effect: 'The cluster refuses the object.',
    fix: 'remove value, or write valueFrom: INLINE',
    bad: variables('name: POD_NAME\nvalueFrom: HOST\nvalue: a'),
    good: variables('name: POD_NAME\nvalueFrom: HOST'),
  },
});
