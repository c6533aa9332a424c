import type { KindCheck } from './context';
import { message } from './decoded';
import { checkSelector } from './selectors';
import { checkSingleTarget, checkTargetRefs } from './target-refs';
import { checkTrafficSelectors, checkWasmModule } from './wasm-module';

/** What istiod checks in a WasmPlugin. */
export const checkWasmPlugin: KindCheck = (spec, context) => {
  checkSingleTarget(spec, context);
  checkSelector(message(spec.selector), 'spec.selector', context);
  checkTargetRefs(spec, context);
  checkWasmModule(spec, 'spec', context);
  checkTrafficSelectors(spec.match, 'spec.match', context);
};
