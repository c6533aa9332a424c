import { xxHash64 } from '../../../src/simulation/envoy/xx-hash';

describe('xxHash', () => {
  it.each([
    ['', 0n, 'ef46db3751d8e999'],
    ['a', 0n, 'd24ec4f1a98c6e5b'],
    ['abc', 0n, '44bc2cf5ad770999'],
    ['', 1n, 'd5afba1336a3be4b'],
    ['Nobody inspects the spammish repetition', 0n, 'fbcea83c8a378bf1'],
  ])('of %j with the seed %d is what its authors publish', (text, seed, hash) => {
    expect(xxHash64(text, seed).toString(16)).toBe(hash);
  });
});
