import { Lazy, Testing } from 'cdk8s';
import { type Destination, DestinationRule, VirtualService } from '../../src';

const v1 = { name: 'v1', labels: { version: 'v1' } } as const;
const v2 = { name: 'v2', labels: { version: 'v2' } } as const;
const reviews = () => new DestinationRule(Testing.chart(), 'rule', { metadata: { name: 'reviews' }, host: 'reviews', subsets: [v1, v2] });

test('a subset is a destination: host, subset and, when given, port', () => {
  const rule = reviews();
  const destinations: Destination[] = [rule.subset('v1'), rule.subset('v2', { port: 9080 })];
  const routes = new VirtualService(Testing.chart(), 'routes', { http: [{ route: destinations.map((destination) => ({ destination, weight: 50 })) }] });
  expect(routes.toJson().spec.http[0].route).toEqual([
    { destination: { host: 'reviews', subset: 'v1' }, weight: 50 },
    { destination: { host: 'reviews', subset: 'v2', port: { number: 9080 } }, weight: 50 },
  ]);
});

test('a literal name that the rule does not have does not compile, and is refused at the call', () => {
  // @ts-expect-error the rule has v1 and v2
  expect(() => reviews().subset('v3')).toThrow(/^DestinationRule reviews has no subset "v3"; it has v1, v2 \(.*destination-rule\.test\.ts:20\)$/);
});

test('a computed name is checked at the call, with the line of the author', () => {
  const computed: string = ['v', 3].join('');
  const rule = new DestinationRule(Testing.chart(), 'rule', { metadata: { name: 'reviews' }, host: 'reviews', subsets: [{ name: computed }] });
  expect(rule.subset(computed)).toMatchObject({ subset: 'v3' });
  const wrong: string = `${computed}0`;
  expect(() => rule.subset(wrong)).toThrow(/has no subset "v30"; it has v3 \(.*destination-rule\.test\.ts:28\)$/);
  expect(() => new DestinationRule(Testing.chart(), 'none', { host: 'a' }).subset('v1')).toThrow('it has none');
});

test('what a Lazy will produce is not checked', () => {
  const rule = new DestinationRule(Testing.chart(), 'rule', { host: 'a', subsets: Lazy.any({ produce: () => [v1] }) as never });
  expect(rule.subset('v1' as never)).toMatchObject({ subset: 'v1' });
});

test('an added subset is known to what adding it returns', () => {
  const rule = reviews();
  const more = rule.addSubset({ name: 'v3', labels: { version: 'v3' } });
  expect(more).toBe(rule);
  expect([more.subset('v1').subset, more.subset('v3').subset]).toEqual(['v1', 'v3']);
  // @ts-expect-error the rule has v1, v2 and v3
  expect(() => more.subset('v4')).toThrow('it has v1, v2, v3');
  expect(rule.toJson().spec.subsets).toHaveLength(3);
});

test('a rule without parameter accepts every rule, and takes any name', () => {
  const any: DestinationRule = reviews();
  expect(any.subset('v1').subset).toBe('v1');
  const list: readonly DestinationRule[] = [reviews(), new DestinationRule(Testing.chart(), 'other', { host: 'a' })];
  expect(list).toHaveLength(2);
  expect(() => any.subset('v9')).toThrow('has no subset "v9"');
});

test('a subclass may pass the names on, or fix them', () => {
  class Versions<const Name extends string> extends DestinationRule<Name> {}
  class Fixed extends DestinationRule<'blue' | 'green'> {
    constructor(id: string) {
      super(Testing.chart(), id, { host: 'a', subsets: [{ name: 'blue' }, { name: 'green' }] });
    }
  }
  const versions = new Versions(Testing.chart(), 'versions', { host: 'a', subsets: [v1] });
  expect(versions.subset('v1').subset).toBe('v1');
  // @ts-expect-error the rule has v1
  expect(() => versions.subset('v2')).toThrow();
  expect(new Fixed('fixed').subset('green').subset).toBe('green');
});

test('an unknown field of a subset is still refused', () => {
  // @ts-expect-error label is no field of a subset
  new DestinationRule(Testing.chart(), 'rule', { host: 'a', subsets: [{ name: 'v1', label: {} }] });
});
