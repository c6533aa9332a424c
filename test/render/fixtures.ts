import type { Diagnostic } from '../../src/manifest/diagnostic';

/** A finding with everything that one can have. */
export const full: Diagnostic = {
  code: 'virtual-service/weights-on-separate-routes',
  aliases: ['IST0130'],
  severity: 'warning',
  object: { apiVersion: 'networking.istio.io/v1', kind: 'VirtualService', namespace: 'bookinfo', name: 'reviews' },
  path: 'spec.http[1]',
  message: 'This route is never used.\nAll requests go to v1, 100 %.',
  location: { file: 'src/reviews.yaml', line: 3, column: 5 },
  construct: 'app/chart/routes',
  related: [{ message: 'this route takes them', path: 'spec.http[0]', location: { file: 'src/reviews.yaml', line: 2, column: 5 } }],
  fix: 'put both destinations into one route',
  help: 'cdk8s-istio rule virtual-service/weights-on-separate-routes',
};

/** A finding with nothing but what every one has. */
export const bare: Diagnostic = { code: 'yaml/binary', severity: 'error', path: '', message: 'This is no text.' };

export const note: Diagnostic = { ...bare, code: 'mesh/note', severity: 'info', location: { file: '/abs/a b.yaml', line: 1 } };

export const source = 'http:\n  - route: a\n  - route: b\n  - route: c\n';
