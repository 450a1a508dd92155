/** The version of this program. The build puts it in; run from source there is none. */

declare const BOSONIZE_VERSION: string | undefined;

export const version = typeof BOSONIZE_VERSION === "string" ? BOSONIZE_VERSION : "0.0.0-source";
