import type { KindCheck } from './context';
import { message, text } from './decoded';
import { utf8Length } from './grammar/text';
import { trafficExtensionRules as rules } from './rules/traffic-extension';
import { checkSelector } from './selectors';
import { checkSingleTarget, checkTargetRefs } from './target-refs';
import { checkTrafficSelectors, checkWasmModule } from './wasm-module';

const MAX_CODE_BYTES = 65536;

/** What istiod checks in a TrafficExtension. */
export const checkTrafficExtension: KindCheck = (spec, context) => {
  const wasm = message(spec.wasm);
  const lua = message(spec.lua);
  if (wasm === undefined && lua === undefined) {
    context.report(rules.nothing, 'spec', 'The extension has neither Wasm nor Lua to run.');
  }
  checkSingleTarget(spec, context);
  checkSelector(message(spec.selector), 'spec.selector', context);
  checkTargetRefs(spec, context);
  if (lua !== undefined) {
    const size = utf8Length(text(lua.inlineCode));
    if (size === 0) {
      context.report(rules.luaEmpty, 'spec.lua.inlineCode', 'There is no Lua code to run.');
    } else if (size > MAX_CODE_BYTES) {
      context.report(rules.luaTooLong, 'spec.lua.inlineCode', `The Lua code has ${size} bytes, and ${MAX_CODE_BYTES} are allowed.`);
    }
  }
  if (wasm !== undefined) {
    checkWasmModule(wasm, 'spec.wasm', context);
  }
  checkTrafficSelectors(spec.match, 'spec.match', context);
};
