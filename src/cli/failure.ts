/** Something that the command cannot work with: wrong usage or unreadable input. The message is all that the user is told; the exit code is 2. */
export class Failure extends Error {}
