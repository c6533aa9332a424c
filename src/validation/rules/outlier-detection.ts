import { ruleTable } from '../../manifest/rule';
import { example, indent } from './example';

const detection = (fields: string) => example('DestinationRule', `host: reviews\ntrafficPolicy:\n  outlierDetection:\n${indent(indent(fields))}`);

/** Rules about outlier detection. */
export const outlierDetectionRules = ruleTable({
  deprecatedErrors: {
    code: 'outlier-detection/deprecated-consecutive-errors',
    severity: 'warning',
    istiod: ['OD2'],
    title: 'consecutiveErrors is deprecated.',
    effect: 'Istio reads it no more: endpoints are given up after its default number of errors.',
    fix: 'use consecutive5xxErrors or consecutiveGatewayErrors',
    bad: detection('consecutiveErrors: 5'),
    good: detection('consecutive5xxErrors: 5'),
  },
  localOriginNotSplit: {
    code: 'outlier-detection/local-origin-not-split',
    severity: 'error',
    istiod: ['OD3'],
    title: 'Failures of local origin have a limit of their own, but are not counted on their own.',
    effect: 'The cluster refuses the object.',
    fix: 'set splitExternalLocalOriginErrors: true',
    bad: detection('consecutiveLocalOriginFailures: 5'),
    good: detection('splitExternalLocalOriginErrors: true\nconsecutiveLocalOriginFailures: 5'),
  },
  percentage: {
    code: 'outlier-detection/percentage',
    severity: 'error',
    istiod: ['OD4'],
    title: 'A percentage is not between 0 and 100.',
    effect: 'The cluster refuses the object.',
    fix: 'write a percentage from 0 to 100',
    bad: detection('maxEjectionPercent: 101'),
    good: detection('maxEjectionPercent: 100'),
  },
});
