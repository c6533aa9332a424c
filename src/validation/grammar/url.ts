import { checkRequestUri, parseUrlReference, port } from '../../schema/cel/functions/go-url';

/** What is wrong with the address from which keys are loaded, as the end of a sentence. */
export function keySetAddressProblem(text: string): string | undefined {
  return problemOf(() => {
    if (!/^https?:/i.test(text)) {
      return 'begins neither with http:// nor with https://';
    }
    const digits = port(parseUrlReference(text));
    // Go reads the port as a number of 64 bits, which need not be that of a port.
    return digits !== '' && BigInt(digits) >= 2n ** 63n ? `has the impossible port ${digits}` : undefined;
  });
}

const moduleSchemes: ReadonlySet<string> = new Set(['', 'file', 'http', 'https', 'oci']);

/** What is wrong with the address of a Wasm module, as the end of a sentence. Without a scheme it is an OCI image. */
export function moduleAddressProblem(text: string): string | undefined {
  // What is no URL may still be the name of an image.
  const isUrl = problemOf(() => void checkRequestUri(text)) === undefined;
  return problemOf(() => {
    const address = isUrl ? text : `http://${text}`;
    checkRequestUri(address);
    const { scheme } = parseUrlReference(address);
    return moduleSchemes.has(scheme) ? undefined : `has the scheme ${scheme}, from which proxies load nothing`;
  });
}

function problemOf(check: () => string | undefined): string | undefined {
  try {
    return check();
  } catch (error) {
    return `is no URL (${(error as Error).message})`;
  }
}
