import { CelSyntaxError } from '../schema/cel/errors';
import { parse } from '../schema/cel/parser';
import type { CheckContext, DecodedObject, DecodedValue, KindCheck } from './context';
import { eachMessage, eachMessageEntry, message, messages, number, text } from './decoded';
import { telemetryRules as rules } from './rules/telemetry';
import { checkSelector } from './selectors';
import { checkSingleTarget, checkTargetRefs } from './target-refs';

/** The field of each sort of tag that says where its value comes from. */
const tagSources = { literal: 'value', header: 'name', environment: 'name' };

/** What istiod checks in a Telemetry. */
export const checkTelemetry: KindCheck = (spec, context) => {
  checkSingleTarget(spec, context);
  checkSelector(message(spec.selector), 'spec.selector', context);
  checkTargetRefs(spec, context);
  eachMessage(spec.metrics, 'spec.metrics', (metrics, path) => {
    checkProviders(metrics.providers, path, context);
    eachMessage(metrics.overrides, `${path}.overrides`, (override, overridePath) => checkOverride(override, overridePath, context));
  });
  checkTracing(spec, context);
  eachMessage(spec.accessLogging, 'spec.accessLogging', (logging, path) => {
    const filter = message(logging.filter);
    if (filter !== undefined) {
      checkExpression(text(filter.expression), `${path}.filter.expression`, context);
    }
    checkProviders(logging.providers, path, context);
  });
};

function checkProviders(providers: DecodedValue | undefined, path: string, { report }: CheckContext): void {
  eachMessage(providers, `${path}.providers`, ({ name }, providerPath) => {
    if (text(name) === '') {
      report(rules.providerName, `${providerPath}.name`, 'The provider has no name.');
    }
  });
}

function checkTracing(spec: DecodedObject, context: CheckContext): void {
  if (messages(spec.tracing).length > 1) {
    context.report(rules.severalTracing, 'spec.tracing[1]', 'Istio does not support several settings for tracing.');
  }
  eachMessage(spec.tracing, 'spec.tracing', (tracing, path) => {
    if (messages(tracing.providers).length > 1) {
      context.report(rules.severalProviders, `${path}.providers[1]`, 'Istio does not support several providers for tracing.');
    }
    checkProviders(tracing.providers, path, context);
    const percentage = number(tracing.randomSamplingPercentage);
    if (percentage < 0 || percentage > 100) {
      context.report(rules.samplingPercentage, `${path}.randomSamplingPercentage`, `${percentage} is no percentage from 0 to 100.`);
    }
    eachMessageEntry(tracing.customTags, `${path}.customTags`, (name, tag, tagPath) => checkTag(name, tag, tagPath, context));
  });
}

function checkTag(name: string, tag: DecodedObject, path: string, { report }: CheckContext): void {
  if (name === '') {
    report(rules.tagName, path, 'A tag has no name.');
  }
  for (const [source, field] of Object.entries(tagSources)) {
    if (tag[source] !== undefined && text(message(tag[source])?.[field]) === '') {
      report(rules.tagSource, `${path}.${source}.${field}`, `The tag ${name} is taken from ${source}, but its ${field} is empty.`);
    }
  }
}

function checkOverride(override: DecodedObject, path: string, { report }: CheckContext): void {
  eachMessageEntry(override.tagOverrides, `${path}.tagOverrides`, (name, tag, tagPath) => {
    if (name === '') {
      report(rules.overrideName, tagPath, 'An override of a tag has no name.');
    }
    const operation = tag.operation ?? 'UPSERT';
    if (operation === 'UPSERT' && text(tag.value) === '') {
      report(rules.overrideValueMissing, `${tagPath}.value`, `The tag ${name} is set, but to no value.`);
    }
    if (operation === 'REMOVE' && text(tag.value) !== '') {
      report(rules.overrideValueUnused, `${tagPath}.value`, `The tag ${name} is removed, so it cannot have a value.`);
    }
  });
  if (message(override.match)?.customMetric === '') {
    report(rules.customMetric, `${path}.match.customMetric`, 'The custom metric has no name.');
  }
}

function checkExpression(expression: string, path: string, { report }: CheckContext): void {
  try {
    parse(expression, 'standard');
  } catch (error) {
    if (!(error instanceof CelSyntaxError)) {
      throw error;
    }
    report(rules.filterExpression, path, `The filter "${expression}" is no CEL expression: ${error.message}.`);
  }
}
