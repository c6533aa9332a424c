import { Testing } from 'cdk8s';
import { duration, enumValue, PeerAuthentication, VirtualService } from '../../src';

describe('duration', () => {
  test.each(['5s', '1.5s', '.5s', '300ms', '1h30m', '2h45m30s', '10us', '10µs', '0s'])('takes %s', (text) => {
    const plain: string = text;
    const routes = new VirtualService(Testing.chart(), 'routes', { http: [{ timeout: duration(plain), route: [{ destination: { host: 'a' } }] }] });
    expect(routes.toJson().spec.http[0].timeout).toBe(text);
  });

  test.each(['', '5', 's', '5 s', '5sec', '1d', '-5s', '5s ', '1h30', '.s', '1..5s'])('refuses %j at once, with the line of the author', (text) => {
    expect(() => duration(text)).toThrow(/ is no duration; write a number and a unit, such as 5s, 1\.5s, 300ms or 1h30m \(.*checked-values\.test\.ts:\d+\)$/);
  });
});

describe('enumValue', () => {
  test('takes a value of the enum', () => {
    const mode: string = ['STR', 'ICT'].join('');
    const policy = new PeerAuthentication(Testing.chart(), 'policy', { mtls: { mode: enumValue('MutualTLSMode', mode) } });
    expect(policy.toJson().spec.mtls.mode).toBe('STRICT');
  });

  test.each(['strict', '', undefined])('refuses %j at once, with the values and the line of the author', (value) => {
    expect(() => enumValue('MutualTLSMode', value)).toThrow(/ is no MutualTLSMode; it is one of .*STRICT.* \(.*checked-values\.test\.ts:\d+\)$/);
  });

  test('refuses a name that no enum has when it compiles', () => {
    // @ts-expect-error there is no such enum
    expect(() => enumValue('Nonsense', 'a')).toThrow();
  });
});
