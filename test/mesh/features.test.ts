import { hasFeature, parseBoolean } from '../../src/mesh/features';
import { meshOf } from './mesh-of';

test('booleans are read as Go reads them', () => {
  expect(['1', 't', 'True', 'TRUE'].map(parseBoolean)).toEqual([true, true, true, true]);
  expect(['0', 'f', 'False', 'FALSE'].map(parseBoolean)).toEqual([false, false, false, false]);
  expect(['yes', 'tRUE', ''].map(parseBoolean)).toEqual([undefined, undefined, undefined]);
});

test('a feature is what the environment of istiod says, else what it is by default', () => {
  const mesh = meshOf('{}', { env: { ON: 'true', OFF: '0', ODD: 'perhaps' } });
  expect(['ON', 'OFF', 'ODD', 'ABSENT'].map((name) => [hasFeature(mesh, name, true), hasFeature(mesh, name, false)])).toEqual([
    [true, true],
    [false, false],
    [true, false],
    [true, false],
  ]);
});
