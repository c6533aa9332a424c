import type { CheckContext, DecodedObject } from './context';
import { number } from './decoded';
import { outlierDetectionRules as rules } from './rules/outlier-detection';
import { checkDuration } from './values';

/** Checks the outlier detection of a traffic policy. */
export function checkOutlierDetection(detection: DecodedObject | undefined, path: string, context: CheckContext): void {
  if (detection === undefined) {
    return;
  }
  checkDuration(detection.baseEjectionTime, `${path}.baseEjectionTime`, context);
  checkDuration(detection.interval, `${path}.interval`, context);
  if (number(detection.consecutiveErrors) !== 0) {
    context.report(rules.deprecatedErrors, `${path}.consecutiveErrors`, 'consecutiveErrors is deprecated, and Istio may stop reading it.');
  }
  if (number(detection.consecutiveLocalOriginFailures) > 0 && detection.splitExternalLocalOriginErrors !== true) {
    context.report(
      rules.localOriginNotSplit,
      `${path}.consecutiveLocalOriginFailures`,
      'Local failures are counted on their own only with splitExternalLocalOriginErrors: true, which is not set.',
    );
  }
  for (const field of ['maxEjectionPercent', 'minHealthPercent']) {
    const percentage = number(detection[field]);
    if (percentage < 0 || percentage > 100) {
      context.report(rules.percentage, `${path}.${field}`, `${percentage} is no percentage from 0 to 100.`);
    }
  }
}
