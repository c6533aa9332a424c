import { fieldPath } from '../manifest/path';
import type { CheckContext, DecodedObject } from './context';
import { eachMessage, message, messages, text } from './decoded';
import { targetRefRules as rules } from './rules/target-refs';

const attachable: ReadonlySet<string> = new Set([
  'core/Service',
  'networking.istio.io/ServiceEntry',
  'gateway.networking.k8s.io/Gateway',
  'gateway.networking.k8s.io/GatewayClass',
]);

/** Checks `spec.targetRef` and every one of `spec.targetRefs`. */
export function checkTargetRefs(spec: DecodedObject, context: CheckContext): void {
  const single = message(spec.targetRef);
  if (single !== undefined) {
    checkTargetRef(single, 'spec.targetRef', context);
  }
  eachMessage(spec.targetRefs, 'spec.targetRefs', (target, path) => checkTargetRef(target, path, context));
}

/** Checks that a policy says once what it is attached to: by `spec.selector`, `spec.targetRef` or `spec.targetRefs`. */
export function checkSingleTarget(spec: DecodedObject, { report }: CheckContext): void {
  const given = ['selector', 'targetRef', 'targetRefs'].filter((field) => message(spec[field]) !== undefined || messages(spec[field]).length > 0);
  if (given.length > 1) {
    report(rules.severalTargets, fieldPath('spec', given[1] as string), `The policy is attached by ${given.join(' and by ')}; only one of them may be set.`);
  }
}

function checkTargetRef(target: DecodedObject, path: string, { report }: CheckContext): void {
  if (text(target.name) === '') {
    report(rules.nameMissing, `${path}.name`, 'The target has no name.');
  }
  if (text(target.namespace) !== '') {
    report(
      rules.otherNamespace,
      `${path}.namespace`,
      `The target is sought in the namespace of the policy; another one ("${text(target.namespace)}") cannot be named.`,
    );
  }
  const group = text(target.group);
  const kind = text(target.kind);
  if (!attachable.has(`${group || 'core'}/${kind}`)) {
    const what = group === '' ? `a core ${kind || 'object without a kind'}` : `${group}/${kind}`;
    report(rules.kindUnsupported, `${path}.kind`, `A policy cannot be attached to ${what}.`);
  }
}
