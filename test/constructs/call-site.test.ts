import { readFileSync } from 'node:fs';
import { ApiObject, Testing } from 'cdk8s';
import { authorLocation, Gateway, VirtualService } from '../../src';

/** The line of this file that ends with a comment. */
const lineOf = (comment: string): number =>
  readFileSync(__filename, 'utf8')
    .split('\n')
    .findIndex((line) => line.endsWith(`// ${comment}`)) + 1;
const at = (comment: string) => expect.objectContaining({ file: __filename, line: lineOf(comment) });

class Public extends Gateway {
  constructor(id: string) {
    super(Testing.chart(), id, {}); // in the subclass
  }
}
class Implicit extends Gateway {} // implicit class

describe("the author's line", () => {
  const { stackTraceLimit, prepareStackTrace } = Error;
  afterEach(() => {
    Error.stackTraceLimit = stackTraceLimit;
    Error.prepareStackTrace = prepareStackTrace;
  });

  test('is that of the constructor call', () => {
    const gateway = new Gateway(Testing.chart(), 'gateway'); // direct
    expect(authorLocation(gateway)).toEqual(at('direct'));
    expect(authorLocation(gateway)).toBe(authorLocation(gateway));
  });

  test('is that of the call that makes it from a manifest', () => {
    const manifest = { apiVersion: 'networking.istio.io/v1', kind: 'Gateway' };
    expect(authorLocation(Gateway.fromManifest(Testing.chart(), 'gateway', manifest))).toEqual(at('from a manifest')); // from a manifest
  });

  test("is in a user's subclass, where the props are written, if it has a constructor", () => {
    expect(authorLocation(new Public('gateway'))).toEqual(at('in the subclass'));
    const implicit = new Implicit(Testing.chart(), 'gateway'); // implicit call
    // Some versions of node have a frame for a constructor that nobody wrote.
    expect([lineOf('implicit call'), lineOf('implicit class')]).toContain(authorLocation(implicit)?.line);
  });

  test('is found whatever stack trace limit the program sets', () => {
    for (const limit of [0, 1, Number.POSITIVE_INFINITY]) {
      Error.stackTraceLimit = limit;
      const gateway = new Gateway(Testing.chart(), 'gateway'); // limited
      expect(Error.stackTraceLimit).toBe(limit);
      expect(authorLocation(gateway)).toEqual(at('limited'));
    }
  });

  test('is found whatever formatter of stack traces the program sets, which is not asked', () => {
    const formatter = jest.fn(() => 'formatted');
    Error.prepareStackTrace = formatter;
    const gateway = new Gateway(Testing.chart(), 'gateway'); // formatted
    const location = authorLocation(gateway);
    const asked = formatter.mock.calls.length;
    const kept = Error.prepareStackTrace;
    Error.prepareStackTrace = prepareStackTrace;
    expect(location).toEqual(at('formatted'));
    expect(asked).toBe(0);
    expect(kept).toBe(formatter);
  });

  test('stands under a symbol that other rooms can read without this one', () => {
    const routes = new VirtualService(Testing.chart(), 'routes'); // symbol
    const key = Symbol.for('cdk8s-istio.author');
    expect((routes as unknown as { [key]: { location: unknown } })[key].location).toEqual(at('symbol'));
    expect(Object.keys(routes)).not.toContain(key);
  });

  test('is unknown for constructs of others', () => {
    expect(authorLocation(new ApiObject(Testing.chart(), 'it', { apiVersion: 'v1', kind: 'ConfigMap' }))).toBeUndefined();
  });
});
