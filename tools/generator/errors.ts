/** A mistake in what the generator was given; the message is the whole of what the user needs to read. */
export class GeneratorError extends Error {}
