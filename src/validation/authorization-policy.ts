import { checkCondition } from './authorization-condition';
import { checkOperation } from './authorization-operation';
import { checkSource } from './authorization-source';
import type { CheckContext, DecodedObject, KindCheck } from './context';
import { eachMessage, message, messages, text, texts } from './decoded';
import { authorizationPolicyRules as rules } from './rules/authorization-policy';
import { checkSelector } from './selectors';
import { checkSingleTarget, checkTargetRefs } from './target-refs';

/** What an external authorizer cannot be asked about, because proxies look at it after they asked. */
const sourcesBeyondCustom = ['namespaces', 'serviceAccounts', 'trustDomains', 'principals', 'requestPrincipals'].flatMap((field) => [field, negated(field)]);
const keysBeyondCustom = /^(?:source\.(?:namespace|serviceAccount|trustDomain|principal)$|request\.auth\.)/;

/** What works without HTTP, so that a rule with it also says something about TCP. */
const tcpSources = ['principals', 'ipBlocks', 'remoteIpBlocks', 'namespaces', 'serviceAccounts'].flatMap((field) => [field, negated(field)]);
const tcpOperations = ['ports', 'notPorts'];

function negated(field: string): string {
  return `not${field[0]?.toUpperCase()}${field.slice(1)}`;
}

/** What istiod checks in an AuthorizationPolicy. */
export const checkAuthorizationPolicy: KindCheck = (spec, context) => {
  checkSingleTarget(spec, context);
  checkSelector(message(spec.selector), 'spec.selector', context);
  checkTargetRefs(spec, context);
  const action = spec.action ?? 'ALLOW';
  if (action === 'CUSTOM') {
    checkCustom(spec, context);
  } else if (spec.provider !== undefined) {
    context.report(rules.providerWithoutCustom, 'spec.provider', `The provider is asked by the action CUSTOM only, not by ${String(action)}.`);
  }
  if ((action === 'CUSTOM' || action === 'DENY') && spec.rules === undefined) {
    context.report(rules.noRules, 'spec.rules', `Without rules the action ${action} never happens.`);
  }
  eachMessage(spec.rules, 'spec.rules', (rule, path) => {
    checkFrom(rule, path, context);
    checkTo(rule, path, context);
    eachMessage(rule.when, `${path}.when`, (condition, conditionPath) => checkCondition(condition, conditionPath, context));
    if (action === 'DENY' && saysNothingAboutTcp(rule)) {
      const message = 'The rule asks for attributes of HTTP only. They count as met where there is no HTTP, so all TCP traffic is denied.';
      context.report(rules.denyHttpOnly, path, message);
    }
  });
};

function checkCustom(spec: DecodedObject, { report }: CheckContext): void {
  if (spec.rules !== undefined && text(message(spec.provider)?.name) === '') {
    report(rules.providerMissing, 'spec.provider.name', 'The action CUSTOM asks a provider, but none is named.');
  }
  eachMessage(spec.rules, 'spec.rules', (rule, path) => {
    eachMessage(rule.from, `${path}.from`, (from, fromPath) => {
      for (const field of sourcesBeyondCustom.filter((name) => message(from.source)?.[name] !== undefined)) {
        report(rules.customUnsupported, `${fromPath}.source.${field}`, `The action CUSTOM cannot ask for ${field}.`);
      }
    });
    eachMessage(rule.when, `${path}.when`, (condition, conditionPath) => {
      if (keysBeyondCustom.test(text(condition.key))) {
        report(rules.customUnsupported, `${conditionPath}.key`, `The action CUSTOM cannot ask for ${text(condition.key)}.`);
      }
    });
  });
}

function checkFrom(rule: DecodedObject, path: string, context: CheckContext): void {
  eachMessage(rule.from, `${path}.from`, ({ source }, fromPath) => {
    if (source === undefined) {
      context.report(rules.sourceMissing, `${fromPath}.source`, 'The item of from has no source.');
    } else {
      checkSource(message(source) ?? {}, `${fromPath}.source`, context);
    }
  });
}

function checkTo(rule: DecodedObject, path: string, context: CheckContext): void {
  eachMessage(rule.to, `${path}.to`, ({ operation }, toPath) => {
    if (operation === undefined) {
      context.report(rules.operationMissing, `${toPath}.operation`, 'The item of to has no operation.');
    } else {
      checkOperation(message(operation) ?? {}, `${toPath}.operation`, context);
    }
  });
}

function saysNothingAboutTcp(rule: DecodedObject): boolean {
  const sources = parts(rule, 'from', 'source');
  const operations = parts(rule, 'to', 'operation');
  const uses = (items: readonly DecodedObject[], fields: readonly string[]) => items.some((item) => fields.some((field) => texts(item[field]).length > 0));
  return operations.length > 0 ? !uses(operations, tcpOperations) : sources.length > 0 && !uses(sources, tcpSources);
}

function parts(rule: DecodedObject, list: string, field: string): DecodedObject[] {
  return messages(rule[list])
    .map((item) => message(item[field]))
    .filter((part) => part !== undefined);
}
