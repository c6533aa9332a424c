import { isIp, parseCidr } from '../../manifest/ip';

/** Whether a text is an address or a range of addresses. */
export function isSubnet(text: string): boolean {
  return text.split('/').length === 2 ? parseCidr(text) !== undefined : isIp(text);
}

/** What stands before the path of a Unix domain socket. */
export const unixPrefix = 'unix://';

/** What is wrong with the path of a Unix domain socket (without `unix://`), as the end of a sentence; a name after `@` is an abstract socket. */
export function unixPathProblem(path: string): string | undefined {
  if (path === '') {
    return 'is empty';
  }
  return path.startsWith('@') || (path.startsWith('/') && !path.endsWith('/')) ? undefined : 'is not an absolute path to a file';
}
