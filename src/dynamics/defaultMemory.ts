/** Bytes that a run may use where nothing else is said: 4 GiB. Apart, so that asking for a run does not load what runs it. */
export const defaultMemory = 4 * 2 ** 30;
