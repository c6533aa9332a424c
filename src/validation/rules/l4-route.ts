import { ruleTable } from '../../manifest/rule';
import { destinationTo, withTcp, withTls } from './route-examples';

const shop = destinationTo('shop');
const sni = 'match:\n- sniHosts: [shop.example.com]';

/** Rules about TLS and TCP routes. */
export const l4RouteRules = ruleTable({
  tlsWithoutMatch: {
    code: 'virtual-service/tls-route-without-match',
    severity: 'error',
    istiod: ['L1'],
    title: 'A TLS route has no match.',
    effect: 'The cluster refuses the VirtualService.',
    fix: 'add a match with sniHosts',
    bad: withTls(shop),
    good: withTls(`${sni}\n${shop}`),
  },
  matchWithoutSni: {
    code: 'virtual-service/tls-match-without-sni',
    severity: 'error',
    istiod: ['L2'],
    title: 'A match of a TLS route has no sniHosts.',
    effect: 'The cluster refuses the VirtualService.',
    fix: 'name the hosts that clients ask for in the TLS handshake',
    bad: withTls(`match:\n- port: 443\n  sniHosts: []\n${shop}`),
    good: withTls(`match:\n- port: 443\n  sniHosts: [shop.example.com]\n${shop}`),
  },
  invalidSni: {
    code: 'virtual-service/invalid-sni-host',
    severity: 'error',
    istiod: ['L3'],
    title: 'An SNI host is no domain name.',
    effect: 'The cluster refuses the VirtualService.',
    fix: 'write a domain, perhaps with *. in front',
    bad: withTls(`match:\n- sniHosts: [my_shop.example.com]\n${shop}`),
    good: withTls(`match:\n- sniHosts: [my-shop.example.com]\n${shop}`),
  },
  ipAsSni: {
    code: 'virtual-service/ip-as-sni-host',
    severity: 'warning',
    istiod: ['L3'],
    title: 'An SNI host is an IP address.',
    effect: 'Hardly any client sends an address as SNI, so the route is hardly ever taken.',
    fix: 'write a domain name, or match destinationSubnets',
    bad: withTls(`match:\n- sniHosts: ["fd00::1"]\n${shop}`),
    good: withTls(`${sni}\n${shop}`),
  },
  sniNotCovered: {
    code: 'virtual-service/sni-host-not-covered',
    severity: 'error',
    istiod: ['L4'],
    title: 'An SNI host is not among the hosts of the VirtualService.',
    effect: 'The cluster refuses the VirtualService.',
    fix: 'add it, or a wildcard that covers it, to hosts',
    bad: withTls(`match:\n- sniHosts: [shop.example.org]\n${shop}`),
    good: withTls(`${sni}\n${shop}`),
  },
  invalidSubnet: {
    code: 'virtual-service/invalid-subnet',
    severity: 'error',
    istiod: ['L5'],
    title: 'A subnet is neither an IP address nor a range such as 10.0.0.0/8.',
    effect: 'The cluster refuses the VirtualService.',
    fix: 'write an address, or a range with a slash and the number of bits',
    bad: withTcp(`match:\n- destinationSubnets: [10.0.0.0/40]\n${shop}`),
    good: withTcp(`match:\n- destinationSubnets: [10.0.0.0/8]\n${shop}`),
  },
  withoutDestination: {
    code: 'virtual-service/l4-route-without-destination',
    severity: 'error',
    istiod: ['L7'],
    title: 'A TLS or TCP route has no destination.',
    effect: 'The cluster refuses the VirtualService.',
    fix: 'add route with a destination',
    bad: withTcp('match:\n- port: 9000'),
    good: withTcp(`match:\n- port: 9000\n${shop}`),
  },
});
