import { Testing } from 'cdk8s';
import { ServiceEntry } from '../../src';

const entry = (...hosts: string[]) => new ServiceEntry(Testing.chart(), 'entry', { metadata: { name: 'api' }, hosts });

test('its only host needs no name', () => {
  expect(entry('a.example.com').host()).toBe('a.example.com');
  expect(entry('a.example.com').host('a.example.com')).toBe('a.example.com');
});

test('one of several hosts is named', () => {
  expect(entry('a.example.com', 'b.example.com').host('b.example.com')).toBe('b.example.com');
  expect(entry('a.example.com').addHost('c.example.com').host('c.example.com')).toBe('c.example.com');
});

test('a host that it does not have is refused at once, with the line of the author', () => {
  expect(() => entry('a.example.com', 'b.example.com').host()).toThrow(
    /^ServiceEntry api has 2 hosts, so name one of them; its hosts: a\.example\.com, b\.example\.com \(.*service-entry\.test\.ts:\d+\)$/,
  );
  expect(() => entry('a.example.com').host('c.example.com')).toThrow('ServiceEntry api has no host "c.example.com"; its hosts: a.example.com');
});
