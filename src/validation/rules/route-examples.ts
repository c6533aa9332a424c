import { example, indent, listItem } from './example';

/** A route with one destination. */
export function destinationTo(host: string, more = ''): string {
  return `route:\n- destination:\n    host: ${host}${more}`;
}

/** The HTTP routes of a VirtualService. */
export function routes(...items: string[]): string {
  return `http:\n${items.map(listItem).join('\n')}`;
}

const hostsOfReviews = 'hosts: [reviews]';

/** A VirtualService with one HTTP route to reviews, which has the given fields too. */
export function withHttp(fields: string, head = hostsOfReviews): string {
  return example('VirtualService', `${head}\n${routes([fields, destinationTo('reviews')].filter((part) => part !== '').join('\n'))}`);
}

/** A VirtualService with the given HTTP routes, each as it stands. */
export function withRoutes(...items: string[]): string {
  return example('VirtualService', `${hostsOfReviews}\n${routes(...items)}`);
}

/** A VirtualService with one TLS route. */
export function withTls(route: string): string {
  return example('VirtualService', `hosts: ["*.example.com"]\ntls:\n${listItem(route)}`);
}

/** A VirtualService with one TCP route. */
export function withTcp(route: string): string {
  return example('VirtualService', `${hostsOfReviews}\ntcp:\n${listItem(route)}`);
}

/** A field with what stands below it. */
export function field(name: string, content: string): string {
  return `${name}:\n${indent(content)}`;
}
