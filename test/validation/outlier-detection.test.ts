import { found } from './istiod';

const at = 'spec.trafficPolicy.outlierDetection';
const detection = (outlierDetection: object) => found('DestinationRule', { host: 'reviews', trafficPolicy: { outlierDetection } });

test('OD1: durations are whole milliseconds', () => {
  expect(detection({ baseEjectionTime: '0s' })).toEqual([`duration/too-short ${at}.baseEjectionTime`]);
  expect(detection({ interval: '1.0005s' })).toEqual([`duration/too-precise ${at}.interval`]);
  expect(detection({ interval: '1ms', baseEjectionTime: '1h' })).toEqual([]);
});

test('OD2: consecutiveErrors is deprecated, unless it is 0', () => {
  expect(detection({ consecutiveErrors: 5 })).toEqual([`outlier-detection/deprecated-consecutive-errors ${at}.consecutiveErrors`]);
  expect(detection({ consecutiveErrors: 0 })).toEqual([]);
});

test('OD3: local failures have a limit only where they are counted on their own', () => {
  expect(detection({ consecutiveLocalOriginFailures: 5 })).toEqual([`outlier-detection/local-origin-not-split ${at}.consecutiveLocalOriginFailures`]);
  expect(detection({ consecutiveLocalOriginFailures: 0 })).toEqual([]);
  expect(detection({ consecutiveLocalOriginFailures: 5, splitExternalLocalOriginErrors: true })).toEqual([]);
});

test('OD4: percentages go from 0 to 100', () => {
  expect(detection({ maxEjectionPercent: 101, minHealthPercent: -1 })).toEqual([
    `outlier-detection/percentage ${at}.maxEjectionPercent`,
    `outlier-detection/percentage ${at}.minHealthPercent`,
  ]);
  expect(detection({ maxEjectionPercent: 0, minHealthPercent: 100 })).toEqual([]);
});
