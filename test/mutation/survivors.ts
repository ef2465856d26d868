/** Mutants that no test notices, by file and by the reason why that is well. */
export const survivors: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {};
