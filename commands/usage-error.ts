/** Flags or arguments that cannot be used; the message lists all problems, one a line. */
export class UsageError extends Error {}
