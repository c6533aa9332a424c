import { cidrContains, isIp, parseCidr, parseIp } from '../../src/manifest/ip';

test('addresses are read as strictly as Go reads them', () => {
  const right = [
    '1.2.3.4',
    '0.0.0.0',
    '255.255.255.255',
    '::',
    '::1',
    '1::',
    'fe80::1%eth0',
    '2001:db8::8:800:200c:417a',
    '::ffff:1.2.3.4',
    '1:2:3:4:5:6:7:8',
    '1:2:3:4:5:6:1.2.3.4',
    '1:2:3:4:5:6:7::',
  ];
  const wrong = [
    '',
    '1.2.3',
    '1.2.3.4.5',
    '01.2.3.4',
    '256.1.1.1',
    '1.2.3.4%eth0',
    ':',
    ':::',
    '1::2::3',
    '1:2:3:4:5:6:7',
    '1:2:3:4:5:6:7:8:9',
    '1:2:3:4:5:6:7:8::',
    '12345::',
    'g::',
    '::1%',
    '1.2.3.4::',
    'a.b',
  ];
  expect(right.filter((text) => !isIp(text))).toEqual([]);
  expect(wrong.filter(isIp)).toEqual([]);
  expect(parseIp('::ffff:1.2.3.4')?.slice(-6)).toEqual([255, 255, 1, 2, 3, 4]);
});

test('ranges are read as strictly as Go reads them', () => {
  expect(['10.0.0.0/8', '10.1.2.3/32', '0.0.0.0/0', '::/0', '2001:db8::/128'].filter((text) => parseCidr(text) === undefined)).toEqual([]);
  expect(
    ['10.0.0.0', '10.0.0.0/33', '10.0.0.0/08', '::/129', '10.0.0.0/-1', '10/8', 'fe80::1%e/64', '1.2.3.4/8/8'].filter((text) => parseCidr(text) !== undefined),
  ).toEqual([]);
});

test.each([
  ['10.0.0.0/8', '10.255.0.1', true],
  ['10.0.0.0/8', '11.0.0.1', false],
  ['10.1.2.3/31', '10.1.2.2', true],
  ['10.1.2.3/31', '10.1.2.4', false],
  ['0.0.0.0/0', '::1', false],
  ['2001:db8::/33', '2001:db8:7fff::', true],
  ['2001:db8::/33', '2001:db8:8000::', false],
])('%s contains %s: %s', (range, address, contained) => {
  expect(cidrContains(parseCidr(range) as never, parseIp(address) as never)).toBe(contained);
});
