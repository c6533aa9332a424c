import fc from 'fast-check';
import {
  caselessValueTest,
  namespaceTest,
  pathTemplateTest,
  principalTest,
  serviceAccountTest,
  trustDomainTest,
  valueTest,
} from '../../../src/simulation/istiod/text-tests';

/** Texts with characters that mean something in patterns. */
const text = fc.stringMatching(/^[a-c.+*?()[\]{}|^$\\/-]{0,6}$/);
const plain = text.filter((value) => !value.startsWith('*') && !value.endsWith('*'));

test('a plain value is that text alone', () => {
  fc.assert(fc.property(plain, text, (value, other) => valueTest(value)(other) === (value === other)));
});

test('a star at the end or the beginning stands for any rest, and alone for any text but the empty one', () => {
  fc.assert(
    fc.property(plain, text, (value, rest) => {
      expect(valueTest(`${value}*`)(value + rest)).toBe(value !== '' || rest !== '');
      expect(valueTest(`*${value}`)(rest + value)).toBe(value !== '' || rest !== '');
    }),
  );
  expect([valueTest('*b')('a'), valueTest('a*')('ba'), valueTest('a*b')('axb'), valueTest('*')('')]).toEqual([false, false, false, false]);
});

test('hosts are compared without regard to case', () => {
  fc.assert(fc.property(plain, (value) => caselessValueTest(value)(value.toUpperCase())));
});

test('principals are written without their scheme', () => {
  fc.assert(
    fc.property(plain, text, (value, rest) => {
      expect(principalTest(value)(`spiffe://${value}`)).toBe(true);
      expect(principalTest(`${value}*`)(`spiffe://${value}${rest}`)).toBe(true);
      if (value !== '') expect(principalTest(`*${value}`)(`spiffe://${rest}${value}`)).toBe(true);
    }),
  );
  expect([principalTest('a')('a'), principalTest('*a')('a'), principalTest('*')('CN=a')]).toEqual([false, false, true]);
});

test('namespaces may have stars anywhere, and stand between slashes', () => {
  const [shop, pattern] = [namespaceTest('shop'), namespaceTest('s*p.')];
  expect(['spiffe://a/ns/shop/sa/b', 'spiffe://a/ns/shops/sa/b', 'spiffe://a/ns/shop'].map(shop)).toEqual([true, false, false]);
  expect(['spiffe://a/ns/sp./sa/b', 'spiffe://a/ns/stop./sa/b', 'spiffe://a/ns/stopp/sa/b'].map(pattern)).toEqual([true, true, false]);
});

test('a service account is one of the namespace of the policy unless it names one', () => {
  const [own, other] = [serviceAccountTest('web', 'shop'), serviceAccountTest('ops/web', 'shop')];
  expect(['spiffe://a/ns/shop/sa/web', 'spiffe://a/ns/ops/sa/web'].map(own)).toEqual([true, false]);
  expect(['spiffe://a/ns/shop/sa/web', 'spiffe://a/ns/ops/sa/web'].map(other)).toEqual([false, true]);
  expect(['spiffe://a/ns/shop/sa/webs', 'spiffe://a/ns/shop/sa/web/x', 'spiffe://a/ns/shop/x/y/sa/web'].map(own)).toEqual([false, true, true]);
});

test('a trust domain is the first part of a principal', () => {
  const uris = ['spiffe://a.b/ns/x/sa/y', 'spiffe://a.bc/ns/x/sa/y', 'spiffe://axb/ns/x/sa/y', 'CN=a.b'];
  expect(uris.map(trustDomainTest('a.b'))).toEqual([true, false, false, false]);
  expect(uris.map(trustDomainTest('a.*'))).toEqual([true, true, false, false]);
  expect(uris.map(trustDomainTest('*b'))).toEqual([true, false, true, false]);
  expect(uris.map(trustDomainTest('*'))).toEqual([true, true, true, false]);
});

test('templates take segments with the characters that Envoy lets a path have', () => {
  const segment = fc.stringMatching(/^[a-z0-9.~_%!$&'()+,;:@=-]{1,6}$/);
  fc.assert(
    fc.property(segment, fc.array(segment), (one, several) => {
      expect(pathTemplateTest('/a/{*}/b')(`/a/${one}/b`)).toBe(true);
      expect(pathTemplateTest('/a/{*}/b')(`/a/${one}/${one}/b`)).toBe(false);
      expect(pathTemplateTest('/a/{**}')(`/a/${several.join('/')}`)).toBe(true);
      expect(pathTemplateTest(`/${one}/{*}`)(`/${one}/x`)).toBe(true);
    }),
  );
  expect(['/a/ä', '/a/*', '/a/"'].map(pathTemplateTest('/a/{*}'))).toEqual([false, false, false]);
});
