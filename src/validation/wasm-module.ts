import type { CheckContext, DecodedObject, DecodedValue } from './context';
import { eachMessage, message, number, text } from './decoded';
import { utf8Length } from './grammar/text';
import { moduleAddressProblem } from './grammar/url';
import { wasmModuleRules as rules } from './rules/wasm-module';
import { checkPort } from './values';

const MAX_SECRET_BYTES = 253;
const MAX_NAME_BYTES = 256;

/** Checks where a Wasm module comes from and how it is run; WasmPlugins and TrafficExtensions have the same fields for it. */
export function checkWasmModule(module: DecodedObject, path: string, context: CheckContext): void {
  const { report } = context;
  const url = text(module.url);
  const problem = url === '' ? 'is missing' : moduleAddressProblem(url);
  if (problem !== undefined) {
    report(rules.url, `${path}.url`, `The address ${url === '' ? 'of the module' : `"${url}"`} ${problem}.`);
  }
  const sha256 = text(module.sha256);
  if (sha256 !== '' && !/^[a-f0-9]{64}$/.test(sha256)) {
    report(rules.sha256, `${path}.sha256`, `"${sha256}" is no SHA-256 checksum, which has 64 digits from 0 to f in lower case.`);
  }
  checkLength(module, 'imagePullSecret', MAX_SECRET_BYTES, path, context);
  checkLength(module, 'pluginName', MAX_NAME_BYTES, path, context);
  checkEnvironment(message(module.vmConfig)?.env, `${path}.vmConfig.env`, context);
}

function checkLength(module: DecodedObject, field: string, limit: number, path: string, { report }: CheckContext): void {
  const size = utf8Length(text(module[field]));
  if (size > limit) {
    report(rules.nameTooLong, `${path}.${field}`, `${field} has ${size} bytes, and ${limit} are allowed.`);
  }
}

function checkEnvironment(variables: DecodedValue | undefined, path: string, context: CheckContext): void {
  const names = new Set<string>();
  eachMessage(variables, path, (variable, variablePath) => {
    const name = text(variable.name);
    if (name === '') {
      context.report(rules.variableName, `${variablePath}.name`, 'The environment variable has no name.');
    } else if (names.has(name)) {
      context.report(rules.duplicateVariable, `${variablePath}.name`, `The environment variable ${name} is set twice.`);
    }
    names.add(name);
    checkLength(variable, 'name', MAX_NAME_BYTES, variablePath, context);
    if ((variable.valueFrom ?? 'INLINE') !== 'INLINE' && text(variable.value) !== '') {
      context.report(rules.variableValue, `${variablePath}.value`, `The variable ${name} is taken from the proxy, so it cannot have a value here.`);
    }
  });
}

/** Checks for which ports an extension is meant. */
export function checkTrafficSelectors(selectors: DecodedValue | undefined, path: string, context: CheckContext): void {
  eachMessage(selectors, path, (selector, selectorPath) => {
    eachMessage(selector.ports, `${selectorPath}.ports`, (port, portPath) => checkPort(number(port.number), `${portPath}.number`, context));
  });
}
