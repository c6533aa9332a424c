import { found } from './istiod';

const at = 'spec.trafficPolicy.loadBalancer';
const balancer = (loadBalancer: object) => found('DestinationRule', { host: 'reviews', trafficPolicy: { loadBalancer } });
const hash = (fields: object) => balancer({ consistentHash: fields });
const maglev = (tableSize?: number) => hash({ useSourceIp: true, maglev: { tableSize } });

test('LB1: a cookie has a name', () => {
  expect(hash({ httpCookie: { ttl: '1s' } })).toEqual([`load-balancer/cookie-name ${at}.consistentHash.httpCookie.name`]);
});

test('LB2: attributes of a cookie have names, each once', () => {
  const attributes = ['', 'Secure', '', 'Secure'].map((name) => ({ name }));
  expect(hash({ httpCookie: { name: 'a', attributes } })).toEqual([
    `load-balancer/cookie-attribute-name ${at}.consistentHash.httpCookie.attributes[0].name`,
    `load-balancer/cookie-attribute-name ${at}.consistentHash.httpCookie.attributes[2].name`,
    `load-balancer/duplicate-cookie-attribute ${at}.consistentHash.httpCookie.attributes[3].name`,
  ]);
});

test('LB3: minimumRingSize is deprecated, and refused beside an algorithm', () => {
  const path = `${at}.consistentHash.minimumRingSize`;
  expect(hash({ useSourceIp: true, minimumRingSize: 1024 })).toEqual([`load-balancer/deprecated-minimum-ring-size ${path}`]);
  expect(hash({ useSourceIp: true, minimumRingSize: 1024, ringHash: {} })).toEqual([
    `load-balancer/deprecated-minimum-ring-size ${path}`,
    `load-balancer/ring-size-and-algorithm ${path}`,
  ]);
  expect(hash({ useSourceIp: true, minimumRingSize: 0, ringHash: {} })).toEqual([]);
});

test.each([undefined, 0, 4, 9, 65536, 5000011, 5000077])("LB4: %s is no size of Maglev's table", (size) => {
  expect(maglev(size)).toEqual([`load-balancer/maglev-table-size ${at}.consistentHash.maglev.tableSize`]);
});

test.each([1, 2, 3, 5, 65537, 4999999])("LB4: %s is a size of Maglev's table", (size) => {
  expect(maglev(size)).toEqual([]);
});

test('LB5: there is one setting for localities', () => {
  expect(balancer({ localityLbSetting: {}, zoneAwareLbSetting: {} })).toEqual([`load-balancer/two-locality-settings ${at}.zoneAwareLbSetting`]);
});

test('LB6: a warm-up has a duration and sensible numbers', () => {
  expect(balancer({ warmup: {} })).toEqual([`load-balancer/warmup-duration-missing ${at}.warmup.duration`]);
  expect(balancer({ warmup: { duration: '0s' } })).toEqual([`duration/too-short ${at}.warmup.duration`]);
  expect(balancer({ warmup: { duration: '1s', minimumPercent: 101, aggression: 0 } })).toEqual([
    `load-balancer/warmup-minimum-percent ${at}.warmup.minimumPercent`,
    `load-balancer/warmup-aggression ${at}.warmup.aggression`,
  ]);
  expect(balancer({ warmup: { duration: '1s', minimumPercent: 100, aggression: 0.5 } })).toEqual([]);
});
