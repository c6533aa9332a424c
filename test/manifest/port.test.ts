import { isHttp, isPortNumber, isTcp, isTls, parseProtocol, servicePortProtocol } from '../../src/manifest/port';

test('protocols are read in any case, and belong to classes', () => {
  const classes = ['tcp', 'UDP', 'grpc', 'GRPC-Web', 'Http', 'http_proxy', 'HTTP2', 'https', 'TLS', 'mongo', 'redis', 'mysql'].map((name) => {
    const protocol = parseProtocol(name);
    return `${protocol}${isHttp(protocol) ? ' http' : ''}${isTcp(protocol) ? ' tcp' : ''}${isTls(protocol) ? ' tls' : ''}`;
  });
  expect(classes).toEqual([
    'TCP tcp',
    'UDP',
    'GRPC http',
    'GRPC-Web http',
    'HTTP http',
    'HTTP_PROXY http',
    'HTTP2 http',
    'HTTPS tcp tls',
    'TLS tcp tls',
    'Mongo tcp',
    'Redis tcp',
    'MySQL tcp',
  ]);
  expect(['', 'hbone', 'h2c', 'http1'].map(parseProtocol)).toEqual([undefined, undefined, undefined, undefined]);
  expect([isHttp(undefined), isTcp(undefined), isTls(undefined)]).toEqual([false, false, false]);
});

test.each([
  [{ port: 80, name: 'http' }, 'HTTP'],
  [{ port: 80, name: 'http-api' }, 'HTTP'],
  [{ port: 80, name: 'httpapi' }, undefined],
  [{ port: 80, name: 'grpc-web-x' }, 'GRPC-Web'],
  [{ port: 80, name: 'grpc-x' }, 'GRPC'],
  [{ port: 80 }, undefined],
  [{ port: 3306 }, 'TCP'],
  [{ port: 3306, name: 'http' }, 'HTTP'],
  [{ port: 80, name: 'http', appProtocol: 'unknown' }, undefined],
  [{ port: 27017, name: 'http', appProtocol: 'unknown' }, 'TCP'],
  [{ port: 80, name: 'tcp', appProtocol: 'HTTP' }, 'HTTP'],
  [{ port: 80, appProtocol: 'kubernetes.io/h2c' }, 'HTTP2'],
  [{ port: 80, appProtocol: 'kubernetes.io/ws' }, 'HTTP'],
  [{ port: 80, appProtocol: 'kubernetes.io/wss' }, 'HTTPS'],
  [{ port: 53, name: 'http', protocol: 'UDP' }, 'UDP'],
])('the Service port %j speaks %s', (port, protocol) => {
  expect(servicePortProtocol(port)).toBe(protocol);
});

test('ports are whole numbers from 1 to 65535', () => {
  expect([0, 1, 65535, 65536, 1.5, Number.NaN].map(isPortNumber)).toEqual([false, true, true, false, false, false]);
});
