import { Testing } from 'cdk8s';
import { configureValidation, duration, enumValue, PeerAuthentication, VirtualService } from '../../src';

describe('duration', () => {
  test.each(['5s', '1.5s', '.5s', '300ms', '1h30m', '2h45m30s', '10us', '10µs', '0s'])('takes %s', (text) => {
    const plain: string = text;
    const chart = Testing.chart();
    configureValidation(chart, { enabled: false }); // What a duration is and what a timeout may be are two things: shorter than 1ms is refused here.
    const routes = new VirtualService(chart, 'routes', { http: [{ timeout: duration(plain), route: [{ destination: { host: 'a' } }] }] });
    expect(routes.toJson().spec.http[0].timeout).toBe(text);
  });

  test.each([
    ['5', 'ends with a number without a unit'],
    ['', 'is empty'],
    ['1d', 'has the unknown unit "d"'],
    ['5 s', 'has the unknown unit " s"'],
    ['-5s', 'is negative'],
    ['five', 'is no number with a unit'],
  ])('refuses %j at once, with the line of the author', (text, problem) => {
    expect(() => duration(text)).toThrow(`the duration ${JSON.stringify(text)} ${problem}`);
    expect(() => duration(text)).toThrow(/; write for example 5s, 1\.5s, 300ms or 1h30m \(.*checked-values\.test\.ts:\d+\)$/);
  });
});

describe('enumValue', () => {
  test('takes a value of the enum', () => {
    const mode: string = ['STR', 'ICT'].join('');
    const policy = new PeerAuthentication(Testing.chart(), 'policy', { mtls: { mode: enumValue('MutualTLSMode', mode) } });
    expect(policy.toJson().spec.mtls.mode).toBe('STRICT');
  });

  test.each(['strict', '', undefined])('refuses %j at once, with the values and the line of the author', (value) => {
    expect(() => enumValue('MutualTLSMode', value)).toThrow(/ is no MutualTLSMode: it is one of .*STRICT.* \(.*checked-values\.test\.ts:\d+\)$/);
  });

  test('says which value was probably meant', () => {
    expect(() => enumValue('MutualTLSMode', 'strict')).toThrow('STRICT; did you mean STRICT? (');
  });

  test('refuses a name that no enum has when it compiles', () => {
    // @ts-expect-error there is no such enum
    expect(() => enumValue('Nonsense', 'a')).toThrow();
  });
});
